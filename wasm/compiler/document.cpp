// Loads an OpenAPI document or a schema: JSON with every key kept, operations with their inputs.
#include "document.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "json/number.hpp"
#include "references.hpp"

namespace recreq::compiler {

namespace {

constexpr std::size_t deepest = 256;  // later stages recurse over the document

std::string in_quotes(std::string_view text) { return "\"" + std::string(text) + "\""; }

// nlohmann's own tree keeps the last of two equal keys without a word, and gives no pointers: this handler builds the
// tree and notices both.
class tree_builder final : public nlohmann::json_sax<json> {
 public:
  tree_builder(std::string_view text, std::vector<problem>& problems) : text_(text), problems_(problems) {}

  json take() { return std::move(root_); }

  bool null() override { return put(nullptr) != nullptr; }
  bool boolean(bool value) override { return put(value) != nullptr; }
  bool number_integer(number_integer_t value) override { return number(value, std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return number(value, std::to_string(value)); }
  bool number_float(number_float_t value, const string_t& literal) override { return number(value, literal); }
  bool string(string_t& value) override { return put(std::move(value)) != nullptr; }
  bool binary(binary_t& value) override { return put(std::move(value)) != nullptr; }

  bool start_object(std::size_t) override { return open(json::object()); }
  bool start_array(std::size_t) override { return open(json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    level& current = open_.back();
    current.key = name;
    if (!current.keys.insert(name).second) {
      report(problems_, pointer_append(current.pointer, name), "the key " + in_quotes(name) + " is given twice");
    }
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& error) override {
    const std::string_view before = text_.substr(0, position == 0 ? 0 : std::min(position - 1, text_.size()));
    const std::size_t line_start = before.rfind('\n') + 1;  // 0 when there is no line break
    std::string message = error.what();
    // "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error while …"
    message.erase(0, message.find("] ") + 2);
    if (message.starts_with("parse error")) message.erase(0, message.find(": ") + 2);
    problems_.push_back({"", message, 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')),
                         before.size() - line_start + 1});
    return false;
  }

 private:
  struct level {
    json* container;
    std::string pointer;
    std::string key;
    std::set<std::string> keys;
  };

  bool number(json value, const std::string& literal) {
    const bool is_long = value.is_number_float() && literal.find_first_of(".eE") == std::string::npos;
    const json* const stored = put(std::move(value));
    if (is_long) {
      report(problems_, last_pointer_, "the integer " + literal + " has more than 64 bits");
    } else if (find_loss(literal) != number_loss::none) {
      report(problems_, last_pointer_,
             "the number " + literal + " does not survive as a double, which is what readers of JSON make of it");
    }
    return stored != nullptr;
  }

  // The address stays good while the value is open: its container gets no other member until then.
  json* put(json value) {
    if (open_.empty()) {
      last_pointer_.clear();
      root_ = std::move(value);
      return &root_;
    }
    level& current = open_.back();
    if (current.container->is_array()) {
      last_pointer_ = pointer_append(current.pointer, std::to_string(current.container->size()));
      current.container->push_back(std::move(value));
      return &current.container->back();
    }
    last_pointer_ = pointer_append(current.pointer, current.key);
    json& slot = (*current.container)[current.key];
    slot = std::move(value);
    return &slot;
  }

  bool open(json container) {
    json* const stored = put(std::move(container));
    if (open_.size() == deepest) {
      report(problems_, last_pointer_, "nested deeper than " + std::to_string(deepest) + " levels");
      return false;
    }
    open_.push_back({stored, last_pointer_, {}, {}});
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  std::string_view text_;
  std::vector<problem>& problems_;
  json root_;
  std::vector<level> open_;
  std::string last_pointer_;
};

std::optional<std::string> decode_token(std::string_view token) {
  std::string decoded;
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] != '~') {
      decoded += token[i];
      continue;
    }
    if (i + 1 == token.size() || (token[i + 1] != '0' && token[i + 1] != '1')) return std::nullopt;
    decoded += token[++i] == '0' ? '~' : '/';
  }
  return decoded;
}

const json* child(const json& parent, const std::string& token) {
  if (parent.is_object()) {
    const auto found = parent.find(token);
    return found == parent.end() ? nullptr : &*found;
  }
  if (!parent.is_array() || token.empty() || token.size() > 9 || (token.size() > 1 && token[0] == '0')) return nullptr;
  if (!std::all_of(token.begin(), token.end(), [](unsigned char c) { return std::isdigit(c) != 0; })) return nullptr;
  const std::size_t index = std::stoul(token);
  return index < parent.size() ? &parent[index] : nullptr;
}

bool required_variable(const place& variable) {
  return flag_of(variable, "x-required") || !member(variable, "default");
}

json variable_schema(const place& variable) {
  json schema = {{"type", "string"}};
  for (const char* const keyword : {"description", "enum"}) {
    if (const place found = member(variable, keyword)) schema[keyword] = *found.value;
  }
  if (!required_variable(variable)) schema["default"] = *member(variable, "default").value;
  return schema;
}

std::vector<std::string> template_names(std::string_view text) {
  std::vector<std::string> names;
  for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos) break;
    names.emplace_back(text.substr(open + 1, close - open - 1));
  }
  return names;
}

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<std::string> words(std::string_view name) {
  std::vector<std::string> found;
  bool fresh = true;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto c = static_cast<unsigned char>(name[i]);
    if (std::isalnum(c) == 0) {
      fresh = true;
      continue;
    }
    const bool after_lower = i > 0 && std::isupper(static_cast<unsigned char>(name[i - 1])) == 0;
    const bool before_lower = i + 1 < name.size() && std::islower(static_cast<unsigned char>(name[i + 1])) != 0;
    if (std::isupper(c) != 0 && (after_lower || before_lower)) fresh = true;
    if (fresh) found.emplace_back();
    found.back() += name[i];
    fresh = false;
  }
  return found;
}

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

