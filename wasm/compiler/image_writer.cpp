// Operations, bodies and rules into an image, and the document's own values against it.
#include "image_writer.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <string>

#include "field_path.hpp"
#include "image_tables.hpp"
#include "json/reading.hpp"
#include "rule_needs.hpp"
#include "schema/checking.hpp"
#include "schema/predicate.hpp"
#include "schema/rules.hpp"
#include "schema_writer.hpp"

namespace recreq::compiler {
namespace {

using image::index;
using image::none;

const std::set<std::string, std::less<>> rule_members{"id",   "severity",   "for",       "if",      "then",
                                                      "at",   "over",       "unlisted",  "message", "fix",
                                                      "docs", "confidence", "x-service", "x-source"};
const std::set<std::string, std::less<>> match_members{"at", "configuration", "bot", "config", "x-source"};
const std::set<std::string, std::less<>> fix_members{"op", "path", "from", "value", "repair"};

class image_writer {
 public:
  image_writer(const document& source, std::vector<problem>& problems)
      : source_(source), problems_(problems), schemas_(source, tables_, problems) {}

  std::vector<std::uint32_t> run() {
    for (const standalone_schema& each : source_.standalone_schemas(problems_)) write_body(each.name, each.schema);
    for (const operation& each : source_.operations(problems_)) write_operation(each);
    for (const place& rules : schemas_.rules()) {
      if (!rules_.contains(rules.pointer))
        report(problems_, rules.pointer, "rules stand on the schema of a body, or on one that a body is made of");
    }
    const index provider = tables_.string(source_.provider());
    const index facts = tables_.string(document_facts().dump());
    write_evidence();
    if (!problems_.empty()) return {};
    std::vector<std::uint32_t> words = tables_.finish(provider, facts);
    check_samples(words);
    return problems_.empty() ? words : std::vector<std::uint32_t>{};
  }

  /// A schema that stands for itself: a body without an operation.
  std::vector<std::uint32_t> run_schema(bool ignore_unknown_formats) {
    if (ignore_unknown_formats) schemas_.ignore_unknown_formats();
    write_body(source_.at(""));
    const index provider = tables_.string(source_.provider());
    const index facts = tables_.string("{}");
    write_evidence();
    return problems_.empty() ? tables_.finish(provider, facts) : std::vector<std::uint32_t>{};
  }

 private:
  // What JavaScript shows as `spec`.
  json document_facts() const {
    json facts = json::object();
    facts["date"] = text_of(source_.at("/info"), "version");
    facts["hash"] = document_hash();
    facts["sources"] = json::array();
    for (const auto& [id, from] : children(source_.at("/x-source"))) {
      json entry = {{"id", id}};
      for (const auto& [name, value] : from.value->items()) entry[name] = value;
      facts["sources"].push_back(std::move(entry));
    }
    return facts;
  }

  // FNV-1a, 64 bits, over the canonical document: equal facts have equal hashes, however they are laid out.
  std::string document_hash() const {
    std::uint64_t hash = 0xCBF29CE484222325U;
    for (const char c : canonical_text(source_.root())) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
    std::string text;
    for (int shift = 60; shift >= 0; shift -= 4)
      text += "0123456789abcdef"[hash >> static_cast<unsigned>(shift) & 0xFU];
    return text;
  }

  void write_operation(const operation& of) {
    image::operation_record record{};
    record.name = tables_.string(of.name);
    record.method = tables_.string(of.method);
    record.input_count = static_cast<std::uint32_t>(of.inputs.size());
    std::vector<image::input_record> inputs;
    for (const input& each : of.inputs) inputs.push_back(write_input(each));
    record.first_input = tables_.count(image::table::inputs);
    for (const image::input_record& each : inputs) tables_.add(image::table::inputs, image_tables::words_of(each));
    std::tie(record.server, record.server_count) = write_parts(text_of(source_.at("/servers/0"), "url"), of, "server");
    std::tie(record.path, record.path_count) = write_parts(of.path, of, "path");
    record.input_schema = schemas_.write_inputs(of);
    record.body = of.body ? write_body(*of.body) : none;
    record.match = write_match(of);
    record.credential_header = record.credential_prefix = none;
    record.facts = tables_.string(operation_facts(of, record).dump());
    tables_.add(image::table::operations, image_tables::words_of(record));
  }

