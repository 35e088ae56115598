// Regular expressions: parsed to a tree, turned into a nondeterministic automaton after Thompson, and that into a
// deterministic one by following sets of its states. Every step is bounded, so that no pattern takes long to compile.
#include "pattern_compiler.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "schema/pattern.hpp"

namespace recreq::compiler {
namespace {

constexpr std::uint32_t last_code_point = 0x10FFFF;
constexpr std::uint32_t unlimited = 0xFFFFFFFF;
constexpr std::size_t longest_pattern = 4096;
constexpr std::size_t deepest_group = 100;
constexpr std::size_t most_positions = 5'000;  // of the nondeterministic automaton
constexpr std::size_t most_table_words = 65'536;

/// Code points from first to last; a set's ranges are in ascending order and do not touch.
struct range {
  std::uint32_t first;
  std::uint32_t last;
  bool operator<(const range& other) const { return first != other.first ? first < other.first : last < other.last; }
};
using character_set = std::vector<range>;

character_set normalised(character_set set) {
  std::sort(set.begin(), set.end());
  character_set out;
  for (const range& each : set) {
    if (!out.empty() && each.first <= out.back().last + 1) {
      out.back().last = std::max(out.back().last, each.last);
    } else {
      out.push_back(each);
    }
  }
  return out;
}

character_set complement(const character_set& set) {
  character_set out;
  std::uint32_t next = 0;
  for (const range& each : set) {
    if (each.first > next) out.push_back({next, each.first - 1});
    next = each.last + 1;
  }
  if (next <= last_code_point) out.push_back({next, last_code_point});
  return out;
}

const character_set digits{{'0', '9'}};
const character_set word_characters{{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};
const character_set white_space{{0x09, 0x0D},     {0x20, 0x20},     {0xA0, 0xA0},     {0x1680, 0x1680},
                                {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F},
                                {0x3000, 0x3000}, {0xFEFF, 0xFEFF}};
const character_set line_ends{{'\n', '\n'}, {'\r', '\r'}, {0x2028, 0x2029}};

struct refusal {
  std::string problem;
};

struct tree {
  enum class kind : std::uint8_t { set, begin, end, sequence, choice, repeat };
  kind type = kind::sequence;
  character_set set;
  std::vector<tree> parts;
  std::uint32_t fewest = 0;
  std::uint32_t most = 0;
};

tree set_of(character_set set) { return {tree::kind::set, std::move(set), {}, 0, 0}; }

std::u32string decoded(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t code_point = size == 1 ? lead : lead & (0x7FU >> size);
    for (std::size_t i = 1; i < size && at + i < text.size(); ++i)
      code_point = code_point << 6U | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
    out += code_point;
    at += size;
  }
  return out;
}

class parser {
 public:
  explicit parser(std::string_view pattern) : text_(decoded(pattern)) {}

  tree run() {
    tree whole = choice();
    if (at_ < text_.size()) refuse("a ) without its (");
    return whole;
  }

 private:
  [[noreturn]] void refuse(const std::string& what) const {
    throw refusal{what + " (character " + std::to_string(at_ + 1) + ")"};
  }

  bool is_next(char32_t c) const { return at_ < text_.size() && text_[at_] == c; }
  bool is_next(std::u32string_view text) const { return std::u32string_view(text_).substr(at_).starts_with(text); }
  bool take(char32_t c) {
    if (!is_next(c)) return false;
    ++at_;
    return true;
  }
  bool take(std::u32string_view text) {
    if (!is_next(text)) return false;
    at_ += text.size();
    return true;
  }

  tree choice() {  // NOLINT(misc-no-recursion): groups nest to a limit
    if (++depth_ > deepest_group) refuse("groups that are nested too deep");
    tree alternatives{tree::kind::choice, {}, {}, 0, 0};
    do {
      tree sequence;
      while (at_ < text_.size() && !is_next(U'|') && !is_next(U')')) sequence.parts.push_back(quantified());
      alternatives.parts.push_back(std::move(sequence));
    } while (take(U'|'));
    --depth_;
    return alternatives;
  }

