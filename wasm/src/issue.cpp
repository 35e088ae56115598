// Names of codes, severities, confidences and origins.
#include "recreq/issue.hpp"

#include <array>

#include "recreq/provenance.hpp"

namespace recreq {
namespace {

constexpr std::array<std::string_view, issue_code_count> code_names{
    "syntax",
    "encoding",
    "byte-order-mark",
    "lone-surrogate",
    "duplicate-key",
    "number-range",
    "too-large",
    "too-deep",
    "not-json",
    "cycle",
    "type",
    "required",
    "unknown-key",
    "unknown-value",
    "constant",
    "format",
    "pattern",
    "min-length",
    "max-length",
    "minimum",
    "maximum",
    "exclusive-minimum",
    "exclusive-maximum",
    "multiple-of",
    "min-items",
    "max-items",
    "unique-items",
    "contains",
    "min-properties",
    "max-properties",
    "dependent-required",
    "no-branch",
    "many-branches",
    "negated",
    "forbidden",
    "path-segment",
    "header-value",
    "extra-body",
    "refused",
    "rule",
};

}  // namespace

std::string_view code_name(issue_code code) noexcept { return code_names[static_cast<std::size_t>(code)]; }

std::string_view severity_name(severity level) noexcept {
  switch (level) {
    case severity::error:
      return "error";
    case severity::warning:
      return "warning";
    case severity::info:
      return "info";
  }
  return "";
}

std::string_view confidence_name(confidence level) noexcept {
  switch (level) {
    case confidence::documented:
      return "documented";
    case confidence::observed:
      return "observed";
    case confidence::inferred:
      return "inferred";
  }
  return "";
}

std::string_view origin_name(origin from) noexcept {
  switch (from) {
    case origin::input:
      return "input";
    case origin::default_value:
      return "default";
    case origin::extra:
      return "extra";
    case origin::override_value:
      return "override";
    case origin::bot:
      return "bot";
  }
  return "";
}

}  // namespace recreq
