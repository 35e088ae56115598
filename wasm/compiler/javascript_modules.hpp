// The small generated modules beside the types: the image as text, and the names of issue codes.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace recreq::compiler {

/// A TypeScript module that exports the image, packed.
std::string image_module(std::span<const std::uint32_t> words);

/// A TypeScript module that exports the union `IssueCode`.
std::string issue_code_module();

}  // namespace recreq::compiler
