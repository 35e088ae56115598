// Pieces of TypeScript source: literals, comments, unions, laid out as a person would.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "document.hpp"

namespace recreq::compiler {

/// How wide a line of generated source may be.
inline constexpr std::size_t line_width = 110;

/// Whether a name can stand without quotes.
bool identifier(std::string_view name);

std::string spaces(std::size_t count);

std::string in_single_quotes(std::string_view text);

/// A name as the key of a member.
std::string property_key(std::string_view name);

/// A value as TypeScript source: on one line where it fits behind `used` columns, else a member to a line.
std::string value_text(const json& value, std::size_t indent, std::size_t used);

/// What stands above a declaration or member. Text is wrapped; tags stay as they are, since a link must not be broken.
struct comment {
  std::vector<std::string> paragraphs;
  std::vector<std::string> tags;

  void say(std::string text) {
    if (!text.empty()) paragraphs.push_back(std::move(text));
  }
};

/// A comment with its margin; empty when it says nothing.
std::string comment_text(const comment& said, std::size_t indent);

/// The alternatives of a union, behind `used` columns of a line that is indented by `indent`.
std::string union_text(const std::vector<std::string>& alternatives, std::size_t indent, std::size_t used);

void replace_all(std::string& text, std::string_view from, std::string_view to);

}  // namespace recreq::compiler
