// JSON Schema over nodes, one function a keyword.
#include "schema/checking.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "json/number.hpp"
#include "schema/format.hpp"
#include "schema/predicate.hpp"

namespace recreq {
namespace {

using image::index;
using image::instruction_record;
using image::keyword;
using image::none;
using image::property_record;
using image::schema_record;
using image::shape_record;
namespace type_bit = image::type_bit;

// A schema nests in a schema, and a value in a value; no honest pair of them gets near this.
constexpr std::uint32_t most_nested_visits = 1200;

constexpr std::size_t few_properties = 64;

bool is_container(kind type) noexcept { return type == kind::array || type == kind::object; }

node* child_at(const node& parent, const place& step) noexcept {
  if (parent.type == kind::object && !step.is_index) return find_member(parent, step.key, hash_key(step.key));
  if (parent.type != kind::array || !step.is_index) return nullptr;
  node* child = parent.first;
  for (std::uint32_t i = 0; i < step.index && child != nullptr; ++i) child = child->next;
  return child;
}

}  // namespace

std::uint32_t code_points(std::string_view text) noexcept {
  return static_cast<std::uint32_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool equals(const image::view& provider, index expected, const node& value) noexcept {  // NOLINT(misc-no-recursion)
  const image::value_record& wanted = provider.value(expected);
  if (wanted.kind != static_cast<std::uint32_t>(value.type)) return false;
  if (value.type == kind::number) return number_value(provider.string(wanted.text)) == number_value(value.text);
  if (value.text_string != not_interned) return wanted.text == value.text_string;
  if (!is_container(value.type)) return provider.string(wanted.text) == value.text;
  if (wanted.child_count != value.count) return false;
  const node* element = value.first;
  for (std::uint32_t i = 0; i < wanted.child_count; ++i) {
    const index child = wanted.first_child + i;
    if (value.type == kind::object) {
      element = provider.find_member(value, provider.value(child).key);
    }
    if (element == nullptr || !equals(provider, child, *element)) return false;
    element = element->next;
  }
  return true;
}

bool equals(const node& a, const node& b) noexcept {  // NOLINT(misc-no-recursion)
  if (a.type != b.type) return false;
  if (a.type == kind::number) return number_value(a.text) == number_value(b.text);
  if (!is_container(a.type)) return a.text == b.text;
  if (a.count != b.count) return false;
  const node* other = b.first;
  for (const node* child = a.first; child != nullptr; child = child->next) {
    if (a.type == kind::object) other = find_member(b, child->key, child->key_hash);
    if (other == nullptr || !equals(*child, *other)) return false;
    other = other->next;
  }
  return true;
}

bool checker::check(index schema, node& value, const place* where) noexcept { return visit(schema, value, where); }

bool checker::matches(index schema, node& value, rule_scope& scope) noexcept {
  scope_ = &scope;
  const bool matched = verdict(schema, value);
  scope_ = nullptr;
  return matched;
}

// The verdict of a schema in the middle of a reporting visit: nothing is reported, nothing is filled in.
bool checker::verdict(index schema, node& value) noexcept {
  report_builder* const reported = std::exchange(issues_, nullptr);
  const bool matched = visit(schema, value, nullptr);
  issues_ = reported;
  return matched;
}

bool checker::is_hidden(const node& value) const noexcept {
  return scope_ != nullptr && scope_->written_only && value.from != origin::input;
}

// Of many values nothing but the type is asked.
inline bool checker::passes_at_once(index schema_index, const node& value) const noexcept {
  const schema_record& schema = image_.schema(schema_index);
  return schema.instruction_count == 0 && schema.flags == 0 && scope_ == nullptr && !marks_.secret &&
         (schema.types & type_of(value)) != 0;
}

bool checker::visit(index schema_index, node& value, const place* where) noexcept {
  if (scope_ != nullptr && value.invalid) scope_->touched_error = true;
  const std::uint32_t type = type_of(value);
  const schema_record* schema = &image_.schema(schema_index);
  // Schemas that only lead on to another one are followed here, which is cheaper than visiting each.
  for (;;) {
    if ((schema->types & type) == 0) return issues_ != nullptr && explain_type(schema->types, value, where);
    if (schema->instruction_count != 1 || schema->flags != 0) break;
    const instruction_record& step = image_.instruction(schema->first_instruction);
    if (step.keyword == static_cast<std::uint32_t>(keyword::reference)) {
      schema = &image_.schema(step.a);
    } else if (step.keyword == static_cast<std::uint32_t>(keyword::by_type)) {
      const index branch = branch_of_type(step, type);
      if (branch == none) break;
      schema = &image_.schema(branch);
    } else {
      break;
    }
  }
  if (schema->instruction_count == 0 && schema->flags == 0 && !marks_.secret) return true;
  if (visits_ == most_nested_visits) return false;
  ++visits_;
  const marks outer = marks_;
  if ((schema->flags & (schema_record::write_only | schema_record::pass_through)) != 0 || marks_.secret)
    mark(*schema, value);
  bool valid = true;
  const instruction_record* step = &image_.instruction(schema->first_instruction);
  for (const instruction_record* const end = step + schema->instruction_count; step != end; ++step) {
    if (apply(*step, *schema, value, where)) continue;
    valid = false;
    if (issues_ == nullptr) break;
  }
  marks_ = outer;
  --visits_;
  return valid;
}

// What `writeOnly` and `x-pass-through` say holds for everything below.
void checker::mark(const schema_record& schema, node& value) noexcept {
  if ((schema.flags & schema_record::write_only) != 0) marks_.secret = true;
  if ((schema.flags & schema_record::pass_through) != 0) {
    marks_.passing_through = true;
    marks_.filling = false;
  }
  if (marks_.secret) value.secret = true;
}

// The keywords of almost every schema. It is one function with its caller, the others are only called for.
inline bool checker::apply(const instruction_record& step, const schema_record& schema, node& value,
                           const place* where) noexcept {
  bool satisfied = false;
  switch (static_cast<keyword>(step.keyword)) {
    case keyword::members:
      return value.type != kind::object || visit_members(step.a, value, where);
    case keyword::items:
      return value.type != kind::array || visit_items(step, value, where);
    case keyword::reference:
      return visit(step.a, value, where);
    case keyword::by_type:
      return visit_by_type(step, value, where);
    case keyword::by_constant:
      return visit_by_constant(step, value, where);
    case keyword::constant:
      satisfied = is_constant(step.a, value);
      break;
    case keyword::string_enumeration:
      satisfied = is_listed_string(step, value);
      break;
    case keyword::at:
      satisfied = matches_elsewhere(step);
      break;
    case keyword::predicate:
      satisfied =
          value.type != kind::string || holds(static_cast<image::predicate_name>(step.a), image_, step.b, value.text);
      break;
    default:
      return apply_other(step, schema, value, where);
  }
  return satisfied || (issues_ != nullptr && explain(step, schema, value, where));
}

bool checker::apply_other(const instruction_record& step, const schema_record& schema, node& value,
                          const place* where) noexcept {
  switch (static_cast<keyword>(step.keyword)) {
    case keyword::property_names:
      return value.type != kind::object || visit_names(step.a, value, where);
    case keyword::all_of: {
      bool valid = true;
      for (const index branch : image_.list(step.a, step.b)) {
        valid = visit(branch, value, where) && valid;
        if (!valid && issues_ == nullptr) return false;
      }
      return valid;
    }
    case keyword::any_of:
      return visit_any_of(step, false, value, where);
    case keyword::one_of:
      return visit_any_of(step, true, value, where);
    case keyword::conditional: {
      const index branch = verdict(step.a, value) ? step.b : step.c;
      return branch == none || visit(branch, value, where);
    }
    case keyword::dependent_required:
    case keyword::dependent_schema:
    case keyword::prefix_items:
    case keyword::unique_items:
    case keyword::multiple_of:
    case keyword::pattern:
    case keyword::pattern_members:
      return apply_rare(step, value, where);
    default:
      return satisfies(step, value) || (issues_ != nullptr && explain(step, schema, value, where));
  }
}

bool checker::satisfies(const instruction_record& step, node& value) noexcept {
  const auto code = static_cast<keyword>(step.keyword);
  switch (code) {
    case keyword::min_properties:
    case keyword::max_properties:
    case keyword::min_items:
    case keyword::max_items:
    case keyword::min_length:
    case keyword::max_length:
      return within_count(code, step.a, value);
    case keyword::contains: {
      if (value.type != kind::array) return true;
      const std::uint32_t found = matching_elements(step, value);
      return found >= step.b && (step.c == none || found <= step.c);
    }
    case keyword::format:
      return value.type != kind::string || has_format(static_cast<image::format_name>(step.a), value.text) ||
             options_.formats == formats_mode::annotation;
    case keyword::minimum:
    case keyword::maximum:
    case keyword::exclusive_minimum:
    case keyword::exclusive_maximum:
      return value.type != kind::number || within_bound(code, step.a, value);
    case keyword::enumeration:
      return is_listed(step, value);
    case keyword::negated:
      return !verdict(step.a, value);
    case keyword::query_equals:
      return value.type != kind::string || equals_elsewhere(step, value.text);
    default:
      return true;
  }
}

bool checker::visit_names(index schema, node& value, const place* where) noexcept {
  bool valid = true;
  for (node* member = value.first; member != nullptr; member = member->next) {
    if (is_hidden(*member)) continue;
    node name;
    name.type = kind::string;
    name.text = member->key;
    name.offset = member->key_offset;
    name.in_text = member->in_text;
    const place here{where, member->key};
    valid = visit(schema, name, &here) && valid;
  }
  return valid;
}

bool checker::visit_members(index shape_index, node& value, const place* where) noexcept {
  const shape_record& shape = image_.shape(shape_index);
  if (issues_ == nullptr && shape.additional == image::open_members && shape.property_count <= 4)
    return visit_members_silently(shape, value);
  std::array<node*, few_properties>
      own_slots;  // NOLINT(cppcoreguidelines-pro-type-member-init): cleared as far as used
  std::span<node*> slots;
  if (shape.property_count <= few_properties) {
    slots = std::span(own_slots).first(shape.property_count);
    std::fill(slots.begin(), slots.end(), nullptr);
  } else {
    slots = memory_.make_array<node*>(shape.property_count);
    if (slots.empty()) return false;
  }
  bool valid = true;
  std::uint32_t listed = 0;
  std::uint64_t present = 0;  // the properties that are there, as far as they have a bit
  const auto bit_of = [](std::uint32_t property) { return std::uint64_t{1} << (property % few_properties); };
  bool all_found = false;
  // In document order, so that issues come in it.
  for (node* member = value.first; member != nullptr; member = member->next) {
    if (is_hidden(*member)) continue;
    if (!all_found) find_property(shape, *member);
    if (member->property != none) {
      slots[member->property] = member;
      present |= bit_of(member->property);
      ++listed;
      const index schema = image_.property(shape.first_property + member->property).schema;
      if (!passes_at_once(schema, *member)) {
        const place here{where, member->key};
        valid = visit(schema, *member, &here) && valid;
      }
    } else if (shape.additional != image::open_members || marks_.passing_through) {
      if (issues_ != nullptr && !all_found) {
        // Suggestions are about keys that are not there, before or behind.
        for (node* later = member->next; later != nullptr; later = later->next) {
          find_property(shape, *later);
          if (later->property != none) slots[later->property] = later;
        }
        all_found = true;
      }
      valid = visit_unlisted(shape, slots, *member, where) && valid;
    }
    if (!valid && issues_ == nullptr) return false;
  }
  const bool fills = marks_.filling && issues_ != nullptr;
  for (const std::uint32_t i : image_.list(shape.wanted, shape.wanted_count)) {
    if (slots[i] != nullptr) continue;
    const property_record& property = image_.property(shape.first_property + i);
    if (fills) {
      fill_member(property, value, slots[i], where);
      if (slots[i] != nullptr) {
        present |= bit_of(i);
        ++listed;
        continue;
      }
    }
    if ((property.flags & property_record::required) == 0) continue;
    if (issues_ == nullptr) return false;
    valid = explain_missing(issue_code::required, image_.string(property.name),
                            (shape.flags & shape_record::is_input) != 0 ? "input" : "", value, where);
  }
  for (const index name : image_.list(shape.required, shape.required_count)) {
    const node* member = image_.find_member(value, name);
    if (member != nullptr && !is_hidden(*member)) continue;
    if (issues_ == nullptr) return false;
    valid = explain_missing(issue_code::required, image_.string(name), "", value, where);
  }
  if (issues_ != nullptr && listed == value.count) {
    // The shape's properties stand in canonical order, and now the members do, too.
    node** next = &value.first;
    const auto link = [&](node* member) {
      *next = value.last = member;
      next = &member->next;
    };
    if (slots.size() <= few_properties) {
      for (std::uint64_t left = present; left != 0; left &= left - 1)
        link(slots[static_cast<std::size_t>(std::countr_zero(left))]);
    } else {
      for (node* member : slots) {
        if (member != nullptr) link(member);
      }
    }
    *next = nullptr;
    value.sorted = true;
    value.all_listed = true;
  }
  return valid;
}

// The number of a member's property; its key is remembered as the image's.
void checker::find_property(const shape_record& shape, node& member) noexcept {
  member.property = image_.find_property(shape, member);
  if (member.property != none) notice_key(member, image_.property(shape.first_property + member.property));
}

void checker::notice_key(node& member, const property_record& property) noexcept {
  member.key_string = property.name;
  if (property.evidence == none) return;
  const image::evidence_record& found = image_.evidence(property.evidence);
  evidence_.add(member.type == kind::null ? found.when_null : found.when_not_null);
}

void checker::notice_value(node& value, index text) noexcept {
  // What a rule compares with proves nothing about the schema.
  if (scope_ != nullptr) return;
  value.text_string = text;
  if (const image::evidence_record* found = image_.evidence_of_value(text); found != nullptr)
    evidence_.add(found->when_not_null);
}

// A rule's schema names one or two members of a large object: look those up instead of walking it.
bool checker::visit_members_silently(const shape_record& shape, node& value) noexcept {
  for (std::uint32_t i = 0; i < shape.property_count; ++i) {
    const property_record& property = image_.property(shape.first_property + i);
    node* member = image_.find_member(value, property.name);
    if (member == nullptr || is_hidden(*member)) {
      if ((property.flags & property_record::required) != 0) return false;
      continue;
    }
    if (!visit(property.schema, *member, nullptr)) return false;
  }
  for (const index name : image_.list(shape.required, shape.required_count)) {
    const node* member = image_.find_member(value, name);
    if (member == nullptr || is_hidden(*member)) return false;
  }
  return true;
}

bool checker::visit_unlisted(const shape_record& shape, std::span<node* const> slots, node& member,
                             const place* where) noexcept {
  const place here{where, member.key};
  if (shape.additional != image::open_members && shape.additional != image::closed_members)
    return visit(shape.additional, member, &here);
  if (issues_ == nullptr) return shape.additional == image::open_members;
  return explain_unlisted_key(shape, slots, member, &here);
}

void checker::fill_member(const property_record& property, node& object, node*& slot, const place* where) noexcept {
  if (options_.defaults == defaults_mode::omit && (property.flags & property_record::always_filled) == 0) return;
  index value = property.default_value;
  if (value == none && options_.defaults == defaults_mode::known) value = property.known_default;
  if (value == none) return;
  node* filled = make_default(value, object);
  if (filled == nullptr) return;
  filled->key = image_.string(property.name);
  filled->key_hash = image_.hash(property.name);
  notice_key(*filled, property);
  filled->key_needs_escape = image_.needs_escape(property.name);
  append_child(object, *filled);
  slot = filled;
  const bool is_whole = (property.flags & property_record::default_is_whole) != 0 && value == property.default_value &&
                        options_.defaults == defaults_mode::explicit_only;
  if (is_whole || !is_container(filled->type)) return;
  const place here{where, filled->key};
  visit(property.schema, *filled, &here);
}

node* checker::make_default(index value_index, const node& near) noexcept {  // NOLINT(misc-no-recursion)
  const image::value_record& value = image_.value(value_index);
  node* made = memory_.make<node>();
  if (made == nullptr) return nullptr;
  made->type = static_cast<kind>(value.kind);
  made->text = image_.string(value.text);
  if (made->type == kind::string) notice_value(*made, value.text);
  made->from = origin::default_value;
  made->needs_escape = image_.needs_escape(value.text);
  made->secret = near.secret;
  for (std::uint32_t i = 0; i < value.child_count; ++i) {
    node* child = make_default(value.first_child + i, near);
    if (child == nullptr) return nullptr;
    if (made->type == kind::object) {
      child->key = image_.string(image_.value(value.first_child + i).key);
      child->key_hash = hash_key(child->key);
      child->key_needs_escape = true;
    }
    append_child(*made, *child);
  }
  return made;
}

// Of branches that are told apart by type, the one that allows it.
index checker::branch_of_type(const instruction_record& step, std::uint32_t type) const noexcept {
  const auto branches = image_.list(step.a, step.b);
  for (std::size_t i = 0; i < branches.size(); i += 2) {
    if ((branches[i] & type) != 0) return branches[i + 1];
  }
  return none;
}

bool checker::visit_by_type(const instruction_record& step, node& value, const place* where) noexcept {
  const index branch = branch_of_type(step, type_of(value));
  if (branch != none) return visit(branch, value, where);
  if (issues_ == nullptr) return false;
  const auto branches = image_.list(step.a, step.b);
  std::uint32_t all = 0;
  for (std::size_t i = 0; i < branches.size(); i += 2) all |= branches[i];
  return explain_type(all, value, where);
}

bool checker::visit_by_constant(const instruction_record& step, node& value, const place* where) noexcept {
  const auto branches = image_.list(step.a, step.b);
  node* discriminator = value.type == kind::object ? image_.find_member(value, step.c) : nullptr;
  if (discriminator != nullptr) {
    for (std::size_t i = 0; i < branches.size(); i += 2) {
      if (!equals(image_, branches[i], *discriminator)) continue;
      notice_value(*discriminator, image_.value(branches[i]).text);
      return visit(branches[i + 1], value, where);
    }
  }
  if (issues_ == nullptr) return false;
  const std::string_view key = image_.string(step.c);
  if (discriminator == nullptr) return explain_missing(issue_code::required, key, "", value, where);
  const place here{where, key};
  if (discriminator->type != kind::string) return explain_type(type_bit::string, *discriminator, &here);
  const std::span<index> values = memory_.make_array<index>(branches.size() / 2);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = branches[2 * i];
  return explain_unlisted_value(values, false, false, *discriminator, &here);
}

bool checker::visit_any_of(const instruction_record& step, bool exactly_one, node& value, const place* where) noexcept {
  const auto branches = image_.list(step.a, step.b);
  std::uint32_t fitting = 0;
  index chosen = none;
  for (const index branch : branches) {
    if (!verdict(branch, value)) continue;
    if (fitting++ == 0) chosen = branch;
    if (!exactly_one && issues_ == nullptr) return true;
  }
  if (fitting == 1 || (fitting > 1 && !exactly_one)) return issues_ == nullptr || visit(chosen, value, where);
  if (issues_ == nullptr) return false;
  // The issues of the one that was meant say more.
  const index meant = fitting == 0 ? meant_branch(branches, value) : none;
  return meant != none ? visit(meant, value, where) : explain_branches(fitting, value, where);
}

bool checker::is_listed(const instruction_record& step, node& value) noexcept {
  for (const index candidate : image_.list(step.a, step.b)) {
    if (is_constant(candidate, value)) return true;
  }
  return false;
}

bool checker::is_constant(index wanted, node& value) noexcept {
  if (!equals(image_, wanted, value)) return false;
  if (value.type == kind::string) notice_value(value, image_.value(wanted).text);
  return true;
}

bool checker::visit_items(const instruction_record& step, node& value, const place* where) noexcept {
  bool valid = true;
  std::uint32_t position = 0;
  for (node* element = value.first; element != nullptr; element = element->next, ++position) {
    if (position < step.b) continue;
    const place here{where, {}, position, true};
    valid = visit(step.a, *element, &here) && valid;
    if (!valid && issues_ == nullptr) return false;
  }
  return valid;
}

std::uint32_t checker::matching_elements(const instruction_record& step, node& value) noexcept {
  std::uint32_t found = 0;
  for (node* element = value.first; element != nullptr; element = element->next) {
    if (!is_hidden(*element) && verdict(step.a, *element)) ++found;
  }
  return found;
}

std::uint32_t checker::members_of(const node& value) const noexcept {
  if (scope_ == nullptr || !scope_->written_only) return value.count;
  std::uint32_t members = 0;
  for (const node* member = value.first; member != nullptr; member = member->next)
    members += is_hidden(*member) ? 0U : 1U;
  return members;
}

bool checker::within_bound(keyword bound, index limit, const node& value) const noexcept {
  const double edge = number_value(image_.string(image_.value(limit).text));
  const double number = number_value(value.text);
  switch (bound) {
    case keyword::minimum:
      return number >= edge;
    case keyword::maximum:
      return number <= edge;
    case keyword::exclusive_minimum:
      return number > edge;
    default:
      return number < edge;
  }
}

bool checker::within_count(keyword bound, std::uint32_t limit, const node& value) const noexcept {
  switch (bound) {
    case keyword::min_properties:
      return value.type != kind::object || members_of(value) >= limit;
    case keyword::max_properties:
      return value.type != kind::object || members_of(value) <= limit;
    case keyword::min_items:
      return value.type != kind::array || value.count >= limit;
    case keyword::max_items:
      return value.type != kind::array || value.count <= limit;
    case keyword::min_length:
      return value.type != kind::string || code_points(value.text) >= limit;
    default:
      return value.type != kind::string || code_points(value.text) <= limit;
  }
}

bool checker::is_listed_string(const instruction_record& step, node& value) noexcept {
  if (value.type != kind::string) return false;
  const auto strings = image_.list(step.a, step.b);
  if (value.text_string != not_interned)
    return std::find(strings.begin(), strings.end(), value.text_string) != strings.end();
  const std::uint32_t hash = hash_key(value.text);
  for (const index candidate : strings) {
    if (image_.hash(candidate) != hash || !same_text(image_.string(candidate), value.text)) continue;
    notice_value(value, candidate);
    return true;
  }
  return false;
}

bool checker::matches_elsewhere(const instruction_record& step) noexcept {
  if (scope_ == nullptr) return false;
  node* other = find(image_, image_.list(step.a, step.b), *scope_);
  if (other == nullptr || is_hidden(*other)) return false;
  return visit(step.c, *other, nullptr);
}

bool checker::equals_elsewhere(const instruction_record& step, std::string_view url) noexcept {
  if (scope_ == nullptr) return true;
  const node* other = find(image_, image_.list(step.a, step.b), *scope_);
  if (other == nullptr || other->type != kind::string || is_hidden(*other)) return true;
  if (other->invalid) scope_->touched_error = true;
  const std::optional<std::string_view> given = query_parameter(url, image_.string(step.c));
  return !given || equals_decoded(*given, other->text);
}

node* checker::find(const image::view& provider, std::span<const std::uint32_t> pattern,
                    const rule_scope& scope) noexcept {
  node* at = scope.body;
  std::size_t step = 0;
  std::size_t bound = 0;
  // As far as the pattern is the way on which the rule came, its values are known.
  for (std::size_t i = 0; i < pattern.size() && i < scope.way.size() && pattern[i] == scope.way[i]; ++i) {
    if (pattern[i] != none || bound == scope.bound.size()) continue;
    at = scope.bound_nodes[bound++];
    step = i + 1;
  }
  for (; step < pattern.size() && at != nullptr; ++step) {
    const std::uint32_t token = pattern[step];
    if (token != none) {
      at = at->type == kind::object ? provider.find_member(*at, token) : nullptr;
    } else if (bound < scope.bound.size()) {
      at = child_at(*at, scope.bound[bound++]);
    } else {
      return nullptr;
    }
  }
  return at;
}

}  // namespace recreq
