/// @file
/// What is wrong with a configuration, where, and how to mend it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace recreq {

/// Every kind of issue that the engine reports. `code_name` gives the name that JavaScript and logs use.
enum class issue_code : std::uint8_t {
  // Reading the text of a body
  syntax,           ///< the text is not JSON (RFC 8259)
  encoding,         ///< a byte sequence that is not UTF-8
  byte_order_mark,  ///< the text begins with a byte order mark
  lone_surrogate,   ///< half of a UTF-16 surrogate pair: no UTF-8 text can carry it
  duplicate_key,    ///< an object has a key twice; readers disagree on which one counts
  number_range,     ///< a number that a double cannot carry: inexact integer, overflow or underflow
  too_large,        ///< more bytes than `limits::bytes`, or more values than `limits::values`
  too_deep,         ///< nested deeper than `limits::depth`
  // Taking a JavaScript value over; only the JavaScript binding reports these
  not_json,  ///< a value that JSON cannot carry faithfully: NaN, BigInt, a function, a Map, …
  cycle,     ///< an object that contains itself
  // Structure
  type,                ///< a value of another JSON type than the schema allows
  required,            ///< a member or parameter that has to be there is missing
  unknown_key,         ///< a member that the schema does not list
  unknown_value,       ///< a value that the schema's enum does not list
  constant,            ///< not the one value that is allowed
  format,              ///< a string that does not have the form its format names
  pattern,             ///< a string that does not match a regular expression
  min_length,          ///< a string with too few characters (Unicode code points)
  max_length,          ///< a string with too many characters (Unicode code points)
  minimum,             ///< a number below its smallest value
  maximum,             ///< a number above its largest value
  exclusive_minimum,   ///< a number not above its lower bound
  exclusive_maximum,   ///< a number not below its upper bound
  multiple_of,         ///< a number that is not a multiple of the given one
  min_items,           ///< an array with too few elements
  max_items,           ///< an array with too many elements
  unique_items,        ///< an array with an element twice
  contains,            ///< an array with too few or too many elements of the wanted kind
  min_properties,      ///< an object with too few members
  max_properties,      ///< an object with too many members
  dependent_required,  ///< a member that another member calls for is missing
  no_branch,           ///< none of the alternatives of an `anyOf` or `oneOf` fits
  many_branches,       ///< more than one alternative of a `oneOf` fits
  negated,             ///< the value matches a schema that it must not match
  forbidden,           ///< no value may stand here
  path_segment,        ///< a path parameter that would leave its place in the URL
  header_value,        ///< a header parameter with characters that no header may carry
  extra_body,          ///< `options::extra_body` is not one JSON object; only C++ reports this
  // Reading answers; only the JavaScript binding does that
  refused,  ///< a field of a request that the provider refused
  // Rules between fields
  rule,  ///< a rule of the provider or of the caller; `issue::rule` names it
};
/// How many codes there are.
inline constexpr std::size_t issue_code_count = static_cast<std::size_t>(issue_code::rule) + 1;

/// The name of a code outside C++: `unknown-key`, `number-range`, …
std::string_view code_name(issue_code code) noexcept;

/// What an issue means for the request.
enum class severity : std::uint8_t {
  error,    ///< no request is built
  warning,  ///< the request is built; something will probably not be as it was meant
  info,     ///< the request is built; worth knowing
};

/// `error`, `warning` or `info`.
std::string_view severity_name(severity level) noexcept;

/// How sure it is that the provider minds.
enum class confidence : std::uint8_t {
  documented,  ///< the provider's own pages say it
  observed,    ///< seen in traffic or in public code
  inferred,    ///< our reading
};

/// `documented`, `observed` or `inferred`.
std::string_view confidence_name(confidence level) noexcept;

/// One operation of a fix, in the manner of JSON Patch (RFC 6902); it applies to the input that was checked.
struct patch_operation {
  enum class kind : std::uint8_t { add, remove, move };
  kind op = kind::add;
  std::string_view path;   ///< JSON Pointer
  std::string_view from;   ///< JSON Pointer; for `move`
  std::string_view value;  ///< JSON text; for `add`
};

/// A place in the text of a body.
struct text_position {
  std::uint32_t offset = 0;  ///< bytes of UTF-8 from the beginning
  std::uint32_t line = 0;    ///< from 1
  std::uint32_t column = 0;  ///< from 1, in UTF-16 code units as editors count
};

/// A named detail of an issue, for programs that word messages themselves.
struct issue_param {
  std::string_view name;   ///< `limit`, `key`, …
  std::string_view value;  ///< the text, or the digits of a number
  bool is_number = false;
};

/// One thing that is wrong, or worth knowing. Texts are UTF-8 and live as long as the report or result that holds the
/// issue. The value of a `writeOnly` field is never part of one.
struct issue {
  issue_code code = issue_code::rule;   ///< what kind of thing
  severity level = severity::error;     ///< after the caller's settings
  std::string_view rule;                ///< the rule's id; empty for structural issues
  std::string_view pointer;             ///< JSON Pointer into the input
  std::string_view path;                ///< the same place as JSON text: an array of keys and positions
  std::string_view message;             ///< what will happen, where, what to write
  std::span<const issue_param> params;  ///< what `message` was made from
  std::string_view expected;    ///< JSON text: a type's name or an array of the values that are allowed; may be empty
  std::string_view suggestion;  ///< did you mean; may be empty
  std::span<const patch_operation> fix;   ///< mends the input, applied in this order; may be empty
  std::optional<confidence> certainty;    ///< of rules only
  std::string_view docs;                  ///< where the provider says so; may be empty
  std::optional<text_position> position;  ///< for bodies given as text
};

}  // namespace recreq
