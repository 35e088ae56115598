// The compiled form of a provider's document: one position-independent run of little-endian 32-bit words, read in
// place.
//
//   words 0 to 7       header (see `header`)
//   then               a directory: for each table its first word and its number of records
//   then               the tables, each a run of records of a fixed number of words
//   last               the bytes of all strings, UTF-8, without separators
//
// A record refers to another by its index in that one's table; `none` refers to nothing. Everything below says field by
// field what stands where; the compiler writes it (`compiler/image_writer.cpp`), `open` verifies it before anything is
// read.
//
// Strings stand one behind the other and their table has only their lengths: where each begins, its hash as a key, and
// the look-ups of objects by that hash would not compress and are worked out by `open` into a small directory beside
// the image. The package for JavaScript carries images in a form that compresses better still: see
// schema/packed_image.hpp.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

#include "json/node.hpp"

namespace recreq::image {

using index = std::uint32_t;
constexpr index none = 0xFFFFFFFFU;

constexpr std::uint32_t magic = 0x71636572U;  // the bytes "recq"
constexpr std::uint32_t layout = 5;           ///< changes whenever a table or field does

/// Words 0 to 7.
struct header {
  static constexpr std::uint32_t magic_at = 0;
  static constexpr std::uint32_t layout_at = 1;
  static constexpr std::uint32_t words_at = 2;     ///< words of the whole image
  static constexpr std::uint32_t checksum_at = 3;  ///< FNV-1a over all words behind the header
  static constexpr std::uint32_t provider_at = 4;  ///< string: `recall`
  static constexpr std::uint32_t facts_at = 5;     ///< string: JSON for JavaScript's `spec` (date, hash, sources)
  static constexpr std::uint32_t text_at = 6;      ///< first word of the strings' bytes
  static constexpr std::uint32_t text_bytes_at = 7;
  static constexpr std::uint32_t size = 8;
};

/// What a field of a record holds; `open` checks that it stays inside the image.
enum class field : std::uint8_t {
  number,  ///< anything
  string,  ///< index into strings
  schema,  ///< index into schemas
  maybe_string,
  maybe_schema,
  maybe_value,
  maybe_body,
  maybe_match,
  maybe_evidence,
  schema_or_open,       ///< index into schemas, `open_members` or `closed_members`
  first_of_properties,  ///< first of a run; the next field is the count
  first_of_instructions,
  first_of_values,
  first_of_inputs,
  first_of_rule_groups,
  first_of_rules,
  first_of_fixes,
  first_of_gates,
  first_of_slots,  ///< first of a run in the directory's look-ups; the next field is the count
  list,            ///< first of a run in `lists`; the next field is the count
};

enum class table : std::uint8_t {
  strings,       ///< bytes of each
  schemas,       ///< see `schema_record`
  instructions,  ///< keyword, three operands
  shapes,        ///< see `shape_record`
  properties,    ///< see `property_record`
  values,        ///< see `value_record`
  inputs,        ///< see `input_record`
  operations,    ///< see `operation_record`
  bodies,        ///< see `body_record`
  rule_groups,   ///< see `rule_group_record`
  rules,         ///< see `rule_record`
  fixes,         ///< see `fix_record`
  gates,         ///< see `gate_record`
  evidence,      ///< see `evidence_record`
  matches,       ///< see `match_record`
  lists,         ///< single words that other tables give a meaning
};
constexpr std::size_t table_count = 16;

/// A schema: the types it allows, then what else it asks.
struct schema_record {
  static constexpr std::array fields{field::number, field::first_of_instructions, field::number, field::number};
  std::uint32_t types;  ///< bits of `type_bit`
  index first_instruction;
  std::uint32_t instruction_count;
  std::uint32_t flags;
  static constexpr std::uint32_t write_only = 1;    ///< values never appear in an issue
  static constexpr std::uint32_t pass_through = 2;  ///< goes on to a third party: unlisted keys warn, nothing is filled
  static constexpr std::uint32_t strict = 4;        ///< unlisted enum values are errors whatever the options say
};

namespace type_bit {
constexpr std::uint32_t null = 1;
constexpr std::uint32_t boolean = 2;
constexpr std::uint32_t integer = 4;   ///< a number without a fraction
constexpr std::uint32_t fraction = 8;  ///< a number with a fraction
constexpr std::uint32_t string = 16;
constexpr std::uint32_t array = 32;
constexpr std::uint32_t object = 64;
constexpr std::uint32_t number = integer | fraction;
constexpr std::uint32_t any = 127;
}  // namespace type_bit

/// Keywords of JSON Schema as instructions, with what their operands a, b, c hold.
enum class keyword : std::uint8_t {
  members,             ///< a: shape. properties, required, additionalProperties, defaults
  property_names,      ///< a: schema
  min_properties,      ///< a: number
  max_properties,      ///< a: number
  dependent_required,  ///< a: string (the key), b, c: list of strings that it calls for
  dependent_schema,    ///< a: string (the key), b: schema
  items,               ///< a: schema, b: elements before it that other keywords take
  prefix_items,        ///< a, b: list of schemas
  contains,            ///< a: schema, b: fewest, c: most (`none`: any number)
  min_items,           ///< a: number
  max_items,           ///< a: number
  unique_items,        ///< no operands
  min_length,          ///< a: number of code points
  max_length,          ///< a: number of code points
  format,              ///< a: `format_name`
  minimum,             ///< a: value
  maximum,             ///< a: value
  exclusive_minimum,   ///< a: value
  exclusive_maximum,   ///< a: value
  multiple_of,         ///< a: value
  enumeration,         ///< a, b: list of values
  string_enumeration,  ///< a, b: list of strings, when all values are
  constant,            ///< a: value
  all_of,              ///< a, b: list of schemas
  any_of,              ///< a, b: list of schemas
  one_of,              ///< a, b: list of schemas
  by_type,             ///< a, b: list of pairs: types that no other branch allows, schema
  by_constant,         ///< a, b: list of pairs: value of the discriminating member, schema; c: string, its key
  negated,             ///< a: schema
  conditional,         ///< a: schema of `if`, b: of `then` or `none`, c: of `else` or `none`
  reference,           ///< a: schema
  at,                  ///< a, b: list, a pointer pattern; c: schema. `x-at`
  predicate,           ///< a: `predicate_name`, b: value, its argument. `x-predicate`
  pattern,             ///< a, b: list, an automaton (schema/pattern.hpp), c: string, the expression
  pattern_members,     ///< a: shape whose properties stand beside it; b, c: list: what the other members are (as
                       ///< `shape_record::additional`), then triples: first word and length of an automaton, schema
  query_equals,        ///< a, b: list, a pointer pattern; c: string, a parameter's name. `x-query-equals`
};
constexpr std::uint32_t keyword_count = static_cast<std::uint32_t>(keyword::query_equals) + 1;

enum class format_name : std::uint8_t { uuid, uri, date_time, hostname, email, ipv4, ipv6 };
constexpr std::uint32_t format_count = 7;

/// Keywords and formats that no provider's document uses. The module for JavaScript is linked without them
/// (schema/rare_keywords.hpp).
constexpr bool is_rare(keyword code) noexcept {
  return code == keyword::dependent_required || code == keyword::dependent_schema || code == keyword::prefix_items ||
         code == keyword::unique_items || code == keyword::multiple_of || code == keyword::pattern ||
         code == keyword::pattern_members;
}
constexpr bool is_rare(format_name format) noexcept {
  return format != format_name::uuid && format != format_name::uri && format != format_name::date_time;
}

enum class predicate_name : std::uint8_t {
  url_scheme,
  url_slash_before_query,
  public_host,
  url_path_segments,
  starts_with,
  ends_with,
  word_characters,
  url_query_has,
  without_whitespace,
  url_without_user_info,
  folder_path
};
constexpr std::uint32_t predicate_count = 11;

struct instruction_record {
  static constexpr std::array fields{field::number, field::number, field::number, field::number};
  std::uint32_t keyword;
  std::uint32_t a;
  std::uint32_t b;
  std::uint32_t c;
};

constexpr index open_members = none;         ///< unlisted members are fine
constexpr index closed_members = none - 1U;  ///< unlisted members are refused

/// A slot of a look-up: the number of a property plus one, 0 when the slot is empty, and above it as much of the key's
/// hash as has room.
constexpr std::uint32_t lookup_slot(std::uint32_t hash, std::uint32_t number) noexcept {
  return (hash & 0xFFFF0000U) | (number + 1);
}
constexpr std::uint32_t number_in_slot(std::uint32_t slot) noexcept { return slot & 0xFFFFU; }
constexpr std::uint32_t most_properties = 0xFFFF;
/// A power of two, so large that half of the slots are empty.
constexpr std::uint32_t lookup_size_for(std::uint32_t properties) noexcept { return std::bit_ceil(properties * 2 + 1); }

/// What an object has. Properties stand in canonical order, so a complete object is written in the order of its shape.
struct shape_record {
  static constexpr std::array fields{field::first_of_properties,
                                     field::number,
                                     field::first_of_slots,
                                     field::number,
                                     field::schema_or_open,
                                     field::list,
                                     field::number,
                                     field::list,
                                     field::number,
                                     field::number};
  index first_property;
  std::uint32_t property_count;
  index lookup;               ///< in the directory: an open-addressing table from key hash to `lookup_slot`
  std::uint32_t lookup_size;  ///< `lookup_size_for` the number of properties
  index additional;           ///< schema of unlisted members, `open_members` or `closed_members`
  index required;             ///< list of strings: required keys that are not properties
  std::uint32_t required_count;
  index wanted;  ///< list of property numbers: those that are required or have a default
  std::uint32_t wanted_count;
  std::uint32_t flags;
  static constexpr std::uint32_t is_input = 1;  ///< an operation's inputs: a missing one is not a missing field
};

struct property_record {
  static constexpr std::array fields{field::string,      field::schema,      field::number,
                                     field::maybe_value, field::maybe_value, field::maybe_evidence};
  index name;
  index schema;
  std::uint32_t flags;
  index default_value;
  index known_default;
  index evidence;  ///< what coming across it proves; `none`: nothing
  static constexpr std::uint32_t required = 1;
  static constexpr std::uint32_t always_filled = 2;     ///< whatever the options say: no URL without it
  static constexpr std::uint32_t default_is_whole = 4;  ///< there are no defaults to be filled into the default
};

/// A JSON value: of `const`, `enum`, a default, a fix.
struct value_record {
  static constexpr std::array fields{field::number, field::string, field::first_of_values, field::number,
                                     field::maybe_string};
  std::uint32_t kind;  ///< `recreq::kind`
  index text;          ///< a string's text, a number's token, a literal; empty for containers
  index first_child;   ///< members, in canonical order, or elements stand side by side
  std::uint32_t child_count;
  index key;  ///< of a member
};

/// A server variable or parameter.
struct input_record {
  static constexpr std::array fields{field::string, field::string, field::number, field::schema, field::number};
  index name;       ///< as callers give it
  index wire_name;  ///< as it is sent
  std::uint32_t location;
  index schema;
  std::uint32_t flags;
  static constexpr std::uint32_t server = 0;
  static constexpr std::uint32_t path = 1;
  static constexpr std::uint32_t query = 2;
  static constexpr std::uint32_t header = 3;
  static constexpr std::uint32_t required = 1;
  static constexpr std::uint32_t repeated = 2;  ///< an array in the query has its name before each element
};

struct operation_record {
  static constexpr std::array fields{
      field::string,       field::string,          field::list,   field::number,     field::list,
      field::number,       field::first_of_inputs, field::number, field::schema,     field::maybe_body,
      field::maybe_string, field::maybe_string,    field::string, field::maybe_match};
  index name;    ///< operationId
  index method;  ///< `POST`
  index server;  ///< list of parts: an even word is twice a string's index, an odd one twice an input's number plus one
  std::uint32_t server_count;
  index path;  ///< list of parts, as above
  std::uint32_t path_count;
  index first_input;
  std::uint32_t input_count;
  index input_schema;  ///< an object with all inputs as properties, and `body` as an unchecked one
  index body;
  index credential_header;  ///< `Authorization`
  index credential_prefix;  ///< what stands before the credential in it
  index facts;              ///< string: JSON for JavaScript (credential, key, retries, matching)
  index match;              ///< what its body can be made to match
};

/// An operation that has a body and nothing else: around a schema that stands for itself.
constexpr operation_record body_alone(index body) noexcept {
  operation_record alone{};
  alone.body = body;
  alone.match = none;
  return alone;
}

/// A schema that is checked with rules: an operation's body, or one that stands for itself. The latter come first.
struct body_record {
  static constexpr std::array fields{
      field::string, field::schema, field::first_of_rule_groups, field::number, field::first_of_rule_groups,
      field::number};
  index name;
  index schema;
  index first_group;  ///< of its own rules
  std::uint32_t group_count;
  index first_shared_group;  ///< of a schema that this one and others are made of
  std::uint32_t shared_group_count;
};

/// Bits for what rules need a body to contain (compiler/rule_needs.hpp), and for what a body was found to contain.
struct evidence_set {
  std::array<std::uint32_t, 4> words{};

