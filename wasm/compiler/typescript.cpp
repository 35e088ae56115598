// Writes a provider's TypeScript module: one exported type for each named schema that an operation reaches, the inputs,
// and the operations themselves, each with a comment that an editor shows on hover.
#include "typescript.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "field_path.hpp"
#include "prose.hpp"
#include "rate_limits.hpp"
#include "typescript_text.hpp"
#include "typescript_types.hpp"

namespace recreq::compiler {

namespace {

class module_writer {
 public:
  module_writer(const document& source, std::vector<problem>& problems)
      : source_(source), problems_(problems), provider_(source.provider()), types_(source, problems) {}

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
              (types_.uses_exactly_one() ? "type ExactlyOne, " : "") +
              (operations.empty() ? "" : "type MatchingOperation, type Operation, ") + "type Spec" +
              (schemas.empty() ? "" : ", type StandaloneSchema") + " } from '../provider.js'\n";
    if (!uses_body_input_) replace_all(module, "type BodyInput, ", "");
    if (exported.find(": MatchingOperation<") == std::string::npos) replace_all(module, "type MatchingOperation, ", "");
    module += "import { answers } from './" + provider_ + ".answers.js'\n";
    module += "import { image } from './" + provider_ + ".image.js'\n";
    module += "export { service } from './" + provider_ + ".service.js'\n";
    for (const std::string& declaration : types_.declarations()) module += "\n" + declaration;
    module += "\nconst provider = connect(" + in_single_quotes(provider_) + ", image, answers)\n" + exported;
    comment about;
    about.say("What this version knows of " + text_of(info, "title") + ": the day of the comparison (" +
              text_of(info, "version") + "), the hash of the compiled document, and where its facts come from.");
    return module + "\n" + comment_text(about, 0) + "export const spec: Spec = provider.spec\n";
  }

 private:
  // The type of a body: its named schema, or a name made for it when it is written in place.
  std::string body_type(const operation& of, std::vector<std::string>& mentioned) {
    type_writer::writing to{direction::request, {}, {}};
    if (plain_object(*of.body)) {
      std::string name = pascal_case(of.name) + "Body";
      if (named_bodies_.insert(of.body->pointer).second) types_.declare_as(name, *of.body, direction::request);
      return name;
    }
    std::string type = union_text(types_.alternatives(*of.body, to, 0), 0, 0).substr(1);
    mentioned = std::move(to.mentioned);
    return type;
  }