  image::input_record write_input(const input& each) {
    constexpr std::array<std::string_view, 4> locations{"server", "path", "query", "header"};
    const auto location =
        static_cast<std::uint32_t>(std::find(locations.begin(), locations.end(), each.in) - locations.begin());
    const std::uint32_t flags =
        (each.required ? image::input_record::required : 0) | (each.repeated ? image::input_record::repeated : 0);
    return {tables_.string(each.name), tables_.string(each.wire_name), location, schemas_.write(each.schema), flags};
  }

  // A template such as /bot/{id}/ as literal and variable parts.
  std::pair<index, std::uint32_t> write_parts(const std::string& text, const operation& of, std::string_view location) {
    std::vector<std::uint32_t> parts;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t open = std::min(text.find('{', at), text.size());
      if (open != at) parts.push_back(tables_.string(std::string_view(text).substr(at, open - at)) * 2);
      if (open == text.size()) break;
      const std::size_t close = text.find('}', open);
      const std::string name = text.substr(open + 1, close - open - 1);
      const auto found = std::find_if(of.inputs.begin(), of.inputs.end(),
                                      [&](const input& each) { return each.in == location && each.wire_name == name; });
      if (close == std::string::npos || found == of.inputs.end()) {
        report(problems_, of.at.pointer, "nothing fills in {" + name + "} of " + text);
        break;
      }
      parts.push_back(static_cast<std::uint32_t>(found - of.inputs.begin()) * 2 + 1);
      at = close + 1;
    }
    return {tables_.list(parts), static_cast<std::uint32_t>(parts.size())};
  }

  json operation_facts(const operation& of, image::operation_record& record) {
    json facts = json::object();
    const place scheme = source_.security_scheme(of, problems_);
    if (scheme) {
      const place credential = member(scheme, "x-credential");
      const bool bearer = text_of(scheme, "type") == "http";
      const std::string header = bearer ? "Authorization" : text_of(scheme, "name");
      const std::string prefix = text_of(credential, "prefix");
      if (!credential || header.empty())
        report(problems_, scheme.pointer, "a security scheme needs x-credential, and a header that carries it");
      record.credential_header = tables_.string(header);
      record.credential_prefix = tables_.string(prefix);
      facts["credential"] = {{"name", text_of(credential, "name")}, {"header", header}, {"prefix", prefix}};
    }
    const std::array<std::pair<std::string_view, std::string_view>, 2> extensions{
        {{"x-idempotency", "idempotency"}, {"x-retry", "retry"}}};
    for (const auto& [name, fact] : extensions) {
      if (const place found = member(of.at, name)) facts[std::string(fact)] = *found.value;
    }
    if (record.match != none) facts["matches"] = true;
    return facts;
  }

  index write_body(const place& schema) {
    const place own = carrier_of_rules(schema);
    const auto known =
        std::find_if(bodies_.begin(), bodies_.end(), [&](const auto& entry) { return entry.first == own.pointer; });
    if (known != bodies_.end()) return known->second;
    const std::vector<std::string> tokens = pointer_tokens(own.pointer);
    const index at = write_body(tokens.empty() ? "" : tokens.back(), schema);
    bodies_.emplace_back(own.pointer, at);
    return at;
  }

  index write_body(const std::string& name, const place& schema) {
    image::body_record record{};
    record.name = tables_.string(name);
    record.schema = schemas_.write(schema);
    const place own = carrier_of_rules(schema);
    const place shared = other_carrier_of_rules(own);
    std::tie(record.first_shared_group, record.shared_group_count) = write_rules(shared, shared);
    std::tie(record.first_group, record.group_count) = write_rules(own, own);
    const index at = tables_.add(image::table::bodies, image_tables::words_of(record));
    for (const place& part : {shared, own}) {
      for (const auto& [position, example] : children(member(part, "examples")))
        body_examples_.push_back({example, at});
    }
    return at;
  }