  void add(const evidence_set& more) noexcept {
    const pairs all{{together()[0] | more.together()[0], together()[1] | more.together()[1]}};
    std::memcpy(words.data(), all.data(), sizeof words);
  }
  bool has(const evidence_set& needs) const noexcept {
    return ((needs.together()[0] & ~together()[0]) | (needs.together()[1] & ~together()[1])) == 0;
  }

 private:
  // Records are made of words; comparing two of them at once takes half as long.
  using pairs = std::array<std::uint64_t, 2>;
  pairs together() const noexcept {
    pairs read;  // NOLINT: written next
    std::memcpy(read.data(), words.data(), sizeof words);
    return read;
  }
};
constexpr std::uint32_t evidence_bits = 128;

/// Proves everything: rules are left out only for bodies that fit their schema.
constexpr evidence_set all_evidence{{UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX}};

/// Rules side by side that look at the same places. Pointer patterns are lists of words: a string's index, or `none`
/// for
/// `*`.
struct rule_group_record {
  static constexpr std::array fields{field::list,   field::number, field::number, field::first_of_rules, field::number,
                                     field::number, field::number, field::number, field::number};
  index where;  ///< pattern of `for`
  std::uint32_t where_count;
  std::uint32_t flags;
  index first_rule;
  std::uint32_t rule_count;                         ///< at most `most_rules`
  evidence_set needs;                               ///< what each of the rules needs
  static constexpr std::uint32_t over_written = 1;  ///< defaults are not seen
  static constexpr std::uint32_t most_rules = 32;
};

struct rule_record {
  static constexpr std::array fields{
      field::string,       field::number,         field::number, field::number, field::maybe_schema,
      field::maybe_schema, field::list,           field::number, field::string, field::first_of_fixes,
      field::number,       field::maybe_string,   field::list,   field::number, field::first_of_gates,
      field::number,       field::first_of_gates, field::number, field::number, field::maybe_value,
      field::number,       field::number,         field::number, field::number};
  index id;
  std::uint32_t severity;
  std::uint32_t confidence;
  std::uint32_t flags;
  index condition;    ///< schema of what else `if` asks
  index consequence;  ///< schema of `then`, when nothing below stands for it
  index at;
  std::uint32_t at_count;
  index message;
  index first_fix;
  std::uint32_t fix_count;
  index docs;
  index trigger;  ///< list of strings: of the values that the schema lists here, `if` can only hold for these
  std::uint32_t trigger_count;
  index first_gate;  ///< the part of `if` that gates can ask
  std::uint32_t gate_count;
  index first_then_gate;  ///< what passes these passes `then`
  std::uint32_t then_gate_count;
  std::uint32_t then_predicate;                    ///< `then`, when it is this `predicate_name` alone; or `none`
  index then_argument;                             ///< the predicate's argument
  evidence_set needs;                              ///< without all of it the rule has nothing to say
  static constexpr std::uint32_t has_trigger = 2;  ///< the schema lists the values that may stand here
  static constexpr std::uint32_t has_then = 4;     ///< without it, the rule is about something that should not be there
  static constexpr std::uint32_t trigger_decides = 8;   ///< `if` asks nothing more of a value that is a trigger
  static constexpr std::uint32_t withholds_value = 16;  ///< it may be a secret, whatever the value's own schema says
};

/// A cheap question about another place: whether one of some strings stands there, or a value of some type.
struct gate_record {
  static constexpr std::array fields{field::number, field::list,   field::number,
                                     field::list,   field::number, field::number};
  std::uint32_t wildcards;  ///< the place is below what this many `*`s of the rule's `for` matched
  index path;               ///< list of strings: the way on from there
  std::uint32_t path_count;
  index strings;  ///< list of strings
  std::uint32_t string_count;
  std::uint32_t types;  ///< bits of `type_bit`; 0 when strings are asked for
};

/// Which needs of rules it meets that something stands in a body: a listed string, or a property. A bit may stand for
/// several needs; rules are then run in vain, never left out.
struct evidence_record {
  static constexpr std::array fields{field::maybe_string, field::number, field::number, field::number, field::number,
                                     field::number,       field::number, field::number, field::number};
  index string;  ///< the listed value; `none` for properties
  evidence_set when_null;
  evidence_set when_not_null;  ///< of a string: always
};

struct fix_record {
  static constexpr std::array fields{field::number, field::list,        field::number, field::list,
                                     field::number, field::maybe_value, field::number, field::maybe_value};
  std::uint32_t op;  ///< `patch_operation::kind`
  index path;
  std::uint32_t path_count;
  index from;
  std::uint32_t from_count;
  index value;
  std::uint32_t repair;   ///< `predicate_name`, or `none`
  index repair_argument;  ///< the predicate's argument
};

/// What an operation's body can be made to match: the configuration of a bot. Rules look at an object that has the bot
/// as `bot` or what it was created with as `config`, and the `overrides` beside it.
struct match_record {
  static constexpr std::array fields{field::list,   field::number,
                                     field::schema, field::first_of_rule_groups,
                                     field::number, field::first_of_rule_groups,
                                     field::number, field::first_of_rule_groups,
                                     field::number, field::first_of_rules,
                                     field::number};
  index at;  ///< list of strings: where the configuration stands in a bot
  std::uint32_t at_count;
  index configuration;    ///< schema: what the bot was created with
  index first_bot_group;  ///< of a bot and overrides
  std::uint32_t bot_group_count;
  index first_config_group;  ///< of a configuration and overrides
  std::uint32_t config_group_count;
  index first_left_out_group;  ///< of a bot and overrides: what they speak of is left out
  std::uint32_t left_out_group_count;
  index unlisted;  ///< rule: speaks of what is left out because the body's schema does not list it
  std::uint32_t unlisted_count;
};

/// The fields of the tables' records, in the order of `table`.
inline constexpr std::array single_field{field::number};
inline constexpr std::array<std::span<const field>, table_count> table_fields{
    single_field,
    schema_record::fields,
    instruction_record::fields,
    shape_record::fields,
    property_record::fields,
    value_record::fields,
    input_record::fields,
    operation_record::fields,
    body_record::fields,
    rule_group_record::fields,
    rule_record::fields,
    fix_record::fields,
    gate_record::fields,
    evidence_record::fields,
    match_record::fields,
    single_field,
};

enum class open_error : std::uint8_t {
  none,
  truncated,     ///< shorter than it says, or than any image is
  not_an_image,  ///< something else
  other_layout,  ///< made by a compiler of another layout
  damaged,       ///< the checksum, an index or an operand is wrong
  left_out,      ///< it uses a keyword or format that this build of the engine was linked without
  no_memory,     ///< there is no room for the directory, or for an unpacked image
};
std::string_view open_error_text(open_error error) noexcept;

/// Where a string is, and its hash as a key.
struct string_entry {
  std::uint32_t offset;
  std::uint32_t size;
  std::uint32_t hash;
  std::uint16_t evidence;  ///< the number of its record as a value plus one, 0 when it proves nothing
  bool needs_escape;       ///< JSON writes some of its characters with an escape
};

/// What is worked out when an image is opened, and stands beside it.
struct directory {
  std::unique_ptr<string_entry[]> strings;
  std::unique_ptr<std::uint32_t[]> slots;  ///< the look-ups of all shapes
};

/// A view of an opened image. Copies are cheap; words and directory have to outlive them.
class view {
 public:
  view() noexcept = default;
  view(std::span<const std::uint32_t> words, const directory& beside) noexcept;