std::string capitalised(std::string text) {
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

}  // namespace

const json* value_at(const json& root, std::string_view pointer) {
  const json* value = &root;
  while (!pointer.empty()) {
    if (pointer.front() != '/') return nullptr;
    pointer.remove_prefix(1);
    const std::size_t length = std::min(pointer.find('/'), pointer.size());
    const std::optional<std::string> token = decode_token(pointer.substr(0, length));
    if (!token) return nullptr;
    value = child(*value, *token);
    if (value == nullptr) return nullptr;
    pointer.remove_prefix(length);
  }
  return value;
}

void report(std::vector<problem>& problems, std::string pointer, std::string message) {
  const bool known = std::any_of(problems.begin(), problems.end(), [&](const problem& other) {
    return other.pointer == pointer && other.message == message;
  });
  if (!known) problems.push_back({std::move(pointer), std::move(message)});
}

std::string problem_line(const std::filesystem::path& file, const problem& found) {
  const std::string where =
      found.line > 0 ? std::to_string(found.line) + ":" + std::to_string(found.column) : found.pointer;
  return file.generic_string() + ":" + where + ": " + found.message;
}

std::string pointer_append(const std::string& pointer, std::string_view token) {
  std::string appended = pointer + "/";
  for (const char c : token) {
    if (c == '~') {
      appended += "~0";
    } else if (c == '/') {
      appended += "~1";
    } else {
      appended += c;
    }
  }
  return appended;
}

place member(const place& parent, std::string_view key) {
  place found{nullptr, pointer_append(parent.pointer, key)};
  if (parent && parent.value->is_object()) {
    const auto entry = parent.value->find(std::string(key));
    if (entry != parent.value->end()) found.value = &*entry;
  }
  return found;
}

place element(const place& parent, std::size_t index) {
  place found{nullptr, pointer_append(parent.pointer, std::to_string(index))};
  if (parent && parent.value->is_array() && index < parent.value->size()) found.value = &(*parent.value)[index];
  return found;
}

std::vector<std::pair<std::string, place>> children(const place& parent) {
  std::vector<std::pair<std::string, place>> found;
  if (!parent || !parent.value->is_structured()) return found;
  for (const auto& [key, value] : parent.value->items()) {
    found.push_back({key, {&value, pointer_append(parent.pointer, key)}});
  }
  return found;
}

