// The small generated modules beside the types: the image as text, the names of issue codes, the engine's limits.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace recreq::compiler {

/// A TypeScript module that exports the image, packed.
std::string image_module(std::span<const std::uint32_t> words);

/// A TypeScript module that exports the union `IssueCode`.
std::string issue_code_module();

/// A TypeScript module that exports `standardLimits`, what the engine takes without being told otherwise.
std::string limits_module();

}  // namespace recreq::compiler
