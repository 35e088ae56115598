// The keywords that a build may be linked without, each with its verdict and its wording.
#include "schema/rare_keywords.hpp"

#include <array>
#include <cstdlib>

#include "json/canonical.hpp"
#include "json/number.hpp"
#include "schema/checking.hpp"
#include "schema/pattern.hpp"
#include "schema/value_text.hpp"

namespace recreq {
namespace {

using image::index;
using image::instruction_record;
using image::keyword;
using image::shape_record;

// FNV-1a over all characters: arrays can have texts by the ten thousand that differ in their middle only.
std::uint32_t hash_text(std::string_view text) noexcept {
  std::uint32_t hash = 0x811C9DC5U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193U;
  return hash;
}

// Equal values have equal hashes; members count in any order.
std::uint32_t hash_value(const node& value) noexcept {  // NOLINT(misc-no-recursion): depth is limited
  std::uint32_t hash = static_cast<std::uint32_t>(value.type) + 1;
  if (value.type == kind::number) {
    const double number = number_value(value.text);
    std::array<char, longest_printed_number> printed{};
    return hash + hash_text({printed.data(), print_number(number, printed.data())});
  }
  if (value.type != kind::array && value.type != kind::object) return hash + hash_text(value.text);
  for (const node* child = value.first; child != nullptr; child = child->next) {
    const std::uint32_t inner = hash_value(*child);
    hash = value.type == kind::object ? hash + (inner ^ hash_text(child->key)) * 0x9E3779B1U : hash * 31 + inner;
  }
  return hash;
}

// An element that stands in its array twice, and the two places.
struct repeated_element {
  const node* element = nullptr;  // null when every element is different
  std::uint32_t position = 0;
  std::uint32_t first = 0;
};

repeated_element find_repeated(const node& array, arena& memory) noexcept {
  struct entry {
    const node* element;
    std::uint32_t hash;
    std::uint32_t position;
  };
  const std::span<entry> entries = memory.make_array<entry>(array.count);
  std::uint32_t position = 0;
  for (const node* element = array.first; element != nullptr && position < entries.size();
       element = element->next, ++position) {
    entries[position] = {element, hash_value(*element), position};
  }
  std::qsort(entries.data(), entries.size(), sizeof(entry), [](const void* left, const void* right) {
    const entry& a = *static_cast<const entry*>(left);
    const entry& b = *static_cast<const entry*>(right);
    if (a.hash != b.hash) return a.hash < b.hash ? -1 : 1;
    return a.position < b.position ? -1 : 1;
  });
  for (std::size_t i = 1; i < entries.size(); ++i) {
    for (std::size_t j = i; j-- > 0 && entries[j].hash == entries[i].hash;) {
      if (equals(*entries[j].element, *entries[i].element))
        return {entries[i].element, entries[i].position, entries[j].position};
    }
  }
  return {};
}

// digits · 10^exponent, where digits do not end in 0 unless they are 0.
struct decimal {
  std::uint64_t digits = 0;
  int exponent = 0;
};

// The shortest decimal number that names a double, which is what is sent of it; its sign does not matter here.
decimal decimal_of(double number) noexcept {
  std::array<char, longest_printed_number> room{};
  const std::string_view text(room.data(), print_number(number, room.data()));
  decimal out;
  bool fraction = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == 'e') {
      const int written = std::atoi(text.data() + i + 1);  // NOLINT(cert-err34-c): our own printing, followed by zeros
      out.exponent += written;
      break;
    }
    fraction = fraction || text[i] == '.';
    if (text[i] < '0' || text[i] > '9') continue;
    // Trailing zeros of a large integer would not fit.
    if (out.digits > UINT64_MAX / 10 - 1) {
      ++out.exponent;
      continue;
    }
    out.digits = out.digits * 10 + static_cast<unsigned>(text[i] - '0');
    if (fraction) --out.exponent;
  }
  for (; out.digits != 0 && out.digits % 10 == 0; ++out.exponent) out.digits /= 10;
  return out;
}

// Exact, because 0.07 is a multiple of 0.01 for everyone but a processor.
bool is_multiple(double number, double step) noexcept {
  const decimal value = decimal_of(number);
  const decimal unit = decimal_of(step);
  if (value.digits == 0) return true;
  if (unit.digits == 0 || value.exponent < unit.exponent) return false;
  // At most 17 digits each, so that nothing overflows.
  std::uint64_t rest = value.digits % unit.digits;
  for (int i = unit.exponent; i < value.exponent && rest != 0; ++i) rest = rest * 10 % unit.digits;
  return rest == 0;
}

}  // namespace

const bool rare_keywords_are_linked = true;

bool is_pattern(std::span<const std::uint32_t> words) noexcept { return pattern::is_automaton(words); }

