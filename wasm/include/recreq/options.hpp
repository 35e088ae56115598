/// @file
/// How strictly to look, and what to fill in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "recreq/custom_rule.hpp"
#include "recreq/issue.hpp"

namespace recreq {

/// Which defaults are written into a body.
enum class defaults_mode : std::uint8_t {
  explicit_only,  ///< those that the endpoint documents as its own and that nothing else can supply
  known,          ///< the provider's other known defaults, too (never below pass-through options)
  omit,           ///< none: what was written is what is sent
};

/// What an unlisted key, or an unlisted value of an enum, is.
enum class unknown_mode : std::uint8_t {
  error,
  warn,
  allow,  ///< no issue at all
};

/// Whether a string has to have the form that its `format` names, or is only said to have it.
enum class formats_mode : std::uint8_t { assertion, annotation };

/// What a single call may cost. Reaching a limit is an issue, never a crash.
struct limits {
  std::uint32_t bytes = 1U << 20U;  ///< of a body's text
  std::uint32_t depth = 64;         ///< levels of nesting; at most `largest_depth`
  std::uint32_t values = 100'000;   ///< values in a body, members and elements included
  std::uint32_t issues = 100;       ///< issues in a report; more are counted as `truncated`
};
/// What `limits::depth` can be at most; a larger one counts as this.
inline constexpr std::uint32_t largest_depth = 256;

/// Another severity for one rule; none switches the rule off.
struct rule_setting {
  std::string_view id;  ///< `recall/no-localhost`
  std::optional<severity> level;
};

/// Another wording of a message, for translations: its key in the catalogue (`wasm/messages/en.json`) or a rule's id,
/// and a text in which `{name}` stands for a parameter.
struct message {
  std::string_view key;
  std::string_view text;
};

/// How a call looks at its input. What it refers to has to live until the call has returned.
struct options {
  defaults_mode defaults = defaults_mode::explicit_only;
  unknown_mode unknown = unknown_mode::error;
  formats_mode formats = formats_mode::assertion;
  std::span<const rule_setting> rules{};  ///< other rules keep their own severity
  recreq::limits limits{};
  /// Texts without one here are those of the catalogue.
  std::span<const message> messages{};
  /// A JSON object of fields that the provider's document does not have yet, laid on after the check: objects are
  /// merged member by member at any depth, anything else replaces what was there.
  std::string_view extra_body{};
  std::span<const custom_rule> custom_rules{};
  /// Reports say where each value of the effective body comes from.
  bool provenance = false;
};

}  // namespace recreq
