// Writes modules that only carry data.
#include "javascript_modules.hpp"

#include <cstring>

#include "recreq/issue.hpp"

namespace recreq::compiler {
namespace {

constexpr std::string_view heading = "// Made from the provider document by the build: do not edit.\n";

void append_character(std::string& out, unsigned char byte, unsigned char next) {
  constexpr std::string_view digits = "0123456789abcdef";
  if (byte == '\'' || byte == '\\') {
    out += '\\';
    out += static_cast<char>(byte);
  } else if (byte == 0 && !(next >= '0' && next <= '9')) {
    out += "\\0";
  } else if (byte < 0x20 || byte == 0x7F) {
    out += "\\x";
    out += digits[byte >> 4U];
    out += digits[byte & 0xFU];
  } else if (byte < 0x80) {
    out += static_cast<char>(byte);
  } else {
    out += static_cast<char>(0xC0U | byte >> 6U);
    out += static_cast<char>(0x80U | (byte & 0x3FU));
  }
}

}  // namespace

std::string image_module(std::span<const std::uint32_t> words) {
  std::string bytes(words.size_bytes(), '\0');
  std::memcpy(bytes.data(), words.data(), words.size_bytes());
  std::string out(heading);
  out += "/** The compiled document, one character per byte. */\nexport const image: string =\n  '";
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    append_character(out, static_cast<unsigned char>(bytes[i]),
                     i + 1 < bytes.size() ? static_cast<unsigned char>(bytes[i + 1]) : 0);
  }
  return out + "'\n";
}

std::string issue_code_module() {
  std::string out(heading);
  out +=
      "/**\n * What kind of issue it is: how a text failed to be read, how a value differs from its schema, or that a "
      "rule speaks.\n";
  out +=
      " *\n * @example\n * ```ts\n * report.errors.filter((issue) => issue.code === 'unknown-key')\n * ```\n "
      "*/\nexport type IssueCode =";
  for (std::size_t i = 0; i < issue_code_count; ++i)
    out += "\n  | '" + std::string(code_name(static_cast<issue_code>(i))) + "'";
  return out + "\n";
}

}  // namespace recreq::compiler
