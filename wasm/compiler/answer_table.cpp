// Gathers the responses of all operations into lists without repetition, to which operations refer by number.
#include "answer_table.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <span>
#include <string_view>

#include "typescript_text.hpp"

namespace recreq::compiler {

namespace {

// The kinds of js/src/answer.ts.
constexpr std::array<std::string_view, 11> kinds{"invalid-request", "authentication", "payment",   "permission",
                                                 "firewall",        "not-found",      "conflict",  "rate-limit",
                                                 "service",         "redirect",       "unreadable"};

// The position of an entry in a list, to whose end it is added if it is new.
std::size_t position_in(json& list, const json& entry) {
  const auto found = std::find(list.begin(), list.end(), entry);
  const auto position = static_cast<std::size_t>(found - list.begin());
  if (found == list.end()) list.push_back(entry);
  return position;
}

void add_type(std::vector<std::string>& types, std::string type) {
  if (type == "integer") type = "number";
  if (std::find(types.begin(), types.end(), type) == types.end()) types.push_back(std::move(type));
}

std::string type_of(const json& value) {
  if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
  if (value.is_number()) return "number";
  return value.type_name();
}

class table_writer {
 public:
  table_writer(const document& source, std::vector<problem>& problems) : source_(source), problems_(problems) {}

  json table() {
    gather(source_.at(""));
    json operations = json::object();
    for (const operation& each : source_.operations(problems_)) operations[each.name] = answers_of(each);
    json all = json::object();
    if (!server_.empty()) all["server"] = server_;
    all["secrets"] = json(secrets_);
    all["errors"] = errors_;
    all["results"] = results_;
    all["failures"] = failures_;
    all["operations"] = operations;
    return all;
  }

 private:
  // What schemas say wherever they stand: which fields are secrets, and where errors have their words.
  void gather(const place& at) {
    for (const auto& [key, entry] : children(at)) {
      if (key == "properties") {
        for (const auto& [name, property] : children(entry)) {
          if (flag_of(property, "writeOnly")) secrets_.insert(name);
        }
      }
      if (key == "x-error-members") {
        if (errors_form_known(entry)) errors_.push_back(*entry.value);
      } else if (key != "examples" && key != "example" && key != "x-rules") {
        gather(entry);
      }
    }
  }

  bool errors_form_known(const place& at) {
    const std::size_t before = problems_.size();
    for (const auto& [key, entry] : children(at)) {
      if (key == "code" || key == "message") {
        require_list(entry, true);
      } else if (key == "fields") {
        const std::string form = text_of(entry, "form");
        if (form != "nested" && form != "quoted") report(problems_, entry.pointer, "form is nested or quoted");
        if (const place whole = member(entry, "whole")) require_list(whole, false);
      } else {
        report(problems_, entry.pointer, "an error has code, message and fields");
      }
    }
    return problems_.size() == before;
  }

  void require_list(const place& at, bool pointers) {
    const bool good = at.value->is_array() && std::all_of(at.value->begin(), at.value->end(), [&](const json& each) {
                        return each.is_string() && (!pointers || each.get_ref<const std::string&>().starts_with('/'));
                      });
    if (!good)
      report(problems_, at.pointer, pointers ? "this is an array of JSON Pointers" : "this is an array of names");
  }

  json answers_of(const operation& of) {
    json by_status = {{"results", json::object()}, {"failures", json::object()}};
    json pages = json::object();
    for (const auto& [status, listed] : children(member(of.at, "responses"))) {
      const place response = source_.resolve(listed);
      const place content = member(response, "content");
      if (status.size() != 3 || std::isdigit(static_cast<unsigned char>(status[0])) == 0) {
        report(problems_, listed.pointer, "answers are listed by status, or by class such as 4XX");
      } else if (status.starts_with('2')) {
        if (const place schema = member(member(content, "application/json"), "schema")) {
          by_status["results"][status] = position_in(results_, result_form(schema));
        }
      } else {
        const place page = member(content, "text/html");
        // An answer that is documented as a page only means something else when it is none.
        if (!page || content.value->size() > 1) by_status["failures"][status] = failure(response, {});
        if (page) pages[status] = failure(response, page);
      }
    }
    if (!pages.empty()) by_status["pages"] = pages;
    return by_status;
  }

  // --- results

