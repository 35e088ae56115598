// Unpacking an image: the words that the compiler wrote, in their places.
#include "schema/packed_image.hpp"

#include <cstring>
#include <new>
#include <utility>

namespace recreq::image {
namespace {

class unpacker {
 public:
  explicit unpacker(std::string_view packed) noexcept : rest_(packed) {}

  unpacked_image run() noexcept {
    if (number() != layout) return {nullptr, 0, failed_ ? open_error::truncated : open_error::other_layout};
    separator_ = static_cast<char>(number());
    std::array<std::uint32_t, 3> facts{};
    for (std::uint32_t& fact : facts) fact = number();
    if (!place_tables()) return {nullptr, 0, open_error::truncated};
    made_.words.reset(new (std::nothrow) std::uint32_t[made_.size]{});
    if (!made_.words) return {nullptr, 0, open_error::no_memory};
    for (std::size_t t = 1; t < table_count; ++t) read_table(static_cast<table>(t));
    if (failed_ || !read_strings()) return {nullptr, 0, open_error::truncated};
    write_header(facts);
    return std::move(made_);
  }

 private:
  std::uint32_t number() noexcept {
    std::uint32_t value = 0;
    for (std::uint32_t shift = 0; !rest_.empty() && shift < 32; shift += 4) {
      const std::uint32_t place = static_cast<unsigned char>(rest_.front()) - packed::first_character;
      rest_.remove_prefix(1);
      if (place < packed::last_digits) return value | place << shift;
      if (place >= packed::last_digits + packed::more_digits) break;
      value |= (place % packed::more_digits) << shift;
    }
    failed_ = true;
    return 0;
  }

  // Each field is at least a character, and each string its separator, so that no image is larger than its text allows.
  bool place_tables() noexcept {
    std::uint64_t words = header::size + 2 * table_count;
    std::uint64_t characters = 0;
    for (std::size_t t = 0; t < table_count; ++t) {
      starts_[t] = static_cast<std::uint32_t>(words);
      counts_[t] = number();
      const std::uint64_t fields = std::uint64_t{counts_[t]} * table_fields[t].size();
      words += fields;
      characters += fields;
    }
    if (failed_ || characters > rest_.size()) return false;
    text_at_ = static_cast<std::uint32_t>(words);
    // Room for all that is left. How much of it is strings is not known yet, nor whether each has its separator.
    made_.size = static_cast<std::size_t>(words + (rest_.size() - (characters - counts_[0]) + 3) / 4);
    return true;
  }

  void read_table(table which) noexcept {
    const std::size_t t = static_cast<std::size_t>(which);
    const std::size_t width = table_fields[t].size();
    for (std::size_t f = width; f-- > 0;) {
      const spelling how = spelling_of(which, f);
      std::uint32_t* word = made_.words.get() + starts_[t] + f;
      std::uint32_t expected = 0;
      for (std::uint32_t i = 0; i < counts_[t]; ++i, word += width) {
        const std::uint32_t written = number();
        *word = how == spelling::plain ? written - 1 : expected + unfolded(written);
        expected = how == spelling::run ? *word + word[1] : *word;
      }
    }
  }

  bool read_strings() noexcept {
    char* const text = reinterpret_cast<char*>(made_.words.get() + text_at_);
    for (std::uint32_t i = 0; i < counts_[0]; ++i) {
      // A loop: for this alone, the module would bring memchr along.
      std::size_t size = 0;
      while (size < rest_.size() && rest_[size] != separator_) ++size;
      if (size == rest_.size()) return false;
      std::memcpy(text + text_bytes_, rest_.data(), size);
      made_.words[starts_[0] + i] = static_cast<std::uint32_t>(size);
      text_bytes_ += static_cast<std::uint32_t>(size);
      rest_.remove_prefix(size + 1);
    }
    made_.size = text_at_ + (text_bytes_ + std::size_t{3}) / 4;
    return true;
  }

  void write_header(const std::array<std::uint32_t, 3>& facts) noexcept {
    std::uint32_t* const words = made_.words.get();
    words[header::magic_at] = magic;
    words[header::layout_at] = layout;
    words[header::words_at] = static_cast<std::uint32_t>(made_.size);
    words[header::provider_at] = facts[0];
    words[header::facts_at] = facts[1];
    words[header::checksum_at] = facts[2];
    words[header::text_at] = text_at_;
    words[header::text_bytes_at] = text_bytes_;
    for (std::size_t t = 0; t < table_count; ++t) {
      words[header::size + 2 * t] = starts_[t];
      words[header::size + 2 * t + 1] = counts_[t];
    }
  }

  std::string_view rest_;
  bool failed_ = false;
  char separator_ = 0;
  std::array<std::uint32_t, table_count> starts_{};
  std::array<std::uint32_t, table_count> counts_{};
  std::uint32_t text_at_ = 0;
  std::uint32_t text_bytes_ = 0;
  unpacked_image made_;
};

}  // namespace

spelling spelling_of(table which, std::size_t field_number) noexcept {
  if (which == table::lists) return spelling::difference;
  switch (table_fields[static_cast<std::size_t>(which)][field_number]) {
    case field::number:
    case field::maybe_string:
    case field::maybe_schema:
    case field::maybe_value:
    case field::maybe_body:
    case field::maybe_match:
    case field::maybe_evidence:
      return spelling::plain;
    case field::string:
    case field::schema:
    case field::schema_or_open:
      return spelling::difference;
    case field::first_of_properties:
    case field::first_of_instructions:
    case field::first_of_values:
    case field::first_of_inputs:
    case field::first_of_rule_groups:
    case field::first_of_rules:
    case field::first_of_fixes:
    case field::first_of_gates:
    case field::first_of_slots:
    case field::list:
      return spelling::run;
  }
  return spelling::plain;
}

unpacked_image unpack(std::string_view packed) noexcept { return unpacker(packed).run(); }

}  // namespace recreq::image
