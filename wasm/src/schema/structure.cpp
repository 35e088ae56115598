// Reading schemas as descriptions. References and unions by type are followed; the verifier has seen that this ends.
#include "schema/structure.hpp"

#include "schema/checking.hpp"

namespace recreq::structure {
namespace {

using image::index;
using image::instruction_record;
using image::keyword;
using image::none;

// Both say nothing, and neither is the number of a schema.
bool says_nothing(index schema) noexcept { return schema == image::open_members || schema == image::closed_members; }

// Calls with each instruction until one gives false.
template <class Function>
bool each_step(const image::view& provider, index schema, Function&& function) noexcept {
  const image::schema_record& record = provider.schema(schema);
  for (std::uint32_t i = 0; i < record.instruction_count; ++i) {
    if (!function(provider.instruction(record.first_instruction + i))) return false;
  }
  return true;
}

// The branch of a union by type that takes values of a type; none when there is none.
index branch_of_type(const image::view& provider, const instruction_record& step, std::uint32_t type) noexcept {
  const auto branches = provider.list(step.a, step.b);
  for (std::size_t i = 0; i < branches.size(); i += 2) {
    if ((branches[i] & type) != 0) return branches[i + 1];
  }
  return none;
}

// The branch that a constant member chooses.
index branch_of_constant(const image::view& provider, const instruction_record& step, const node& object) noexcept {
  const node* discriminator = find_member(object, provider.string(step.c), provider.hash(step.c));
  if (discriminator == nullptr) return none;
  const auto branches = provider.list(step.a, step.b);
  for (std::size_t i = 0; i < branches.size(); i += 2) {
    if (equals(provider, branches[i], *discriminator)) return branches[i + 1];
  }
  return none;
}

index of_shape(const image::view& provider, const image::shape_record& shape, const node& member) noexcept {
  const std::uint32_t found = provider.find_property(shape, member);
  return found == none ? shape.additional : provider.property(shape.first_property + found).schema;
}

}  // namespace

bool is_plain(const image::view& provider, index schema) noexcept {  // NOLINT(misc-no-recursion)
  if (says_nothing(schema)) return true;
  return each_step(provider, schema, [&](const instruction_record& step) {
    switch (static_cast<keyword>(step.keyword)) {
      case keyword::reference:
        return is_plain(provider, step.a);
      case keyword::by_type: {
        const index branch = branch_of_type(provider, step, image::type_bit::object);
        return branch == none || is_plain(provider, branch);
      }
      case keyword::all_of:
        for (const index branch : provider.list(step.a, step.b)) {
          if (!is_plain(provider, branch)) return false;
        }
        return true;
      case keyword::max_properties:
        return step.a > 1;
      case keyword::by_constant:
      case keyword::any_of:
      case keyword::one_of:
        return false;
      default:
        return true;
    }
  });
}

bool takes_null(const image::view& provider, index schema) noexcept {
  return !says_nothing(schema) && (provider.schema(schema).types & image::type_bit::null) != 0;
}

index of_member(const image::view& provider, index schema, const node& object,  // NOLINT(misc-no-recursion)
                const node& member) noexcept {
  if (says_nothing(schema)) return image::open_members;
  index found = image::open_members;
  // Whoever names the member, or refuses it, has the last word.
  const auto take = [&](index said) {
    if (said != image::open_members) found = said;
    return says_nothing(found);
  };
  each_step(provider, schema, [&](const instruction_record& step) {
    switch (static_cast<keyword>(step.keyword)) {
      case keyword::members:
        return take(of_shape(provider, provider.shape(step.a), member));
      case keyword::reference:
        return take(of_member(provider, step.a, object, member));
      case keyword::by_type: {
        const index branch = branch_of_type(provider, step, image::type_bit::object);
        return branch == none || take(of_member(provider, branch, object, member));
      }
      case keyword::by_constant: {
        const index branch = branch_of_constant(provider, step, object);
        return branch == none || take(of_member(provider, branch, object, member));
      }
      case keyword::all_of:
        for (const index branch : provider.list(step.a, step.b)) {
          if (!take(of_member(provider, branch, object, member))) return false;
        }
        return true;
      default:
        return true;
    }
  });
  // What is passed through takes more than is listed.
  const bool passes = (provider.schema(schema).flags & image::schema_record::pass_through) != 0;
  return passes && found == image::closed_members ? image::open_members : found;
}

index of_element(const image::view& provider, index schema,
                 std::uint32_t position) noexcept {  // NOLINT(misc-no-recursion)
  if (says_nothing(schema)) return image::open_members;
  index found = image::open_members;
  each_step(provider, schema, [&](const instruction_record& step) {
    switch (static_cast<keyword>(step.keyword)) {
      case keyword::items:
        if (position >= step.b) found = step.a;
        break;
      case keyword::prefix_items:
        if (position < step.b) found = provider.word(step.a + position);
        break;
      case keyword::reference:
        found = of_element(provider, step.a, position);
        break;
      case keyword::by_type: {
        const index branch = branch_of_type(provider, step, image::type_bit::array);
        if (branch != none) found = of_element(provider, branch, position);
        break;
      }
      default:
        break;
    }
    return says_nothing(found);
  });
  return found;
}

}  // namespace recreq::structure