  json result_form(const place& schema) const {
    json form = {{"types", joined(types_of(schema))}};
    json has = json::object();
    json may = json::object();
    add_members(schema, has, may);
    for (const auto& [name, types] : has.items()) may.erase(name);
    if (!has.empty()) form["has"] = has;
    if (!may.empty()) form["may"] = may;
    return form;
  }

  void add_members(const place& unresolved, json& has, json& may) const {
    const place schema = source_.resolve(unresolved);
    for (const auto& [index, branch] : children(member(schema, "allOf"))) add_members(branch, has, may);
    for (const auto& [name, property] : children(member(schema, "properties"))) {
      const std::vector<std::string> types = types_of(property);
      const auto container = [](const std::string& type) {
        return type == "object" || type == "array" || type == "null";
      };
      if (!types.empty() && std::all_of(types.begin(), types.end(), container)) may[name] = joined(types);
    }
    for (const auto& [index, name] : children(member(schema, "required"))) {
      const auto& key = name.value->get_ref<const std::string&>();
      has[key] = joined(types_of(member(member(schema, "properties"), key)));
    }
  }

  // The JSON types that a schema allows; none when it does not say.
  std::vector<std::string> types_of(const place& unresolved) const {
    std::vector<std::string> types;
    const place schema = source_.resolve(unresolved);
    if (const place only = member(schema, "const")) return {type_of(*only.value)};
    const place type = member(schema, "type");
    if (type && type.value->is_string()) add_type(types, type.value->get<std::string>());
    for (const auto& [index, each] : children(type)) add_type(types, each.value->get<std::string>());
    if (!types.empty()) return types;
    for (const char* const keyword : {"anyOf", "oneOf"}) {
      for (const auto& [index, branch] : children(member(schema, keyword))) {
        const std::vector<std::string> more = types_of(branch);
        if (more.empty()) return {};
        for (const std::string& each : more) add_type(types, each);
      }
    }
    for (const auto& [index, branch] : children(member(schema, "allOf"))) {
      if (types.empty()) types = types_of(branch);
    }
    return types;
  }

  static std::string joined(const std::vector<std::string>& types) {
    std::string text;
    for (const std::string& type : types) text += (text.empty() ? "" : " ") + type;
    return text;
  }

  // --- failures

  // The meaning of a response; of one of its media types, where that says more.
  std::size_t failure(const place& response, const place& media) {
    json entry = {{"message", text_of(response, "description")}};
    for (const place& owner : {response, media}) {
      for (const auto& [key, value] : children(member(owner, "x-failure"))) {
        if (key == "elsewhere") {
          if (name_server(value)) entry["elsewhere"] = true;
        } else if (key == "message" || key == "kind") {
          entry[key] = *value.value;
        } else {
          report(problems_, value.pointer, "x-failure has kind, message and elsewhere");
        }
        if (key == "kind" &&
            std::find(kinds.begin(), kinds.end(), text_of(member(owner, "x-failure"), "kind")) == kinds.end()) {
          report(problems_, value.pointer, "there is no such kind of failure");
        }
      }
    }
    return position_in(failures_, entry);
  }

  // Takes the server variable that credentials belong to over.
  bool name_server(const place& name) {
    const place server = element(member(source_.at(""), "servers"), 0);
    const std::string key = name.value->is_string() ? name.value->get<std::string>() : std::string();
    const place values = member(member(member(server, "variables"), key), "enum");
    if (!values) {
      report(problems_, name.pointer, "elsewhere names a variable of the first server that has an enum");
      return false;
    }
    json found = {{"name", key}, {"url", text_of(server, "url")}, {"values", *values.value}};
    if (!server_.empty() && server_ != found) {
      report(problems_, name.pointer, "credentials can belong to one server variable only");
    }
    server_ = std::move(found);
    return true;
  }

  const document& source_;
  std::vector<problem>& problems_;
  json server_ = json::object();
  std::set<std::string> secrets_;
  json errors_ = json::array();
  json results_ = json::array();
  json failures_ = json::array();
};

}  // namespace

std::string answer_module(const document& source, std::vector<problem>& problems) {
  const std::string start = "export const answers: AnswerTable = ";
  return "// Made from the provider document by the build: do not edit.\n"
         "import type { AnswerTable } from '../answers/table.js'\n\n" +
         start + value_text(table_writer(source, problems).table(), 0, start.size()) + "\n";
}

}  // namespace recreq::compiler
