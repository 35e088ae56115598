// JSON Schemas into instructions. What is not implemented is refused by name and place.
#include "schema_writer.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <set>
#include <tuple>

#include "field_path.hpp"
#include "json/canonical.hpp"
#include "pattern_compiler.hpp"
#include "schema/format.hpp"
#include "schema/predicate.hpp"

namespace recreq::compiler {
namespace {

using image::index;
using image::instruction_record;
using image::keyword;
using image::none;
using image::schema_record;
using image::shape_record;
namespace type_bit = image::type_bit;

constexpr int deepest_schema = 200;

const std::set<std::string, std::less<>> annotations{
    "$schema",  "$id",          "$anchor",         "$defs",          "$comment",      "title",         "description",
    "examples", "default",      "deprecated",      "readOnly",       "writeOnly",     "discriminator", "externalDocs",
    "x-source", "x-confidence", "x-known-default", "x-pass-through", "x-destination", "x-rules",       "x-required",
};

const std::set<std::string, std::less<>> assertions{
    "$ref",
    "type",
    "enum",
    "const",
    "properties",
    "patternProperties",
    "required",
    "additionalProperties",
    "propertyNames",
    "minProperties",
    "maxProperties",
    "dependentRequired",
    "dependentSchemas",
    "items",
    "prefixItems",
    "contains",
    "minContains",
    "maxContains",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "format",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
};

const std::set<std::string, std::less<>> rule_assertions{"x-at", "x-predicate", "x-query-equals"};

std::uint32_t type_of_value(const json& value) {
  if (value.is_null()) return type_bit::null;
  if (value.is_boolean()) return type_bit::boolean;
  if (value.is_string()) return type_bit::string;
  if (value.is_array()) return type_bit::array;
  if (value.is_object()) return type_bit::object;
  return value.is_number_float() && value.get<double>() != std::trunc(value.get<double>()) ? type_bit::fraction
                                                                                           : type_bit::integer;
}

std::vector<place> branches_of(const place& list) {
  std::vector<place> out;
  for (auto& [name, branch] : children(list)) out.push_back(branch);
  return out;
}

}  // namespace

std::uint32_t type_named(std::string_view name) {
  if (name == "null") return type_bit::null;
  if (name == "boolean") return type_bit::boolean;
  if (name == "integer") return type_bit::integer;
  if (name == "number") return type_bit::number;
  if (name == "string") return type_bit::string;
  if (name == "array") return type_bit::array;
  if (name == "object") return type_bit::object;
  return 0;
}

struct schema_writer::body {
  std::vector<instruction_record> steps;
  void add(keyword code, std::uint32_t a = 0, std::uint32_t b = 0, std::uint32_t c = 0) {
    steps.push_back({static_cast<std::uint32_t>(code), a, b, c});
  }
};

bool only_annotates_reference(const json& schema) {
  if (!schema.is_object() || !schema.contains("$ref")) return false;
  // `x-pass-through` and `writeOnly` change how values are treated, so they make a schema of their own.
  return std::all_of(schema.items().begin(), schema.items().end(), [](const auto& entry) {
    return entry.key() == "$ref" || (annotations.contains(entry.key()) && entry.key() != "x-pass-through" &&
                                     entry.key() != "writeOnly" && entry.key() != "examples");
  });
}

index schema_writer::write(const place& schema, bool in_rule) {
  if (!schema) return tables_.add_schema();
  if (only_annotates_reference(*schema.value)) {
    if (const place rules = member(schema, "x-rules")) with_rules_.push_back(rules);
    const place target = source_.resolve(schema);
    return target ? write(target, in_rule) : tables_.add_schema();
  }
  const auto key = std::make_pair(schema.pointer, in_rule);
  if (const auto found = written_.find(key); found != written_.end()) return found->second;
  const index at = tables_.add_schema();
  written_.emplace(key, at);
  constexpr int deepest_write = 100;
  if (depth_ == deepest_write) {
    waiting_.emplace_back(at, schema, in_rule);
    return at;
  }
  ++depth_;
  write_into(at, schema, in_rule);
  --depth_;
  while (depth_ == 0 && !waiting_.empty()) {
    const auto [waiting_at, waiting_schema, waiting_in_rule] = waiting_.back();
    waiting_.pop_back();
    ++depth_;
    write_into(waiting_at, waiting_schema, waiting_in_rule);
    --depth_;
  }
  return at;
}

void schema_writer::write_into(index at, const place& schema, bool in_rule) {
  const json& value = *schema.value;
  if (value.is_boolean()) {
    tables_.set_schema(at, {value.get<bool>() ? type_bit::any : 0, 0, 0, 0});
    return;
  }
  if (!value.is_object()) {
    report(problems_, schema.pointer, "a schema is an object, true or false");
    return;
  }
  check_keywords(schema, in_rule);
  schema_record record{};
  record.types = types_of(schema, false);
  if (flag_of(schema, "writeOnly")) record.flags |= schema_record::write_only;
  if (flag_of(schema, "x-pass-through")) record.flags |= schema_record::pass_through;
  body out;
  if (value.contains("$ref")) {
    const place target = source_.resolve(schema);
    if (target) out.add(keyword::reference, write(target, in_rule));
  }
  write_object(schema, in_rule, out);
  write_counts(schema, out);
  write_array(schema, in_rule, out);
  write_bounds(schema, out);
  write_values(schema, out);
  write_combinations(schema, in_rule, out);
  if (in_rule) write_rule_keywords(schema, out);
  record.first_instruction = tables_.count(image::table::instructions);
  record.instruction_count = static_cast<std::uint32_t>(out.steps.size());
  for (const instruction_record& step : out.steps)
    tables_.add(image::table::instructions, image_tables::words_of(step));
  tables_.set_schema(at, record);
  for (const auto& [name, example] : children(member(schema, "examples"))) samples_.push_back({example, at});
  if (const place rules = member(schema, "x-rules")) with_rules_.push_back(rules);
}

void schema_writer::check_keywords(const place& schema, bool in_rule) {
  constexpr std::string_view dialect = "https://json-schema.org/draft/2020-12/schema";
  if (const place named = member(schema, "$schema");
      named && *named.value != dialect && *named.value != json(std::string(dialect) + "#"))
    report(problems_, named.pointer, "the only dialect that is known is " + std::string(dialect));
  for (const std::string_view name : {"$id", "$anchor"}) {
    if (const place found = member(schema, name); found && !found.value->is_string())
      report(problems_, found.pointer, "this has to be a string");
  }
  if (const place found = member(schema, "$defs"); found && !found.value->is_object())
    report(problems_, found.pointer, "$defs are an object");
  for (const auto& [name, value] : schema.value->items()) {
    if (assertions.contains(name) || annotations.contains(name)) continue;
    const std::string where = pointer_append(schema.pointer, name);
    if (rule_assertions.contains(name)) {
      if (!in_rule) report(problems_, where, name + " stands in the if and then of rules only");
    } else {
      report(problems_, where, "the keyword " + name + " is not implemented");
    }
  }
}

void schema_writer::write_object(const place& schema, bool in_rule, body& out) {
  for (const std::string_view name : {"propertyNames", "dependentRequired", "dependentSchemas"}) {
    const place found = member(schema, name);
    if (!found) continue;
    if (name == "propertyNames") {
      out.add(keyword::property_names, write(found, in_rule));
      continue;
    }
    for (const auto& [cause, effect] : children(found)) {
      if (name == "dependentSchemas") {
        // One after the other: the order of a call's arguments is each C++ compiler's own, and the image has to be the
        // same.
        const index key = tables_.string(cause);
        out.add(keyword::dependent_schema, key, write(effect, in_rule));
        continue;
      }
      std::vector<std::uint32_t> names;
      for (const std::string& key : strings_at(effect)) names.push_back(tables_.string(key));
      out.add(keyword::dependent_required, tables_.string(cause), tables_.list(names),
              static_cast<std::uint32_t>(names.size()));
    }
  }
  write_members(schema, in_rule, out);
}

void schema_writer::write_members(const place& schema, bool in_rule, body& out) {
  constexpr std::array<std::string_view, 4> keywords{"properties", "required", "additionalProperties",
                                                     "patternProperties"};
  if (std::none_of(keywords.begin(), keywords.end(), [&](std::string_view name) { return bool(member(schema, name)); }))
    return;
  std::set<std::string> required;
  if (const place found = member(schema, "required")) {
    for (const std::string& name : strings_at(found)) required.insert(name);
  }
  if (const place found = member(schema, "properties"); found && !found.value->is_object())
    report(problems_, found.pointer, "properties are an object");
  std::vector<named_property> properties;
  for (const auto& [name, property] : children(member(schema, "properties"))) {
    properties.push_back(write_property(name, property, required.erase(name) != 0, in_rule));
  }
  shape_record shape{};
  shape.additional = image::open_members;
  if (const place additional = member(schema, "additionalProperties")) {
    if (*additional.value == json(false)) {
      shape.additional = image::closed_members;
    } else if (*additional.value != json(true)) {
      shape.additional = write(additional, in_rule);
    }
  }
  std::vector<std::uint32_t> unlisted;
  for (const std::string& name : required) unlisted.push_back(tables_.string(name));
  shape.required = tables_.list(unlisted);
  shape.required_count = static_cast<std::uint32_t>(unlisted.size());
  const place patterns = member(schema, "patternProperties");
  if (!patterns) {
    out.add(keyword::members, write_shape(shape, std::move(properties)));
    return;
  }
  // Whether a member is additional is only known when the patterns have been asked: the shape lets everything pass.
  std::vector<std::uint32_t> others{shape.additional};
  shape.additional = tables_.add_schema();
  tables_.set_schema(shape.additional, {type_bit::any, 0, 0, 0});
  const index listed = write_shape(shape, std::move(properties));
  for (const std::uint32_t word : write_pattern_members(patterns, in_rule)) others.push_back(word);
  out.add(keyword::members, listed);
  out.add(keyword::pattern_members, listed, tables_.list(others), static_cast<std::uint32_t>(others.size()));
}

std::vector<std::uint32_t> schema_writer::write_pattern_members(const place& patterns, bool in_rule) {
  if (!patterns.value->is_object()) report(problems_, patterns.pointer, "patternProperties are an object");
  std::vector<std::uint32_t> triples;
  for (const auto& [expression, each] : children(patterns)) {
    const auto [first, count] = write_pattern(expression, each.pointer);
    triples.insert(triples.end(), {first, count, write(each, in_rule)});
  }
  return triples;
}

std::pair<index, std::uint32_t> schema_writer::write_pattern(const std::string& expression,
                                                             const std::string& pointer) {
  const compiled_pattern compiled = compile_pattern(expression);
  if (compiled.automaton.empty())
    report(problems_, pointer, "the pattern " + expression + " is not implemented: " + compiled.problem);
  return {tables_.list(compiled.automaton), static_cast<std::uint32_t>(compiled.automaton.size())};
}

schema_writer::named_property schema_writer::write_property(const std::string& name, const place& schema, bool required,
                                                            bool in_rule) {
  image::property_record property{
      tables_.string(name), write(schema, in_rule), required ? image::property_record::required : 0, none, none, none};
  const auto take = [&](std::string_view keyword_name) {
    place found = member(schema, keyword_name);
    if (!found) found = member(source_.resolve(schema), keyword_name);
    if (!found) return none;
    samples_.push_back({found, property.schema});
    return tables_.value(*found.value);
  };
  property.default_value = take("default");
  property.known_default = take("x-known-default");
  if (property.default_value != none && has_whole_default(schema))
    property.flags |= image::property_record::default_is_whole;
  return {name, schema.pointer, property};
}

index schema_writer::write_shape(shape_record shape, std::vector<named_property> named) {
  // Canonical order, so that writing a complete object needs no sorting.
  std::sort(named.begin(), named.end(), [](const auto& a, const auto& b) { return canonical_less(a.name, b.name); });
  if (named.size() > image::most_properties)
    report(problems_, named[0].pointer, "this is one of more properties than an object can have");
  shape.first_property = tables_.count(image::table::properties);
  shape.property_count = static_cast<std::uint32_t>(named.size());
  shape.lookup = slot_count_;
  shape.lookup_size = image::lookup_size_for(shape.property_count);
  slot_count_ += shape.lookup_size;
  std::vector<std::uint32_t> wanted;
  std::uint32_t number = 0;
  for (const auto& [name, pointer, property] : named) {
    properties_[pointer].push_back(tables_.add(image::table::properties, image_tables::words_of(property)));
    if ((property.flags & image::property_record::required) != 0 || property.default_value != none ||
        property.known_default != none) {
      wanted.push_back(number);
    }
    ++number;
  }
  shape.wanted = tables_.list(wanted);
  shape.wanted_count = static_cast<std::uint32_t>(wanted.size());
  return tables_.add(image::table::shapes, image_tables::words_of(shape));
}

index schema_writer::write_inputs(const operation& of) {
  std::vector<named_property> properties;
  for (const input& each : of.inputs) {
    properties.push_back(write_property(each.name, each.schema, each.required, false));
    // Nothing but a listed value may stand in a host name, whatever the caller allows elsewhere.
    if (each.in == "server") tables_.add_schema_flags(properties.back().record.schema, schema_record::strict);
    if (each.in == "server") properties.back().record.flags |= image::property_record::always_filled;
  }
  if (of.body) {
    const index anything = tables_.add_schema();
    tables_.set_schema(anything, {type_bit::any, 0, 0, 0});
    const std::uint32_t flags = of.body_required ? image::property_record::required : 0;
    properties.push_back({"body", of.at.pointer, {tables_.string("body"), anything, flags, none, none, none}});
  }
  shape_record shape{};
  shape.additional = image::closed_members;
  shape.flags = shape_record::is_input;
  const index at = tables_.add_schema();
  const instruction_record step{static_cast<std::uint32_t>(keyword::members), write_shape(shape, std::move(properties)),
                                0, 0};
  tables_.set_schema(at,
                     {type_bit::object, tables_.add(image::table::instructions, image_tables::words_of(step)), 1, 0});
  return at;
}

void schema_writer::write_counts(const place& schema, body& out) {
  constexpr std::array<std::pair<std::string_view, keyword>, 6> counts{{
      {"minProperties", keyword::min_properties},
      {"maxProperties", keyword::max_properties},
      {"minItems", keyword::min_items},
      {"maxItems", keyword::max_items},
      {"minLength", keyword::min_length},
      {"maxLength", keyword::max_length},
  }};
  for (const auto& [name, code] : counts) {
    const place found = member(schema, name);
    if (!found) continue;
    out.add(code, count_at(found));
  }
}

// A number of elements, members or characters.
std::uint32_t schema_writer::count_at(const place& number) {
  const double count = number.value->is_number() ? number.value->get<double>() : -1;
  if (count >= 0 && count < none && count == std::trunc(count)) return static_cast<std::uint32_t>(count);
  report(problems_, number.pointer, "this has to be a whole number that is not negative");
  return 0;
}

// The strings of an array; anything else in their place is refused.
std::vector<std::string> schema_writer::strings_at(const place& list) {
  std::vector<std::string> strings;
  if (!list.value->is_array()) report(problems_, list.pointer, "this has to be an array of strings");
  for (const auto& [position, each] : children(list)) {
    if (each.value->is_string()) {
      strings.push_back(each.value->get<std::string>());
    } else {
      report(problems_, list.pointer, "this has to be an array of strings");
    }
  }
  return strings;
}

void schema_writer::write_bounds(const place& schema, body& out) {
  constexpr std::array<std::pair<std::string_view, keyword>, 5> bounds{{
      {"minimum", keyword::minimum},
      {"maximum", keyword::maximum},
      {"exclusiveMinimum", keyword::exclusive_minimum},
      {"exclusiveMaximum", keyword::exclusive_maximum},
      {"multipleOf", keyword::multiple_of},
  }};
  for (const auto& [name, code] : bounds) {
    const place found = member(schema, name);
    if (!found) continue;
    if (!found.value->is_number() || (code == keyword::multiple_of && found.value->get<double>() <= 0)) {
      report(problems_, found.pointer,
             "this has to be a number" + std::string(code == keyword::multiple_of ? " above 0" : ""));
      continue;
    }
    out.add(code, tables_.value(*found.value));
  }
}

void schema_writer::write_array(const place& schema, bool in_rule, body& out) {
  std::uint32_t prefix = 0;
  if (const place found = member(schema, "prefixItems")) {
    std::vector<std::uint32_t> schemas;
    for (const place& each : branches_of(found)) schemas.push_back(write(each, in_rule));
    prefix = static_cast<std::uint32_t>(schemas.size());
    out.add(keyword::prefix_items, tables_.list(schemas), prefix);
  }
  if (const place found = member(schema, "items")) out.add(keyword::items, write(found, in_rule), prefix);
  if (const place found = member(schema, "contains")) {
    const place fewest = member(schema, "minContains");
    const place most = member(schema, "maxContains");
    out.add(keyword::contains, write(found, in_rule), fewest ? count_at(fewest) : 1, most ? count_at(most) : none);
  }
  if (const place found = member(schema, "uniqueItems"); found && !found.value->is_boolean())
    report(problems_, found.pointer, "this is true or false");
  if (flag_of(schema, "uniqueItems")) out.add(keyword::unique_items);
}

void schema_writer::write_values(const place& schema, body& out) {
  if (const place found = member(schema, "format")) {
    bool known = false;
    for (std::uint32_t i = 0; i < image::format_count; ++i) {
      if (format_text(static_cast<image::format_name>(i)) != *found.value) continue;
      known = true;
      out.add(keyword::format, i);
    }
    if (!known && !ignores_unknown_formats_)
      report(problems_, found.pointer, "the format " + found.value->dump() + " is not implemented");
  }
  if (const place found = member(schema, "pattern")) {
    if (!found.value->is_string()) {
      report(problems_, found.pointer, "a pattern is a string");
    } else {
      const std::string expression = found.value->get<std::string>();
      const auto [first, count] = write_pattern(expression, found.pointer);
      out.add(keyword::pattern, first, count, tables_.string(expression));
    }
  }
  if (const place found = member(schema, "const")) out.add(keyword::constant, tables_.value(*found.value));
  if (const place found = member(schema, "enum")) {
    if (!found.value->is_array()) report(problems_, found.pointer, "an enum is an array");
    std::vector<std::uint32_t> values;
    const bool strings =
        std::all_of(found.value->begin(), found.value->end(), [](const json& each) { return each.is_string(); });
    for (const auto& [name, each] : children(found)) {
      const index value = strings ? tables_.string(each.value->get<std::string>()) : tables_.value(*each.value);
      if (std::find(values.begin(), values.end(), value) != values.end())
        report(problems_, each.pointer, "this value stands in the enum already");
      values.push_back(value);
    }
    out.add(strings ? keyword::string_enumeration : keyword::enumeration, tables_.list(values),
            static_cast<std::uint32_t>(values.size()));
  }
}

void schema_writer::write_combinations(const place& schema, bool in_rule, body& out) {
  if (const place found = member(schema, "allOf")) {
    std::vector<std::uint32_t> schemas;
    for (const place& each : branches_of(found)) schemas.push_back(write(each, in_rule));
    out.add(keyword::all_of, tables_.list(schemas), static_cast<std::uint32_t>(schemas.size()));
  }
  write_union(schema, "anyOf", in_rule, out);
  write_union(schema, "oneOf", in_rule, out);
  if (const place found = member(schema, "not")) out.add(keyword::negated, write(found, in_rule));
  if (const place found = member(schema, "if")) {
    const place yes = member(schema, "then");
    const place no = member(schema, "else");
    const index condition = write(found, in_rule);
    const index consequence = yes ? write(yes, in_rule) : none;
    out.add(keyword::conditional, condition, consequence, no ? write(no, in_rule) : none);
  }
}

// The types that a schema can accept; `with_values` takes const and enum into account.
std::uint32_t schema_writer::types_of(const place& schema, bool with_values, int depth) {
  if (!schema || depth > deepest_schema) return type_bit::any;
  const auto key = std::make_pair(schema.pointer, with_values);
  const auto found = types_.find(key);
  return found != types_.end() ? found->second : types_[key] = find_types(schema, with_values, depth);
}

std::uint32_t schema_writer::find_types(const place& schema, bool with_values, int depth) {
  const json& value = *schema.value;
  if (value.is_boolean()) return value.get<bool>() ? type_bit::any : 0;
  if (!value.is_object()) return type_bit::any;
  std::uint32_t types = type_bit::any;
  if (const place found = member(schema, "type")) {
    types = 0;
    std::vector<place> names = found.value->is_array() ? branches_of(found) : std::vector{found};
    for (const place& name : names) {
      const std::uint32_t type = name.value->is_string() ? type_named(name.value->get<std::string>()) : 0;
      if (type == 0) report(problems_, name.pointer, "JSON Schema has no type " + name.value->dump());
      types |= type;
    }
  }
  if (value.contains("$ref")) types &= types_of(source_.resolve(schema), with_values, depth + 1);
  for (const place& each : branches_of(member(schema, "allOf"))) types &= types_of(each, with_values, depth + 1);
  for (const std::string_view name : {"anyOf", "oneOf"}) {
    const place found = member(schema, name);
    if (!found) continue;
    std::uint32_t any = 0;
    for (const place& each : branches_of(found)) any |= types_of(each, with_values, depth + 1);
    types &= any;
  }
  if (with_values && value.contains("const")) types &= type_of_value(value["const"]);
  if (with_values && value.contains("enum")) {
    std::uint32_t any = 0;
    for (const json& each : value["enum"]) any |= type_of_value(each);
    types &= any;
  }
  return types;
}

void schema_writer::write_union(const place& schema, std::string_view keyword_name, bool in_rule, body& out) {
  const place found = member(schema, keyword_name);
  if (!found) return;
  const std::vector<place> branches = branches_of(found);
  if (branches.empty()) {
    report(problems_, found.pointer, "there has to be at least one alternative");
    return;
  }
  if (write_by_type(branches, in_rule, out) || write_by_constant(schema, branches, in_rule, out)) return;
  std::vector<std::uint32_t> schemas;
  for (const place& each : branches) {
    // Which branch is meant is only known by trying, and trying must not depend on what gets filled in.
    std::set<std::string> seen;
    if (!in_rule && has_default(each, seen))
      report(problems_, each.pointer,
             "a default stands below an alternative that neither a type nor a constant tells from the others");
    schemas.push_back(write(each, in_rule));
  }
  out.add(keyword_name == "oneOf" ? keyword::one_of : keyword::any_of, tables_.list(schemas),
          static_cast<std::uint32_t>(schemas.size()));
}

// Alternatives of different types are told apart by looking at the value once.
bool schema_writer::write_by_type(const std::vector<place>& branches, bool in_rule, body& out) {
  std::uint32_t seen = 0;
  std::vector<std::uint32_t> pairs;
  for (const place& each : branches) {
    const std::uint32_t types = types_of(each, true);
    if (types == 0 || (types & seen) != 0) return false;
    seen |= types;
    pairs.push_back(types);
    pairs.push_back(0);
  }
  for (std::size_t i = 0; i < branches.size(); ++i) pairs[2 * i + 1] = write(branches[i], in_rule);
  out.add(keyword::by_type, tables_.list(pairs), static_cast<std::uint32_t>(pairs.size()));
  return true;
}

// Objects that all require one member with a constant of their own are told apart by it.
bool schema_writer::write_by_constant(const place& schema, const std::vector<place>& branches, bool in_rule,
                                      body& out) {
  std::vector<place> resolved;
  for (const place& each : branches) resolved.push_back(source_.resolve(each));
  std::vector<std::string> candidates;
  const std::string named = text_of(member(schema, "discriminator"), "propertyName");
  if (!named.empty()) candidates.push_back(named);
  for (const auto& [name, property] : children(member(resolved[0], "properties"))) candidates.push_back(name);
  for (const std::string& key : candidates) {
    std::vector<std::uint32_t> pairs;
    std::set<std::string> constants;
    for (const place& each : resolved) {
      const place constant = member(source_.resolve(member(member(each, "properties"), key)), "const");
      const place required = member(each, "required");
      const bool is_required =
          required && std::find(required.value->begin(), required.value->end(), json(key)) != required.value->end();
      if (!constant || !constant.value->is_string() || !is_required || types_of(each, true) != type_bit::object) break;
      if (!constants.insert(constant.value->get<std::string>()).second) break;
      pairs.push_back(tables_.value(*constant.value));
      pairs.push_back(0);
    }
    if (pairs.size() != branches.size() * 2) continue;
    for (std::size_t i = 0; i < branches.size(); ++i) pairs[2 * i + 1] = write(branches[i], in_rule);
    out.add(keyword::by_constant, tables_.list(pairs), static_cast<std::uint32_t>(pairs.size()), tables_.string(key));
    return true;
  }
  if (!named.empty())
    report(problems_, pointer_append(schema.pointer, "discriminator"),
           "every alternative has to require " + named + " with a constant of its own");
  return false;
}

// `seen` are the schemas that were looked at already, which ends the way round a circle.
bool schema_writer::has_whole_default(const place& schema) {
  place found = member(schema, "default");
  if (!found) found = member(source_.resolve(schema), "default");
  if (!found.value->is_structured()) return true;
  if (!found.value->empty()) return false;
  // An empty object or array gets what stands inside its own schema, which is looked at without its default.
  const place target = source_.resolve(schema);
  if (!target || !target.value->is_object()) return false;
  json inside = *target.value;
  inside.erase("default");
  std::set<std::string> seen;
  return !has_default({&inside, schema.pointer}, seen);
}

bool schema_writer::has_default(const place& schema, std::set<std::string>& seen) {
  if (!schema || !schema.value->is_object() || !seen.insert(schema.pointer).second) return false;
  if (schema.value->contains("default")) return true;
  if (schema.value->contains("$ref") && has_default(source_.resolve(schema), seen)) return true;
  for (const std::string_view name :
       {"properties", "patternProperties", "allOf", "anyOf", "oneOf", "prefixItems", "dependentSchemas"}) {
    for (const auto& [key, each] : children(member(schema, name))) {
      if (has_default(each, seen)) return true;
    }
  }
  for (const std::string_view name : {"items", "additionalProperties", "then", "else"}) {
    if (has_default(member(schema, name), seen)) return true;
  }
  return false;
}

std::pair<index, std::uint32_t> schema_writer::pattern(const std::string& pointer) {
  std::vector<std::uint32_t> tokens;
  for (const std::string& token : pointer_tokens(pointer))
    tokens.push_back(token == "*" ? none : tables_.string(token));
  return {tables_.list(tokens), static_cast<std::uint32_t>(tokens.size())};
}

void schema_writer::check_argument(image::predicate_name predicate, const place& argument) {
  const json& value = *argument.value;
  bool fits = false;
  switch (predicate) {
    case image::predicate_name::url_scheme:
    case image::predicate_name::url_query_has:
      fits = value.is_array() &&
             std::all_of(value.begin(), value.end(), [](const json& each) { return each.is_string(); });
      break;
    case image::predicate_name::url_slash_before_query:
    case image::predicate_name::public_host:
    case image::predicate_name::without_whitespace:
    case image::predicate_name::url_without_user_info:
    case image::predicate_name::folder_path:
      fits = value == json(true);
      break;
    case image::predicate_name::url_path_segments:
      fits = value.is_number_unsigned();
      break;
    case image::predicate_name::starts_with:
    case image::predicate_name::ends_with:
    case image::predicate_name::word_characters:
      fits = value.is_string();
      break;
  }
  if (!fits) report(problems_, argument.pointer, "the predicate takes another argument");
}

void schema_writer::write_rule_keywords(const place& schema, body& out) {
  for (const auto& [pointer, each] : children(member(schema, "x-at"))) {
    if (left_out_.contains(each.pointer)) continue;
    if (!pointer.empty() && pointer[0] != '/') report(problems_, each.pointer, "this is not a JSON Pointer");
    const auto [first, count] = pattern(pointer);
    out.add(keyword::at, first, count, write(each, true));
  }
  for (const auto& [name, argument] : children(member(schema, "x-predicate"))) {
    bool known = false;
    for (std::uint32_t i = 0; i < image::predicate_count; ++i) {
      if (predicate_text(static_cast<image::predicate_name>(i)) != name) continue;
      known = true;
      check_argument(static_cast<image::predicate_name>(i), argument);
      out.add(keyword::predicate, i, tables_.value(*argument.value));
    }
    if (!known) report(problems_, argument.pointer, "there is no predicate " + name);
  }
  for (const auto& [name, argument] : children(member(schema, "x-query-equals"))) {
    const std::string pointer = argument.value->is_string() ? argument.value->get<std::string>() : std::string();
    if (!pointer.starts_with('/')) report(problems_, argument.pointer, "this is not a JSON Pointer to another place");
    const auto [first, count] = pattern(pointer);
    out.add(keyword::query_equals, first, count, tables_.string(name));
  }
}

}  // namespace recreq::compiler