  // The schema that a body's own rules stand on: they may stand beside a reference.
  place carrier_of_rules(place schema) const {
    while (member(schema, "$ref") && !member(schema, "x-rules")) schema = source_.target(schema);
    return schema;
  }

  // A schema with rules that a body is made of: they hold for every such body.
  place other_carrier_of_rules(const place& own) {
    place found;
    for (const place& each : schemas_at(source_, own)) {
      if (!member(each, "x-rules") || each.pointer == own.pointer || each.pointer == found.pointer) continue;
      if (found) report(problems_, own.pointer, "this is made of two schemas with rules, of which one has to do");
      found = each;
    }
    return found;
  }

  // Groups of the rules of `holder` about values of `schema`.
  std::pair<index, std::uint32_t> write_rules(const place& holder, const place& schema, bool always_asked = false) {
    const place listed = member(holder, "x-rules");
    if (!listed) return {0, 0};
    const auto [known, added] = rules_.try_emplace(listed.pointer);
    if (!added) return known->second;
    std::vector<image::rule_group_record> groups;
    for (const auto& [position, entry] : children(listed)) {
      const place rule = source_.resolve(entry);
      if (!rule) continue;
      image::rule_group_record group = write_group(rule);
      const image::rule_record record = write_rule(rule, schema, always_asked);
      group.first_rule = tables_.add(image::table::rules, image_tables::words_of(record));
      group.rule_count = 1;
      group.needs = record.needs;
      if (groups.empty() || !join(groups.back(), group)) groups.push_back(group);
    }
    known->second = {tables_.count(image::table::rule_groups), static_cast<std::uint32_t>(groups.size())};
    for (const image::rule_group_record& group : groups)
      tables_.add(image::table::rule_groups, image_tables::words_of(group));
    return known->second;
  }

  image::rule_group_record write_group(const place& rule) {
    image::rule_group_record group{};
    group.flags =
        one_of<std::uint32_t>(rule, "over", {{"effective", 0}, {"written", image::rule_group_record::over_written}}, 0);
    std::tie(group.where, group.where_count) = schemas_.pattern(text_of(rule, "for"));
    return group;
  }

  // Puts a rule into the group before it, when it looks at the same places.
  static bool join(image::rule_group_record& group, const image::rule_group_record& rule) {
    if (group.where != rule.where || group.where_count != rule.where_count || group.flags != rule.flags ||
        group.rule_count == image::rule_group_record::most_rules) {
      return false;
    }
    ++group.rule_count;
    for (std::size_t i = 0; i < group.needs.words.size(); ++i) group.needs.words[i] &= rule.needs.words[i];
    return true;
  }

  index write_match(const operation& of) {
    const place match = member(of.at, "x-match");
    if (!match) return none;
    check_members(match, match_members, "x-match");
    const place bot = member(match, "bot");
    const place config = member(match, "config");
    const place left_out = member(bot, "leavesOut");
    const place unlisted = member(left_out, "unlisted");
    const place configuration = configuration_of(match);
    const std::vector<std::string> at = pointer_tokens(text_of(match, "at"));
    if (!of.body) report(problems_, match.pointer, "only what has a body can match something");
    if (at.empty()) report(problems_, match.pointer, "x-match says with \"at\" where a bot has its configuration");
    if (!unlisted) report(problems_, match.pointer, "bot, leavesOut says with the rule \"unlisted\" what is left out");
    if (!of.body || at.empty() || !unlisted || !configuration) return none;
    image::match_record record{};
    std::tie(record.at, record.at_count) = string_list(at);
    record.configuration = schemas_.write(configuration);
    const place bot_schema = member(bot, "schema");
    std::tie(record.first_bot_group, record.bot_group_count) = write_rules(bot, bot_schema, true);
    std::tie(record.first_config_group, record.config_group_count) =
        write_rules(config, member(config, "schema"), true);
    std::tie(record.first_left_out_group, record.left_out_group_count) = write_rules(left_out, bot_schema, true);
    const image::rule_record rule = write_rule(unlisted, bot_schema, true);
    record.unlisted = tables_.add(image::table::rules, image_tables::words_of(rule));
    record.unlisted_count = 1;
    check_absence(match, configuration);
    return tables_.add(image::table::matches, image_tables::words_of(record));
  }

