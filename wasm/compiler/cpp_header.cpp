// Writes a provider's public C++ header and the source with its embedded image.
#include "cpp_header.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

#include "prose.hpp"

namespace recreq::compiler {

namespace {

constexpr std::size_t line_width = 120;
constexpr std::size_t most_inputs = 16;  // what recreq::arguments has room for
constexpr std::string_view made = "// Made from the provider document by the build: do not edit.\n";

std::string comment_text(const std::string& text, std::size_t indent) {
  const std::string margin(indent, ' ');
  std::string lines;
  for (const std::string& line : wrapped(text, line_width - indent - 4)) {
    // A backslash at the end would join the next line to the comment.
    lines += margin;
    lines += line.empty() ? "///" : "/// ";
    lines += line;
    lines += line.ends_with('\\') ? ".\n" : "\n";
  }
  return lines;
}

// A name that C++ lets a person use.
std::string cpp_name(std::string_view name) {
  static constexpr auto keywords = std::to_array<std::string_view>(
      {"alignas",     "alignof",  "and",        "and_eq",    "asm",       "auto",         "bitand",
       "bitor",       "bool",     "break",      "case",      "catch",     "char",         "char8_t",
       "char16_t",    "char32_t", "class",      "co_await",  "co_return", "co_yield",     "compl",
       "concept",     "const",    "const_cast", "consteval", "constexpr", "constinit",    "continue",
       "decltype",    "default",  "delete",     "do",        "double",    "dynamic_cast", "else",
       "enum",        "explicit", "export",     "extern",    "false",     "float",        "for",
       "friend",      "goto",     "if",         "inline",    "int",       "long",         "mutable",
       "namespace",   "new",      "noexcept",   "not",       "not_eq",    "nullptr",      "operator",
       "or",          "or_eq",    "private",    "protected", "public",    "register",     "reinterpret_cast",
       "requires",    "return",   "short",      "signed",    "sizeof",    "static",       "static_assert",
       "static_cast", "struct",   "switch",     "template",  "this",      "thread_local", "throw",
       "true",        "try",      "typedef",    "typeid",    "typename",  "union",        "unsigned",
       "using",       "virtual",  "void",       "volatile",  "wchar_t",   "while",        "xor",
       "xor_eq"});
  std::string plain = snake_case(name);
  if (std::find(keywords.begin(), keywords.end(), plain) != keywords.end()) plain += '_';
  return plain;
}

std::string join_paragraphs(const std::vector<std::string>& paragraphs) {
  std::string text;
  for (const std::string& paragraph : paragraphs) {
    if (!paragraph.empty()) text += (text.empty() ? "" : "\n\n") + paragraph;
  }
  return text;
}

// The values that an input may have, when the document lists them.
std::string choices(const place& schema) {
  std::string text;
  for (const auto& [index, value] : children(member(schema, "enum"))) {
    text += (text.empty() ? "One of " : ", ") + value.value->dump();
  }
  return text.empty() ? text : text + ".";
}

std::string input_comment(const document& source, const input& of) {
  std::string description = text_of(of.at, "description");
  const place schema = source.resolve(of.schema);
  if (description.empty()) description = text_of(schema, "description");
  const place chosen = of.type == "array" ? source.resolve(member(schema, "items")) : schema;
  return join_paragraphs({description, choices(chosen), of.required ? "Required." : ""});
}

std::string body_comment(const document& source, const operation& of) {
  const place request = source.resolve(member(of.at, "requestBody"));
  return join_paragraphs({text_of(request, "description"), of.body_required ? "JSON text. Required." : "JSON text."});
}

// Each type has a state of its own for an absent input.
std::string type_of(const input& of) {
  if (of.type == "array") return "std::span<const std::string_view>";
  if (of.type == "boolean") return "std::optional<bool>";
  if (of.type == "integer") return "std::optional<std::int64_t>";
  if (of.type == "number") return "std::optional<double>";
  return "std::string_view";
}

// The one place that knows how typed inputs reach the engine: a struct of views, and a function that names them.
std::string input_text(const document& source, const operation& of, std::vector<problem>& problems) {
  const std::string type = cpp_name(of.name) + "_input";
  if (of.inputs.size() > most_inputs) {
    report(problems, of.at.pointer, "more than " + std::to_string(most_inputs) + " inputs besides the body");
  }
  std::vector<std::pair<std::string, place>> names;  // in C++
  std::string members;
  std::string arguments;
  for (const input& each : of.inputs) {
    const std::string name = cpp_name(each.name);
    for (const auto& [other, at] : names) {
      if (other == name)
        report(problems, each.at.pointer, "in C++ this input and #" + at.pointer + " are both " + name);
    }
    names.emplace_back(name, each.at);
    const std::string cpp_type = type_of(each);
    const std::string value = "input." + name;
    members += comment_text(input_comment(source, each), 2) + "  " + cpp_type + " " + name + "{};\n";
    arguments += (arguments.empty() ? "" : ", ") +
                 ("{\"" + each.name + "\", " +
                  (cpp_type.starts_with("std::optional") ? "value_of(" + value + ")" : value) + "}");
  }
  if (of.body) members += comment_text(body_comment(source, of), 2) + "  std::string_view body{};\n";
  std::string text = comment_text(
      "What `" + cpp_name(of.name) + "` takes. A member that is not set is absent; an empty string is a value.", 0);
  text += "struct " + type + " {\n" + members + "};\n\n";
  const std::string parameter = of.inputs.empty() && !of.body ? "&" : "& input";
  text += "inline arguments arguments_of(const " + type + parameter + ") noexcept {\n";
  text += "  return {{" + arguments + "}, " + (of.body ? "input.body" : "{}") + "};\n}\n";
  return text;
}

std::string operation_text(const operation& of, std::size_t index) {
  const std::string name = cpp_name(of.name);
  const std::string said = join_paragraphs(
      {text_of(of.at, "summary"), text_of(of.at, "description"), "`" + of.method + " " + of.path + "`"});
  const std::string type = member(of.at, "x-match") ? "matching_operation<" : "typed_operation<";
  return comment_text(said, 0) + "inline constexpr " + type + name + "_input> " + name + "{&service, " +
         std::to_string(index) + ", &arguments_of};\n";
}

std::string standalone_text(const standalone_schema& of, std::size_t index) {
  const std::string said = join_paragraphs({text_of(of.at, "summary"), text_of(of.at, "description"), "JSON text."});
  return comment_text(said, 0) + "inline constexpr standalone_schema " + cpp_name(of.name) + "{&service, " +
         std::to_string(index) + "};\n";
}

// Names of constants, each once.
class constant_names {
 public:
  explicit constant_names(std::vector<problem>& problems) : problems_(problems) {}

