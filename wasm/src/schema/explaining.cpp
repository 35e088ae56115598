// Wording what a check has refused: which values were expected, what was probably meant, how it is mended. Only runs
// when something is wrong, so it is built to be small.
#include <array>
#include <utility>

#include "json/canonical.hpp"
#include "schema/checking.hpp"
#include "schema/format.hpp"
#include "schema/suggestion.hpp"
#include "schema/value_text.hpp"

namespace recreq {
namespace {

using image::index;
using image::instruction_record;
using image::keyword;
using image::none;
using image::schema_record;
using image::shape_record;
namespace type_bit = image::type_bit;

struct type_name {
  std::uint32_t bit;
  std::string_view name;
};

constexpr std::array type_table{
    type_name{type_bit::string, "string"},   type_name{type_bit::number, "number"},
    type_name{type_bit::integer, "integer"}, type_name{type_bit::boolean, "boolean"},
    type_name{type_bit::object, "object"},   type_name{type_bit::array, "array"},
    type_name{type_bit::null, "null"},
};

// An integer is only named where not every number is allowed.
bool names_type(std::uint32_t types, const type_name& type) noexcept {
  if ((types & type.bit) != type.bit) return false;
  return type.bit != type_bit::integer || (types & type_bit::number) != type_bit::number;
}

std::string_view name_of(std::uint32_t type) noexcept {
  for (const type_name& each : type_table) {
    if ((each.bit & type) != 0 && (each.bit == type || type == type_bit::fraction)) return each.name;
  }
  return "";
}

issue_code code_of(keyword broken) noexcept {
  switch (broken) {
    case keyword::min_properties:
      return issue_code::min_properties;
    case keyword::max_properties:
      return issue_code::max_properties;
    case keyword::min_items:
      return issue_code::min_items;
    case keyword::max_items:
      return issue_code::max_items;
    case keyword::min_length:
      return issue_code::min_length;
    case keyword::max_length:
      return issue_code::max_length;
    case keyword::minimum:
      return issue_code::minimum;
    case keyword::maximum:
      return issue_code::maximum;
    case keyword::exclusive_minimum:
      return issue_code::exclusive_minimum;
    case keyword::exclusive_maximum:
      return issue_code::exclusive_maximum;
    case keyword::contains:
      return issue_code::contains;
    case keyword::format:
      return issue_code::format;
    case keyword::constant:
      return issue_code::constant;
    default:
      return issue_code::negated;
  }
}

}  // namespace

bool checker::refuse(const finding& found, node& value) noexcept {
  issues_->add(found);
  value.invalid = true;
  return false;
}

bool checker::explain(const instruction_record& step, const schema_record& schema, node& value,
                      const place* where) noexcept {
  const auto broken = static_cast<keyword>(step.keyword);
  finding found(code_of(broken), where, &value);
  const bool is_list = broken == keyword::enumeration || broken == keyword::string_enumeration;
  if (issues_->full() && !is_list) return refuse(found, value);
  text_builder expected(memory_);
  text_builder keys(memory_);
  switch (broken) {
    case keyword::enumeration:
    case keyword::string_enumeration:
      return explain_unlisted_value(image_.list(step.a, step.b), broken == keyword::string_enumeration,
                                    (schema.flags & schema_record::strict) != 0, value, where);
    case keyword::min_properties:
    case keyword::max_properties:
    case keyword::min_items:
    case keyword::max_items:
    case keyword::min_length:
    case keyword::max_length:
      found.number("actual", value.type == kind::string ? code_points(value.text) : value.count)
          .number("limit", step.a);
      expected.append_number(step.a);
      if (broken == keyword::max_properties) {
        for (const node* member = value.first; member != nullptr; member = member->next) {
          if (member != value.first) keys.append(", ");
          keys.append(member->key);
        }
        found.text("keys", keys.view());
      }
      break;
    case keyword::minimum:
    case keyword::maximum:
    case keyword::exclusive_minimum:
    case keyword::exclusive_maximum:
      append_json(expected, image_, step.a);
      found.text("limit", expected.view());
      break;
    case keyword::contains: {
      const std::uint32_t actual = matching_elements(step, value);
      found.variant = actual < step.b ? "min" : "max";
      found.number("actual", actual).number("limit", actual < step.b ? step.b : step.c);
      break;
    }
    case keyword::format:
      found.variant = format_text(static_cast<image::format_name>(step.a));
      found.text("format", found.variant);
      write_string(expected, found.variant);
      break;
    case keyword::constant:
      append_json(expected, image_, step.a);
      found.text("value", expected.view());
      break;
    default:
      break;
  }
  found.expected = expected.view();
  return refuse(found, value);
}

bool checker::explain_type(std::uint32_t types, node& value, const place* where) noexcept {
  value.mistyped = true;
  if (types == 0) return refuse(finding(issue_code::forbidden, where, &value), value);
  if (issues_->full()) return refuse(finding(issue_code::type, where, &value), value);
  const wording& texts = issues_->texts();
  std::uint32_t left = 0;
  for (const type_name& each : type_table) left += names_type(types, each) ? 1U : 0U;
  const bool several = left > 1;
  text_builder words(memory_);
  text_builder names(memory_);
  std::string_view last;
  if (several) names.append('[');
  for (const type_name& each : type_table) {
    if (!names_type(types, each)) continue;
    if (names.size() > 1) names.append(',');
    write_string(names, each.name);
    const std::string_view text = texts.of("value", each.name);
    if (--left == 0) {
      last = text;
    } else {
      if (words.size() != 0) words.append(", ");
      words.append(text);
    }
  }
  if (several) {
    names.append(']');
    const issue_param parts[] = {{"values", words.view()}, {"last", last}};
    last = fill_message(texts.of("list", "or"), parts, memory_);
  }
  finding found(issue_code::type, where, &value);
  found.text("expected", last).text("actual", texts.of("value", name_of(type_of(value))));
  found.expected = names.view();
  return refuse(found, value);
}

bool checker::explain_missing(issue_code code, std::string_view key, std::string_view variant, node& value,
                              const place* where) noexcept {
  finding found(code, where, &value);
  found.text("key", key);
  if (code == issue_code::dependent_required) {
    found.text("cause", variant);
  } else {
    found.variant = variant;
  }
  return refuse(found, value);
}

// How much of an object speaks for a branch: a constant that it has, then keys that the branch requires or lists. A
// constant that is another one speaks against it.
std::uint32_t checker::likeness(index branch, const node& value) const noexcept {
  constexpr std::uint32_t for_constant = 1000;
  constexpr std::uint32_t for_required = 2;
  const schema_record& schema = image_.schema(branch);
  std::uint32_t sum = 0;
  for (index i = 0; i < schema.instruction_count; ++i) {
    const instruction_record& step = image_.instruction(schema.first_instruction + i);
    if (step.keyword != static_cast<std::uint32_t>(keyword::members)) continue;
    const shape_record& shape = image_.shape(step.a);
    for (index j = 0; j < shape.property_count; ++j) {
      const image::property_record& property = image_.property(shape.first_property + j);
      const node* there = image_.find_member(value, property.name);
      if (there == nullptr) continue;
      sum += (property.flags & image::property_record::required) != 0 ? for_required : 1;
      const schema_record& type = image_.schema(property.schema);
      for (index k = 0; k < type.instruction_count; ++k) {
        const instruction_record& of_property = image_.instruction(type.first_instruction + k);
        if (of_property.keyword != static_cast<std::uint32_t>(keyword::constant)) continue;
        if (!equals(image_, of_property.a, *there)) return 0;
        sum += for_constant;
      }
    }
  }
  return sum;
}

// The branch that was probably meant: the only one for this type of value, or the one that an object is most like.
index checker::meant_branch(std::span<const index> branches, const node& value) const noexcept {
  index of_type = none;
  index meant = none;
  std::uint32_t candidates = 0;
  std::uint32_t most = 0;
  for (const index branch : branches) {
    if ((image_.schema(branch).types & type_of(value)) == 0) continue;
    of_type = branch;
    ++candidates;
    const std::uint32_t found = value.type == kind::object ? likeness(branch, value) : 0;
    if (found == most) meant = none;
    if (found <= most) continue;
    most = found;
    meant = branch;
  }
  return candidates == 1 ? of_type : meant;
}

bool checker::explain_branches(std::uint32_t fitting, node& value, const place* where) noexcept {
  finding found(fitting == 0 ? issue_code::no_branch : issue_code::many_branches, where, &value);
  if (fitting != 0) found.number("actual", fitting);
  return refuse(found, value);
}

bool checker::explain_unlisted_value(std::span<const index> values, bool values_are_strings, bool strict, node& value,
                                     const place* where) noexcept {
  constexpr std::size_t most_named = 12;
  finding found(issue_code::unknown_value, where, &value);
  if (is_unsaid(strict)) return refuse_unlisted(found, strict);
  const bool is_text = value.type == kind::string && !marks_.secret;
  suggestion meant(is_text ? value.text : std::string_view());
  text_builder expected(memory_);
  text_builder named(memory_);
  expected.append('[');
  for (std::size_t i = 0; i < values.size(); ++i) {
    const bool candidate_is_text =
        values_are_strings || image_.value(values[i]).kind == static_cast<std::uint32_t>(kind::string);
    const bool is_named = i < most_named;
    if (i != 0) expected.append(',');
    if (i != 0 && is_named) named.append(", ");
    if (candidate_is_text) {
      const std::string_view text = image_.string(values_are_strings ? values[i] : image_.value(values[i]).text);
      write_string(expected, text);
      meant.consider(text);
      if (is_named) named.append(text);
    } else {
      append_json(expected, image_, values[i]);
      if (is_named) append_json(named, image_, values[i]);
    }
  }
  expected.append(']');
  std::string_view all_named = named.view();
  if (values.size() > most_named) {
    const issue_param parts[] = {{"values", all_named}, {"count", digits(values.size() - most_named, memory_), true}};
    all_named = fill_message(issues_->texts().of("list", "more"), parts, memory_);
  }
  found.expected = expected.view();
  found.suggestion = meant.best();
  if (is_text) found.text("value", value.text);
  if (!found.suggestion.empty()) {
    found.variant = "suggestion";
    found.text("suggestion", found.suggestion);
  } else {
    if (!is_text) found.variant = "unsaid";
    found.text("values", all_named);
  }
  return refuse_unlisted(found, strict);
}

bool checker::explain_unlisted_key(const shape_record& shape, std::span<node* const> slots, node& member,
                                   const place* where) noexcept {
  finding found(issue_code::unknown_key, where, &member);
  const bool strict = (shape.flags & shape_record::is_input) != 0;
  if (is_unsaid(strict)) return refuse_unlisted(found, strict);
  suggestion meant(member.key);
  std::uint32_t nearest = none;
  for (std::uint32_t i = 0; i < shape.property_count; ++i) {
    const std::string_view before = meant.best();
    meant.consider(image_.string(image_.property(shape.first_property + i).name));
    if (meant.best().data() != before.data()) nearest = i;
  }
  found.at_key = true;
  found.suggestion = meant.best();
  found.text("key", member.key);
  if (!found.suggestion.empty()) {
    const bool present = slots[nearest] != nullptr;
    found.variant = present ? "present" : "suggestion";
    found.text("suggestion", found.suggestion);
  }
  return refuse_unlisted(found, strict);
}

// An unlisted key or value is as bad as the caller's options say; it never counts as a structural error.
unknown_mode checker::mode_of_unlisted(bool strict) const noexcept {
  const unknown_mode mode = strict ? unknown_mode::error : options_.unknown;
  return marks_.passing_through && mode == unknown_mode::error ? unknown_mode::warn : mode;
}

// Looking for what was meant takes its time; a body can have unlisted keys by the ten thousand.
bool checker::is_unsaid(bool strict) const noexcept {
  return issues_->full() || mode_of_unlisted(strict) == unknown_mode::allow;
}

bool checker::refuse_unlisted(finding& found, bool strict) noexcept {
  evidence_ = image::all_evidence;
  const unknown_mode mode = mode_of_unlisted(strict);
  if (mode == unknown_mode::allow) return true;
  found.level = mode == unknown_mode::error ? severity::error : severity::warning;
  issue* added = issues_->add(found);
  if (added == nullptr || found.variant != "suggestion") return mode == unknown_mode::warn;
  // Adding to an array puts a value between the others: what was there has to go first.
  const bool is_element = found.where != nullptr && found.where->is_index;
  const std::span<patch_operation> fix = memory_.make_array<patch_operation>(is_element ? 2 : 1);
  if (fix.empty()) return false;
  text_builder made(memory_);
  if (found.code == issue_code::unknown_key) {
    append_pointer(made, found.where->parent);
    append_pointer_token(made, found.suggestion);
    fix[0] = {patch_operation::kind::move, made.view(), added->pointer, {}};
  } else {
    write_string(made, found.suggestion);
    fix[0] = {patch_operation::kind::remove, added->pointer, {}, {}};
    fix.back() = {patch_operation::kind::add, added->pointer, {}, made.view()};
  }
  added->fix = fix;
  return mode == unknown_mode::warn;
}

}  // namespace recreq
