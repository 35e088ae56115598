// What a report of the C++ interface holds.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "json/arena.hpp"
#include "recreq/operation.hpp"

namespace recreq {

struct report::state {
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