  tree quantified() {  // NOLINT(misc-no-recursion): groups nest to a limit
    tree what = atom();
    std::uint32_t fewest = 0;
    std::uint32_t most = unlimited;
    if (take(U'+')) {
      fewest = 1;
    } else if (take(U'?')) {
      most = 1;
    } else if (take(U'{')) {
      fewest = most = number();
      if (take(U',')) most = is_next(U'}') ? unlimited : number();
      if (!take(U'}')) refuse("a { that is not {3}, {3,} or {3,5}");
      if (most < fewest) refuse("a quantifier whose numbers are out of order");
    } else if (!take(U'*')) {
      return what;
    }
    if (what.type == tree::kind::begin || what.type == tree::kind::end) refuse("a quantifier behind ^ or $");
    take(U'?');
    tree repeated{tree::kind::repeat, {}, {}, fewest, most};
    repeated.parts.push_back(std::move(what));
    return repeated;
  }

  std::uint32_t number() {
    if (at_ == text_.size() || text_[at_] < U'0' || text_[at_] > U'9') refuse("a { that is not {3}, {3,} or {3,5}");
    std::uint32_t value = 0;
    for (; at_ < text_.size() && text_[at_] >= U'0' && text_[at_] <= U'9'; ++at_)
      value = std::min<std::uint32_t>(value * 10 + (text_[at_] - U'0'), most_positions + 1);
    return value;
  }

  tree atom() {  // NOLINT(misc-no-recursion): groups nest to a limit
    const char32_t c = text_[at_];
    switch (c) {
      case U'^':
      case U'$':
        ++at_;
        return {c == U'^' ? tree::kind::begin : tree::kind::end, {}, {}, 0, 0};
      case U'.':
        ++at_;
        return set_of(complement(line_ends));
      case U'(':
        return group();
      case U'[':
        return character_class();
      case U'\\':
        return escaped_atom();
      case U'*':
      case U'+':
      case U'?':
        refuse("a quantifier with nothing in front of it");
      case U'{':
      case U'}':
      case U']':
        refuse(std::string("a lone ") + static_cast<char>(c) + ", which Unicode mode wants escaped");
      default:
        ++at_;
        return set_of({{c, c}});
    }
  }

  tree group() {  // NOLINT(misc-no-recursion): groups nest to a limit
    if (is_next(U"(?=") || is_next(U"(?!")) refuse("lookahead");
    if (is_next(U"(?<=") || is_next(U"(?<!")) refuse("lookbehind");
    if (take(U"(?<")) {
      while (at_ < text_.size() && !is_next(U'>')) ++at_;
      take(U'>');
    } else if (!take(U"(?:")) {
      ++at_;
      if (is_next(U'?')) refuse("modifiers in a group");
    }
    tree inside = choice();
    if (!take(U')')) refuse("a ( without its )");
    return inside;
  }

  // A class of one letter: \d. Its capital is the complement.
  std::optional<character_set> class_escape() {
    static const std::map<char32_t, const character_set*> classes{
        {U'd', &digits}, {U'w', &word_characters}, {U's', &white_space}};
    const char32_t letter = at_ + 1 < text_.size() ? text_[at_ + 1] : U'\0';
    if (letter == U'p' || letter == U'P') refuse("Unicode properties");
    const bool is_capital = letter >= U'A' && letter <= U'Z';
    const auto found = classes.find(is_capital ? letter + (U'a' - U'A') : letter);
    if (found == classes.end()) return std::nullopt;
    at_ += 2;
    return is_capital ? complement(*found->second) : *found->second;
  }

  tree escaped_atom() {
    if (auto set = class_escape()) return set_of(*std::move(set));
    const char32_t next = at_ + 1 < text_.size() ? text_[at_ + 1] : U'\0';
    if (next == U'b' || next == U'B') refuse("word boundaries");
    if (next == U'k' || (next >= U'1' && next <= U'9')) refuse("backreferences");
    const std::uint32_t c = escaped_character(false);
    return set_of({{c, c}});
  }

