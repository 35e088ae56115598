// simdjson for the WebAssembly module. The engine walks simdjson's tokens itself, so the builder of its own tree, which
// would otherwise be half of what everyone downloads, is left out: its place is taken by a stub.
#include <simdjson.h>

namespace simdjson::fallback {
namespace {
namespace stage2 {

struct tape_builder {
  template <bool streaming>
  static error_code parse_document(dom_parser_implementation&, dom::document&) noexcept {
    return UNSUPPORTED_ARCHITECTURE;
  }
};

}  // namespace stage2
}  // namespace
}  // namespace simdjson::fallback

#define SIMDJSON_SRC_GENERIC_STAGE2_TAPE_BUILDER_H
#include <simdjson.cpp>
