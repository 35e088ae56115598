// simdjson for the WebAssembly module: its kernel for 128-bit vectors, over Emscripten's translation of SSE to
// WebAssembly's own. The engine walks simdjson's tokens itself, so the builder of its own tree, which would otherwise
// be half of what everyone downloads, is left out: its place is taken by a stub. So are those of the other virtual
// functions, which nobody calls and the linker cannot drop. The loop that finds the tokens is written anew around
// simdjson's scanners: simdjson has all of it twice, the second time for the end of the text.
#define SIMDJSON_IS_X86_64 1
#define SIMDJSON_IMPLEMENTATION_ICELAKE 0
#define SIMDJSON_IMPLEMENTATION_HASWELL 0
#define SIMDJSON_IMPLEMENTATION_WESTMERE 1
#define SIMDJSON_IMPLEMENTATION_FALLBACK 0
#define __PCLMUL__ 1  // x86intrin.h beside this file has the one instruction that it stands for

#include <simdjson.h>

namespace simdjson::westmere {
namespace {
namespace stage1 {

struct json_minifier {
  template <std::size_t>
  static error_code minify(const std::uint8_t*, std::size_t, std::uint8_t*, std::size_t&) noexcept {
    return UNSUPPORTED_ARCHITECTURE;
  }
};

struct json_structural_indexer {
  template <std::size_t>
  static error_code index(const std::uint8_t*, std::size_t, dom_parser_implementation&, stage1_mode) noexcept;
};

bool generic_validate_utf8(const char*, std::size_t) { return false; }

}  // namespace stage1
namespace stage2 {

struct tape_builder {
  template <bool streaming>
  static error_code parse_document(dom_parser_implementation&, dom::document&) noexcept {
    return UNSUPPORTED_ARCHITECTURE;
  }
};

}  // namespace stage2
namespace stringparsing {

std::uint8_t* parse_string(const std::uint8_t*, std::uint8_t*, bool) { return nullptr; }
std::uint8_t* parse_wobbly_string(const std::uint8_t*, std::uint8_t*) { return nullptr; }

}  // namespace stringparsing
}  // namespace
}  // namespace simdjson::westmere

#define SIMDJSON_SRC_GENERIC_STAGE1_FIND_NEXT_DOCUMENT_INDEX_H
#define SIMDJSON_SRC_GENERIC_STAGE1_JSON_MINIFIER_H
#define SIMDJSON_SRC_GENERIC_STAGE1_JSON_STRUCTURAL_INDEXER_H
#define SIMDJSON_SRC_GENERIC_STAGE1_UTF8_VALIDATOR_H
#define SIMDJSON_SRC_GENERIC_STAGE2_STRINGPARSING_H
#define SIMDJSON_SRC_GENERIC_STAGE2_TAPE_BUILDER_H
#include <simdjson.cpp>

namespace simdjson::westmere {
namespace {
namespace stage1 {

constexpr std::size_t block_bytes = 64;

// Writes the places of a block's bits. May write a few words too many; simdjson's array has room for them.
inline void write_places(std::uint32_t*& out, std::uint32_t block, std::uint64_t bits) noexcept {
  std::uint32_t* const end = out + count_ones(bits);
  for (std::uint32_t* next = out; next < end; next += 4) {
    for (std::size_t i = 0; i < 4; ++i) {
      next[i] = block + static_cast<std::uint32_t>(trailing_zeroes(bits));
      bits = clear_lowest_bit(bits);
    }
  }
  out = end;
}

// Hardly any block has other characters than those of ASCII, so that this is a loop and not four times the same.
inline void check_block(utf8_checker& checker, const simd::simd8x64<std::uint8_t>& in, const std::uint8_t* block) {
  using chunk = simd::simd8<std::uint8_t>;
  if (is_ascii(in)) {
    checker.error |= checker.prev_incomplete;
    return;
  }
  chunk before = checker.prev_input_block;
#pragma clang loop unroll(disable)
  for (std::size_t at = 0; at < block_bytes; at += sizeof(chunk)) {
    const chunk here(block + at);
    checker.check_utf8_bytes(here, before);
    before = here;
  }
  checker.prev_incomplete = utf8_validation::is_incomplete(before);
  checker.prev_input_block = before;
}

template <std::size_t>
error_code json_structural_indexer::index(const std::uint8_t* text, std::size_t size, dom_parser_implementation& parser,
                                          stage1_mode) noexcept {
  if (size > parser.capacity()) return CAPACITY;
  json_scanner scanner{};
  utf8_checker checker{};
  std::uint64_t control_characters = 0;
  std::uint32_t* const first = parser.structural_indexes.get();
  std::uint32_t* out = first;
  std::uint8_t last[block_bytes];
  for (std::size_t at = 0; at < size; at += block_bytes) {
    const std::uint8_t* block = text + at;
    if (size - at < block_bytes) {
      std::memset(last, ' ', block_bytes);
      std::memcpy(last, block, size - at);
      block = last;
    }
    const simd::simd8x64<std::uint8_t> in(block);
    const json_block found = scanner.next(in);
    control_characters |= found.non_quote_inside_string(in.lteq(0x1F));
    check_block(checker, in, block);
    write_places(out, static_cast<std::uint32_t>(at), found.structural_start());
  }
  parser.n_structural_indexes = static_cast<std::uint32_t>(out - first);
  if (const error_code unclosed = scanner.finish(); unclosed != SUCCESS) return unclosed;
  if (control_characters != 0) return UNESCAPED_CHARS;
  if (out == first) return EMPTY;
  checker.check_eof();
  return checker.errors();
}

}  // namespace stage1
}  // namespace
}  // namespace simdjson::westmere