std::string text_of(const place& parent, std::string_view key) {
  const place found = member(parent, key);
  return found && found.value->is_string() ? found.value->get<std::string>() : std::string();
}

bool flag_of(const place& parent, std::string_view key) {
  const place found = member(parent, key);
  return found && found.value->is_boolean() && found.value->get<bool>();
}

std::string camel_case(std::string_view header_name) {
  std::string name;
  std::string word;
  const auto take = [&] {
    name += name.empty() ? lower(word) : capitalised(lower(word));
    word.clear();
  };
  for (const char c : header_name) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      word += c;
    } else {
      take();
    }
  }
  take();
  return name;
}

std::string pascal_case(std::string_view name) {
  std::string joined;
  for (std::string& word : words(name)) joined += capitalised(std::move(word));
  return joined;
}

std::string snake_case(std::string_view name) {
  std::string joined;
  for (std::string& word : words(name)) joined += (joined.empty() ? "" : "_") + lower(std::move(word));
  return joined;
}

struct document::content {
  content(json read, std::filesystem::path from) : root(std::move(read)), file(std::move(from)) {}

  json root;
  std::filesystem::path file;
  reference_targets targets;
  std::map<std::string, json> variable_schemas;  // by the pointer of the server variable
};

document::document(std::shared_ptr<const content> held) : content_(std::move(held)) {}

std::optional<document> document::load(const std::filesystem::path& file, std::vector<problem>& problems) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    report(problems, "", "the file cannot be read");
    return std::nullopt;
  }
  const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  return parse(text, file, problems);
}

std::shared_ptr<document::content> document::read(std::string_view text, const std::filesystem::path& file,
                                                  std::vector<problem>& problems) {
  tree_builder builder(text, problems);
  if (!json::sax_parse(text, &builder)) return nullptr;
  auto held = std::make_shared<content>(builder.take(), file);
  held->targets = read_references(held->root, problems);
  return held;
}

std::optional<document> document::parse(std::string_view text, const std::filesystem::path& file,
                                        std::vector<problem>& problems) {
  const std::shared_ptr<content> held = read(text, file, problems);
  if (!held) return std::nullopt;
  const place root{&held->root, ""};
  if (!held->root.is_object()) {
    report(problems, "", "an OpenAPI document is an object");
    return std::nullopt;
  }
  if (!text_of(root, "openapi").starts_with("3.1.")) {
    report(problems, "/openapi", "only OpenAPI 3.1 is understood: write \"3.1.0\"");
  }
  for (const auto& [name, variable] : children(member(element(member(root, "servers"), 0), "variables"))) {
    held->variable_schemas.emplace(variable.pointer, variable_schema(variable));
  }
  return document(held);
}

std::optional<document> document::parse_schema(std::string_view text, std::vector<problem>& problems) {
  const std::shared_ptr<content> held = read(text, "schema", problems);
  return held ? std::optional(document(held)) : std::nullopt;
}

const json& document::root() const { return content_->root; }

const std::filesystem::path& document::file() const { return content_->file; }

std::string document::provider() const { return content_->file.stem().generic_string(); }

place document::at(std::string_view pointer) const { return {value_at(content_->root, pointer), std::string(pointer)}; }

place document::target(const place& holder) const {
  const auto found = content_->targets.find(holder.pointer);
  return found == content_->targets.end() ? place{nullptr, holder.pointer} : at(found->second);
}

place document::resolve(place from) const {
  // A chain longer than this goes in a circle; loading has said so.
  for (std::size_t steps = 0; steps < deepest; ++steps) {
    const place reference = member(from, "$ref");
    if (!reference || !reference.value->is_string()) return from;
    from = target(from);
  }
  return {nullptr, from.pointer};
}

namespace {

// The inputs of one operation, gathered in the order in which a caller thinks of them.
class input_list {
 public:
  input_list(const document& source, std::vector<problem>& problems) : source_(source), problems_(problems) {}

