// Collecting issues.
#include "schema/report.hpp"

#include <algorithm>

#include "json/syntax_error.hpp"

namespace recreq {
namespace {

// Long enough for every name that a provider has; what is longer is a mistake that need not be repeated in full.
constexpr std::size_t longest_shown = 80;

std::string_view shortened(std::string_view text, arena& memory) noexcept {
  if (text.size() <= longest_shown) return memory.copy(text);
  std::size_t end = longest_shown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text_builder out(memory);
  out.append(text.substr(0, end));
  out.append("…");
  return out.view();
}

}  // namespace

finding& finding::text(std::string_view name, std::string_view value) noexcept {
  if (param_count_ < params_.size()) params_[param_count_++] = {name, value, false};
  return *this;
}

finding& finding::number(std::string_view name, std::uint32_t value) noexcept {
  if (param_count_ == params_.size()) return *this;
  std::array<char, 10>& digits = digits_[param_count_].text;
  std::size_t begin = digits.size();
  do {
    digits[--begin] = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value != 0);
  params_[param_count_++] = {name, {digits.data() + begin, digits.size() - begin}, true};
  return *this;
}

std::string_view path_text(std::string_view steps, arena& memory) noexcept {
  text_builder out(memory);
  out.append('[');
  out.append(steps.empty() ? steps : steps.substr(1));
  out.append(']');
  return out.view();
}

std::uint32_t report_builder::offset_of(const node* source, bool at_key) noexcept {
  if (source == nullptr || !source->in_text || source->from != origin::input) return no_offset;
  return at_key ? source->key_offset : source->offset;
}

issue* report_builder::add(const finding& found) noexcept {
  if (full()) {
    truncated_ = true;
    if (found.level == severity::error) ++errors_;
    return nullptr;
  }
  issue made;
  made.code = found.code;
  made.level = found.level;
  made.pointer = pointer_text(found.where, *memory_);
  text_builder path(*memory_);
  append_path(path, found.where);
  made.path = path_text(path.view(), *memory_);
  made.expected = found.expected;
  made.suggestion = found.suggestion;
  const std::span<const issue_param> given = found.params();
  const std::span<issue_param> params = memory_->make_array<issue_param>(given.size());
  for (std::size_t i = 0; i < params.size(); ++i) {
    // Only what the caller wrote can be of any length.
    const bool written = given[i].name == "key" || given[i].name == "keys" || given[i].name == "value";
    params[i] = {given[i].name, written ? shortened(given[i].value, *memory_) : memory_->copy(given[i].value),
                 given[i].is_number};
  }
  made.params = params;
  made.message = fill_message(texts_.of(found.code, found.variant), made.params, *memory_);
  return add(made, offset_of(found.source, found.at_key));
}

issue* report_builder::add(const issue& ready, std::uint32_t offset) noexcept {
  if (ready.level == severity::error) ++errors_;
  if (full()) {
    truncated_ = true;
    return nullptr;
  }
  if (!offsets_.push_back(offset) || !issues_.push_back(ready)) return nullptr;
  return &issues_.back();
}

std::string_view report_builder::drop_unlisted(std::string_view pointer) noexcept {
  std::string_view suggested;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < issues_.size(); ++i) {
    const bool unlisted = issues_[i].code == issue_code::unknown_key || issues_[i].code == issue_code::unknown_value;
    if (unlisted && issues_[i].pointer == pointer) {
      if (issues_[i].level == severity::error) --errors_;
      suggested = issues_[i].suggestion;
      continue;
    }
    issues_[kept] = issues_[i];
    offsets_[kept] = offsets_[i];
    ++kept;
  }
  issues_.truncate(kept);
  offsets_.truncate(kept);
  return suggested;
}

void report_builder::locate(std::string_view text, bool utf16_offsets, std::string_view pointer) noexcept {
  std::uint32_t byte = 0;
  text_position at{0, 1, 1};
  for (std::size_t i = 0; i < issues_.size(); ++i) {
    if (offsets_[i] == no_offset || !issues_[i].pointer.starts_with(pointer)) continue;
    // Issues mostly come in the order of the text.
    if (offsets_[i] < byte) {
      byte = 0;
      at = {0, 1, 1};
    }
    while (byte < offsets_[i] && byte < text.size()) {
      const bool line_break = text[byte] == '\n';
      const std::size_t bytes = std::max<std::size_t>(1, utf8_sequence(text.substr(byte)));
      const std::uint32_t units = bytes == 4 ? 2 : 1;
      byte += static_cast<std::uint32_t>(bytes);
      at.offset += units;
      at.column = line_break ? 1 : at.column + units;
      at.line += line_break ? 1 : 0;
    }
    issues_[i].position = at;
    if (!utf16_offsets) issues_[i].position->offset = byte;
  }
}

std::string_view digits(std::uint64_t number, arena& memory) noexcept {
  text_builder out(memory);
  out.append_number(number);
  return out.view();
}

}  // namespace recreq
