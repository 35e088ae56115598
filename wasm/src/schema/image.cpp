// Opening an image: everything is verified once, so that reading needs no checks.
#include "schema/image.hpp"

#include <bit>
#include <new>

#include "json/canonical.hpp"
#include "json/node.hpp"
#include "recreq/issue.hpp"
#include "schema/rare_keywords.hpp"

namespace recreq::image {
namespace {

class verifier {
 public:
  explicit verifier(std::span<const std::uint32_t> words) noexcept : words_(words) {}

  /// The tables are inside the image, and nothing has changed since it was written.
  bool is_whole() const noexcept {
    return words_[header::checksum_at] == checksum(words_.subspan(header::size)) && tables_fit() && strings_fit();
  }

  /// For a whole image: every index and operand leads to what it should.
  bool run() noexcept {
    if (words_[header::provider_at] >= count(table::strings) || words_[header::facts_at] >= count(table::strings))
      return false;
    for (std::size_t t = 0; t < table_count; ++t) {
      for (std::uint32_t i = 0; i < count(static_cast<table>(t)); ++i) {
        if (!record_fits(static_cast<table>(t), i)) return false;
      }
    }
    for (std::uint32_t i = 0; i < count(table::instructions); ++i) {
      if (!instruction_fits(i)) return false;
    }
    if (!shapes_fit()) return false;
    for (std::uint32_t i = 0; i < count(table::operations); ++i) {
      if (!operation_fits(i)) return false;
    }
    for (std::uint32_t i = 0; i < count(table::rules); ++i) {
      const std::uint32_t* rule = row(table::rules, i);
      if (rule[1] > static_cast<std::uint32_t>(severity::info) ||
          rule[2] > static_cast<std::uint32_t>(confidence::inferred))
        return false;
      if (!pattern_fits(rule[6], rule[7]) || !all_in(table::strings, rule[12], rule[13])) return false;
      if (rule[18] != none && (rule[18] >= predicate_count || rule[19] == none)) return false;
    }
    for (std::uint32_t i = 0; i < count(table::rule_groups); ++i) {
      const std::uint32_t* group = row(table::rule_groups, i);
      if (!pattern_fits(group[0], group[1]) || group[4] == 0 || group[4] > rule_group_record::most_rules) return false;
    }
    for (std::uint32_t i = 0; i < count(table::gates); ++i) {
      const std::uint32_t* gate = row(table::gates, i);
      if (!all_in(table::strings, gate[1], gate[2]) || !all_in(table::strings, gate[3], gate[4])) return false;
    }
    for (std::uint32_t i = 0; i < count(table::matches); ++i) {
      const std::uint32_t* match = row(table::matches, i);
      if (match[1] == 0 || !all_in(table::strings, match[0], match[1]) || match[10] != 1) return false;
    }
    if (count(table::evidence) > UINT16_MAX - 1) return false;
    for (std::uint32_t i = 0; i < count(table::fixes); ++i) {
      const std::uint32_t* fix = row(table::fixes, i);
      if (fix[0] > static_cast<std::uint32_t>(patch_operation::kind::move)) return false;
      if (!pattern_fits(fix[1], fix[2]) || !pattern_fits(fix[3], fix[4])) return false;
      if (fix[6] != none && (fix[6] >= predicate_count || fix[7] == none)) return false;
      if (fix[0] == static_cast<std::uint32_t>(patch_operation::kind::add) && fix[5] == none && fix[6] == none)
        return false;
    }
    for (std::uint32_t i = 0; i < count(table::values); ++i) {
      const std::uint32_t* value = row(table::values, i);
      if (value[0] > static_cast<std::uint32_t>(kind::object)) return false;
      // Children stand behind their parent, so that no value holds itself.
      if (value[3] != 0 && value[2] <= i) return false;
      if (value[0] == static_cast<std::uint32_t>(kind::number) && *row(table::strings, value[1]) == 0) return false;
      if (value[0] != static_cast<std::uint32_t>(kind::object)) continue;
      for (std::uint32_t child = 0; child < value[3]; ++child) {
        if (row(table::values, value[2] + child)[4] == none) return false;
      }
    }
    return visits_end();
  }