  void add_server(const place& server, const std::map<std::string, json>& schemas) {
    const std::vector<std::string> named = template_names(text_of(server, "url"));
    std::vector<std::string> defined;
    for (const auto& [name, variable] : children(member(server, "variables"))) {
      defined.push_back(name);
      if (!has(named, name)) report(problems_, variable.pointer, "the server's url has no {" + name + "}");
      const place schema{&schemas.at(variable.pointer), variable.pointer};
      add({name, name, "server", required_variable(variable), false, "string", schema, variable});
    }
    for (const std::string& name : named) {
      if (!has(defined, name)) {
        report(problems_, pointer_append(server.pointer, "url"), "no variable is defined for {" + name + "}");
      }
    }
  }

  // An operation's parameter replaces the path's own of the same name and location.
  void add_parameters(const place& path_item, const place& operation_object, const std::string& path) {
    std::vector<place> parameters;
    for (const place& owner : {path_item, operation_object}) {
      for (const auto& [index, listed] : children(member(owner, "parameters"))) {
        const place parameter = source_.resolve(listed);
        if (!parameter) continue;
        const auto same = std::find_if(parameters.begin(), parameters.end(), [&](const place& other) {
          return other.pointer.starts_with(member(path_item, "parameters").pointer + "/") &&
                 owner.pointer != path_item.pointer && same_parameter(other, parameter);
        });
        if (same != parameters.end()) {
          *same = parameter;
        } else {
          parameters.push_back(parameter);
        }
      }
    }
    const std::vector<std::string> named = template_names(path);
    std::vector<std::string> in_path;
    for (const place& parameter : parameters) {
      const std::string name = text_of(parameter, "name");
      const std::string in = text_of(parameter, "in");
      if (in == "path") in_path.push_back(name);
      add_parameter(parameter, name, in, named);
    }
    for (const std::string& name : named) {
      if (!has(in_path, name)) report(problems_, path_item.pointer, "no path parameter is defined for {" + name + "}");
    }
  }

  std::vector<input> take() { return std::move(inputs_); }

 private:
  static bool same_parameter(const place& one, const place& other) {
    return text_of(one, "name") == text_of(other, "name") && text_of(one, "in") == text_of(other, "in");
  }

  void add_parameter(const place& parameter, const std::string& name, const std::string& in,
                     const std::vector<std::string>& named) {
    if (name.empty()) {
      report(problems_, parameter.pointer, "a parameter has a name");
      return;
    }
    if (in != "path" && in != "query" && in != "header") {
      report(problems_, member(parameter, "in").pointer, "parameters stand in the path, the query or a header");
      return;
    }
    const place schema = member(parameter, "schema");
    if (!schema) {
      report(problems_, parameter.pointer, "a parameter has a schema");
      return;
    }
    const bool required = flag_of(parameter, "required");
    if (in == "path" && !required) report(problems_, parameter.pointer, "a path parameter has \"required\": true");
    if (in == "path" && !has(named, name)) report(problems_, parameter.pointer, "the path has no {" + name + "}");
    if (member(parameter, "style") && (in != "query" || text_of(parameter, "style") != "form"))
      report(problems_, member(parameter, "style").pointer, "only the style form, in the query, is implemented");
    const std::string type = type_of(schema, in);
    const bool repeated = type == "array" && (!member(parameter, "explode") || flag_of(parameter, "explode"));
    add({in == "header" ? camel_case(name) : name, name, in, required, repeated, type, schema, parameter});
  }

  // What a URL or header can carry: texts, and in the query also switches, numbers and lists of texts.
  std::string type_of(const place& schema, const std::string& in) {
    const place resolved = source_.resolve(schema);
    std::string type = text_of(resolved, "type");
    if (type == "string") return type;
    if (in != "query") {
      report(problems_, schema.pointer, "a parameter in the path or a header has \"type\": \"string\"");
    } else if (type == "array") {
      const place items = source_.resolve(member(resolved, "items"));
      if (text_of(items, "type") != "string")
        report(problems_, schema.pointer, "the elements of an array in the query have \"type\": \"string\"");
    } else if (type != "boolean" && type != "number" && type != "integer") {
      report(problems_, schema.pointer,
             "a parameter in the query has the type string, boolean, number, integer or array");
    }
    return type;
  }

