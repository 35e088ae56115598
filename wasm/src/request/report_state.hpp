// What a report of the C++ interface holds.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "json/arena.hpp"
#include "recreq/operation.hpp"
#include "schema/image.hpp"

namespace recreq {

struct report::state {
  /// Checks a JSON text as a body that no operation is around.
  static report check_alone(const image::view& image, std::uint32_t body, std::string_view json,
                            const options& how) noexcept;

  arena memory{0};
  std::span<const issue> issues;
  std::span<const placed_origin> provenance;
  bool truncated = false;
  bool ok = false;
  bool body_alone = false;  ///< pointers begin at the body
  std::string_view value;
  std::optional<recreq::request> request;
};

}  // namespace recreq