  /// For a whole image: it needs a keyword or format that this build was linked without.
  bool uses_left_out() const noexcept {
    if (rare_keywords_are_linked) return false;
    for (std::uint32_t i = 0; i < count(table::instructions); ++i) {
      const std::uint32_t* w = row(table::instructions, i);
      const auto code = static_cast<keyword>(w[0]);
      if (is_rare(code) || (code == keyword::format && is_rare(static_cast<format_name>(w[1])))) return true;
    }
    return false;
  }

 private:
  std::uint32_t start(table which) const noexcept {
    return words_[header::size + 2 * static_cast<std::uint32_t>(which)];
  }
  std::uint32_t count(table which) const noexcept {
    return words_[header::size + 2 * static_cast<std::uint32_t>(which) + 1];
  }
  const std::uint32_t* row(table which, std::uint32_t i) const noexcept {
    return words_.data() + start(which) + i * table_fields[static_cast<std::size_t>(which)].size();
  }

  bool tables_fit() const noexcept {
    const std::uint64_t first = header::size + 2 * table_count;
    const std::uint64_t text = words_[header::text_at];
    if (text > words_.size() || text < first) return false;
    for (std::size_t t = 0; t < table_count; ++t) {
      const std::uint64_t begin = start(static_cast<table>(t));
      const std::uint64_t end = begin + std::uint64_t{count(static_cast<table>(t))} * table_fields[t].size();
      if (begin < first || end > text) return false;
    }
    return words_[header::text_bytes_at] <= (words_.size() - text) * 4;
  }

  bool strings_fit() const noexcept {
    std::uint64_t bytes = 0;
    for (std::uint32_t i = 0; i < count(table::strings); ++i) bytes += *row(table::strings, i);
    return bytes <= words_[header::text_bytes_at];
  }

  bool inside(table which, std::uint32_t i) const noexcept { return i < count(which); }
  bool run_fits(table which, std::uint32_t first, std::uint32_t length) const noexcept {
    return length == 0 || std::uint64_t{first} + length <= count(which);
  }

  bool record_fits(table which, std::uint32_t i) const noexcept {
    const std::span<const field> fields = table_fields[static_cast<std::size_t>(which)];
    const std::uint32_t* record = row(which, i);
    for (std::size_t f = 0; f < fields.size(); ++f) {
      if (!field_fits(fields[f], record + f)) return false;
    }
    return true;
  }

  bool field_fits(field holds, const std::uint32_t* at) const noexcept {
    switch (holds) {
      case field::number:
        return true;
      case field::string:
        return inside(table::strings, *at);
      case field::schema:
        return inside(table::schemas, *at);
      case field::maybe_string:
        return *at == none || inside(table::strings, *at);
      case field::maybe_schema:
        return *at == none || inside(table::schemas, *at);
      case field::maybe_value:
        return *at == none || inside(table::values, *at);
      case field::maybe_body:
        return *at == none || inside(table::bodies, *at);
      case field::maybe_match:
        return *at == none || inside(table::matches, *at);
      case field::maybe_evidence:
        return *at == none || inside(table::evidence, *at);
      case field::schema_or_open:
        return *at == open_members || *at == closed_members || inside(table::schemas, *at);
      case field::first_of_properties:
        return run_fits(table::properties, at[0], at[1]);
      case field::first_of_instructions:
        return run_fits(table::instructions, at[0], at[1]);
      case field::first_of_values:
        return run_fits(table::values, at[0], at[1]);
      case field::first_of_inputs:
        return run_fits(table::inputs, at[0], at[1]);
      case field::first_of_rule_groups:
        return run_fits(table::rule_groups, at[0], at[1]);
      case field::first_of_rules:
        return run_fits(table::rules, at[0], at[1]);
      case field::first_of_fixes:
        return run_fits(table::fixes, at[0], at[1]);
      case field::first_of_gates:
        return run_fits(table::gates, at[0], at[1]);
      case field::first_of_slots:
        return true;  // see `shapes_fit`
      case field::list:
        return run_fits(table::lists, at[0], at[1]);
    }
    return false;
  }

