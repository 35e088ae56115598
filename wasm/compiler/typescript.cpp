// Writes a provider's TypeScript module: one exported type for each named schema that an operation reaches, the inputs,
// and the operations themselves, each with a comment that an editor shows on hover.
#include "typescript.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>
#include <span>

#include "field_path.hpp"
#include "prose.hpp"

namespace recreq::compiler {

namespace {

constexpr std::size_t line_width = 110;
constexpr std::size_t most_examples = 3;

// Requests are closed: an unlisted value is a mistake. Responses are open: a provider may add values at any time.
enum class direction { request, response };

bool identifier(std::string_view name) {
  const auto part = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '$'; };
  return !name.empty() && std::isdigit(static_cast<unsigned char>(name[0])) == 0 &&
         std::all_of(name.begin(), name.end(), part);
}

bool contains(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
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

// A value as TypeScript source: on one line where it fits behind `used` columns, else a member to a line.
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

// What stands above a declaration or member. Text is wrapped; tags stay as they are, since a link must not be broken.
struct comment {
  std::vector<std::string> paragraphs;
  std::vector<std::string> tags;

  void say(std::string text) {
    if (!text.empty()) paragraphs.push_back(std::move(text));
  }
};

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

// A line that begins with @ would be read as a tag.
std::string without_tags(std::string text) {
  if (text.starts_with('@')) text.insert(0, "\\");
  replace_all(text, " @", " \\@");
  replace_all(text, "\n@", "\n\\@");
  return text;
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

// The alternatives of a union, behind `used` columns of a line that is indented by `indent`.
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

bool whole_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const auto digit = [&](std::size_t i) {
      return i < text.size() && std::isdigit(static_cast<unsigned char>(text[i])) != 0;
    };
    if ((at == 0 || !digit(at - 1)) && !digit(at + word.size())) return true;
  }
  return false;
}

bool string_typed(const place& schema) { return text_of(schema, "type") == "string"; }

class module_writer {
 public:
  module_writer(const document& source, std::vector<problem>& problems)
      : source_(source),
        problems_(problems),
        provider_(source.provider()),
        sources_(member(source.at(""), "x-source")) {}

  std::string text() {
    const std::vector<operation> operations = source_.operations(problems_);
    const std::vector<standalone_schema> schemas = source_.standalone_schemas(problems_);
    for (const operation& each : operations) declare_inputs(each);
    for (const standalone_schema& each : schemas) declare_standalone(each);
    for (const operation& each : operations) declare_responses(each);
    std::string exported;
    for (const operation& each : operations) exported += operation_text(each);
    for (const standalone_schema& each : schemas) exported += standalone_text(each);

    const place info = member(source_.at(""), "info");
    std::string module = "// Made from the provider document by the build: do not edit.\n";
    module += std::string("import { connect, ") + (operations.empty() ? "" : "type BodyInput, ") +
              (uses_exactly_one_ ? "type ExactlyOne, " : "") + (operations.empty() ? "" : "type Operation, ") +
              "type Spec" + (schemas.empty() ? "" : ", type StandaloneSchema") + " } from '../provider.js'\n";
    if (!uses_body_input_) replace_all(module, "type BodyInput, ", "");
    module += "import { image } from './" + provider_ + ".image.js'\n";
    for (const std::string& declaration : declarations_) module += "\n" + declaration;
    module += "\nconst provider = connect(" + in_single_quotes(provider_) + ", image)\n" + exported;
    comment about;
    about.say("What this version knows of " + text_of(info, "title") + ": the day of the comparison (" +
              text_of(info, "version") + "), the hash of the compiled document, and where its facts come from.");
    return module + "\n" + comment_text(about, 0) + "export const spec: Spec = provider.spec\n";
  }

 private:
  // What is being declared: in which direction, and which named types it mentions, to be declared after it.
  struct writing {
    direction way;
    std::vector<std::string> mentioned;  // pointers
    std::vector<std::string> open;       // pointers of unnamed schemas that are being written
  };

  // --- names

  static bool named_schema(std::string_view pointer) {
    static constexpr std::string_view home = "/components/schemas/";
    return pointer.starts_with(home) && pointer.find('/', home.size()) == std::string_view::npos;
  }