  // What a bot is created with: a schema that stands for itself.
  place configuration_of(const place& match) {
    const std::string name = text_of(match, "configuration");
    for (const standalone_schema& each : source_.standalone_schemas(problems_)) {
      if (each.name == name) return each.schema;
    }
    report(problems_, pointer_append(match.pointer, "configuration"), "x-schemas has no such schema");
    return {};
  }

  // A bot's configuration comes back without what is null. Where a default does not tell null from absence, a rule has
  // to say so.
  void check_absence(const place& match, const place& configuration) {
    std::set<std::string> blamed;
    for (const auto& [position, rule] : children(member(member(match, "bot"), "x-rules")))
      blamed.insert(text_of(rule, "at"));
    for (const place& part : schemas_at(source_, configuration)) {
      for (const auto& [name, property] : children(member(part, "properties"))) {
        bool may_be_null = false;
        bool has_default = false;
        for (const place& each : schemas_at(source_, property)) {
          const place type = member(each, "type");
          may_be_null =
              may_be_null || (type && (*type.value == "null" ||
                                       (type.value->is_array() && std::find(type.value->begin(), type.value->end(),
                                                                            json("null")) != type.value->end())));
          has_default = has_default || member(each, "default");
        }
        const std::string at = pointer_append("/bot" + text_of(match, "at"), name);
        if (may_be_null && !has_default && !blamed.contains(at))
          report(problems_, match.pointer,
                 "a bot's answer leaves null out, and no default says what the absence of " + name +
                     " means: a rule has to blame " + at);
      }
    }
  }

  void check_members(const place& object, const std::set<std::string, std::less<>>& known,
                     const std::string& what = "a rule") {
    for (const auto& [name, value] : children(object)) {
      if (!known.contains(name)) report(problems_, value.pointer, what + " has no member " + name);
    }
  }

  template <class Enum>
  std::uint32_t one_of(const place& in, std::string_view name,
                       std::initializer_list<std::pair<std::string_view, Enum>> choices,
                       std::optional<Enum> otherwise) {
    const std::string written = text_of(in, name);
    for (const auto& [text, choice] : choices) {
      if (text == written) return static_cast<std::uint32_t>(choice);
    }
    if (!written.empty() || !otherwise) {
      std::string list;
      for (const auto& [text, choice] : choices) list += (list.empty() ? "" : ", ") + std::string(text);
      report(problems_, pointer_append(in.pointer, name), "this has to be one of " + list);
    }
    return static_cast<std::uint32_t>(otherwise.value_or(choices.begin()->second));
  }

