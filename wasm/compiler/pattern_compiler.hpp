// The regular expressions of `pattern` and `patternProperties` into automata.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace recreq::compiler {

struct compiled_pattern {
  std::vector<std::uint32_t> automaton;  ///< as schema/pattern.hpp has it; empty when the pattern is refused
  std::string problem;                   ///< what is refused, and where
};

/// Takes ECMAScript's regular expressions in Unicode mode, without what no automaton can do (backreferences) and what
/// this one does not (assertions other than ^ and $, Unicode properties). Flags, captures and laziness make no
/// difference to whether something matches.
compiled_pattern compile_pattern(std::string_view pattern);

}  // namespace recreq::compiler