  std::string type_name(const std::string& pointer, direction way) const {
    const std::string key = pointer.substr(pointer.rfind('/') + 1);
    const std::string name = identifier(key) ? key : pascal_case(key);
    return way == direction::response && opened(pointer) ? name + "Response" : name;
  }

  // A type that requests use too needs a second, open form, if openness makes a difference.
  bool opened(const std::string& pointer) const {
    std::set<std::string> seen;
    return in_requests_.contains(pointer) && has_enum(source_.at(pointer), seen);
  }

  bool has_enum(const place& at, std::set<std::string>& seen) const {
    if (!at || !at.value->is_structured() || !seen.insert(at.pointer).second) return false;
    for (const auto& [key, entry] : children(at)) {
      if (key == "enum" && entry.value->is_array()) return true;
      if (key == "$ref" && has_enum(source_.resolve(at), seen)) return true;
      if (has_enum(entry, seen)) return true;
    }
    return false;
  }

  void take_name(const std::string& name, const std::string& pointer) {
    static constexpr std::array<std::string_view, 6> imported{"BodyInput", "ExactlyOne",       "Operation",
                                                              "Spec",      "StandaloneSchema", "Record"};
    if (contains(imported, name)) report(problems_, pointer, "the module needs the name " + name + " for itself");
    if (!names_.insert(name).second) report(problems_, pointer, "two types would be called " + name);
  }

  // --- comments

