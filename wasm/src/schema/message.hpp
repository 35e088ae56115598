// The engine's own sentences. Provider rules bring theirs in the image.
#pragma once

#include <span>
#include <string_view>

#include "json/arena.hpp"
#include "recreq/issue.hpp"
#include "recreq/options.hpp"

namespace recreq {

/// Finds texts: a translator's, and the catalogue's where there is none. The catalogue is `wasm/messages/en.json`.
class wording {
 public:
  explicit wording(std::span<const message> translated) noexcept : translated_(translated) {}

  /// The template of a code, with `{name}` where a parameter goes. Some codes have several, told apart by `variant`.
  std::string_view of(issue_code code, std::string_view variant) const noexcept { return of(code_name(code), variant); }

  /// The text whose key is `name`, or `name.variant`.
  std::string_view of(std::string_view name, std::string_view variant) const noexcept;

  /// A rule's message: translations have its id for a key.
  std::string_view of_rule(std::string_view id, std::string_view own) const noexcept;

 private:
  std::span<const message> translated_;
};

/// Whether the catalogue has such a key.
bool is_message_key(std::string_view key) noexcept;

/// Fills a template in. A name that is no parameter stays as it is.
std::string_view fill_message(std::string_view message, std::span<const issue_param> params, arena& memory) noexcept;

}  // namespace recreq