  std::string_view provider() const noexcept { return string(words_[header::provider_at]); }
  std::string_view facts() const noexcept { return string(words_[header::facts_at]); }
  std::uint32_t size(table which) const noexcept {
    return words_[header::size + 2 * static_cast<std::uint32_t>(which) + 1];
  }

  std::string_view string(index i) const noexcept { return {text_ + strings_[i].offset, strings_[i].size}; }
  std::uint32_t hash(index string) const noexcept { return strings_[string].hash; }
  bool needs_escape(index string) const noexcept { return strings_[string].needs_escape; }
  /// What a string proves as a value; null when it proves nothing.
  const evidence_record* evidence_of_value(index string) const noexcept {
    const std::uint16_t number = strings_[string].evidence;
    return number == 0 ? nullptr : &evidence(number - 1U);
  }
  /// The member with that string as its key; null when the object has none.
  node* find_member(const node& object, index key) const noexcept {
    for (node* member = object.first; member != nullptr; member = member->next) {
      if (member->key_string == key) return member;
    }
    if (object.all_listed) return nullptr;
    const std::uint32_t key_hash = strings_[key].hash;
    for (node* member = object.first; member != nullptr; member = member->next) {
      if (member->key_hash == key_hash && same_text(member->key, string(key))) return member;
    }
    return nullptr;
  }
  std::uint32_t word(index i) const noexcept { return *row(table::lists, i); }
  std::span<const std::uint32_t> list(index first, std::uint32_t count) const noexcept {
    return {row(table::lists, first), count};
  }