  // An annotation of a schema, or of what it refers to; description and sources also of the one thing that may be null.
  place annotation(place schema, std::string_view keyword) const {
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

  static std::string range(const place& low, const place& high, const std::string& unit, std::string_view described) {
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

  // What may be given, as far as neither the type nor the description says so.
  std::string limits(const place& schema, std::string_view described) const {
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

  void add_link(comment& said, const place& id) {
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

  void add_links(comment& said, const place& listed) {
    if (!listed) return;
    if (listed.value->is_string()) add_link(said, listed);
    for (const auto& [index, id] : children(listed)) add_link(said, id);
  }

  // A member that names no source has at least the first one of its type, or of what it is part of.
  void add_nearest_link(comment& said, const place& schema, const place& whole) {
    if (member(schema, "x-source")) return;
    for (const place& listed : {annotation(schema, "x-source"), member(whole, "x-source")}) {
      if (!listed || listed.value->empty()) continue;
      add_link(said, listed.value->is_string() ? listed : element(listed, 0));
      return;
    }
  }

  comment schema_comment(const place& schema, const place& owner = {}) {
    comment said;
    std::string description = text_of(owner, "description");
    if (const place found = annotation(schema, "description");
        description.empty() && found && found.value->is_string()) {
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

  static void add_example(comment& said, const std::string& caption, const std::string& code) {
    said.tags.push_back("@example" + (caption.empty() ? "" : " " + caption) + "\n```ts\n" + code + "\n```");
  }

  // The examples of a schema that show something, as many as are worth reading in a hover.
  static std::vector<json> shown_examples(const place& schema) {
    std::vector<json> shown;
    const place listed = member(schema, "examples");
    if (!listed || !listed.value->is_array()) return shown;
    for (const json& example : *listed.value) {
      if (!example.empty() && shown.size() < most_examples) shown.push_back(example);
    }
    return shown;
  }

  // `StartRecordingBody` → `body`.
  static std::string variable_name(const std::string& type) {
    const std::string words = snake_case(type);
    return words.substr(words.rfind('_') + 1);
  }

  // --- types

  // Whether a schema says what a value looks like, and does not only restrict it further.
  static bool shaped(const place& schema) {
    if (!schema || !schema.value->is_object()) return false;
    static constexpr std::array<std::string_view, 10> shapes{
        "$ref",          "type",  "const",      "enum", "properties", "patternProperties", "additionalProperties",
        "propertyNames", "items", "prefixItems"};
    if (std::any_of(shapes.begin(), shapes.end(), [&](std::string_view key) { return bool(member(schema, key)); })) {
      return true;
    }
    for (const char* const keyword : {"anyOf", "oneOf", "allOf"}) {
      for (const auto& [index, branch] : children(member(schema, keyword))) {
        if (shaped(branch)) return true;
      }
    }
    return false;
  }

  static bool exactly_one(const place& schema) {
    const auto is_one = [&](const char* keyword) {
      const place limit = member(schema, keyword);
      return limit && *limit.value == 1;
    };
    return is_one("minProperties") && is_one("maxProperties") && !children(member(schema, "properties")).empty();
  }

  // Whether an interface says all that the schema says.
  static bool plain_object(const place& schema) {
    for (const char* const keyword : {"$ref", "const", "enum"}) {
      if (member(schema, keyword)) return false;
    }
    for (const char* const keyword : {"anyOf", "oneOf", "allOf"}) {
      for (const auto& [index, branch] : children(member(schema, keyword))) {
        if (shaped(branch)) return false;
      }
    }
    const place type = member(schema, "type");
    if (type && *type.value != "object") return false;
    return !children(member(schema, "properties")).empty() || flag_of(schema, "x-pass-through");
  }

  static std::string in_parentheses(const std::vector<std::string>& alternatives) {
    std::string line;
    for (const std::string& each : alternatives) line += (line.empty() ? "" : " | ") + each;
    const bool loose =
        alternatives.size() > 1 || line.starts_with("readonly ") || line.find(" & ") != std::string::npos;
    return loose && !(line.starts_with('(') && alternatives.size() == 1) ? "(" + line + ")" : line;
  }

  static void add_alternatives(std::vector<std::string>& all, const std::vector<std::string>& more) {
    for (const std::string& each : more) {
      if (std::find(all.begin(), all.end(), each) == all.end()) all.push_back(each);
    }
    // Everything else is part of it.
    if (std::find(all.begin(), all.end(), "unknown") != all.end()) all = {"unknown"};
  }

  std::vector<std::string> alternatives(const place& schema, writing& to, std::size_t indent) {
    if (!schema) return {"unknown"};
    if (schema.value->is_boolean()) return {schema.value->get<bool>() ? "unknown" : "never"};
    if (const place reference = member(schema, "$ref"); reference && reference.value->is_string()) {
      const std::string target = source_.target(schema).pointer;
      if (!named_schema(target)) return in_place(source_.resolve(schema), to, indent);
      to.mentioned.push_back(target);
      return {type_name(target, to.way)};
    }
    if (const place only = member(schema, "const")) return {constant_type(*only.value, indent)};
    if (const place listed = member(schema, "enum")) return enum_type(listed, to.way, indent);

    std::vector<std::vector<std::string>> parts;  // all of which hold
    std::vector<std::string> own = own_types(schema, to, indent);
    for (const auto& [index, branch] : children(member(schema, "allOf"))) {
      if (shaped(branch)) parts.push_back(alternatives(branch, to, indent));
    }
    for (const char* const keyword : {"anyOf", "oneOf"}) {
      std::vector<std::string> branches;
      for (const auto& [index, branch] : children(member(schema, keyword))) {
        if (shaped(branch)) add_alternatives(branches, alternatives(branch, to, indent));
      }
      if (!branches.empty()) parts.push_back(std::move(branches));
    }
    // Beside branches that say more, a bare "object" says nothing.
    const bool bare = own == std::vector<std::string>{"Record<string, unknown>"};
    if (!own.empty() && !(bare && !parts.empty())) parts.insert(parts.begin(), std::move(own));
    if (parts.empty()) return {"unknown"};
    if (parts.size() == 1) return parts[0];
    std::string all;
    for (const auto& part : parts) all += (all.empty() ? "" : " & ") + in_parentheses(part);
    return {all};
  }

  // A schema without a name of its own is written where it is referred to, which ends only if it does not contain
  // itself.
  std::vector<std::string> in_place(const place& schema, writing& to, std::size_t indent) {
    if (std::find(to.open.begin(), to.open.end(), schema.pointer) != to.open.end()) {
      report(problems_, schema.pointer, "a schema that contains itself needs a name: move it to components.schemas");
      return {"unknown"};
    }
    to.open.push_back(schema.pointer);
    std::vector<std::string> found = alternatives(schema, to, indent);
    to.open.pop_back();
    return found;
  }

  std::string constant_type(const json& value, std::size_t indent) const {
    if (!value.is_structured()) return value_text(value, indent, 0);
    return value.is_array() ? "readonly " + value_text(value, indent, 0) : value_text(value, indent, 0);
  }

  std::vector<std::string> enum_type(const place& listed, direction way, std::size_t indent) const {
    std::vector<std::string> values;
    bool open = false;
    for (const auto& [index, entry] : children(listed)) {
      add_alternatives(values, {constant_type(*entry.value, indent)});
      open = open || (way == direction::response && entry.value->is_string());
    }
    if (open) values.emplace_back("(string & {})");
    return values;
  }

  // What the schema's own keywords say, without its branches.
  std::vector<std::string> own_types(const place& schema, writing& to, std::size_t indent) {
    std::vector<std::string> types;
    if (const place type = member(schema, "type")) {
      if (type.value->is_string()) types.push_back(type.value->get<std::string>());
      for (const auto& [index, each] : children(type)) {
        if (each.value->is_string()) types.push_back(each.value->get<std::string>());
      }
    } else if (member(schema, "properties") || member(schema, "patternProperties") ||
               member(schema, "additionalProperties") || member(schema, "propertyNames")) {
      types.emplace_back("object");
    } else if (member(schema, "items") || member(schema, "prefixItems")) {
      types.emplace_back("array");
    }
    std::vector<std::string> found;
    for (const std::string& type : types) {
      if (type == "object") {
        add_alternatives(found, {object_type(schema, to, indent)});
      } else if (type == "array") {
        add_alternatives(found, {array_type(schema, to, indent)});
      } else if (type == "string") {
        add_alternatives(found, string_type(schema, indent));
      } else {
        add_alternatives(found, {type == "integer" ? "number" : type});
      }
    }
    return found;
  }

  std::vector<std::string> string_type(const place& schema, std::size_t indent) const {
    const place known = member(schema, "examples");
    if (!known || !known.value->is_array() || member(schema, "format")) return {"string"};
    std::vector<std::string> values;
    for (const auto& [index, each] : children(known)) {
      if (each.value->is_string()) add_alternatives(values, {value_text(*each.value, indent, 0)});
    }
    values.emplace_back("(string & {})");
    return values;
  }

  std::string array_type(const place& schema, writing& to, std::size_t indent) {
    // Callers may hand in frozen lists; what comes back is theirs.
    const std::string prefix = to.way == direction::request ? "readonly " : "";
    const place items = member(schema, "items");
    const std::vector<std::pair<std::string, place>> first = children(member(schema, "prefixItems"));
    if (first.empty()) return prefix + in_parentheses(alternatives(items, to, indent)) + "[]";
    std::string tuple;
    for (const auto& [index, item] : first) {
      tuple += (tuple.empty() ? "" : ", ") + in_parentheses(alternatives(item, to, indent)) + "?";
    }
    if (!items || *items.value != false) tuple += ", ..." + in_parentheses(alternatives(items, to, indent)) + "[]";
    return prefix + "[" + tuple + "]";
  }

  std::string object_type(const place& schema, writing& to, std::size_t indent) {
    if (!children(member(schema, "properties")).empty()) {
      const bool one = exactly_one(schema);
      uses_exactly_one_ = uses_exactly_one_ || one;
      const std::string members = "{\n" + members_text(schema, to, indent + 2, one) + spaces(indent) + "}";
      return one ? "ExactlyOne<" + members + ">" : members;
    }
    const place rest = member(schema, "additionalProperties");
    // TypeScript has no keys that match an expression: what may stand there is not known.
    const bool patterns = bool(member(schema, "patternProperties"));
    if (rest && *rest.value == false && !patterns && !flag_of(schema, "x-pass-through")) return "Record<string, never>";
    const bool typed = rest && rest.value->is_object() && !rest.value->empty() && !patterns;
    const std::string value = typed ? union_text(alternatives(rest, to, indent), indent, 0) : " unknown";
    const place keys = member(schema, "propertyNames");
    if (member(keys, "enum")) {
      const std::string names = union_text(enum_type(member(keys, "enum"), to.way, indent), indent, 0).substr(1);
      return "Partial<Record<" + names + "," + value + ">>";
    }
    return "Record<string," + value + ">";
  }

  std::string members_text(const place& schema, writing& to, std::size_t indent, bool all_required) {
    std::set<std::string> required;
    for (const auto& [index, name] : children(member(schema, "required"))) {
      if (name.value->is_string()) required.insert(name.value->get<std::string>());
    }
    std::string text;
    for (const auto& [name, property] : children(member(schema, "properties"))) {
      if (flag_of(property, to.way == direction::request ? "readOnly" : "writeOnly")) continue;
      comment said = schema_comment(property);
      add_nearest_link(said, property, schema);
      text += comment_text(said, indent);
      const std::string start =
          spaces(indent) + property_key(name) + (all_required || required.contains(name) ? ":" : "?:");
      text += start + union_text(alternatives(property, to, indent), indent, columns(start)) + "\n";
    }
    const place rest = member(schema, "additionalProperties");
    if (flag_of(schema, "x-pass-through")) {
      text += spaces(indent) + "/** Whatever else the third party takes: it is passed on as it is. */\n";
      text += spaces(indent) + "[option: string]: unknown\n";
    } else if (to.way == direction::request &&
               ((rest && *rest.value != false) || member(schema, "patternProperties"))) {
      text += spaces(indent) + "[key: string]: unknown\n";
    }
    return text;
  }

  // --- declarations

  void declare(const std::string& pointer, direction way) {
    if (way == direction::response && in_requests_.contains(pointer) && !opened(pointer)) return;
    std::set<std::string>& declared = way == direction::request ? in_requests_ : in_responses_;
    if (!declared.insert(pointer).second) return;
    const place schema = source_.at(pointer);
    if (schema) declare_as(type_name(pointer, way), schema, way);
  }

  // Types follow the one that mentions them first.
  void declare_as(const std::string& name, const place& schema, direction way) {
    take_name(name, schema.pointer);
    writing to{way, {}, {}};
    comment said = schema_comment(schema);
    if (!string_typed(schema)) {
      for (const json& example : shown_examples(schema)) {
        const std::string start = "const " + variable_name(name) + ": " + name + " = ";
        add_example(said, "", start + value_text(example, 0, columns(start) + 3));
      }
    }
    std::string text;
    if (plain_object(schema) && exactly_one(schema)) {
      uses_exactly_one_ = true;
      const std::string members = name + (name.ends_with('s') ? "Choices" : "s");
      take_name(members, schema.pointer);
      text = comment_text(said, 0) + "export type " + name + " = ExactlyOne<" + members + ">\n\n";
      comment about;
      about.say("What {@link " + name + "} offers: one of these, and no second.");
      text +=
          comment_text(about, 0) + "export interface " + members + " {\n" + members_text(schema, to, 2, true) + "}\n";
    } else if (plain_object(schema)) {
      text = comment_text(said, 0) + "export interface " + name + " {\n" + members_text(schema, to, 2, false) + "}\n";
    } else {
      const std::string start = "export type " + name + " =";
      text = comment_text(said, 0) + start + union_text(alternatives(schema, to, 0), 0, columns(start)) + "\n";
    }
    declarations_.push_back(std::move(text));
    for (const std::string& pointer : to.mentioned) declare(pointer, way);
  }

  // The type of a body: its named schema, or a name made for it when it is written in place.
  std::string body_type(const operation& of, std::vector<std::string>& mentioned) {
    writing to{direction::request, {}, {}};
    if (plain_object(*of.body)) {
      std::string name = pascal_case(of.name) + "Body";
      if (named_bodies_.insert(of.body->pointer).second) declare_as(name, *of.body, direction::request);
      return name;
    }
    std::string type = union_text(alternatives(*of.body, to, 0), 0, 0).substr(1);
    mentioned = std::move(to.mentioned);
    return type;
  }

  void declare_inputs(const operation& of) {
    const std::string name = input_name(of);
    take_name(name, of.at.pointer);
    writing to{direction::request, {}, {}};
    comment about;
    about.say("What {@link " + of.name + "} takes.");
    std::string text = comment_text(about, 0) + "export interface " + name + " {\n";
    std::vector<const input*> choices;
    for (const input& each : of.inputs) {
      comment said = schema_comment(each.schema, each.at);
      // A default of the host name is a fact about the input; x-required says that it is none.
      text += comment_text(said, 2);
      const std::string start = "  " + property_key(each.name) + (each.required ? ":" : "?:");
      std::vector<std::string> types;
      if (each.in == "server" && member(each.schema, "enum")) {
        choices.push_back(&each);
        types = {choice_name(each), "(string & {})"};
      } else {
        types = alternatives(each.schema, to, 2);
      }
      text += start + union_text(types, 2, columns(start)) + "\n";
    }
    std::vector<std::string> mentioned;
    if (of.body) {
      uses_body_input_ = true;
      const place request = source_.resolve(member(of.at, "requestBody"));
      comment said;
      said.say(text_of(request, "description"));
      said.say("An object, JSON text, or the text's UTF-8 bytes; issues of text and bytes have a line and a column.");
      text += comment_text(said, 2) + std::string("  body") + (of.body_required ? ": " : "?: ") + "BodyInput<" +
              body_type(of, mentioned) + ">\n";
    }
    declarations_.push_back(text + "}\n");
    for (const input* choice : choices) declare_choice(*choice);
    for (const std::string& pointer : mentioned) declare(pointer, direction::request);
    for (const std::string& pointer : to.mentioned) declare(pointer, direction::request);
  }

  std::string input_name(const operation& of) const { return pascal_case(of.name) + "Input"; }

  std::string choice_name(const input& variable) const { return pascal_case(provider_) + pascal_case(variable.name); }

  void declare_choice(const input& variable) {
    if (!choices_.insert(variable.at.pointer).second) return;
    const std::string name = choice_name(variable);
    take_name(name, variable.at.pointer);
    const std::string start = "export type " + name + " =";
    writing to{direction::request, {}, {}};
    declarations_.push_back(comment_text(schema_comment(variable.schema, variable.at), 0) + start +
                            union_text(alternatives(variable.schema, to, 0), 0, columns(start)) + "\n");
  }

  void declare_responses(const operation& of) {
    for (const auto& [status, listed] : children(member(of.at, "responses"))) {
      if (!status.starts_with('2')) continue;
      const place schema = member(member(member(source_.resolve(listed), "content"), "application/json"), "schema");
      if (!schema) continue;
      writing to{direction::response, {}, {}};
      if (plain_object(schema)) {
        declare_as(pascal_case(of.name) + "Response", schema, direction::response);
      } else {
        alternatives(schema, to, 0);
      }
      for (const std::string& pointer : to.mentioned) declare(pointer, direction::response);
    }
  }

  // --- operations

  void take_constant(const std::string& name, const std::string& pointer) {
    static constexpr std::array<std::string_view, 4> taken{"provider", "image", "connect", "spec"};
    if (contains(taken, name)) report(problems_, pointer, "the module needs the name " + name + " for itself");
    if (!constants_.insert(name).second) report(problems_, pointer, "the module has two constants called " + name);
  }

  std::string operation_text(const operation& of) {
    take_constant(of.name, member(of.at, "operationId").pointer);
    comment said;
    said.say(text_of(of.at, "summary"));
    said.say(text_of(of.at, "description"));
    said.say("`" + of.method + " " + of.path + "`");
    said.say(rate_limit(of));
    if (flag_of(of.at, "deprecated")) said.tags.emplace_back("@deprecated");
    add_links(said, member(of.at, "x-source"));
    add_operation_examples(said, of);
    std::vector<std::string> mentioned;
    const std::string credential = text_of(member(source_.security_scheme(of, problems_), "x-credential"), "name");
    const std::string type =
        "Operation<" + input_name(of) + ", " + (of.body ? body_type(of, mentioned) : std::string("never")) +
        (credential.empty() || credential == "apiKey" ? "" : ", " + in_single_quotes(credential)) + ">";
    return "\n" + comment_text(said, 0) + "export const " + of.name + ": " + type +
           (of.body ? " = provider.operation(" : " = provider.operationWithoutBody(") + in_single_quotes(of.name) +
           ")\n";
  }

  // --- schemas that stand for themselves

  void declare_standalone(const standalone_schema& of) {
    writing to{direction::request, {}, {}};
    alternatives(of.schema, to, 0);
    for (const std::string& pointer : to.mentioned) declare(pointer, direction::request);
  }

  std::string standalone_text(const standalone_schema& of) {
    take_constant(of.name, of.at.pointer);
    comment said;
    said.say(text_of(of.at, "summary"));
    said.say(text_of(of.at, "description"));
    add_links(said, member(of.at, "x-source"));
    for (const json& example : standalone_examples(of)) {
      const std::string start = "const report = " + provider_ + "." + of.name + ".check(";
      add_example(said, "", start + value_text(example, 0, columns(start) + 4) + ")");
    }
    writing to{direction::request, {}, {}};
    const std::string type = union_text(alternatives(of.schema, to, 0), 0, 0).substr(1);
    return "\n" + comment_text(said, 0) + "export const " + of.name + ": StandaloneSchema<" + type +
           "> = provider.schema(" + in_single_quotes(of.name) + ")\n";
  }

  // Its own examples, and the first that shows something of what it is made of.
  std::vector<json> standalone_examples(const standalone_schema& of) const {
    std::vector<json> shown;
    for (const place& part : schemas_at(source_, of.schema)) {
      const place listed = member(part, "examples");
      if (!listed || !listed.value->is_array()) continue;
      const std::vector<json> telling = shown_examples(part);
      if (part.pointer == of.schema.pointer) {
        shown.assign(listed.value->begin(), listed.value->end());
      } else if (!telling.empty()) {
        shown.insert(shown.begin(), telling.front());
        break;
      }
    }
    return shown;
  }

  static std::string rate_limit(const operation& of) {
    const place limit = member(of.at, "x-rate-limit");
    const place requests = member(limit, "requests");
    const place seconds = member(limit, "seconds");
    if (!requests || !seconds) return {};
    const std::string per = text_of(limit, "per");
    const std::string period = *seconds.value == 60  ? "minute"
                               : *seconds.value == 1 ? "second"
                                                     : seconds.value->dump() + " seconds";
    return "At most " + requests.value->dump() + " requests per " + period + (per.empty() ? "." : " and " + per + ".");
  }

  // A value to show for an input, when the document gives one.
  std::optional<json> shown_value(const input& of) const {
    for (const place& owner : {of.at, source_.resolve(of.schema)}) {
      if (const place example = member(owner, "example")) return *example.value;
      for (const char* const keyword : {"examples", "enum"}) {
        const place listed = member(owner, keyword);
        if (listed && listed.value->is_array() && !listed.value->empty()) {
          const place preferred = member(owner, "default");
          return preferred ? *preferred.value : listed.value->front();
        }
        for (const auto& [name, example] : children(listed)) {
          if (const place value = member(source_.resolve(example), "value")) return *value.value;
        }
      }
    }
    return std::nullopt;
  }

  void add_operation_examples(comment& said, const operation& of) const {
    json input_value = json::object();
    std::vector<std::string> own_variables;  // what only the caller knows is a variable of the same name
    for (const input& each : of.inputs) {
      if (!each.required) continue;
      const std::optional<json> value = shown_value(each);
      if (!value && identifier(each.name)) own_variables.push_back(each.name);
      input_value[each.name] = value.value_or("…");
    }
    const auto add = [&](const std::string& caption) {
      const std::string start = "const request = " + provider_ + "." + of.name + ".build(";
      std::string code = start + value_text(input_value, 0, columns(start) + 2) + ")";
      for (const std::string& name : own_variables) replace_all(code, name + ": '…'", name);
      add_example(said, caption, code);
    };
    const place media = member(member(source_.resolve(member(of.at, "requestBody")), "content"), "application/json");
    std::vector<std::pair<std::string, json>> bodies;
    if (const place example = member(media, "example")) bodies.emplace_back("", *example.value);
    for (const auto& [name, listed] : children(member(media, "examples"))) {
      const place example = source_.resolve(listed);
      if (const place value = member(example, "value")) bodies.emplace_back(text_of(example, "summary"), *value.value);
    }
    if (bodies.empty() && of.body) {
      for (const json& example : shown_examples(source_.resolve(*of.body))) {
        if (bodies.empty()) bodies.emplace_back("", example);
      }
    }
    if (bodies.empty() && !of.body_required) add("");
    for (std::size_t i = 0; i < std::min(bodies.size(), most_examples); ++i) {
      input_value["body"] = bodies[i].second;
      add(bodies[i].first);
    }
  }

  const document& source_;
  std::vector<problem>& problems_;
  std::string provider_;
  place sources_;
  std::vector<std::string> declarations_;
  std::set<std::string> names_;
  std::set<std::string> in_requests_;  // pointers of declared schemas
  std::set<std::string> in_responses_;
  std::set<std::string> choices_;  // pointers of server variables
  std::set<std::string> constants_;
  std::set<std::string> named_bodies_;  // pointers of bodies that are written in place
  bool uses_exactly_one_ = false;
  bool uses_body_input_ = false;
};

}  // namespace

std::string typescript_module(const document& source, std::vector<problem>& problems) {
  return module_writer(source, problems).text();
}

}  // namespace recreq::compiler
