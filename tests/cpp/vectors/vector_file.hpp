// Vector files: a call with its options, and what has to come out of it. tests/vectors/vector.schema.json says what
// they look like.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "recreq/options.hpp"

namespace recreq::vectors {

using json = nlohmann::ordered_json;

/// A text that stands for a whole body.
struct body_text {
  std::string text;
  bool is_bytes = false;  ///< JavaScript gets a Uint8Array, and offsets count bytes
};

struct test_vector {  // NOLINT(bugprone-exception-escape): moving JSON does not throw
  std::string provider;
  std::string name;
  std::string operation;
  std::string schema;             ///< instead of an operation: one that stands for itself
  bool body_alone = false;        ///< as every value of a schema is
  json input;                     ///< the operation's input, or the body when it is alone
  std::optional<body_text> body;  ///< beside `input`, or instead of it
  json options;
  json expected;
};

/// Reads a file. Throws what nlohmann/json and the standard library throw: a broken file ends the program.
std::vector<test_vector> read_vector_file(const std::filesystem::path& file);

/// All `*.json` below the folders of a folder, in the order of their names.
std::vector<std::filesystem::path> vector_files(const std::filesystem::path& folder);

/// JSON as JavaScript's JSON.stringify writes it, members in the order of the file; integers beyond those that are safe
/// with an exponent, as the package hands them to the engine.
std::string javascript_json(const json& value);

/// Options as the engine has them. Texts are the vector's.
class engine_options {
 public:
  explicit engine_options(const json& written);
  engine_options(const engine_options&) = delete;
  engine_options& operator=(const engine_options&) = delete;
  engine_options(engine_options&&) = delete;
  engine_options& operator=(engine_options&&) = delete;
  ~engine_options() = default;

  const options& get() const noexcept { return options_; }

 private:
  std::vector<rule_setting> rules_;
  std::vector<message> messages_;
  std::string extra_body_;
  options options_;
};

}  // namespace recreq::vectors
