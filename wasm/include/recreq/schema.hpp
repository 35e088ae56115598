/// @file
/// A JSON Schema (2020-12) of one's own: compiled at run time or ahead of it, then checked against like an operation's
/// body.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "recreq/operation.hpp"
#include "recreq/options.hpp"

namespace recreq {

/// What stands in the way of a schema, and where in it.
struct schema_problem {
  std::string pointer;  ///< JSON Pointer into the schema's text
  std::string message;  ///< names the keyword, reference or pattern that is refused
};

struct schema_image {
  std::vector<std::uint32_t> words;  ///< what `json_schema` opens; empty when there are problems
  std::vector<schema_problem> problems;
};

/// What a `format` is that has no check.
enum class unknown_formats : std::uint8_t {
  refuse,  ///< a problem: whoever writes a format expects it to be checked
  ignore,  ///< an annotation, as JSON Schema allows
};

/// Compiles the text of a schema. References may lead to anything inside it, by pointer, `$anchor` or `$id`. The same
/// text gives the same words on every machine, so that they can be stored. Part of the library `recreq::compiler`.
schema_image compile_schema(std::string_view text, unknown_formats unknown = unknown_formats::refuse) noexcept;

/// A compiled schema. Const and stateless: any number of threads may use it at once. The words have to outlive it.
class json_schema {
 public:
  /// Opens an image; of a refused one `problem()` says why, and it lets nothing pass.
  explicit json_schema(std::span<const std::uint32_t> words) noexcept;
  json_schema(json_schema&&) noexcept;
  json_schema& operator=(json_schema&&) noexcept;
  json_schema(const json_schema&) = delete;
  json_schema& operator=(const json_schema&) = delete;
  ~json_schema();

  /// Empty when the image was opened.
  std::string_view problem() const noexcept { return problem_; }

  /// Checks a JSON text. As with a body, `defaults` are filled into the report's value unless the options omit them.
  report check(std::string_view json, const options& how = {}) const noexcept;

 private:
  struct opened;
  std::unique_ptr<opened> opened_;
  std::string_view problem_;
};

}  // namespace recreq
