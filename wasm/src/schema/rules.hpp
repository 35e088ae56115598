// Rules between fields, over the effective body.
#pragma once

#include <optional>
#include <span>

#include "schema/checking.hpp"

namespace recreq {

/// The severity of each rule of a body after the caller's settings; none where a rule is off.
std::optional<severity> effective_severity(const image::view& provider, const image::rule_record& rule,
                                           const options& how) noexcept;

/// Runs a body's rules. `where` is the body's place in the input; pointers of issues and fixes begin there. Rules that
/// need more than `evidence`, what checking the body has proved, are left out.
void run_rules(const image::view& provider, const image::body_record& body, const options& how, node& value,
               const place* where, report_builder& issues, const image::evidence_set& evidence) noexcept;

}  // namespace recreq
