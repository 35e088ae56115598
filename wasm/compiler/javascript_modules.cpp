// Writes modules that only carry data.
#include "javascript_modules.hpp"

#include <utility>

#include "packed_image.hpp"
#include "recreq/issue.hpp"
#include "recreq/options.hpp"

namespace recreq::compiler {
namespace {

constexpr std::string_view heading = "// Made from the provider document by the build: do not edit.\n";
constexpr std::string_view engine_heading = "// Made from the engine by the build: do not edit.\n";

void append_character(std::string& out, char character) {
  constexpr std::string_view digits = "0123456789abcdef";
  const auto code = static_cast<unsigned char>(character);
  if (character == '\'' || character == '\\') {
    out += '\\';
    out += character;
  } else if (character == '\n') {
    out += "\\n";
  } else if (code < 0x20 || code == 0x7F) {
    out += "\\x";
    out += digits[code >> 4U];
    out += digits[code & 0xFU];
  } else {
    out += character;
  }
}

}  // namespace

std::string image_module(std::span<const std::uint32_t> words) {
  std::string out(heading);
  out += "/** The compiled document, packed. */\nexport const image: string =\n  '";
  for (const char character : pack(words)) append_character(out, character);
  return out + "'\n";
}

std::string issue_code_module() {
  std::string out(engine_heading);
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

std::string limits_module() {
  const limits standard;
  std::string out(engine_heading);
  out += "/** What the engine takes without being told otherwise. */\nexport const standardLimits = {\n";
  for (const auto& [name, value] : {std::pair("bytes", standard.bytes), std::pair("depth", standard.depth),
                                    std::pair("values", standard.values), std::pair("issues", standard.issues)})
    out += "  " + std::string(name) + ": " + std::to_string(value) + ",\n";
  return out + "} as const\n";
}

}  // namespace recreq::compiler
