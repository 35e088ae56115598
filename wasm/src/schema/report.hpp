// The issues of one call, while they are being found.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "json/arena.hpp"
#include "json/node.hpp"
#include "json/pointer.hpp"
#include "recreq/issue.hpp"
#include "recreq/options.hpp"
#include "schema/message.hpp"

namespace recreq {

/// What a finder knows of an issue; the rest is made from it. Texts are copied when the issue is added.
class finding {
 public:
  finding(issue_code code, const place* where, const node* source) noexcept
      : code(code), where(where), source(source) {}

  finding& text(std::string_view name, std::string_view value) noexcept;
  finding& number(std::string_view name, std::uint32_t value) noexcept;
  std::span<const issue_param> params() const noexcept { return std::span(params_).first(param_count_); }

  issue_code code;
  severity level = severity::error;
  const place* where;
  const node* source;        ///< whose position is reported; null for none
  bool at_key = false;       ///< the position of its key instead of its value's
  std::string_view variant;  ///< which of a code's messages
  std::string_view expected;
  std::string_view suggestion;

 private:
  struct digits_of {
    std::array<char, 10> text{};
  };

  std::array<issue_param, 3> params_{};
  std::array<digits_of, 3> digits_{};
  std::size_t param_count_ = 0;
};

class report_builder {
 public:
  report_builder(arena& memory, std::uint32_t most, std::span<const message> translated = {}) noexcept
      : memory_(&memory), issues_(memory), offsets_(memory), texts_(translated), most_(most) {}

  /// Adds an issue and gives it for more to be filled in; null when the report is full.
  issue* add(const finding& found) noexcept;

  /// Adds an issue whose texts are ready, at a byte of the body's text or nowhere (`no_offset`).
  issue* add(const issue& ready, std::uint32_t offset) noexcept;

  /// Gives the issue that was added last a place in the text.
  void set_offset(std::uint32_t offset) noexcept {
    if (!offsets_.empty()) offsets_.back() = offset;
  }

  /// Drops the unlisted-key and unlisted-value issues at a place, because something better is known about it. Gives
  /// what they suggested.
  std::string_view drop_unlisted(std::string_view pointer) noexcept;

  /// Turns offsets into lines and columns; offsets themselves into UTF-16 code units when those are wanted. Issues
  /// whose pointers begin otherwise are about something else than this text.
  void locate(std::string_view text, bool utf16_offsets, std::string_view pointer = {}) noexcept;

  /// The byte of the text that an issue is about, by the issue's number; `no_offset` for none.
  std::uint32_t offset_at(std::size_t number) const noexcept { return offsets_[number]; }

  std::span<const issue> issues() const noexcept { return issues_.items(); }
  bool truncated() const noexcept { return truncated_; }
  /// True when another issue would only be counted, so that its words need not be found.
  bool full() const noexcept { return issues_.size() >= most_; }
  bool has_errors() const noexcept { return errors_ != 0; }
  arena& memory() const noexcept { return *memory_; }
  const wording& texts() const noexcept { return texts_; }

  static constexpr std::uint32_t no_offset = 0xFFFFFFFFU;
  static std::uint32_t offset_of(const node* source, bool at_key) noexcept;

 private:
  arena* memory_;
  arena_list<issue> issues_;
  arena_list<std::uint32_t> offsets_;
  wording texts_;
  std::uint32_t most_;
  std::uint32_t errors_ = 0;
  bool truncated_ = false;
};

/// A JSON array out of what `append_path` has made.
std::string_view path_text(std::string_view steps, arena& memory) noexcept;

/// Digits of a number as a parameter's value.
std::string_view digits(std::uint64_t number, arena& memory) noexcept;

}  // namespace recreq
