// Gathers what the document's extensions say about sending, and refuses what a client could not act upon.
#include "service_module.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "destinations.hpp"
#include "rate_limits.hpp"
#include "typescript_text.hpp"

namespace recreq::compiler {
namespace {

class service_writer {
 public:
  service_writer(const document& source, std::vector<problem>& problems)
      : source_(source), problems_(problems), operations_(source.operations(problems)) {}

  json description() {
    json service = json::object();
    service["name"] = source_.provider();
    service["title"] = text_of(source_.at("/info"), "title");
    const place server = element(source_.at("/servers"), 0);
    service["server"] = text_of(server, "url");
    json variables = json::object();
    for (const auto& [name, variable] : children(member(server, "variables"))) {
      const place values = member(variable, "enum");
      variables[name] = values ? *values.value : json::array();
    }
    service["variables"] = variables;
    json operations = json::object();
    for (const operation& each : operations_) operations[each.name] = operation_description(each);
    if (!credential_.is_null()) service["credential"] = credential_;
    if (json limits = rate_limits_at(source_.at(""), problems_); !limits.is_null())
      service["rateLimits"] = std::move(limits);
    service["operations"] = operations;
    gather_secrets(source_.at(""));
    if (!secrets_.empty()) service["secrets"] = json(secrets_);
    return service;
  }

 private:
  json operation_description(const operation& of) {
    take_credential(of);
    json facts = {{"method", of.method}};
    if (const place retry = member(of.at, "x-retry")) facts["retry"] = retry_of(retry);
    if (const place idempotency = member(of.at, "x-idempotency"))
      facts["idempotency"] = idempotency_of(of, idempotency);
    if (json limits = rate_limits_at(of.at, problems_); !limits.is_null()) facts["rateLimits"] = std::move(limits);
    if (const place paging = member(of.at, "x-paging")) facts["paging"] = paging_of(of, paging);
    if (const place reconcile = member(of.at, "x-reconcile")) facts["reconcile"] = reconcile_of(of, reconcile);
    if (of.body) {
      const std::vector<std::string> places = destinations_of(source_, *of.body, problems_);
      if (!places.empty()) facts["destinations"] = places;
    }
    return facts;
  }

  void gather_secrets(const place& at) {
    for (const auto& [key, entry] : children(at)) {
      if (key == "examples" || key == "x-rules") continue;
      if (key == "properties") {
        for (const auto& [name, property] : children(entry)) {
          if (flag_of(property, "writeOnly")) secrets_.insert(name);
        }
      }
      gather_secrets(entry);
    }
  }

  void take_credential(const operation& of) {
    const place scheme = source_.security_scheme(of, problems_);
    if (!scheme) return;
    if (!credential_.is_null()) {
      if (scheme.pointer != scheme_) report(problems_, of.at.pointer, "all operations have the same security scheme");
      return;
    }
    scheme_ = scheme.pointer;
    credential_ = json::object();
    const place credential = member(scheme, "x-credential");
    credential_["header"] = text_of(scheme, "type") == "http" ? "Authorization" : text_of(scheme, "name");
    for (const char* const name : {"name", "prefix", "form", "mistakes", "jsonWebToken", "minted"}) {
      if (const place found = member(credential, name)) credential_[name] = *found.value;
    }
    for (const auto& [index, mistake] : children(member(credential, "mistakes"))) check_pattern(mistake);
    if (const place form = member(credential, "form")) check_pattern(form);
    if (const place token = member(credential, "jsonWebToken")) check_token(token);
    if (const place minted = member(credential, "minted")) {
      if (text_of(minted, "algorithm") != "HS256") report(problems_, minted.pointer, "a token is signed by HS256");
      for (const char* const name : {"key", "secret", "keyClaim"}) needs_text(minted, name);
      if (!member(minted, "claims")) report(problems_, minted.pointer, "a minted token has claims");
      if (!is_count(member(minted, "seconds"))) report(problems_, minted.pointer, "a minted token lives for seconds");
    }
  }

  void check_token(const place& token) {
    if (children(member(token, "algorithms")).empty())
      report(problems_, token.pointer, "a token is signed by algorithms");
    needs_text(token, "algorithmMessage");
    if (!is_count(member(token, "clockSkew"))) report(problems_, token.pointer, "clocks differ by clockSkew seconds");
    for (const auto& [index, claim] : children(member(token, "claims"))) {
      needs_text(claim, "claim");
      needs_text(claim, "message");
    }
  }

