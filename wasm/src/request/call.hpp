// One call from its input to its request: read, check, write, assemble. The C++ API and the WebAssembly module both go
// this way and no other.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "json/arena.hpp"
#include "json/node.hpp"
#include "json/reading.hpp"
#include "recreq/operation.hpp"
#include "recreq/options.hpp"
#include "recreq/provenance.hpp"
#include "schema/image.hpp"
#include "schema/report.hpp"

namespace recreq {

/// Memory that one call may take, by its limits.
std::size_t arena_budget(const limits& most) noexcept;

class call {
 public:
  /// `how` and `memory` outlive the call; texts are followed by `text_padding` readable bytes and outlive it, too.
  call(const image::view& provider, const options& how, arena& memory, json_reader& reader) noexcept;

  /// The inputs, and perhaps the body, as one JSON object.
  void take_input_text(std::string_view json) noexcept;
  /// The same as a snapshot (json/snapshot.hpp), which JavaScript has taken within the limits.
  void take_input_snapshot(std::string_view snapshot) noexcept;
  /// A single input; nothing when it is absent. Its texts are copied.
  void take_argument(std::string_view name, const argument_value& value) noexcept;
  /// The body as text, whose positions issues then have.
  void take_body_text(std::string_view json, bool utf16_offsets) noexcept;
  /// The body alone, without an operation around it; positions are those of this text when they are wanted.
  void take_body_alone(std::string_view json, bool positions, bool utf16_offsets) noexcept;

  /// The body alone as a snapshot; its issues have no positions.
  void take_body_alone_snapshot(std::string_view snapshot) noexcept;

  /// The body alone as nodes, which the call checks and completes in place.
  void take_body_node(node& body) noexcept {
    body_alone_ = true;
    body_ = &body;
  }

  /// What is laid on the body after the check: a JSON object.
  void take_extra_body(std::string_view json) noexcept { extra_body_ = json; }

  /// Checks everything that was taken. True when there is no error.
  bool check(const image::operation_record& operation) noexcept;

  /// Runs the caller's own rules behind the check. True when there is no error yet.
  bool check_custom_rules() noexcept;

  /// Where each value of the effective body comes from; empty when there is none.
  std::span<const placed_origin> provenance() noexcept;

  /// Canonical JSON of the whole effective input, or of the body when it came alone; empty when it could not be read.
  void write_value(text_builder& out) noexcept;
  /// Canonical JSON of the effective body; nothing when the operation has none.
  void write_body(text_builder& out) noexcept;

  const node& input() const noexcept { return *input_; }
  const report_builder& issues() const noexcept { return issues_; }

 private:
  static constexpr std::string_view body_key = "body";

  node* read(std::string_view json, const limits& most, const place* where, bool positions) noexcept;
  node* read_snapshot(std::string_view snapshot) noexcept;
  limits body_limits() const noexcept;
  node* make_argument(const argument_value& value, const place* where) noexcept;
  node* make_text(std::string_view text, const place* where) noexcept;
  /// Whether an operation cannot be called without a body.
  bool requires_body(const image::operation_record& operation) const noexcept;
  void check_body(const image::operation_record& operation) noexcept;
  void lay_extra_body() noexcept;
  bool is_sound() const noexcept;
  void locate() noexcept;

  const image::view& provider_;
  const options& how_;
  arena& memory_;
  json_reader& reader_;
  report_builder issues_;
  node* input_ = nullptr;  ///< the object that holds the inputs and the body
  node* body_ = nullptr;
  bool unreadable_ = false;
  bool body_alone_ = false;
  bool positions_ = false;
  std::string_view positions_text_;
  std::string_view extra_body_;
  bool utf16_offsets_ = false;
};

}  // namespace recreq
