/// @file
/// A body that makes a start match the configuration of a bot.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "recreq/issue.hpp"
#include "recreq/provenance.hpp"

namespace recreq {

/// What would have been different, without a word, had only the overrides been sent.
struct changed_value {
  std::string_view pointer;  ///< JSON Pointer into the body
  std::string_view bot;      ///< JSON text: the value as the bot has it; empty for none
  std::string_view start;    ///< JSON text: the value that the start would have had; empty for none
  /// JSON Pointers into the body of what is left out of both because it is a secret, or may be one.
  std::span<const std::string_view> withheld;
};

/// The full, explicit body of a start that does what a bot would have done, overrides laid on. Views into it live as
/// long as it does.
class bot_match {
 public:
  bot_match(bot_match&&) noexcept;
  bot_match& operator=(bot_match&&) noexcept;
  bot_match(const bot_match&) = delete;
  bot_match& operator=(const bot_match&) = delete;
  ~bot_match();

  /// There is a body, and no issue is an error.
  bool ok() const noexcept;
  /// Canonical JSON for the operation's `build`; empty when there was nothing to make it of.
  std::string_view body() const noexcept;
  /// Where each value of the body comes from: `override_value`, `bot` or `default_value`.
  std::span<const placed_origin> origins() const noexcept;
  std::span<const changed_value> would_have_changed() const noexcept;
  /// The JSON Pointer at which issues blame the bot's part: `/bot/recording_config`, `/config`.
  std::string_view configuration() const noexcept;
  /// Pointers begin at what was given: `/bot/…` or `/config/…`, and `/overrides/…`.
  std::span<const issue> issues() const noexcept;
  /// More issues were found than `limits::issues` lets through.
  bool truncated() const noexcept;
  /// The machine's memory, or the budget that the limits set, did not suffice: nothing else here means anything.
  bool memory_exhausted() const noexcept;

 private:
  friend class operation;
  struct state;
  explicit bot_match(std::unique_ptr<state> held) noexcept;
  std::unique_ptr<state> state_;
};

}  // namespace recreq