  void take(const std::string& name, const std::string& pointer) {
    const auto [known, added] = taken_.emplace(cpp_name(name), pointer);
    if (!added) report(problems_, pointer, "in C++ this and #" + known->second + " have one name");
  }

 private:
  std::vector<problem>& problems_;
  std::map<std::string, std::string> taken_;
};

}  // namespace

std::string cpp_header(const document& source, std::vector<problem>& problems) {
  const std::string title = text_of(member(source.at(""), "info"), "title");
  std::string text(made);
  text += comment_text("@file\n" + title + ": operations that check and build requests.", 0);
  text +=
      "#pragma once\n\n#include <cstdint>\n#include <optional>\n#include <span>\n#include <string_view>\n\n#include "
      "\"recreq/operation.hpp\"\n\n";
  text += "namespace recreq::" + snake_case(source.provider()) + " {\n\n";
  text += comment_text("What this build knows of " + title + "; loaded at first use.", 0);
  text += "const provider& service() noexcept;\n";
  const std::vector<operation> operations = source.operations(problems);
  const std::vector<standalone_schema> schemas = source.standalone_schemas(problems);
  constant_names names(problems);
  for (std::size_t i = 0; i < operations.size(); ++i) {
    names.take(operations[i].name, member(operations[i].at, "operationId").pointer);
    text += "\n" + input_text(source, operations[i], problems) + "\n" + operation_text(operations[i], i);
  }
  for (std::size_t i = 0; i < schemas.size(); ++i) {
    names.take(schemas[i].name, schemas[i].at.pointer);
    text += "\n" + standalone_text(schemas[i], i);
  }
  return text + "\n}  // namespace recreq::" + snake_case(source.provider()) + "\n";
}

std::string cpp_source(const document& source, std::span<const std::uint32_t> image_words) {
  static constexpr char digits[] = "0123456789abcdef";
  static constexpr std::size_t words_in_line = 9;
  const std::string name = snake_case(source.provider());
  std::string text(made);
  text += "#include \"recreq/" + source.provider() + ".hpp\"\n\n#include <cstdint>\n\n";
  text += "namespace recreq::" + name + " {\n\nnamespace {\n\n";
  text += "constexpr std::uint32_t image[] = {";
  for (std::size_t i = 0; i < image_words.size(); ++i) {
    text += i % words_in_line == 0 ? "\n    0x" : " 0x";
    for (unsigned shift = 32; shift > 0; shift -= 4) text += digits[(image_words[i] >> (shift - 4)) & 0xFU];
    text += ",";
  }
  text += "\n};\n\n}  // namespace\n\n";
  text += "const provider& service() noexcept {\n  static const provider loaded{image};\n  return loaded;\n}\n\n";
  return text + "}  // namespace recreq::" + name + "\n";
}

}  // namespace recreq::compiler
