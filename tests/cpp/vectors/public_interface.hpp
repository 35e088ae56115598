// The same vectors through the public C++ interface.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "native_run.hpp"
#include "vector_file.hpp"

namespace recreq::vectors {

/// Where the public interface gives something else than the engine's call: a line each. Nothing when the vector is not
/// for this interface, because an input is not a string, or not one that its type has.
std::optional<std::vector<std::string>> public_differences(const test_vector& given, const outcome& made,
                                                           const outcome& checked);

}  // namespace recreq::vectors