  std::uint32_t hexadecimal(std::size_t count) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i, ++at_) {
      const char32_t c = at_ < text_.size() ? text_[at_] : U'\0';
      if (c >= U'0' && c <= U'9') {
        value = value * 16 + (c - U'0');
      } else if ((c >= U'a' && c <= U'f') || (c >= U'A' && c <= U'F')) {
        value = value * 16 + ((c | 0x20U) - U'a' + 10);
      } else {
        refuse("an escape without its hexadecimal digits");
      }
    }
    return value;
  }

  std::uint32_t escaped_character(bool in_class) {
    static const std::map<char32_t, std::uint32_t> controls{
        {U't', '\t'}, {U'n', '\n'}, {U'v', '\v'}, {U'f', '\f'}, {U'r', '\r'}};
    ++at_;
    if (at_ == text_.size()) refuse("a lone \\ at the end");
    const char32_t c = text_[at_++];
    if (const auto found = controls.find(c); found != controls.end()) return found->second;
    if (c == U'0' && (at_ == text_.size() || text_[at_] < U'0' || text_[at_] > U'9')) return 0;
    if (c == U'x') return hexadecimal(2);
    if (c == U'u') return unicode_escape();
    if (c == U'c' && at_ < text_.size()) {
      const char32_t letter = text_[at_] | 0x20U;
      if (letter >= U'a' && letter <= U'z') {
        ++at_;
        return letter - U'a' + 1;
      }
    }
    if (in_class && c == U'b') return '\b';
    if (in_class && c == U'-') return '-';
    if (std::u32string_view(U"^$\\.*+?()[]{}|/").find(c) != std::u32string_view::npos) return c;
    --at_;
    refuse("an escape that Unicode mode does not have");
  }

  std::uint32_t unicode_escape() {
    std::uint32_t value = 0;
    if (take(U'{')) {
      while (!take(U'}')) {
        value = value * 16 + hexadecimal(1);
        if (value > last_code_point) refuse("an escape beyond U+10FFFF");
      }
      return value;
    }
    value = hexadecimal(4);
    const auto is_half = [](std::uint32_t unit, std::uint32_t first) { return (unit & 0xFC00U) == first; };
    if (is_half(value, 0xD800) && take(U"\\u")) {
      const std::uint32_t low = hexadecimal(4);
      if (is_half(low, 0xDC00)) return 0x10000 + ((value & 0x3FFU) << 10U) + (low & 0x3FFU);
    }
    if ((value & 0xF800U) == 0xD800) refuse("half of a surrogate pair, which no UTF-8 text has");
    return value;
  }

  tree character_class() {
    ++at_;
    const bool negated = take(U'^');
    character_set set;
    while (!take(U']')) {
      const std::optional<std::uint32_t> first = class_member(set);
      // A - is itself at either end, and between a class and something else it is a mistake.
      if (!is_next(U'-') || (at_ + 1 < text_.size() && text_[at_ + 1] == U']')) {
        if (first) set.push_back({*first, *first});
        continue;
      }
      ++at_;
      const std::optional<std::uint32_t> last = class_member(set);
      if (!first || !last) refuse("a range that ends in a class");
      if (*last < *first) refuse("a range that is out of order");
      set.push_back({*first, *last});
    }
    set = normalised(std::move(set));
    return set_of(negated ? complement(set) : set);
  }

  // One character of a class; nothing when it was a class itself, which is added to the set.
  std::optional<std::uint32_t> class_member(character_set& set) {
    if (at_ == text_.size()) refuse("a [ without its ]");
    if (text_[at_] != U'\\') return text_[at_++];
    if (const auto inner = class_escape()) {
      set.insert(set.end(), inner->begin(), inner->end());
      return std::nullopt;
    }
    return escaped_character(true);
  }

  std::u32string text_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
};

