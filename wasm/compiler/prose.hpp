// Descriptions of the document as lines of a comment.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace recreq::compiler {

/// Code points, which is what an editor's ruler counts.
inline std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// Breaks a text at spaces into lines of at most `width` columns. Its own line breaks stay, list items hang, fenced
/// code is left alone.
inline std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  bool in_fence = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view source = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const bool fence = source.starts_with("```");
    if (fence || in_fence || source.empty()) {
      lines.emplace_back(source);
      in_fence = in_fence != fence;
      continue;
    }
    const std::string hanging(source.starts_with("- ") || source.starts_with("* ") ? 2 : 0, ' ');
    std::string line;
    while (!source.empty()) {
      const std::size_t length = std::min(source.find(' '), source.size());
      const std::string_view word = source.substr(0, length);
      source.remove_prefix(std::min(length + 1, source.size()));
      if (word.empty()) continue;
      if (!line.empty() && columns(line) + 1 + columns(word) > width) {
        lines.push_back(std::move(line));
        line = hanging + std::string(word);
      } else {
        line += (line.empty() ? "" : " ") + std::string(word);
      }
    }
    lines.push_back(std::move(line));
  }
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

}  // namespace recreq::compiler
