// References in two passes: first what every schema is called, then where every `$ref` leads.
#include "references.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "uri_reference.hpp"

namespace recreq::compiler {
namespace {

constexpr std::size_t longest_trail = 200;  // as long as the engine follows schemas that look at one value

bool contains(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string in_quotes(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::optional<std::string> decode_percent(std::string_view text) {
  const auto digit = [](char c) -> int {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
  };
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    if (i + 2 >= text.size() || digit(text[i + 1]) < 0 || digit(text[i + 2]) < 0) return std::nullopt;
    decoded += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
    i += 2;
  }
  return decoded;
}

class reference_reader {
 public:
  reference_reader(const json& root, std::vector<problem>& problems) : root_(root), problems_(problems) {}

  reference_targets run() {
    resources_.emplace("", "");
    visit({&root_, ""}, "");
    // What is referred to may stand where no schema is looked for, and have references of its own.
    for (std::size_t i = 0; i < references_.size(); ++i) {
      const reference each = references_[i];
      const std::optional<std::string> target = target_of(each);
      if (!target) continue;
      const json* found = value_at(root_, *target);
      if (found == nullptr) {
        report(problems_, each.at.pointer, "nothing stands at the reference " + in_quotes(text_of_reference(each)));
        continue;
      }
      targets_.emplace(each.holder, *target);
      next_[each.holder].push_back(*target);
      if (!next_.contains(*target)) visit({found, *target}, each.base);
    }
    for (const std::string& pointer : order_) follow(pointer);
    return std::move(targets_);
  }

 private:
  struct reference {
    std::string holder;
    place at;
    std::string base;
  };

  // Members that hold data, in which "$ref" is a key like any other.
  static constexpr std::array<std::string_view, 8> data_keywords{
      "default", "const", "enum", "example", "value", "x-known-default", "x-predicate", "x-query-equals"};
  // Members whose keys are names that somebody chose, so that none of them is a keyword.
  static constexpr std::array<std::string_view, 22> named_children{
      "properties",        "patternProperties", "dependentSchemas", "$defs",         "x-at",    "schemas",
      "responses",         "parameters",        "examples",         "requestBodies", "headers", "links",
      "callbacks",         "pathItems",         "securitySchemes",  "paths",         "content", "variables",
      "dependentRequired", "x-rules",           "x-schemas",        "encoding"};
  // Keywords whose schemas look at the same value, or may come back to it (x-at).
  static constexpr std::array<std::string_view, 9> same_value{
      "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas", "x-at"};

  static std::string text_of_reference(const reference& each) { return each.at.value->get<std::string>(); }

  void visit(const place& at, std::string base) {
    if (at.value->is_array()) {
      for (const auto& [index, entry] : children(at)) visit(entry, base);
      return;
    }
    if (!at.value->is_object()) return;
    std::vector<std::string>& next = next_[at.pointer];
    order_.push_back(at.pointer);
    if (const place id = member(at, "$id"); id && id.value->is_string()) base = take_id(id, at.pointer, base);
    // A dynamic anchor is a name like any other, too; its schema is refused when it is reached.
    for (const std::string_view keyword : {"$anchor", "$dynamicAnchor"}) {
      if (const place anchor = member(at, keyword); anchor && anchor.value->is_string())
        take_name(anchors_, base + "#" + anchor.value->get<std::string>(), anchor, at.pointer);
    }
    for (const auto& [key, entry] : children(at)) {
      if (key == "$ref") {
        references_.push_back({at.pointer, entry, base});
        continue;
      }
      if (contains(data_keywords, key) || (key == "examples" && entry.value->is_array())) continue;
      if (contains(same_value, key)) {
        if (key == "not" || key == "if" || key == "then" || key == "else") {
          next.push_back(entry.pointer);
        } else {
          for (const auto& [name, branch] : children(entry)) next.push_back(branch.pointer);
        }
      }
      if (contains(named_children, key) && entry.value->is_object()) {
        for (const auto& [name, named] : children(entry)) visit(named, base);
      } else {
        visit(entry, base);
      }
    }
  }

  std::string take_id(const place& id, const std::string& holder, const std::string& base) {
    const auto [uri, fragment] = split_fragment(resolve_uri(base, id.value->get<std::string>()));
    if (!fragment.empty()) report(problems_, id.pointer, "an $id has no fragment; an $anchor names a part of a schema");
    take_name(resources_, uri, id, holder);
    return uri;
  }

  void take_name(std::unordered_map<std::string, std::string>& names, const std::string& name, const place& at,
                 const std::string& holder) {
    if (const auto [known, is_new] = names.emplace(name, holder); !is_new && known->second != holder)
      report(problems_, at.pointer, "the schema at #" + known->second + " is called " + name + " already");
  }

  std::optional<std::string> target_of(const reference& each) {
    if (!each.at.value->is_string()) {
      report(problems_, each.at.pointer, "a $ref is a string");
      return std::nullopt;
    }
    const std::string written = text_of_reference(each);
    const auto [uri, fragment] = split_fragment(resolve_uri(each.base, written));
    const auto resource = resources_.find(uri);
    if (resource == resources_.end()) {
      report(problems_, each.at.pointer,
             "the reference " + in_quotes(written) + " leaves the document; write #/… or the $id of a schema in it");
      return std::nullopt;
    }
    const std::optional<std::string> decoded = decode_percent(fragment);
    if (decoded && (decoded->empty() || decoded->front() == '/')) return resource->second + *decoded;
    if (const auto anchor = anchors_.find(uri + "#" + decoded.value_or("")); anchor != anchors_.end())
      return anchor->second;
    report(problems_, each.at.pointer,
           "the reference " + in_quotes(written) + " is neither a JSON Pointer nor an $anchor of the document");
    return std::nullopt;
  }

  void follow(const std::string& pointer) {
    if (done_.contains(pointer)) return;
    if (const auto start = std::find(trail_.begin(), trail_.end(), pointer); start != trail_.end()) {
      std::string circle;
      for (auto step = start; step != trail_.end(); ++step) circle += "#" + *step + " → ";
      report(problems_, pointer, "refers to itself without ever reaching a value: " + circle + "#" + pointer);
      return;
    }
    if (trail_.size() == longest_trail) {
      report(problems_, pointer, "more than " + std::to_string(longest_trail) + " schemas lead on to one another");
      return;
    }
    trail_.push_back(pointer);
    if (const auto found = next_.find(pointer); found != next_.end()) {
      for (const std::string& target : found->second) follow(target);
    }
    trail_.pop_back();
    done_.insert(pointer);
  }

  const json& root_;
  std::vector<problem>& problems_;
  std::unordered_map<std::string, std::string> resources_;  // by URI
  std::unordered_map<std::string, std::string> anchors_;    // by URI and fragment
  std::vector<reference> references_;
  reference_targets targets_;
  std::unordered_map<std::string, std::vector<std::string>> next_;
  std::vector<std::string> order_;
  std::vector<std::string> trail_;
  std::unordered_set<std::string> done_;
};

}  // namespace

reference_targets read_references(const json& root, std::vector<problem>& problems) {
  return reference_reader(root, problems).run();
}

}  // namespace recreq::compiler