  // A rule that is `always_asked` does not wait for evidence.
  image::rule_record write_rule(const place& rule, const place& body_schema, bool always_asked) {
    check_members(rule, rule_members);
    check_rule_fields(source_, body_schema, rule, problems_);
    image::rule_record record{};
    const std::string id = text_of(rule, "id");
    if (id.find(source_.provider() + "/") != 0)
      report(problems_, pointer_append(rule.pointer, "id"), "a rule's id begins with " + source_.provider() + "/");
    // Bodies may share a rule of components.x-rules; two rules may not share an id.
    if (rule_ids_.emplace(id, rule.pointer).first->second != rule.pointer)
      report(problems_, pointer_append(rule.pointer, "id"), "there is a rule " + id + " already");
    record.id = tables_.string(id);
    record.severity = one_of<severity>(
        rule, "severity", {{"error", severity::error}, {"warning", severity::warning}, {"info", severity::info}},
        std::nullopt);
    record.confidence = one_of<confidence>(rule, "confidence",
                                           {{"documented", confidence::documented},
                                            {"observed", confidence::observed},
                                            {"inferred", confidence::inferred}},
                                           confidence::documented);
    if (record.confidence == static_cast<std::uint32_t>(confidence::inferred) &&
        record.severity == static_cast<std::uint32_t>(severity::error)) {
      report(problems_, pointer_append(rule.pointer, "severity"), "what is only inferred is a warning at most");
    }
    const std::string where = text_of(rule, "for");
    std::tie(record.at, record.at_count) = schemas_.pattern(member(rule, "at") ? text_of(rule, "at") : where);
    write_condition(rule, record);
    write_consequence(rule, record);
    std::optional<std::vector<std::string>> triggers = listed_strings(source_, body_schema, where);
    if (triggers) {
      std::erase_if(*triggers, [&](const auto& value) { return can_hold(member(rule, "if"), value) == answer::no; });
      record.flags |= image::rule_record::has_trigger;
      std::tie(record.trigger, record.trigger_count) = string_list(*triggers);
    } else {
      record.flags &= ~image::rule_record::trigger_decides;
    }
    if (!always_asked) {
      for (const need& each : needs_of(source_, body_schema, rule, triggers)) add_bit(record.needs, bit_of(each));
    }
    const std::string message = text_of(rule, "message");
    if (message.empty())
      report(problems_, pointer_append(rule.pointer, "message"),
             "a rule says what will happen, where, and what to write");
    record.message = tables_.string(message);
    if (may_be_secret(source_, body_schema, where)) record.flags |= image::rule_record::withholds_value;
    record.docs = member(rule, "docs") ? tables_.string(text_of(rule, "docs")) : none;
    std::vector<image::fix_record> fixes;
    for (const auto& [position, fix] : children(member(rule, "fix"))) fixes.push_back(write_fix(fix, rule));
    record.first_fix = tables_.count(image::table::fixes);
    record.fix_count = static_cast<std::uint32_t>(fixes.size());
    for (const image::fix_record& fix : fixes) tables_.add(image::table::fixes, image_tables::words_of(fix));
    return record;
  }

  // What `if` asks of other places becomes gates where it can, the rest a schema.
  void write_condition(const place& rule, image::rule_record& record) {
    record.condition = none;
    record.first_gate = tables_.count(image::table::gates);
    const place condition = member(rule, "if");
    if (!condition) return;
    const std::set<std::string> asked = add_gates(rule, condition);
    record.gate_count = static_cast<std::uint32_t>(asked.size());
    const std::size_t elsewhere = children(member(condition, "x-at")).size();
    const std::size_t others = condition.value->is_object() ? condition.value->size() - (elsewhere == 0 ? 0 : 1) : 1;
    if (asked.size() == elsewhere && others == 0) return;
    if (asked.size() == elsewhere && others == 1 && (member(condition, "const") || member(condition, "enum")))
      record.flags |= image::rule_record::trigger_decides;
    schemas_.leave_out(asked);
    record.condition = schemas_.write(condition, true);
  }

  // Most rules have a `then` that one predicate or a gate alone stands for.
  void write_consequence(const place& rule, image::rule_record& record) {
    record.consequence = record.then_predicate = record.then_argument = none;
    record.first_then_gate = tables_.count(image::table::gates);
    const place consequence = member(rule, "then");
    if (!consequence) return;
    record.flags |= image::rule_record::has_then;
    const std::size_t members = consequence.value->is_object() ? consequence.value->size() : 0;
    const auto elsewhere = children(member(consequence, "x-at"));
    const auto predicates = children(member(consequence, "x-predicate"));
    // Compiled in any case: what is wrong with it is found there.
    const index schema = schemas_.write(consequence, true);
    if (members == 1 && predicates.size() == 1) {
      record.then_predicate = predicate_named(predicates[0].first);
      record.then_argument = tables_.value(*predicates[0].second.value);
    } else if (members == 1 && elsewhere.size() == 1 && add_gates(rule, consequence).size() == 1) {
      record.then_gate_count = 1;
    } else {
      if (add_gate_for_member(rule, consequence)) record.then_gate_count = 1;
      record.consequence = schema;
    }
  }

