// A strict, plain JSON scanner that stops at the first problem and names it.
#include "json/syntax_error.hpp"

#include <algorithm>
#include <array>

#include "json/number.hpp"
#include "json/pointer.hpp"

namespace recreq {

std::size_t utf8_sequence(std::string_view text) noexcept {
  if (text.empty()) return 0;
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto continues = [&](std::size_t i, unsigned low, unsigned high) {
    return i < text.size() && byte(i) >= low && byte(i) <= high;
  };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return continues(1, 0x80, 0xBF) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const unsigned low = lead == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = lead == 0xED ? 0x9F : 0xBF;
    return continues(1, low, high) && continues(2, 0x80, 0xBF) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const unsigned low = lead == 0xF0 ? 0x90 : 0x80;
    const unsigned high = lead == 0xF4 ? 0x8F : 0xBF;
    return continues(1, low, high) && continues(2, 0x80, 0xBF) && continues(3, 0x80, 0xBF) ? 4 : 0;
  }
  return 0;
}

namespace {

class scanner {
 public:
  scanner(std::string_view text, std::uint32_t depth, arena& memory) noexcept
      : text_(text), most_levels_(std::min<std::size_t>(depth, levels_.size())), memory_(memory) {}

  read_failure run(const read_failure& otherwise) noexcept {
    scan();
    if (!failed_) return otherwise;
    failure_.pointer = pointer_.view();
    failure_.path = path_.view();
    return failure_;
  }

 private:
  struct level {
    bool is_object = false;
    std::uint32_t index = 0;
    bool has_key = false;
    std::string_view key{};
  };

  void scan() noexcept {
    for (;;) {
      // A value has to begin here.
      skip_whitespace();
      const char c = peek();
      if (c == '{' || c == '[') {
        if (depth_ == most_levels_) return fail(issue_code::too_deep, "");
        levels_[depth_++] = {c == '{'};
        ++at_;
        skip_whitespace();
        if (peek() == (c == '{' ? '}' : ']')) {
          ++at_;
          --depth_;
        } else if (c == '{') {
          if (!scan_key()) return;
          continue;
        } else {
          continue;
        }
      } else if (!scan_scalar()) {
        return;
      }
      // Behind a value: a comma, the end of its container, or the end of the text.
      for (;;) {
        skip_whitespace();
        if (depth_ == 0) {
          if (at_ == text_.size()) return;
          return fail(issue_code::syntax, "more-behind");
        }
        level& open = levels_[depth_ - 1];
        open.has_key = false;
        const char next = peek();
        if (next == ',') {
          ++at_;
          ++open.index;
          if (open.is_object && !scan_key()) return;
          break;
        }
        if (next != (open.is_object ? '}' : ']')) {
          if (at_ == text_.size()) return fail(issue_code::syntax, open.is_object ? "open-object" : "open-array");
          return fail(issue_code::syntax, open.is_object ? "comma-or-brace" : "comma-or-bracket");
        }
        ++at_;
        --depth_;
      }
    }
  }

  char peek() const noexcept { return at_ < text_.size() ? text_[at_] : '\0'; }

  void skip_whitespace() noexcept {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' || text_[at_] == '\r'))
      ++at_;
  }

  bool scan_key() noexcept {
    levels_[depth_ - 1].has_key = false;
    skip_whitespace();
    if (peek() != '"') {
      fail(issue_code::syntax, peek() == '}' ? "comma-before-brace" : at_ == text_.size() ? "end-before-key" : "key");
      return false;
    }
    const std::size_t begin = at_ + 1;
    if (!scan_string()) return false;
    level& open = levels_[depth_ - 1];
    open.key = text_.substr(begin, at_ - 1 - begin);
    open.has_key = true;
    if (open.key.find('\\') != std::string_view::npos && !unescape(open.key, memory_, open.key)) open.key = {};
    skip_whitespace();
    if (peek() != ':') {
      fail(issue_code::syntax, "colon");
      return false;
    }
    ++at_;
    return true;
  }

  bool scan_scalar() noexcept {
    const char c = peek();
    if (c == '"') return scan_string();
    for (const std::string_view literal :
         {std::string_view("true"), std::string_view("false"), std::string_view("null")}) {
      if (text_.substr(at_, literal.size()) == literal) return end_scalar(literal.size());
    }
    if (c == '-' || (c >= '0' && c <= '9')) {
      const std::size_t size = scan_number(text_.substr(at_));
      if (size != 0) return end_scalar(size);
      fail(issue_code::syntax, "number");
      return false;
    }
    if (at_ == text_.size()) {
      fail(issue_code::syntax, text_.empty() ? "empty" : "end-before-value");
    } else if (depth_ != 0 && c == ']') {
      fail(issue_code::syntax, "comma-before-bracket");
    } else if (c == '\'') {
      fail(issue_code::syntax, "single-quotes");
    } else if (c == '/' || c == '#') {
      fail(issue_code::syntax, "comment");
    } else {
      check_encoding();
    }
    return false;
  }