  const schema_record& schema(index i) const noexcept { return record<schema_record>(table::schemas, i); }
  const instruction_record& instruction(index i) const noexcept {
    return record<instruction_record>(table::instructions, i);
  }
  const shape_record& shape(index i) const noexcept { return record<shape_record>(table::shapes, i); }
  const property_record& property(index i) const noexcept { return record<property_record>(table::properties, i); }
  const value_record& value(index i) const noexcept { return record<value_record>(table::values, i); }
  const input_record& input(index i) const noexcept { return record<input_record>(table::inputs, i); }
  const operation_record& operation(index i) const noexcept { return record<operation_record>(table::operations, i); }
  const body_record& body(index i) const noexcept { return record<body_record>(table::bodies, i); }
  const rule_group_record& rule_group(index i) const noexcept {
    return record<rule_group_record>(table::rule_groups, i);
  }
  const rule_record& rule(index i) const noexcept { return record<rule_record>(table::rules, i); }
  const gate_record& gate(index i) const noexcept { return record<gate_record>(table::gates, i); }
  const evidence_record& evidence(index i) const noexcept { return record<evidence_record>(table::evidence, i); }
  const match_record& match(index i) const noexcept { return record<match_record>(table::matches, i); }
  const fix_record& fix(index i) const noexcept { return record<fix_record>(table::fixes, i); }

