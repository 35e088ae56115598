// simdjson for the WebAssembly module: its kernel for 128-bit vectors, over Emscripten's translation of SSE to
// WebAssembly's own. The engine walks simdjson's tokens itself, so the builder of its own tree, which would otherwise
// be half of what everyone downloads, is left out: its place is taken by a stub. So are those of the two other virtual
// functions, which nobody calls and the linker cannot drop.
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
}  // namespace
}  // namespace simdjson::westmere

#define SIMDJSON_SRC_GENERIC_STAGE1_JSON_MINIFIER_H
#define SIMDJSON_SRC_GENERIC_STAGE1_UTF8_VALIDATOR_H
#define SIMDJSON_SRC_GENERIC_STAGE2_TAPE_BUILDER_H
#include <simdjson.cpp>
