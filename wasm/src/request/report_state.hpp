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
  bool truncated = false;
  bool ok = false;
  std::string_view value;
  std::optional<recreq::request> request;
};

}  // namespace recreq
