// What will happen, where, what to write: in one or two plain sentences.
#include "schema/message.hpp"

#include <array>

namespace recreq {
namespace {

struct entry {
  issue_code code;
  std::string_view variant;
  std::string_view text;
};

constexpr std::array catalogue{
    entry{issue_code::syntax, "", "This is not JSON: {problem}."},
    entry{issue_code::encoding, "", "These bytes are not UTF-8. Encode the text as UTF-8."},
    entry{issue_code::byte_order_mark, "",
          "The text begins with a byte order mark, which JSON forbids. Save it as UTF-8 without one."},
    entry{issue_code::lone_surrogate, "",
          "Half of a surrogate pair stands here, which no UTF-8 text can carry. Write both halves or neither."},
    entry{issue_code::duplicate_key, "",
          "The key \"{key}\" stands in this object already, and readers disagree on which one counts. Keep one."},
    entry{issue_code::number_range, "inexact",
          "No double holds this integer exactly, so another number would arrive. Use at most 9007199254740991, or a "
          "string."},
    entry{issue_code::number_range, "overflow",
          "This number is larger than any double and would arrive as infinity or not at all. Write a smaller one."},
    entry{issue_code::number_range, "underflow",
          "This number is smaller than any double and would arrive as 0. Write 0 or a larger one."},
    entry{issue_code::too_large, "bytes",
          "The text is longer than {limit} bytes. Send less, or raise the limit \"bytes\"."},
    entry{issue_code::too_large, "values",
          "There are more than {limit} values here. Send fewer, or raise the limit \"values\"."},
    entry{issue_code::too_deep, "",
          "Objects and arrays are nested deeper than {limit} levels here. Send a flatter value, or raise the limit "
          "\"depth\"."},
    entry{issue_code::type, "", "This is {actual}, but has to be {expected}."},
    entry{issue_code::required, "", "\"{key}\" is missing. Add it."},
    entry{issue_code::required, "input",
          "\"{key}\" is missing, and the request cannot be addressed without it. Give it beside the body."},
    entry{issue_code::unknown_key, "", "\"{key}\" is not known here. Remove it, or check its spelling."},
    entry{issue_code::unknown_key, "suggestion", "\"{key}\" is not known here. Did you mean \"{suggestion}\"?"},
    entry{issue_code::unknown_key, "present",
          "\"{key}\" is not known here; \"{suggestion}\" is, and is there already. Remove this one."},
    entry{issue_code::unknown_value, "", "\"{value}\" is not one of the values that are known here: {values}."},
    entry{issue_code::unknown_value, "suggestion", "\"{value}\" is not known here. Did you mean \"{suggestion}\"?"},
    entry{issue_code::unknown_value, "unsaid", "This is not one of the values that are known here: {values}."},
    entry{issue_code::constant, "", "This has to be {value}."},
    entry{issue_code::format, "uuid", "This is not a UUID. Write 32 hexadecimal digits in groups of 8-4-4-4-12."},
    entry{issue_code::format, "uri",
          "This is not an absolute URL. Write one with its scheme, and percent-encode what a URL cannot hold."},
    entry{issue_code::format, "date-time",
          "This is not a date with a time. Write one like 2026-11-21T09:00:00Z, with Z or an offset at its end."},
    entry{issue_code::min_length, "", "This has {actual} characters; it needs at least {limit}."},
    entry{issue_code::max_length, "", "This has {actual} characters; at most {limit} are allowed."},
    entry{issue_code::minimum, "", "This has to be at least {limit}."},
    entry{issue_code::maximum, "", "This has to be at most {limit}."},
    entry{issue_code::exclusive_minimum, "", "This has to be larger than {limit}."},
    entry{issue_code::exclusive_maximum, "", "This has to be smaller than {limit}."},
    entry{issue_code::multiple_of, "", "This has to be a multiple of {limit}."},
    entry{issue_code::min_items, "", "This has {actual} elements; it needs at least {limit}."},
    entry{issue_code::max_items, "", "This has {actual} elements; at most {limit} are allowed."},
    entry{issue_code::unique_items, "", "Element {index} stands here already as element {first}. Keep one of them."},
    entry{issue_code::contains, "min",
          "{actual} elements are of the kind that is wanted here; at least {limit} have to be."},
    entry{issue_code::contains, "max",
          "{actual} elements are of the kind that is wanted here; at most {limit} may be."},
    entry{issue_code::min_properties, "", "This has {actual} members; it needs at least {limit}."},
    entry{issue_code::max_properties, "",
          "This has {actual} members ({keys}); at most {limit} may be set at a time. Keep the one that is meant."},
    entry{issue_code::dependent_required, "", "\"{cause}\" is set, so \"{key}\" has to be set, too."},
    entry{issue_code::no_branch, "", "This is none of the forms that are allowed here."},
    entry{issue_code::many_branches, "",
          "This fits {actual} of the forms that are allowed here, but has to fit exactly one."},
    entry{issue_code::negated, "", "This is just what may not stand here."},
    entry{issue_code::forbidden, "", "Nothing may stand here. Remove it."},
    entry{issue_code::path_segment, "", "This would change the path of the URL. It may not be empty, \".\" or \"..\"."},
    entry{issue_code::header_value, "", "A header cannot carry this. Use visible ASCII characters only."},
};

}  // namespace

std::string_view message_template(issue_code code, std::string_view variant) noexcept {
  std::string_view plain;
  for (const entry& candidate : catalogue) {
    if (candidate.code != code) continue;
    if (candidate.variant == variant) return candidate.text;
    if (candidate.variant.empty()) plain = candidate.text;
  }
  return plain;
}

std::string_view fill_message(std::string_view message, std::span<const issue_param> params, arena& memory) noexcept {
  text_builder out(memory);
  while (!message.empty()) {
    const std::size_t open = message.find('{');
    out.append(message.substr(0, open));
    if (open == std::string_view::npos) break;
    message.remove_prefix(open);
    const std::size_t close = message.find('}');
    const issue_param* filled = nullptr;
    for (const issue_param& param : params) {
      if (close != std::string_view::npos && param.name == message.substr(1, close - 1)) filled = &param;
    }
    const std::size_t taken = filled != nullptr ? close + 1 : 1;
    out.append(filled != nullptr ? filled->value : message.substr(0, taken));
    message.remove_prefix(taken);
  }
  return out.view();
}

}  // namespace recreq
