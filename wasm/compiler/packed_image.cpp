// Packing an image: what `image::unpack` reads.
#include "packed_image.hpp"

#include <stdexcept>
#include <string_view>

#include "schema/packed_image.hpp"

namespace recreq::compiler {
namespace {

using image::header;
using image::spelling;

void append_number(std::string& out, std::uint32_t number) {
  using namespace image::packed;
  const auto append = [&out](std::uint32_t place) { out += static_cast<char>(first_character + place); };
  for (; number >= last_digits; number /= more_digits) append(last_digits + number % more_digits);
  append(number);
}

/// A line feed, or another character that stands in no string.
char separator_for(std::string_view text) {
  for (const char candidate : std::string_view("\n\t\r\v\f\x01\x02\x03\x04\x05\x06\x07\x7F")) {
    if (text.find(candidate) == std::string_view::npos) return candidate;
  }
  throw std::runtime_error("the document's texts have all the control characters that could stand between them");
}

void append_table(std::string& out, image::table which, const std::uint32_t* first, std::uint32_t count) {
  const std::size_t width = image::table_fields[static_cast<std::size_t>(which)].size();
  for (std::size_t f = width; f-- > 0;) {
    const spelling how = image::spelling_of(which, f);
    std::uint32_t expected = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::uint32_t* word = first + i * width + f;
      append_number(out, how == spelling::plain ? *word + 1 : image::folded(*word - expected));
      expected = how == spelling::run ? *word + word[1] : *word;
    }
  }
}

}  // namespace

std::string pack(std::span<const std::uint32_t> words) {
  const auto start = [&](std::size_t t) { return words.data() + words[header::size + 2 * t]; };
  const auto count = [&](std::size_t t) { return words[header::size + 2 * t + 1]; };
  const std::string_view text(reinterpret_cast<const char*>(words.data() + words[header::text_at]),
                              words[header::text_bytes_at]);
  const char separator = separator_for(text);
  std::string out;
  for (const std::uint32_t fact : {image::layout, static_cast<std::uint32_t>(separator), words[header::provider_at],
                                   words[header::facts_at], words[header::checksum_at]})
    append_number(out, fact);
  for (std::size_t t = 0; t < image::table_count; ++t) append_number(out, count(t));
  for (std::size_t t = 1; t < image::table_count; ++t)
    append_table(out, static_cast<image::table>(t), start(t), count(t));
  std::size_t at = 0;
  for (std::uint32_t i = 0; i < count(0); ++i) {
    out += text.substr(at, start(0)[i]);
    out += separator;
    at += start(0)[i];
  }
  return out;
}

}  // namespace recreq::compiler