  void check_encoding() noexcept {
    if (utf8_sequence(text_.substr(at_)) == 0) return fail(issue_code::encoding, "");
    fail(issue_code::syntax, "value");
  }

  bool end_scalar(std::size_t size) noexcept {
    at_ += size;
    const char c = peek();
    const bool ends = at_ == text_.size() || c == ',' || c == ']' || c == '}' || c == ':' || c == ' ' || c == '\n' ||
                      c == '\t' || c == '\r';
    if (!ends) fail(issue_code::syntax, "value-end");
    return ends;
  }

  bool scan_string() noexcept {
    const std::size_t begin = at_++;
    while (at_ < text_.size()) {
      const auto c = static_cast<unsigned char>(text_[at_]);
      if (c == '"') {
        ++at_;
        return true;
      }
      if (c < 0x20) return refuse(issue_code::syntax, "control-character");
      if (c == '\\') {
        if (!scan_escape()) return false;
        continue;
      }
      const std::size_t size = utf8_sequence(text_.substr(at_));
      if (size == 0) {
        // Half of a surrogate pair has a three-byte form that is not UTF-8, and that some encoders write all the same.
        const bool surrogate =
            c == 0xED && at_ + 1 < text_.size() && static_cast<unsigned char>(text_[at_ + 1]) >= 0xA0;
        return refuse(surrogate ? issue_code::lone_surrogate : issue_code::encoding, "");
      }
      at_ += size;
    }
    at_ = begin;
    return refuse(issue_code::syntax, "open-string");
  }

  bool scan_escape() noexcept {
    const char c = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (c != 'u') {
      constexpr std::string_view simple = "\"\\/bfnrt";
      if (c == '\0' || simple.find(c) == std::string_view::npos) return refuse(issue_code::syntax, "escape");
      at_ += 2;
      return true;
    }
    const int unit = code_unit(at_);
    if (unit < 0) return refuse(issue_code::syntax, "unicode-escape");
    if (unit >= 0xDC00 && unit <= 0xDFFF) return refuse(issue_code::lone_surrogate, "");
    if (unit >= 0xD800 && unit <= 0xDBFF) {
      const int low = code_unit(at_ + 6);
      if (low < 0xDC00 || low > 0xDFFF) return refuse(issue_code::lone_surrogate, "");
      at_ += 6;
    }
    at_ += 6;
    return true;
  }

  // The value of a \uXXXX escape at a place; -1 when there is none.
  int code_unit(std::size_t at) const noexcept {
    if (at + 6 > text_.size() || text_[at] != '\\' || text_[at + 1] != 'u') return -1;
    int unit = 0;
    for (const char c : text_.substr(at + 2, 4)) {
      const std::size_t digit =
          std::string_view("0123456789abcdef").find(c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c);
      if (digit == std::string_view::npos) return -1;
      unit = unit * 16 + static_cast<int>(digit);
    }
    return unit;
  }

  bool refuse(issue_code code, std::string_view problem) noexcept {
    fail(code, problem);
    return false;
  }

  void fail(issue_code code, std::string_view problem) noexcept {
    failed_ = true;
    failure_.code = code;
    failure_.offset = static_cast<std::uint32_t>(at_);
    failure_.detail = problem;
    for (std::size_t i = 0; i < depth_; ++i) {
      const level& open = levels_[i];
      if (open.is_object && !open.has_key) continue;
      const place here = open.is_object ? place{nullptr, open.key} : place{nullptr, {}, open.index, true};
      append_pointer(pointer_, &here);
      append_path_step(path_, here);
    }
  }

  std::string_view text_;
  std::array<level, largest_depth + 1> levels_{};
  std::size_t most_levels_;
  arena& memory_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  bool failed_ = false;
  read_failure failure_;
  text_builder pointer_{memory_};
  text_builder path_{memory_};
};

}  // namespace

read_failure find_syntax_error(std::string_view text, std::uint32_t depth, arena& memory,
                               const read_failure& otherwise) noexcept {
  return scanner(text, depth, memory).run(otherwise);
}

}  // namespace recreq
