// A body that makes a start do what the bot would have done: the bot's configuration with everything that it relies on
// written out, and overrides laid on it. Which operation can match what, and what is said about it, stands in the
// image.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "json/arena.hpp"
#include "json/node.hpp"
#include "json/reading.hpp"
#include "recreq/match.hpp"
#include "recreq/options.hpp"
#include "request/call.hpp"
#include "schema/image.hpp"
#include "schema/report.hpp"

namespace recreq {

/// Something that a matching is given.
struct matching_input {
  enum class form : std::uint8_t { absent, text, snapshot };
  form as = form::absent;
  std::string_view json;  ///< followed by `text_padding` readable bytes; outlives the matching
  bool positions = true;  ///< issues say where in the text they are
  bool utf16_offsets = false;
};

/// What is matched: a bot as it comes back, without what is null, or the configuration that it was created with.
enum class matched_kind : std::uint8_t { bot, config };

class matching {
 public:
  /// `operation` has a `match`. `how` and `memory` outlive the matching.
  matching(const image::view& provider, const image::operation_record& operation, const options& how, arena& memory,
           json_reader& reader) noexcept;

  /// Makes the body and checks it. Gives the call that did, for rules of the caller's own; null when there is no body.
  call* run(matched_kind kind, const matching_input& given, const matching_input& overrides) noexcept;

  /// Reports what the call has found. True when there is a body, and no error.
  bool finish() noexcept;

  /// Canonical JSON; nothing when there is no body.
  void write_body(text_builder& out) noexcept;
  /// The pointer at which issues blame the bot's part: `/bot/recording_config`.
  std::string_view configuration_at() noexcept { return pointer_text(configuration_at_, memory_); }
  std::span<const placed_origin> origins() noexcept;
  std::span<const changed_value> changes() noexcept;
  std::span<const issue> issues() const noexcept { return issues_.issues(); }
  bool truncated() const noexcept { return issues_.truncated() || checking_.issues().truncated(); }

 private:
  bool has_body() const noexcept { return alone_ != nullptr && !memory_.exhausted(); }
  node* read(const matching_input& input, const place* where) noexcept;
  bool find_configuration(node& given) noexcept;
  void ask(node& both, image::index first_group, std::uint32_t count) noexcept;
  bool is_refused() const noexcept;
  void leave_out(node& both) noexcept;
  const image::rule_record* rule_left_out(std::string_view id) const noexcept;
  void leave_out_unlisted(image::index schema, node& value, const place* where) noexcept;
  void say_unlisted(const node& member, const place* where) noexcept;
  void fill_configuration() noexcept;

  const image::view& provider_;
  const image::operation_record& operation_;
  const image::match_record& match_;
  const image::body_record& body_;
  const options& how_;
  options filling_;  ///< a body that matches is explicit: defaults are always written out
  arena& memory_;
  json_reader& reader_;
  report_builder issues_;
  report_builder unsaid_;  ///< what is found on the way and said in another form later
  call checking_;
  matched_kind kind_ = matched_kind::bot;
  const place* configuration_at_ = nullptr;
  node* configuration_ = nullptr;  ///< then the body: overrides are laid on it
  node* overrides_ = nullptr;      ///< as they were given
  node* alone_ = nullptr;          ///< what a start makes of the overrides alone
  matching_input given_input_;
  matching_input overrides_input_;
};

}  // namespace recreq
