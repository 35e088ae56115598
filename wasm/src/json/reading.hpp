// The first stage of a request's way: JSON text becomes nodes. simdjson finds the tokens and validates UTF-8; the walk
// over its tokens is ours, because positions, duplicate keys, exact numbers and limits are part of the answer.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "json/arena.hpp"
#include "json/node.hpp"
#include "recreq/issue.hpp"
#include "recreq/options.hpp"

namespace recreq {

/// Bytes behind a text that have to be readable, whatever they are.
constexpr std::size_t text_padding = 64;

struct read_failure {
  issue_code code = issue_code::syntax;
  std::uint32_t offset = 0;
  std::string_view pointer;  ///< of the innermost value that was being read
  std::string_view path;     ///< the same place, as `append_path` writes it
  std::string_view detail;   ///< a problem in words, a key, a number or a limit; what `code` calls for
};

struct read_result {
  node* root = nullptr;  ///< null when reading failed or memory is exhausted
  read_failure failure;
};

/// Decodes what stands between the quotes of a string. False when an escape is wrong or memory is exhausted.
bool unescape(std::string_view raw, arena& memory, std::string_view& decoded) noexcept;

/// Reads texts one after another; keeps simdjson's token buffer between them. Not for use by two threads at once.
class json_reader {
 public:
  json_reader() noexcept;
  json_reader(const json_reader&) = delete;
  json_reader& operator=(const json_reader&) = delete;
  json_reader(json_reader&&) = delete;
  json_reader& operator=(json_reader&&) = delete;
  ~json_reader();

  /// `text` is followed by `text_padding` readable bytes and outlives the nodes. When memory is exhausted the arena
  /// says so. `positions` says that offsets are places in the text that the caller knows.
  read_result read(std::string_view text, const limits& most, arena& memory, bool positions = false) noexcept;

  /// Forgets the tokens of the last text.
  void clear() noexcept;

 private:
  struct tokens;
  std::unique_ptr<tokens> tokens_;
};

}  // namespace recreq