  void check_pattern(const place& check) {
    needs_text(check, "pattern");
    needs_text(check, "message");
  }

  json retry_of(const place& retry) {
    for (const auto& [when, statuses] : children(retry)) {
      if (when != "always" && when != "withKey") report(problems_, statuses.pointer, "x-retry has always and withKey");
      for (const auto& [index, status] : children(statuses)) {
        if (!is_count(status)) report(problems_, status.pointer, "a status is a number");
      }
    }
    return *retry.value;
  }

  json idempotency_of(const operation& of, const place& idempotency) {
    const std::string header = text_of(idempotency, "header");
    const std::string name = camel_case(header);
    if (!has_input(of, name)) report(problems_, idempotency.pointer, of.name + " has no header parameter " + header);
    const place seconds = member(idempotency, "seconds");
    if (!is_count(seconds)) {
      report(problems_, idempotency.pointer, "a key lives for seconds");
      return json::object();
    }
    return {{"input", name}, {"seconds", *seconds.value}};
  }

  json paging_of(const operation& of, const place& paging) {
    needs_text(paging, "items");
    const std::string parameter = text_of(paging, "parameter");
    if (!has_input(of, parameter))
      report(problems_, paging.pointer, of.name + " has no parameter \"" + parameter + '"');
    const bool linked = bool(member(paging, "next"));
    if (linked == is_count(member(paging, "first")))
      report(problems_, paging.pointer, "pages are either linked (next) or counted (first)");
    return without_sources(paging);
  }

  json reconcile_of(const operation& of, const place& reconcile) {
    const std::string name = text_of(reconcile, "operation");
    const auto asked =
        std::find_if(operations_.begin(), operations_.end(), [&](const operation& each) { return each.name == name; });
    needs_text(reconcile, "look");
    if (asked == operations_.end()) {
      report(problems_, reconcile.pointer, "there is no operation \"" + name + '"');
      return without_sources(reconcile);
    }
    if (asked->method != "GET") report(problems_, reconcile.pointer, name + " changes things: only a GET asks");
    for (const char* const group : {"input", "fixed"}) {
      for (const auto& [input_name, value] : children(member(reconcile, group))) {
        if (!has_input(*asked, input_name)) report(problems_, value.pointer, name + " has no input " + input_name);
      }
    }
    for (const auto& [input_name, pointer] : children(member(reconcile, "input"))) {
      const std::string text = pointer.value->is_string() ? pointer.value->get<std::string>() : std::string();
      const std::string first = text.substr(0, text.find('/', 1));
      if (first != "/body" && !has_input(of, first.empty() ? first : first.substr(1)))
        report(problems_, pointer.pointer, of.name + " has no input at \"" + text + '"');
    }
    if (!member(reconcile, "items") && !member(reconcile, "state"))
      report(problems_, reconcile.pointer, "what is looked for is one of the items, or a state");
    return without_sources(reconcile);
  }

  static bool has_input(const operation& of, std::string_view name) {
    return std::any_of(of.inputs.begin(), of.inputs.end(), [&](const input& each) { return each.name == name; });
  }

  static bool is_count(const place& number) { return number && number.value->is_number_unsigned(); }

  void needs_text(const place& holder, const char* name) {
    if (text_of(holder, name).empty()) report(problems_, holder.pointer, std::string("\"") + name + "\" is missing");
  }

  static json without_sources(const place& holder) {
    json copy = *holder.value;
    for (const char* const name : {"x-source", "x-confidence"}) copy.erase(name);
    return copy;
  }

  const document& source_;
  std::vector<problem>& problems_;
  std::vector<operation> operations_;
  json credential_;
  std::string scheme_;
  std::set<std::string> secrets_;
};

}  // namespace

std::string service_module(const document& source, std::vector<problem>& problems) {
  const json description = service_writer(source, problems).description();
  const json& operations = description["operations"];
  return "// Made from the provider document by the build: do not edit.\n"
         "import type { ServiceDescription } from '../client/service.js'\n\n"
         "/**\n * What a client has to know to send these requests.\n *\n * @example\n * ```ts\n * const client = "
         "createClient({ service, " +
         (operations.empty() ? std::string() : operations.begin().key()) +
         " }, { credentials })\n * ```\n */\n"
         "export const service = " +
         value_text(description, 0, 23) + " as const satisfies ServiceDescription\n";
}

}  // namespace recreq::compiler