  bool all_in(table which, std::uint32_t first, std::uint32_t length) const noexcept {
    if (!run_fits(table::lists, first, length)) return false;
    for (std::uint32_t i = 0; i < length; ++i) {
      if (!inside(which, *row(table::lists, first + i))) return false;
    }
    return true;
  }

  bool pattern_fits(std::uint32_t first, std::uint32_t length) const noexcept {
    if (!run_fits(table::lists, first, length)) return false;
    for (std::uint32_t i = 0; i < length; ++i) {
      const std::uint32_t token = *row(table::lists, first + i);
      if (token != none && !inside(table::strings, token)) return false;
    }
    return true;
  }

  // Pairs of something and a schema.
  bool branches_fit(std::uint32_t first, std::uint32_t length, bool keyed_by_value) const noexcept {
    if (length % 2 != 0 || !run_fits(table::lists, first, length)) return false;
    for (std::uint32_t i = 0; i < length; i += 2) {
      if (keyed_by_value && !inside(table::values, *row(table::lists, first + i))) return false;
      if (!inside(table::schemas, *row(table::lists, first + i + 1))) return false;
    }
    return true;
  }

  bool number_value_fits(std::uint32_t i) const noexcept {
    return inside(table::values, i) && *row(table::values, i) == static_cast<std::uint32_t>(kind::number);
  }

  bool instruction_fits(std::uint32_t i) const noexcept {
    const std::uint32_t* w = row(table::instructions, i);
    if (w[0] >= keyword_count) return false;
    const std::uint32_t a = w[1];
    const std::uint32_t b = w[2];
    const std::uint32_t c = w[3];
    switch (static_cast<keyword>(w[0])) {
      case keyword::members:
        return inside(table::shapes, a);
      case keyword::property_names:
      case keyword::items:
      case keyword::contains:
      case keyword::negated:
      case keyword::reference:
        return inside(table::schemas, a);
      case keyword::string_enumeration:
        return all_in(table::strings, a, b);
      case keyword::dependent_required:
        return inside(table::strings, a) && all_in(table::strings, b, c);
      case keyword::dependent_schema:
        return inside(table::strings, a) && inside(table::schemas, b);
      case keyword::prefix_items:
      case keyword::all_of:
      case keyword::any_of:
      case keyword::one_of:
        return all_in(table::schemas, a, b);
      case keyword::format:
        return a < format_count;
      case keyword::minimum:
      case keyword::maximum:
      case keyword::exclusive_minimum:
      case keyword::exclusive_maximum:
      case keyword::multiple_of:
        return number_value_fits(a);
      case keyword::enumeration:
        return all_in(table::values, a, b);
      case keyword::constant:
        return inside(table::values, a);
      case keyword::by_type:
        return branches_fit(a, b, false);
      case keyword::by_constant:
        return branches_fit(a, b, true) && inside(table::strings, c);
      case keyword::conditional:
        return inside(table::schemas, a) && (b == none || inside(table::schemas, b)) &&
               (c == none || inside(table::schemas, c));
      case keyword::at:
        return pattern_fits(a, b) && inside(table::schemas, c);
      case keyword::predicate:
        return a < predicate_count && inside(table::values, b);
      case keyword::query_equals:
        return pattern_fits(a, b) && inside(table::strings, c);
      case keyword::pattern:
        return automaton_fits(a, b) && inside(table::strings, c);
      case keyword::pattern_members:
        return inside(table::shapes, a) && pattern_members_fit(b, c);
      case keyword::min_properties:
      case keyword::max_properties:
      case keyword::min_items:
      case keyword::max_items:
      case keyword::unique_items:
      case keyword::min_length:
      case keyword::max_length:
        return true;
    }
    return false;
  }

  bool automaton_fits(std::uint32_t first, std::uint32_t length) const noexcept {
    return run_fits(table::lists, first, length) && is_pattern({row(table::lists, first), length});
  }