  // Where all that is asked is one member, a gate can say that it is there as it should be. It cannot say no: what is
  // no object need not have it.
  bool add_gate_for_member(const place& rule, const place& schema) {
    const auto required = children(member(schema, "required"));
    const auto properties = children(member(schema, "properties"));
    const std::size_t keywords = properties.empty() ? 1 : 2;
    if (required.size() != 1 || properties.size() > 1 || schema.value->size() != keywords) return false;
    const std::string name = required[0].second.value->get<std::string>();
    if (!properties.empty() && properties[0].first != name) return false;
    const std::vector<std::string> steps = pointer_tokens(text_of(rule, "for"));
    std::vector<std::string> path = steps;
    path.push_back(name);
    static const json anything = json::object();
    return add_gate(steps, path, properties.empty() ? place{&anything, ""} : properties[0].second);
  }

  static std::uint32_t predicate_named(std::string_view name) {
    for (std::uint32_t i = 0; i < image::predicate_count; ++i) {
      if (predicate_text(static_cast<image::predicate_name>(i)) == name) return i;
    }
    return none;
  }

  // Gates for the places of a schema's `x-at`; gives the pointers of those that became one.
  std::set<std::string> add_gates(const place& rule, const place& schema) {
    const std::vector<std::string> steps = pointer_tokens(text_of(rule, "for"));
    std::set<std::string> asked;
    for (const auto& [pointer, each] : children(member(schema, "x-at"))) {
      if (add_gate(steps, pointer_tokens(pointer), each)) asked.insert(each.pointer);
    }
    return asked;
  }

  bool add_gate(const std::vector<std::string>& steps, const std::vector<std::string>& path, const place& asks) {
    if (!asks.value->is_object() || asks.value->size() > 1) return false;
    std::vector<std::string> strings;
    std::vector<place> values;
    if (const place constant = member(asks, "const")) values.push_back(constant);
    for (const auto& [position, value] : children(member(asks, "enum"))) values.push_back(value);
    for (const place& value : values) {
      if (!value.value->is_string()) return false;
      strings.push_back(value.value->get<std::string>());
    }
    image::gate_record gate{};
    if (asks.value->empty()) gate.types = image::type_bit::any;
    if (const place type = member(asks, "type"); type && type.value->is_string())
      gate.types = type_named(type.value->get<std::string>());
    if (strings.empty() && gate.types == 0) return false;
    // As far as the path is that of `for`, its wildcards have been matched.
    const auto apart = std::mismatch(path.begin(), path.end(), steps.begin(), steps.end()).first;
    const auto last = std::find(std::make_reverse_iterator(apart), path.rend(), "*").base();
    if (std::find(last, path.end(), "*") != path.end()) return false;
    gate.wildcards = static_cast<std::uint32_t>(std::count(path.begin(), last, "*"));
    std::tie(gate.path, gate.path_count) = string_list({last, path.end()});
    std::tie(gate.strings, gate.string_count) = string_list(strings);
    tables_.add(image::table::gates, image_tables::words_of(gate));
    return true;
  }

  std::pair<index, std::uint32_t> string_list(const std::vector<std::string>& texts) {
    std::vector<std::uint32_t> words;
    for (const std::string& each : texts) words.push_back(tables_.string(each));
    return {tables_.list(words), static_cast<std::uint32_t>(words.size())};
  }