  void declare_inputs(const operation& of) {
    const std::string name = input_name(of);
    types_.take_name(name, of.at.pointer);
    type_writer::writing to{direction::request, {}, {}};
    comment about;
    about.say("What {@link " + of.name + "} takes.");
    std::string text = comment_text(about, 0) + "export interface " + name + " {\n";
    std::vector<const input*> choices;
    for (const input& each : of.inputs) {
      comment said = types_.comments().schema_comment(each.schema, each.at);
      // A default of the host name is a fact about the input; x-required says that it is none.
      text += comment_text(said, 2);
      const std::string start = "  " + property_key(each.name) + (each.required ? ":" : "?:");
      std::vector<std::string> types;
      if (each.in == "server" && member(each.schema, "enum")) {
        choices.push_back(&each);
        types = {choice_name(each), "(string & {})"};
      } else {
        types = types_.alternatives(each.schema, to, 2);
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
    types_.add_declaration(text + "}\n");
    for (const input* choice : choices) declare_choice(*choice);
    for (const std::string& pointer : mentioned) types_.declare(pointer, direction::request);
    for (const std::string& pointer : to.mentioned) types_.declare(pointer, direction::request);
  }

  std::string input_name(const operation& of) const { return pascal_case(of.name) + "Input"; }

  std::string choice_name(const input& variable) const { return pascal_case(provider_) + pascal_case(variable.name); }

  void declare_choice(const input& variable) {
    if (!choices_.insert(variable.at.pointer).second) return;
    const std::string name = choice_name(variable);
    types_.take_name(name, variable.at.pointer);
    const std::string start = "export type " + name + " =";
    type_writer::writing to{direction::request, {}, {}};
    types_.add_declaration(comment_text(types_.comments().schema_comment(variable.schema, variable.at), 0) + start +
                           union_text(types_.alternatives(variable.schema, to, 0), 0, columns(start)) + "\n");
  }

  // What an operation answers with, when all goes well.
  void declare_responses(const operation& of) {
    std::vector<std::string>& result = results_[of.name];
    for (const auto& [status, listed] : children(member(of.at, "responses"))) {
      if (!status.starts_with('2')) continue;
      const place schema = member(member(member(source_.resolve(listed), "content"), "application/json"), "schema");
      type_writer::writing to{direction::response, {}, {}};
      std::vector<std::string> types{"undefined"};
      if (schema && plain_object(schema)) {
        types = {pascal_case(of.name) + "Response"};
        types_.declare_as(types.front(), schema, direction::response);
      } else if (schema) {
        types = types_.alternatives(schema, to, 0);
      }
      for (std::string& type : types) {
        if (std::find(result.begin(), result.end(), type) == result.end()) result.push_back(std::move(type));
      }
      for (const std::string& pointer : to.mentioned) types_.declare(pointer, direction::response);
    }
    if (result.empty()) result.emplace_back("unknown");
  }

  // --- operations

  void take_constant(const std::string& name, const std::string& pointer) {
    static constexpr std::array<std::string_view, 6> taken{"provider", "image", "answers",
                                                           "connect",  "spec",  "service"};
    if (std::find(taken.begin(), taken.end(), name) != taken.end())
      report(problems_, pointer, "the module needs the name " + name + " for itself");
    if (!constants_.insert(name).second) report(problems_, pointer, "the module has two constants called " + name);
  }

  std::string operation_text(const operation& of) {
    take_constant(of.name, member(of.at, "operationId").pointer);
    comment said;
    said.say(text_of(of.at, "summary"));
    said.say(text_of(of.at, "description"));
    said.say("`" + of.method + " " + of.path + "`");
    said.say(rate_limit_sentence(of.at));
    const std::string together = rate_limit_sentence(source_.at(""));
    if (!together.empty()) said.say(together + " All operations count together.");
    if (flag_of(of.at, "deprecated")) said.tags.emplace_back("@deprecated");
    types_.comments().add_links(said, member(of.at, "x-source"));
    add_operation_examples(said, of);
    std::vector<std::string> mentioned;
    const std::string credential = text_of(member(source_.security_scheme(of, problems_), "x-credential"), "name");
    const place match = member(of.at, "x-match");
    const std::string type = std::string(match ? "Matching" : "") + "Operation<" + input_name(of) + ", " +
                             (of.body ? body_type(of, mentioned) : std::string("never")) + "," +
                             union_text(results_[of.name], 0, 0) + (match ? ", " + matched_types(match) : "") +
                             (credential.empty() || credential == "apiKey" ? "" : ", " + in_single_quotes(credential)) +
                             ">";
    const std::string kind = match ? "matchingOperation" : of.body ? "operation" : "operationWithoutBody";
    return "\n" + comment_text(said, 0) + "export const " + of.name + ": " + type + " = provider." + kind + "(" +
           in_single_quotes(of.name) + ")\n";
  }

  // What an operation can match: a configuration, and any part of a bot.
  std::string matched_types(const place& match) {
    const auto type_of = [this](const place& schema, direction way) {
      type_writer::writing to{way, {}, {}};
      return union_text(types_.alternatives(schema, to, 0), 0, 0).substr(1);
    };
    std::string configuration = "never";
    for (const standalone_schema& each : source_.standalone_schemas(problems_)) {
      if (each.name == text_of(match, "configuration")) configuration = type_of(each.schema, direction::request);
    }
    const place bot = member(member(member(member(match, "bot"), "schema"), "properties"), "bot");
    return configuration + ", Partial<" + type_of(bot, direction::response) + ">";
  }

  // --- schemas that stand for themselves

  void declare_standalone(const standalone_schema& of) {
    type_writer::writing to{direction::request, {}, {}};
    types_.alternatives(of.schema, to, 0);
    for (const std::string& pointer : to.mentioned) types_.declare(pointer, direction::request);
  }

  std::string standalone_text(const standalone_schema& of) {
    take_constant(of.name, of.at.pointer);
    comment said;
    said.say(text_of(of.at, "summary"));
    said.say(text_of(of.at, "description"));
    types_.comments().add_links(said, member(of.at, "x-source"));
    for (const json& example : standalone_examples(of)) {
      const std::string start = "const report = " + provider_ + "." + of.name + ".check(";
      add_example(said, "", start + value_text(example, 0, columns(start) + 4) + ")");
    }
    type_writer::writing to{direction::request, {}, {}};
    const std::string type = union_text(types_.alternatives(of.schema, to, 0), 0, 0).substr(1);
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
  type_writer types_;
  std::map<std::string, std::vector<std::string>> results_;  // by operation
  std::set<std::string> choices_;                            // pointers of server variables
  std::set<std::string> constants_;
  std::set<std::string> named_bodies_;  // pointers of bodies that are written in place
  bool uses_body_input_ = false;
};

}  // namespace

std::string typescript_module(const document& source, std::vector<problem>& problems) {
  return module_writer(source, problems).text();
}

}  // namespace recreq::compiler
