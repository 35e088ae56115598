// Compares what came out with what a vector expects.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "native_run.hpp"
#include "vector_file.hpp"

namespace recreq::vectors {

/// What is different, a line each; empty when all is as expected. `made` is the request, or the effective value of a
/// body.
std::vector<std::string> differences(const test_vector& given, const outcome& made);

/// Adds a line when two values differ.
void compare(std::vector<std::string>& found, std::string_view what, const json& expected, const json& actual);

/// Adds a line for each difference of two lists of issues, of which the expected ones say only what is compared.
void compare_issues(std::vector<std::string>& found, const json& expected, const json& actual);

}  // namespace recreq::vectors
