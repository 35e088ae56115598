// The second stage of a request's way: nodes against a compiled schema. Defaults are filled in, issues are collected.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "json/arena.hpp"
#include "json/node.hpp"
#include "json/number.hpp"
#include "json/pointer.hpp"
#include "recreq/options.hpp"
#include "schema/image.hpp"
#include "schema/predicate.hpp"
#include "schema/report.hpp"

namespace recreq {

/// What a rule's schemas may look at beside the value that they are applied to.
struct rule_scope {
  node* body = nullptr;
  std::span<const std::uint32_t> way;  ///< the rule's `for`
  std::span<const place> bound;        ///< what its `*`s matched, from left to right
  std::span<node* const> bound_nodes;  ///< the values that they matched
  bool written_only = false;           ///< defaults are not seen
  bool touched_error = false;          ///< set when something was read that has a structural error
};

class checker {
 public:
  /// `issues` takes what is found; without it only verdicts are given and nothing is filled in.
  checker(const image::view& provider, const options& how, arena& memory, report_builder* issues) noexcept
      : image_(provider), options_(how), memory_(memory), issues_(issues), marks_{issues != nullptr} {}

  /// True when the value is as the schema wants it. Reports and fills where the checker has a report.
  bool check(image::index schema, node& value, const place* where) noexcept;

  /// What the values that were checked prove, for `run_rules`.
  const image::evidence_set& evidence() const noexcept { return evidence_; }

  /// The verdict alone, for a rule's schema.
  bool matches(image::index schema, node& value, rule_scope& scope) noexcept;

  /// The value at a pointer pattern, its `*`s taken from `scope.bound`; null when there is none.
  static node* find(const image::view& provider, std::span<const std::uint32_t> pattern,
                    const rule_scope& scope) noexcept;

 private:
  bool passes_at_once(image::index schema, const node& value) const noexcept;
  bool visit(image::index schema, node& value, const place* where) noexcept;
  bool apply(const image::instruction_record& step, const image::schema_record& schema, node& value,
             const place* where) noexcept;

  bool apply_other(const image::instruction_record& step, const image::schema_record& schema, node& value,
                   const place* where) noexcept;
  void mark(const image::schema_record& schema, node& value) noexcept;

  // Keywords that look at the value itself: a verdict each.
  bool satisfies(const image::instruction_record& step, node& value) noexcept;
  bool within_count(image::keyword bound, std::uint32_t limit, const node& value) const noexcept;
  bool within_bound(image::keyword bound, image::index limit, const node& value) const noexcept;
  bool is_listed(const image::instruction_record& step, node& value) noexcept;
  bool is_listed_string(const image::instruction_record& step, node& value) noexcept;
  bool is_constant(image::index wanted, node& value) noexcept;
  void find_property(const image::shape_record& shape, node& member) noexcept;
  void notice_key(node& member, const image::property_record& property) noexcept;
  void notice_value(node& value, image::index text) noexcept;
  std::uint32_t matching_elements(const image::instruction_record& step, node& value) noexcept;
  std::uint32_t members_of(const node& value) const noexcept;
  bool matches_elsewhere(const image::instruction_record& step) noexcept;
  bool equals_elsewhere(const image::instruction_record& step, std::string_view url) noexcept;
  bool verdict(image::index schema, node& value) noexcept;
  bool is_hidden(const node& value) const noexcept;

  // Keywords that lead on to other schemas: these report what they find themselves.
  bool visit_members(image::index shape, node& value, const place* where) noexcept;
  bool visit_members_silently(const image::shape_record& shape, node& value) noexcept;
  bool visit_unlisted(const image::shape_record& shape, std::span<node* const> slots, node& member,
                      const place* where) noexcept;
  bool visit_names(image::index schema, node& value, const place* where) noexcept;
  bool visit_items(const image::instruction_record& step, node& value, const place* where) noexcept;
  image::index branch_of_type(const image::instruction_record& step, std::uint32_t type) const noexcept;
  bool visit_by_type(const image::instruction_record& step, node& value, const place* where) noexcept;
  bool visit_by_constant(const image::instruction_record& step, node& value, const place* where) noexcept;
  bool visit_any_of(const image::instruction_record& step, bool exactly_one, node& value, const place* where) noexcept;

  // Keywords that a build may leave out (rare_keywords.cpp).
  bool apply_rare(const image::instruction_record& step, node& value, const place* where) noexcept;
  bool visit_prefix_items(const image::instruction_record& step, node& value, const place* where) noexcept;
  bool visit_dependent_required(const image::instruction_record& step, node& value, const place* where) noexcept;
  bool visit_pattern_members(const image::instruction_record& step, node& value, const place* where) noexcept;
  bool check_repeated(node& value, const place* where) noexcept;
  bool check_multiple(image::index step, node& value, const place* where) noexcept;
  bool check_pattern(const image::instruction_record& step, node& value, const place* where) noexcept;

  void fill_member(const image::property_record& property, node& object, node*& slot, const place* where) noexcept;
  node* make_default(image::index value, const node& near) noexcept;

  // Wording what a verdict refused (explaining.cpp). Each gives false, or true where the options let it pass.
  bool explain(const image::instruction_record& step, const image::schema_record& schema, node& value,
               const place* where) noexcept;
  bool explain_type(std::uint32_t types, node& value, const place* where) noexcept;
  bool explain_unlisted_value(std::span<const image::index> values, bool values_are_strings, bool strict, node& value,
                              const place* where) noexcept;
  bool explain_unlisted_key(const image::shape_record& shape, std::span<node* const> slots, node& member,
                            const place* where) noexcept;
  bool explain_missing(issue_code code, std::string_view key, std::string_view variant, node& value,
                       const place* where) noexcept;
  image::index meant_branch(std::span<const image::index> branches, const node& value) const noexcept;
  std::uint32_t likeness(image::index branch, const node& value) const noexcept;
  bool explain_branches(std::uint32_t fitting, node& value, const place* where) noexcept;
  bool refuse(const finding& found, node& value) noexcept;
  bool refuse_unlisted(finding& found, bool strict) noexcept;
  unknown_mode mode_of_unlisted(bool strict) const noexcept;
  bool is_unsaid(bool strict) const noexcept;

  const image::view& image_;
  const options& options_;
  arena& memory_;
  report_builder* issues_;
  rule_scope* scope_ = nullptr;

  // What the schemas above say of everything below.
  struct marks {
    bool filling;
    bool passing_through = false;
    bool secret = false;
  };
  marks marks_;
  std::uint32_t visits_ = 0;
  image::evidence_set evidence_;
};

/// Whether a value equals one of the image, as JSON Schema compares: numbers by value, objects without order.
bool equals(const image::view& provider, image::index expected, const node& value) noexcept;

/// Whether two values are equal, as JSON Schema compares.
bool equals(const node& a, const node& b) noexcept;

/// Characters of a string as JSON Schema counts them.
std::uint32_t code_points(std::string_view text) noexcept;

/// The type bit of a value.
inline std::uint32_t type_of(const node& value) noexcept {
  static_assert(image::type_bit::null == 1U << static_cast<unsigned>(kind::null));
  static_assert(image::type_bit::boolean == 1U << static_cast<unsigned>(kind::boolean));
  if (value.type == kind::number) return is_integer(value.text) ? image::type_bit::integer : image::type_bit::fraction;
  // Behind the numbers there is one bit more than kinds.
  const auto order = static_cast<unsigned>(value.type);
  return 1U << (value.type < kind::number ? order : order + 1);
}

}  // namespace recreq