  // Equal needs are one bit. Where bits run out, needs share them: what proves one then proves the other. Only what no
  // fitting body meets has its bit for itself.
  unsigned bit_of(const need& wanted) {
    constexpr unsigned shared = image::evidence_bits - 1;
    if (std::all_of(wanted.begin(), wanted.end(), [](const sign& each) { return each.what == sign::kind::unlisted; }))
      return shared;
    const auto found = std::find(needs_.begin(), needs_.end(), wanted);
    const auto number = static_cast<unsigned>(found - needs_.begin());
    if (found == needs_.end()) needs_.push_back(wanted);
    return number % shared;
  }

  static void add_bit(image::evidence_set& to, unsigned bit) { to.words[bit / 32] |= 1U << bit % 32; }

  void write_evidence() {
    std::map<std::pair<bool, std::string>, image::evidence_record> proofs;  // of strings, then of properties
    for (unsigned i = 0; i < needs_.size(); ++i) {
      for (const sign& each : needs_[i]) {
        if (each.what == sign::kind::unlisted) continue;
        image::evidence_record& proof = proofs[{each.what != sign::kind::value, each.text}];
        if (each.what != sign::kind::null_property) add_bit(proof.when_not_null, bit_of(needs_[i]));
        if (each.what == sign::kind::property || each.what == sign::kind::null_property)
          add_bit(proof.when_null, bit_of(needs_[i]));
      }
    }
    for (auto& [of, proof] : proofs) {
      const auto& [is_property, text] = of;
      proof.string = is_property ? none : tables_.string(text);
      const index at = tables_.add(image::table::evidence, image_tables::words_of(proof));
      if (!is_property) continue;
      for (const index property : schemas_.properties_of(text)) tables_.set_property_evidence(property, at);
    }
  }

  enum class answer : std::uint8_t { no, unknown, yes };

  static answer both(answer a, answer b) { return std::min(a, b); }
  static answer either(answer a, answer b) { return std::max(a, b); }
  static answer opposite(answer a) { return a == answer::unknown ? a : a == answer::yes ? answer::no : answer::yes; }
  static answer is(bool fact) { return fact ? answer::yes : answer::no; }

  // Whether a condition can hold for a string, whatever else stands in the body. Keywords that this does not know make
  // it unknown.
  answer can_hold(const place& condition, const std::string& value) {
    if (!condition) return answer::yes;
    if (condition.value->is_boolean()) return is(condition.value->get<bool>());
    answer all = answer::yes;
    for (const auto& [name, part] : children(condition)) {
      if (name == "const") {
        all = both(all, is(*part.value == json(value)));
      } else if (name == "enum") {
        all = both(all, is(std::find(part.value->begin(), part.value->end(), json(value)) != part.value->end()));
      } else if (name == "type") {
        all = both(all, is(*part.value == json("string") ||
                           (part.value->is_array() &&
                            std::find(part.value->begin(), part.value->end(), json("string")) != part.value->end())));
      } else if (name == "not") {
        all = both(all, opposite(can_hold(part, value)));
      } else if (name == "allOf") {
        for (const auto& [position, each] : children(part)) all = both(all, can_hold(each, value));
      } else if (name == "anyOf") {
        answer any = answer::no;
        for (const auto& [position, each] : children(part)) any = either(any, can_hold(each, value));
        all = both(all, any);
      } else if (name == "x-predicate" && part.value->size() == 1 &&
                 (part.value->contains("starts-with") || part.value->contains("ends-with"))) {
        const std::string wanted = part.value->begin()->get<std::string>();
        all = both(all, is(part.value->contains("starts-with") ? value.starts_with(wanted) : value.ends_with(wanted)));
      } else {
        all = both(all, answer::unknown);
      }
    }
    return all;
  }

