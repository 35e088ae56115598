// Vectors of bodies that match a bot: what a start is made of, and what has to come out.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "vector_file.hpp"

namespace recreq::vectors {

/// Something that a matching is given; nothing when it is absent.
struct match_input {  // NOLINT(bugprone-exception-escape): moving JSON does not throw
  json value;
  std::optional<std::string> text;  ///< instead of a value
};

struct match_vector {  // NOLINT(bugprone-exception-escape): moving JSON does not throw
  std::string provider;
  std::string operation;
  std::string name;
  bool of_config = false;  ///< what the bot was created with is given, not the bot
  match_input given;
  std::optional<match_input> overrides;
  json options;
  json expected;
};

/// What the WebAssembly module gives of a match.
struct match_outcome {
  bool ok = false;
  std::string body;
  std::string report;
};

/// Reads a file of `tests/vectors/<provider>/matching/`. Throws what nlohmann/json and the standard library throw.
std::vector<match_vector> read_match_file(const std::filesystem::path& file);

/// All of them, in the order of their names.
std::vector<std::filesystem::path> match_files(const std::filesystem::path& folder);

match_outcome run(const match_vector& given);

/// What is different, a line each; empty when all is as expected.
std::vector<std::string> differences(const match_vector& given, const match_outcome& made);

}  // namespace recreq::vectors
