// Reads documents from standard input and writes what the engine makes of each: its canonical text, or "!" and the code
// of the issue for which it is refused, with the place in bytes. Both ways a document is four bytes of length, lowest
// first, and its text.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "json/arena.hpp"
#include "json/canonical.hpp"
#include "json/reading.hpp"

namespace {

constexpr std::size_t length_bytes = 4;

bool read_length(std::uint32_t& length) {
  std::array<unsigned char, length_bytes> bytes{};
  if (std::fread(bytes.data(), 1, bytes.size(), stdin) != bytes.size()) return false;
  length = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) length = length << 8U | bytes[i];
  return true;
}

// Behind a document the engine may look, and must not believe: there stands what could continue it, another character
// each time.
bool read_document(std::string& padded, std::uint32_t length) {
  constexpr std::string_view tempting = "0\"}],\\ e";
  padded.assign(length + recreq::text_padding, tempting[length % tempting.size()]);
  return std::fread(padded.data(), 1, length, stdin) == length;
}

void write_text(std::string_view mark, std::string_view text) {
  auto length = static_cast<std::uint32_t>(mark.size() + text.size());
  for (std::size_t i = 0; i < length_bytes; ++i, length >>= 8U) std::putchar(static_cast<int>(length & 0xFFU));
  std::fwrite(mark.data(), 1, mark.size(), stdout);
  std::fwrite(text.data(), 1, text.size(), stdout);
}

}  // namespace

int main() {
  recreq::json_reader reader;
  recreq::arena memory{std::size_t{64} << 20U};
  std::uint32_t length = 0;
  std::string padded;
  while (read_length(length)) {
    if (!read_document(padded, length)) return 1;
    memory.clear();
    const recreq::read_result read = reader.read(std::string_view(padded).substr(0, length), recreq::limits{}, memory);
    if (read.root == nullptr) {
      if (memory.exhausted()) return 1;
      write_text("!", std::string(recreq::code_name(read.failure.code)) + " " + std::to_string(read.failure.offset));
      continue;
    }
    recreq::text_builder out(memory);
    recreq::write_canonical(out, *read.root);
    if (memory.exhausted()) return 1;
    write_text("", out.view());
  }
  return std::ferror(stdin) != 0 || std::fflush(stdout) != 0 ? 1 : 0;
}