  image::fix_record write_fix(const place& fix, const place& rule) {
    using operation_kind = patch_operation::kind;
    check_members(fix, fix_members);
    image::fix_record record{};
    record.op = one_of<operation_kind>(
        fix, "op", {{"add", operation_kind::add}, {"remove", operation_kind::remove}, {"move", operation_kind::move}},
        std::nullopt);
    const std::string path = text_of(fix, "path");
    if (!member(fix, "path")) report(problems_, fix.pointer, "a fix has a path");
    if (record.op == static_cast<std::uint32_t>(operation_kind::move) && !member(fix, "from"))
      report(problems_, fix.pointer, "move needs a from");
    std::tie(record.path, record.path_count) = schemas_.pattern(path);
    std::tie(record.from, record.from_count) = schemas_.pattern(text_of(fix, "from"));
    record.value = record.repair = record.repair_argument = none;
    if (const place value = member(fix, "value")) {
      record.value = tables_.value(*value.value);
    } else if (const place repair = member(fix, "repair")) {
      const place argument = find_predicate(rule, text_of(fix, "repair"));
      record.repair = predicate_named(text_of(fix, "repair"));
      if (!argument || record.repair == none) {
        report(problems_, repair.pointer, "the rule's then has no such predicate");
      } else {
        record.repair_argument = tables_.value(*argument.value);
      }
    } else if (record.op == static_cast<std::uint32_t>(operation_kind::add)) {
      report(problems_, fix.pointer, "add needs a value or a repair");
    }
    return record;
  }

  static place find_predicate(const place& rule, const std::string& name) {
    return member(member(member(rule, "then"), "x-predicate"), name);
  }

  // Defaults and examples are values of the document that it contradicts itself in when they do not fit.
  void check_samples(const std::vector<std::uint32_t>& words) {
    image::opened_image opened;
    const image::open_error error = opened.open(words);
    if (error != image::open_error::none) {
      report(problems_, "", "the image that was written is refused: " + std::string(image::open_error_text(error)));
      return;
    }
    const image::view& view = opened.view();
    options how;
    how.defaults = defaults_mode::omit;
    for (const sample& each : schemas_.samples()) {
      check_sample(each.at, [&](node& value, arena& memory, report_builder& found) {
        checker(view, how, memory, &found).check(each.schema, value, nullptr);
      });
    }
    how.defaults = defaults_mode::explicit_only;
    for (const sample& each : body_examples_) {
      check_sample(each.at, [&](node& value, arena& memory, report_builder& found) {
        const image::body_record& body = view.body(each.schema);
        checker(view, how, memory, &found).check(body.schema, value, nullptr);
        run_rules(view, body, how, value, nullptr, found, image::all_evidence);
      });
    }
  }

  template <class Check>
  void check_sample(const place& at, Check&& check) {
    static json_reader reader;
    arena memory{std::size_t{64} << 20U};
    std::string text = at.value->dump();
    const std::size_t size = text.size();
    text.append(text_padding, '\0');
    const read_result read = reader.read(std::string_view(text).substr(0, size), limits{}, memory);
    if (read.root == nullptr) {
      report(problems_, at.pointer, "this is not a value that JSON can carry");
      return;
    }
    report_builder found(memory, limits{}.issues);
    check(*read.root, memory, found);
    for (const issue& each : found.issues()) {
      if (each.level == severity::error)
        report(problems_, at.pointer + std::string(each.pointer),
               "this does not fit its own schema or rules: " + std::string(each.message));
    }
  }

  const document& source_;
  std::vector<problem>& problems_;
  image_tables tables_;
  schema_writer schemas_;
  std::vector<std::pair<std::string, index>> bodies_;             // of operations, by the pointer of their schema
  std::map<std::string, std::pair<index, std::uint32_t>> rules_;  // by the pointer of their list
  std::vector<sample> body_examples_;                             // `schema` is the body's index
  std::map<std::string, std::string> rule_ids_;                   // with the place of the rule
  std::vector<need> needs_;                                       // the place of each is its bit
};

}  // namespace

std::vector<std::uint32_t> write_image(const document& source, std::vector<problem>& problems) {
  return image_writer(source, problems).run();
}

std::vector<std::uint32_t> write_schema_image(const document& source, bool ignore_unknown_formats,
                                              std::vector<problem>& problems) {
  return image_writer(source, problems).run_schema(ignore_unknown_formats);
}

}  // namespace recreq::compiler