/// A position of the nondeterministic automaton.
struct position {
  enum class kind : std::uint8_t { set, begin, end, split, accept };
  kind type;
  std::uint32_t set;    ///< number of the character set
  std::uint32_t next;   ///< position behind it
  std::uint32_t other;  ///< of `split`: the other one
};

class position_writer {
 public:
  std::uint32_t run(const tree& whole) { return write(whole, add({position::kind::accept, 0, 0, 0})); }

  std::vector<position> take_positions() { return std::move(positions_); }
  std::vector<character_set> sets() const {
    std::vector<character_set> out(sets_.size());
    for (const auto& [set, number] : sets_) out[number] = set;
    return out;
  }

 private:
  std::uint32_t add(const position& added) {
    if (positions_.size() == most_positions) throw refusal{"repetitions that are too large"};
    positions_.push_back(added);
    return static_cast<std::uint32_t>(positions_.size() - 1);
  }

  // The position at which something begins that goes on at `next`.
  std::uint32_t write(const tree& what, std::uint32_t next) {  // NOLINT(misc-no-recursion): depth is limited
    // Repetitions of nothing add no positions.
    if (++steps_ > 100 * most_positions) throw refusal{"repetitions that are too large"};
    switch (what.type) {
      case tree::kind::set: {
        const auto number = static_cast<std::uint32_t>(sets_.size());
        return add({position::kind::set, sets_.emplace(what.set, number).first->second, next, 0});
      }
      case tree::kind::begin:
        return add({position::kind::begin, 0, next, 0});
      case tree::kind::end:
        return add({position::kind::end, 0, next, 0});
      case tree::kind::sequence:
        for (auto part = what.parts.rbegin(); part != what.parts.rend(); ++part) next = write(*part, next);
        return next;
      case tree::kind::choice: {
        std::uint32_t first = write(what.parts.back(), next);
        for (auto part = what.parts.rbegin() + 1; part != what.parts.rend(); ++part)
          first = add({position::kind::split, 0, write(*part, next), first});
        return first;
      }
      case tree::kind::repeat:
        return write_repeat(what, next);
    }
    return next;
  }

  std::uint32_t write_repeat(const tree& what, std::uint32_t next) {  // NOLINT(misc-no-recursion): depth is limited
    const tree& part = what.parts[0];
    if (what.most == unlimited) {
      const std::uint32_t again = add({position::kind::split, 0, next, next});
      const std::uint32_t first = write(part, again);
      positions_[again].other = first;
      next = again;
    } else {
      for (std::uint32_t i = what.fewest; i < what.most; ++i)
        next = add({position::kind::split, 0, next, write(part, next)});
    }
    for (std::uint32_t i = 0; i < what.fewest; ++i) next = write(part, next);
    return next;
  }

  std::vector<position> positions_;
  std::map<character_set, std::uint32_t> sets_;
  std::size_t steps_ = 0;
};

/// What the deterministic automaton makes of code points: those that every set treats alike are one class.
struct alphabet {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> intervals;  ///< first code point, class
  std::vector<std::vector<bool>> members;                          ///< of each class: the sets that hold it
};

alphabet divide(const std::vector<character_set>& sets) {
  std::set<std::uint32_t> starts{0};
  for (const character_set& set : sets) {
    for (const range& each : set) {
      starts.insert(each.first);
      if (each.last < last_code_point) starts.insert(each.last + 1);
    }
  }
  alphabet out;
  std::map<std::vector<bool>, std::uint32_t> classes;
  for (const std::uint32_t start : starts) {
    std::vector<bool> in;
    for (const character_set& set : sets) {
      in.push_back(std::any_of(set.begin(), set.end(),
                               [&](const range& each) { return each.first <= start && start <= each.last; }));
    }
    const auto [found, is_new] = classes.emplace(in, static_cast<std::uint32_t>(classes.size()));
    if (is_new) out.members.push_back(in);
    out.intervals.emplace_back(start, found->second);
  }
  return out;
}

class automaton_writer {
 public:
  automaton_writer(std::vector<position> positions, std::uint32_t first, alphabet characters)
      : positions_(std::move(positions)), first_(first), characters_(std::move(characters)) {}