  /// The number of the property with a member's key, counted from the shape's first; `none` when it has none.
  std::uint32_t find_property(const shape_record& shape, const node& member) const noexcept {
    const std::uint32_t* slots = slots_ + shape.lookup;
    const std::uint32_t mask = shape.lookup_size - 1;
    for (std::uint32_t slot = member.key_hash & mask;; slot = (slot + 1) & mask) {
      const std::uint32_t found = number_in_slot(slots[slot]);
      if (found == 0) return none;
      if (slots[slot] != lookup_slot(member.key_hash, found - 1)) continue;
      if (same_text(string(property(shape.first_property + found - 1).name), member.key)) return found - 1;
    }
  }

 private:
  const std::uint32_t* row(table which, index i) const noexcept { return tables_[static_cast<std::size_t>(which)] + i; }

  // A record has a word for each of its fields and nothing else, so that it can be read where it stands.
  template <class Record>
  const Record& record(table which, index i) const noexcept {
    static_assert(sizeof(Record) == Record::fields.size() * sizeof(std::uint32_t));
    return *reinterpret_cast<const Record*>(tables_[static_cast<std::size_t>(which)] + Record::fields.size() * i);
  }

  const std::uint32_t* words_ = nullptr;
  const char* text_ = nullptr;
  const string_entry* strings_ = nullptr;
  const std::uint32_t* slots_ = nullptr;
  std::array<const std::uint32_t*, table_count> tables_{};
};

/// An image that was verified once, field by field, so that nothing that is read later can leave it.
class opened_image {
 public:
  /// `words` outlive it.
  open_error open(std::span<const std::uint32_t> words) noexcept;

  bool is_open() const noexcept { return beside_.slots != nullptr; }
  const image::view& view() const noexcept { return view_; }

 private:
  bool enter_strings() noexcept;
  bool enter_properties() noexcept;

  std::span<const std::uint32_t> words_;
  directory beside_;
  image::view view_;
};

/// FNV-1a over words.
std::uint32_t checksum(std::span<const std::uint32_t> words) noexcept;

}  // namespace recreq::image