  bool pattern_members_fit(std::uint32_t first, std::uint32_t length) const noexcept {
    if (length % 3 != 1 || !run_fits(table::lists, first, length)) return false;
    const std::uint32_t* list = row(table::lists, first);
    if (!field_fits(field::schema_or_open, list)) return false;
    for (std::uint32_t i = 1; i < length; i += 3) {
      if (!automaton_fits(list[i], list[i + 1]) || !inside(table::schemas, list[i + 2])) return false;
    }
    return true;
  }

  // Each property belongs to one shape, and each shape has slots of its own.
  bool shapes_fit() const noexcept {
    std::uint64_t properties = 0;
    std::uint64_t slots = 0;
    for (std::uint32_t i = 0; i < count(table::shapes); ++i) {
      const std::uint32_t* shape = row(table::shapes, i);
      if (shape[1] > most_properties || shape[2] != slots || shape[3] != lookup_size_for(shape[1])) return false;
      properties += shape[1];
      slots += shape[3];
      if (!all_in(table::strings, shape[5], shape[6])) return false;
      for (std::uint32_t wanted = 0; wanted < shape[8]; ++wanted) {
        if (*row(table::lists, shape[7] + wanted) >= shape[1]) return false;
      }
    }
    return properties <= count(table::properties);
  }

  // Schemas that look at the same value do not lead back to one another, so that looking comes to an end.
  bool visits_end() noexcept {
    states_.reset(new (std::nothrow) state[count(table::schemas)]{});
    if (!states_) return false;
    for (std::uint32_t i = 0; i < count(table::schemas); ++i) {
      if (!visit_ends(i, 0)) return false;
    }
    return true;
  }

  bool visit_ends(std::uint32_t i, std::uint32_t depth) noexcept {  // NOLINT(misc-no-recursion): depth is limited
    constexpr std::uint32_t deepest = 200;
    if (states_[i] == state::ends) return true;
    if (states_[i] == state::open || depth == deepest) return false;
    states_[i] = state::open;
    const std::uint32_t* schema = row(table::schemas, i);
    for (std::uint32_t step = 0; step < schema[2]; ++step) {
      const std::uint32_t* w = row(table::instructions, schema[1] + step);
      const auto ends = [&](std::uint32_t next) { return next == none || visit_ends(next, depth + 1); };
      const auto list_ends = [&](std::uint32_t first, std::uint32_t stride) {
        for (std::uint32_t at = first; at < w[2]; at += stride) {
          if (!ends(*row(table::lists, w[1] + at))) return false;
        }
        return true;
      };
      switch (static_cast<keyword>(w[0])) {
        case keyword::negated:
        case keyword::reference:
          if (!ends(w[1])) return false;
          break;
        case keyword::dependent_schema:
          if (!ends(w[2])) return false;
          break;
        case keyword::at:
          if (!ends(w[3])) return false;
          break;
        case keyword::conditional:
          if (!ends(w[1]) || !ends(w[2]) || !ends(w[3])) return false;
          break;
        case keyword::all_of:
        case keyword::any_of:
        case keyword::one_of:
          if (!list_ends(0, 1)) return false;
          break;
        case keyword::by_type:
        case keyword::by_constant:
          if (!list_ends(1, 2)) return false;
          break;
        default:
          break;
      }
    }
    states_[i] = state::ends;
    return true;
  }

  bool operation_fits(std::uint32_t i) const noexcept {
    const std::uint32_t* operation = row(table::operations, i);
    if (operation[13] != none && operation[9] == none) return false;
    const auto parts_fit = [&](std::uint32_t first, std::uint32_t length) {
      for (std::uint32_t p = 0; p < length; ++p) {
        const std::uint32_t part = *row(table::lists, first + p);
        if ((part & 1U) != 0 ? (part >> 1U) >= operation[7] : !inside(table::strings, part >> 1U)) return false;
      }
      return true;
    };
    return parts_fit(operation[2], operation[3]) && parts_fit(operation[4], operation[5]);
  }

  enum class state : std::uint8_t { unseen, open, ends };

