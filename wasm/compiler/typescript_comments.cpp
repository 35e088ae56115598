// Descriptions, limits, defaults, confidence and links as comments.
#include "typescript_comments.hpp"

#include <algorithm>
#include <cctype>
#include <optional>

namespace recreq::compiler {

namespace {

bool whole_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const auto digit = [&](std::size_t i) {
      return i < text.size() && std::isdigit(static_cast<unsigned char>(text[i])) != 0;
    };
    if ((at == 0 || !digit(at - 1)) && !digit(at + word.size())) return true;
  }
  return false;
}

std::string range(const place& low, const place& high, const std::string& unit, std::string_view described) {
  // Empty when there is no such limit, or when the description already names it.
  const auto digits = [&](const place& limit) {
    std::string text = limit && limit.value->is_number() ? limit.value->dump() : std::string();
    return whole_word(described, text) ? std::string() : text;
  };
  const std::string least = digits(low);
  const std::string most = digits(high);
  if (least == "1" && !high && !unit.empty()) return "Not empty.";
  const std::string after = unit.empty() ? "." : " " + unit + ".";
  if (!least.empty() && !most.empty()) return "From " + least + " to " + most + after;
  if (!least.empty() && least != "0") return "At least " + least + after;
  if (!most.empty()) return "At most " + most + after;
  return {};
}

}  // namespace

place schema_comments::annotation(place schema, std::string_view keyword) const {
  for (int steps = 0; schema && steps < 16; ++steps) {
    if (place found = member(schema, keyword)) return found;
    if (const place reference = member(schema, "$ref"); reference && reference.value->is_string()) {
      schema = source_.target(schema);
      continue;
    }
    if (keyword != "description" && keyword != "x-source") break;
    place only;
    for (const char* const keyword_of_branches : {"anyOf", "oneOf"}) {
      for (const auto& [index, branch] : children(member(schema, keyword_of_branches))) {
        if (text_of(branch, "type") == "null") continue;
        if (only) return {};
        only = branch;
      }
    }
    schema = only;
  }
  return {};
}

// What may be given, as far as neither the type nor the description says so.
std::string schema_comments::limits(const place& schema, std::string_view described) const {
  std::string text;
  const auto add = [&](const char* low, const char* high, const char* unit) {
    const std::string said = range(annotation(schema, low), annotation(schema, high), unit, described);
    if (!said.empty()) text += (text.empty() ? "" : " ") + said;
  };
  add("minimum", "maximum", "");
  add("minLength", "maxLength", "characters");
  add("minItems", "maxItems", "entries");
  if (const place above = annotation(schema, "exclusiveMinimum"); above && above.value->is_number()) {
    text += (text.empty() ? "" : " ") + ("More than " + above.value->dump() + ".");
  }
  if (const place below = annotation(schema, "exclusiveMaximum"); below && below.value->is_number()) {
    text += (text.empty() ? "" : " ") + ("Less than " + below.value->dump() + ".");
  }
  return text;
}

void schema_comments::add_link(comment& said, const place& id) {
  const place found = id.value->is_string() ? member(sources_, id.value->get<std::string>()) : place{};
  if (!found) {
    report(problems_, id.pointer, "no source has this id in the document's x-source");
    return;
  }
  const std::string url = text_of(found, "url");
  std::string title = text_of(found, "title");
  if (url.empty()) {
    if (!title.empty()) said.tags.push_back("@see " + title);
    return;
  }
  std::replace(title.begin(), title.end(), '|', '-');
  title.erase(std::remove_if(title.begin(), title.end(), [](char c) { return c == '{' || c == '}'; }), title.end());
  said.tags.push_back("@see {@link " + url + (title.empty() ? "" : " | " + title) + "}");
}

void schema_comments::add_links(comment& said, const place& listed) {
  if (!listed) return;
  if (listed.value->is_string()) add_link(said, listed);
  for (const auto& [index, id] : children(listed)) add_link(said, id);
}

void schema_comments::add_nearest_link(comment& said, const place& schema, const place& whole) {
  if (member(schema, "x-source")) return;
  for (const place& listed : {annotation(schema, "x-source"), member(whole, "x-source")}) {
    if (!listed || listed.value->empty()) continue;
    add_link(said, listed.value->is_string() ? listed : element(listed, 0));
    return;
  }
}

comment schema_comments::schema_comment(const place& schema, const place& owner) {
  comment said;
  std::string description = text_of(owner, "description");
  if (const place found = annotation(schema, "description"); description.empty() && found && found.value->is_string()) {
    description = found.value->get<std::string>();
  }
  said.say(description);
  said.say(limits(schema, description));
  if (const place known = annotation(schema, "x-known-default")) {
    said.say("Used when absent: `" + value_text(*known.value, 0, 0) + "`.");
  }
  const std::string confidence = text_of(schema, "x-confidence");
  if (confidence == "observed") said.say("Seen in traffic or public code, not documented.");
  if (confidence == "inferred") said.say("Not documented: this is recreq's reading.");
  if (flag_of(schema, "deprecated") || flag_of(owner, "deprecated")) said.tags.emplace_back("@deprecated");
  if (const place standard = annotation(schema, "default")) {
    said.tags.push_back("@default " + value_text(*standard.value, 0, 0));
  }
  add_links(said, member(owner, "x-source"));
  if (schema.pointer != owner.pointer) add_links(said, member(schema, "x-source"));
  return said;
}

void add_example(comment& said, const std::string& caption, const std::string& code) {
  said.tags.push_back("@example" + (caption.empty() ? "" : " " + caption) + "\n```ts\n" + code + "\n```");
}

std::vector<json> shown_examples(const place& schema) {
  std::vector<json> shown;
  const place listed = member(schema, "examples");
  if (!listed || !listed.value->is_array()) return shown;
  for (const json& example : *listed.value) {
    if (!example.empty() && shown.size() < most_examples) shown.push_back(example);
  }
  return shown;
}

std::string variable_name(const std::string& type) {
  const std::string words = snake_case(type);
  return words.substr(words.rfind('_') + 1);
}

}  // namespace recreq::compiler