  void add(input added) {
    if (added.name == "body") {
      report(problems_, added.at.pointer, "an input called \"body\" would hide the request body");
    }
    for (const input& other : inputs_) {
      if (other.name == added.name) {
        report(problems_, added.at.pointer,
               "two inputs of the operation are called " + in_quotes(added.name) + ": the other stands at #" +
                   other.at.pointer);
        return;
      }
    }
    inputs_.push_back(std::move(added));
  }

  const document& source_;
  std::vector<problem>& problems_;
  std::vector<input> inputs_;
};

void read_body(const document& source, operation& target, std::vector<problem>& problems) {
  const place listed = member(target.at, "requestBody");
  if (!listed) return;
  const place request = source.resolve(listed);
  if (!request) return;
  const place content = member(request, "content");
  for (const auto& [type, media] : children(content)) {
    if (type != "application/json") report(problems, media.pointer, "a request body is application/json");
  }
  const place schema = member(member(content, "application/json"), "schema");
  if (!schema) {
    report(problems, request.pointer, "a request body has a schema under content, application/json");
    return;
  }
  target.body = schema;
  target.body_required = flag_of(request, "required");
}

bool camel_case_name(std::string_view name) {
  return !name.empty() && std::islower(static_cast<unsigned char>(name[0])) != 0 &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) != 0; });
}

}  // namespace

std::vector<operation> document::operations(std::vector<problem>& problems) const {
  static constexpr std::array<const char*, 8> methods{"get",     "put",  "post",  "delete",
                                                      "options", "head", "patch", "trace"};
  std::vector<operation> found;
  const place server = element(member(at(""), "servers"), 0);
  if (text_of(server, "url").empty()) report(problems, "/servers", "the first server has a url");
  for (const auto& [path, listed] : children(member(at(""), "paths"))) {
    const place path_item = resolve(listed);
    for (const auto& [key, object] : children(path_item)) {
      if (std::find(methods.begin(), methods.end(), key) == methods.end()) continue;
      operation added;
      added.name = text_of(object, "operationId");
      added.path = path;
      added.at = object;
      for (const char c : key) added.method += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      if (!camel_case_name(added.name)) {
        report(problems, member(object, "operationId").pointer,
               "an operation has an operationId in camelCase, made of letters and digits");
      }
      for (const operation& other : found) {
        if (other.name == added.name) {
          report(problems, member(object, "operationId").pointer,
                 "the operationId " + in_quotes(added.name) + " is taken by #" + other.at.pointer);
        }
      }
      input_list inputs(*this, problems);
      if (server) inputs.add_server(server, content_->variable_schemas);
      inputs.add_parameters(path_item, object, path);
      added.inputs = inputs.take();
      read_body(*this, added, problems);
      found.push_back(std::move(added));
    }
  }
  return found;
}

place document::security_scheme(const operation& of, std::vector<problem>& problems) const {
  place security = member(of.at, "security");
  if (!security) security = at("/security");
  for (const auto& [position, alternative] : children(security)) {
    for (const auto& [name, scopes] : children(alternative)) {
      place scheme = resolve(at("/components/securitySchemes/" + name));
      if (!scheme) report(problems, scopes.pointer, "there is no security scheme " + name);
      return scheme;
    }
  }
  return {};
}

std::vector<standalone_schema> document::standalone_schemas(std::vector<problem>& problems) const {
  std::vector<standalone_schema> found;
  for (const auto& [name, entry] : children(member(at(""), "x-schemas"))) {
    const place schema = member(entry, "schema");
    if (!camel_case_name(name))
      report(problems, entry.pointer, "a schema of its own has a name in camelCase, made of letters and digits");
    if (!schema) report(problems, entry.pointer, "an entry of x-schemas has a schema");
    found.push_back({name, entry, schema});
  }
  return found;
}

}  // namespace recreq::compiler
