// Literals, comments and unions as TypeScript source.
#include "typescript_text.hpp"

#include <algorithm>
#include <cctype>

#include "prose.hpp"

namespace recreq::compiler {

namespace {

// A line that begins with @ would be read as a tag.
std::string without_tags(std::string text) {
  if (text.starts_with('@')) text.insert(0, "\\");
  replace_all(text, " @", " \\@");
  replace_all(text, "\n@", "\n\\@");
  return text;
}

}  // namespace

bool identifier(std::string_view name) {
  const auto part = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '$'; };
  return !name.empty() && std::isdigit(static_cast<unsigned char>(name[0])) == 0 &&
         std::all_of(name.begin(), name.end(), part);
}

std::string spaces(std::size_t count) { return std::string(count, ' '); }

std::string in_single_quotes(std::string_view text) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string literal = "'";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\'' || c == '\\') {
      literal += '\\';
      literal += c;
    } else if (c == '\n') {
      literal += "\\n";
    } else if (byte < 0x20) {
      literal += "\\x";
      literal += digits[byte >> 4U];
      literal += digits[byte & 0xFU];
    } else {
      literal += c;
    }
  }
  return literal + "'";
}

std::string property_key(std::string_view name) {
  return identifier(name) ? std::string(name) : in_single_quotes(name);
}

std::string value_text(const json& value, std::size_t indent, std::size_t used) {
  if (value.is_string()) return in_single_quotes(value.get_ref<const std::string&>());
  if (!value.is_structured()) return value.dump();
  const bool object = value.is_object();
  if (value.empty()) return object ? "{}" : "[]";
  const auto key_text = [&](const std::string& key) { return object ? property_key(key) + ": " : std::string(); };
  std::string line;
  for (const auto& [key, entry] : value.items()) {
    line += (line.empty() ? "" : ", ") + key_text(key) + value_text(entry, 0, 0);
  }
  line = object ? "{ " + line + " }" : "[" + line + "]";
  if (line.find('\n') == std::string::npos && used + columns(line) <= line_width) return line;
  std::string lines = object ? "{\n" : "[\n";
  std::size_t left = value.size();
  for (const auto& [key, entry] : value.items()) {
    const std::string start = spaces(indent + 2) + key_text(key);
    lines += start + value_text(entry, indent + 2, columns(start) + 1) + (--left > 0 ? ",\n" : "\n");
  }
  return lines + spaces(indent) + (object ? "}" : "]");
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

std::string comment_text(const comment& said, std::size_t indent) {
  std::vector<std::string> lines;
  for (const std::string& paragraph : said.paragraphs) {
    if (!lines.empty()) lines.emplace_back();
    const auto more = wrapped(without_tags(paragraph), line_width - indent - 3);
    lines.insert(lines.end(), more.begin(), more.end());
  }
  if (!lines.empty() && !said.tags.empty()) lines.emplace_back();
  for (std::string_view tag : said.tags) {
    while (!tag.empty()) {
      const std::size_t end = std::min(tag.find('\n'), tag.size());
      lines.emplace_back(tag.substr(0, end));
      tag.remove_prefix(std::min(end + 1, tag.size()));
    }
  }
  if (lines.empty()) return {};
  for (std::string& line : lines) replace_all(line, "*/", "*\\/");
  const std::string margin = spaces(indent);
  if (lines.size() == 1 && indent + 7 + columns(lines[0]) <= line_width) return margin + "/** " + lines[0] + " */\n";
  std::string text = margin + "/**\n";
  for (const std::string& line : lines) {
    text += margin;
    text += line.empty() ? " *" : " * ";
    text += line;
    text += '\n';
  }
  return text + margin + " */\n";
}

std::string union_text(const std::vector<std::string>& alternatives, std::size_t indent, std::size_t used) {
  std::string line;
  for (const std::string& alternative : alternatives) line += (line.empty() ? "" : " | ") + alternative;
  const bool broken = line.find('\n') != std::string::npos;
  if (alternatives.size() == 1 || (!broken && used + 1 + columns(line) <= line_width)) return " " + line;
  const std::string margin = "\n" + spaces(indent + 2);
  std::string lines;
  // Long lists of words, such as languages, are packed.
  const bool packed = !broken && alternatives.size() > 12;
  std::size_t column = line_width;
  for (std::string alternative : alternatives) {
    replace_all(alternative, "\n", "\n" + spaces(4));
    const std::string next = "| " + alternative;
    if (packed && column + 1 + columns(next) <= line_width) {
      lines += " " + next;
      column += 1 + columns(next);
    } else {
      lines += margin + next;
      column = indent + 2 + columns(next);
    }
  }
  return lines;
}

}  // namespace recreq::compiler