  std::span<const std::uint32_t> words_;
  std::unique_ptr<state[]> states_;
};

}  // namespace

std::string_view open_error_text(open_error error) noexcept {
  switch (error) {
    case open_error::none:
      return "";
    case open_error::truncated:
      return "the image is shorter than it should be";
    case open_error::not_an_image:
      return "this is not an image of a provider";
    case open_error::other_layout:
      return "the image was made for another release of the engine; build or install both from one release";
    case open_error::damaged:
      return "the image is damaged";
    case open_error::left_out:
      return "the image uses a keyword or format that this build of the engine was linked without";
    case open_error::no_memory:
      return "there is not enough memory for the image";
  }
  return "";
}

std::uint32_t checksum(std::span<const std::uint32_t> words) noexcept {
  std::uint32_t hash = 0x811C9DC5U;
  for (const std::uint32_t word : words) hash = (hash ^ word) * 0x01000193U;
  return hash;
}

view::view(std::span<const std::uint32_t> words, const directory& beside) noexcept
    : words_(words.data()),
      text_(reinterpret_cast<const char*>(words.data() + words[header::text_at])),
      strings_(beside.strings.get()),
      slots_(beside.slots.get()) {
  for (std::size_t t = 0; t < table_count; ++t) tables_[t] = words_ + words_[header::size + 2 * t];
}

open_error opened_image::open(std::span<const std::uint32_t> words) noexcept {
  static_assert(std::endian::native == std::endian::little, "images are read in place and are little-endian");
  beside_ = {};
  if (words.size() < header::size + 2 * table_count) return open_error::truncated;
  if (words[header::magic_at] != magic) return open_error::not_an_image;
  if (words[header::layout_at] != layout) return open_error::other_layout;
  if (words[header::words_at] > words.size()) return open_error::truncated;
  words_ = words.first(words[header::words_at]);
  if (words_.size() < header::size + 2 * table_count) return open_error::damaged;
  verifier looks(words_);
  if (!looks.is_whole()) return open_error::damaged;
  if (looks.uses_left_out()) return open_error::left_out;
  if (!looks.run()) return open_error::damaged;
  if (!enter_strings() || !enter_properties()) return open_error::no_memory;
  view_ = image::view(words_, beside_);
  for (std::uint32_t i = 0; i < view_.size(table::evidence); ++i) {
    const index string = view_.evidence(i).string;
    if (string != none) beside_.strings[string].evidence = static_cast<std::uint16_t>(i + 1);
  }
  return open_error::none;
}

bool opened_image::enter_strings() noexcept {
  const std::uint32_t first = words_[header::size];
  const std::uint32_t count = words_[header::size + 1];
  beside_.strings.reset(new (std::nothrow) string_entry[count + 1]);
  if (!beside_.strings) return false;
  const char* text = reinterpret_cast<const char*>(words_.data() + words_[header::text_at]);
  std::uint32_t offset = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t size = words_[first + i];
    const std::string_view string{text + offset, size};
    beside_.strings[i] = {offset, size, hash_key(string), 0, needs_escape(string)};
    offset += size;
  }
  return true;
}

bool opened_image::enter_properties() noexcept {
  const image::view without_slots(words_, beside_);
  const std::uint32_t shapes = without_slots.size(table::shapes);
  std::uint32_t slots = 0;
  for (std::uint32_t i = 0; i < shapes; ++i) slots += without_slots.shape(i).lookup_size;
  beside_.slots.reset(new (std::nothrow) std::uint32_t[slots + std::size_t{1}]{});
  if (!beside_.slots) return false;
  for (std::uint32_t i = 0; i < shapes; ++i) {
    const shape_record& shape = without_slots.shape(i);
    std::uint32_t* lookup = beside_.slots.get() + shape.lookup;
    const std::uint32_t mask = shape.lookup_size - 1;
    for (std::uint32_t number = 0; number < shape.property_count; ++number) {
      const std::uint32_t hash = without_slots.hash(without_slots.property(shape.first_property + number).name);
      std::uint32_t slot = hash & mask;
      while (lookup[slot] != 0) slot = (slot + 1) & mask;
      lookup[slot] = lookup_slot(hash, number);
    }
  }
  return true;
}

}  // namespace recreq::image
