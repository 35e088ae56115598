// Compares what came out with what a vector expects.
#pragma once

#include <string>
#include <vector>

#include "native_run.hpp"
#include "vector_file.hpp"

namespace recreq::vectors {

/// What is different, a line each; empty when all is as expected. `made` is the request, or the effective value of a
/// body.
std::vector<std::string> differences(const test_vector& given, const outcome& made);

}  // namespace recreq::vectors