  std::vector<std::uint32_t> run() {
    const auto classes = static_cast<std::uint32_t>(characters_.members.size());
    rows_.assign(classes + 1, pattern::refused);
    rows_.insert(rows_.end(), classes + 1, pattern::matched);
    const std::uint32_t start = state_of(reached_from({first_}, true, false), true);
    for (std::size_t i = 0; i < waiting_.size(); ++i) write_row(i);
    std::vector<std::uint32_t> words{static_cast<std::uint32_t>(characters_.intervals.size()), classes, start};
    for (const auto& [code_point, number] : characters_.intervals) words.insert(words.end(), {code_point, number});
    words.insert(words.end(), rows_.begin(), rows_.end());
    return words;
  }

 private:
  using positions_set = std::vector<std::uint32_t>;  // in ascending order

  // The positions that look at a character or wait for the end, and `accept`, that are reached without taking one.
  positions_set reached_from(positions_set waiting, bool at_begin, bool at_end) const {
    std::vector<bool> seen(positions_.size());
    positions_set out;
    while (!waiting.empty()) {
      const std::uint32_t at = waiting.back();
      waiting.pop_back();
      if (seen[at]) continue;
      seen[at] = true;
      const position& here = positions_[at];
      const bool is_open = here.type == position::kind::split || (here.type == position::kind::begin && at_begin) ||
                           (here.type == position::kind::end && at_end);
      if (here.type == position::kind::split) waiting.push_back(here.other);
      if (is_open) {
        waiting.push_back(here.next);
      } else if (here.type != position::kind::begin) {
        out.push_back(at);
      }
    }
    std::sort(out.begin(), out.end());
    return out;
  }

  bool accepts(const positions_set& set) const {
    return std::any_of(set.begin(), set.end(),
                       [&](std::uint32_t at) { return positions_[at].type == position::kind::accept; });
  }

  std::uint32_t state_of(positions_set set, bool is_start) {
    if (accepts(set)) return pattern::matched;
    if (set.empty()) return pattern::refused;
    const auto number = static_cast<std::uint32_t>(pattern::matched + 1 + waiting_.size());
    if (!is_start) {
      // The start is a state of its own: only there is ^ still open behind a $.
      const auto [found, is_new] = states_.emplace(set, number);
      if (!is_new) return found->second;
    }
    if ((number + 1) * (characters_.members.size() + 1) > most_table_words)
      throw refusal{"more combinations of alternatives and repetitions than a table holds"};
    waiting_.push_back(std::move(set));
    return number;
  }

  void write_row(std::size_t number) {
    const positions_set set = waiting_[number];
    for (const std::vector<bool>& in : characters_.members) {
      // A pattern may begin anywhere in the text.
      positions_set next{first_};
      for (const std::uint32_t at : set) {
        if (positions_[at].type == position::kind::set && in[positions_[at].set]) next.push_back(positions_[at].next);
      }
      rows_.push_back(state_of(reached_from(std::move(next), false, false), false));
    }
    rows_.push_back(accepts(reached_from(set, number == 0, true)) ? 1 : 0);
  }

  std::vector<position> positions_;
  std::uint32_t first_;
  alphabet characters_;
  std::map<positions_set, std::uint32_t> states_;
  std::vector<positions_set> waiting_;  // the states behind `matched`, in their order
  std::vector<std::uint32_t> rows_;
};

}  // namespace

compiled_pattern compile_pattern(std::string_view pattern) {
  if (pattern.size() > longest_pattern) return {{}, "more than " + std::to_string(longest_pattern) + " bytes"};
  try {
    const tree whole = parser(pattern).run();
    position_writer writer;
    const std::uint32_t first = writer.run(whole);
    const std::vector<character_set> sets = writer.sets();
    return {automaton_writer(writer.take_positions(), first, divide(sets)).run(), ""};
  } catch (const refusal& refused) {
    return {{}, refused.problem};
  }
}

}  // namespace recreq::compiler