bool checker::apply_rare(const instruction_record& step, node& value, const place* where) noexcept {
  switch (static_cast<keyword>(step.keyword)) {
    case keyword::dependent_required:
      return value.type != kind::object || visit_dependent_required(step, value, where);
    case keyword::dependent_schema: {
      if (value.type != kind::object) return true;
      const node* present = image_.find_member(value, step.a);
      return present == nullptr || is_hidden(*present) || visit(step.b, value, where);
    }
    case keyword::prefix_items:
      return value.type != kind::array || visit_prefix_items(step, value, where);
    case keyword::unique_items:
      return value.type != kind::array || check_repeated(value, where);
    case keyword::multiple_of:
      return value.type != kind::number || check_multiple(step.a, value, where);
    case keyword::pattern:
      return value.type != kind::string || check_pattern(step, value, where);
    case keyword::pattern_members:
      return value.type != kind::object || visit_pattern_members(step, value, where);
    default:
      return true;
  }
}

bool checker::visit_dependent_required(const instruction_record& step, node& value, const place* where) noexcept {
  const node* present = image_.find_member(value, step.a);
  if (present == nullptr || is_hidden(*present)) return true;
  bool valid = true;
  for (const index name : image_.list(step.b, step.c)) {
    const node* wanted = image_.find_member(value, name);
    if (wanted != nullptr && !is_hidden(*wanted)) continue;
    if (issues_ == nullptr) return false;
    valid = explain_missing(issue_code::dependent_required, image_.string(name), image_.string(step.a), value, where);
  }
  return valid;
}

bool checker::visit_prefix_items(const instruction_record& step, node& value, const place* where) noexcept {
  bool valid = true;
  std::uint32_t position = 0;
  const auto schemas = image_.list(step.a, step.b);
  for (node* element = value.first; element != nullptr && position < schemas.size();
       element = element->next, ++position) {
    const place here{where, {}, position, true};
    valid = visit(schemas[position], *element, &here) && valid;
    if (!valid && issues_ == nullptr) return false;
  }
  return valid;
}

// Every pattern that a key matches counts, and the key's own property beside them; only what none of them speaks of is
// an additional member.
bool checker::visit_pattern_members(const instruction_record& step, node& value, const place* where) noexcept {
  const shape_record& shape = image_.shape(step.a);
  const auto list = image_.list(step.b, step.c);
  const index additional = list[0];
  bool valid = true;
  for (node* member = value.first; member != nullptr; member = member->next) {
    if (is_hidden(*member)) continue;
    const place here{where, member->key};
    bool listed = image_.find_property(shape, *member) != image::none;
    for (std::size_t i = 1; i < list.size(); i += 3) {
      if (!pattern::matches(image_.list(list[i], list[i + 1]), member->key)) continue;
      listed = true;
      valid = visit(list[i + 2], *member, &here) && valid;
    }
    if (!listed && additional != image::open_members && additional != image::closed_members) {
      valid = visit(additional, *member, &here) && valid;
    } else if (!listed && issues_ == nullptr) {
      valid = valid && additional == image::open_members;
    } else if (!listed && (additional == image::closed_members || marks_.passing_through)) {
      const std::span<node*> slots = memory_.make_array<node*>(shape.property_count);
      if (slots.size() != shape.property_count) return false;
      for (std::uint32_t i = 0; i < shape.property_count; ++i)
        slots[i] = image_.find_member(value, image_.property(shape.first_property + i).name);
      valid = explain_unlisted_key(shape, slots, *member, &here) && valid;
    }
    if (!valid && issues_ == nullptr) return false;
  }
  return valid;
}

bool checker::check_repeated(node& value, const place* where) noexcept {
  const repeated_element repeated = find_repeated(value, memory_);
  if (repeated.element == nullptr) return true;
  if (issues_ == nullptr) return false;
  if (issues_->full()) return refuse(finding(issue_code::unique_items, where, &value), value);
  const place here{where, {}, repeated.position, true};
  finding found(issue_code::unique_items, &here, repeated.element);
  found.number("index", repeated.position).number("first", repeated.first);
  return refuse(found, value);
}

bool checker::check_multiple(index step, node& value, const place* where) noexcept {
  if (is_multiple(number_value(value.text), number_value(image_.string(image_.value(step).text)))) return true;
  if (issues_ == nullptr) return false;
  if (issues_->full()) return refuse(finding(issue_code::multiple_of, where, &value), value);
  text_builder expected(memory_);
  append_json(expected, image_, step);
  finding found(issue_code::multiple_of, where, &value);
  found.text("limit", expected.view());
  found.expected = expected.view();
  return refuse(found, value);
}

bool checker::check_pattern(const instruction_record& step, node& value, const place* where) noexcept {
  if (pattern::matches(image_.list(step.a, step.b), value.text)) return true;
  if (issues_ == nullptr) return false;
  if (issues_->full()) return refuse(finding(issue_code::pattern, where, &value), value);
  text_builder expected(memory_);
  write_string(expected, image_.string(step.c));
  finding found(issue_code::pattern, where, &value);
  found.text("pattern", image_.string(step.c));
  found.expected = expected.view();
  return refuse(found, value);
}

}  // namespace recreq
