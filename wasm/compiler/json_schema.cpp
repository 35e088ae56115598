// The public way from a schema's text to its image.
#include <exception>

#include "document.hpp"
#include "image_writer.hpp"
#include "recreq/schema.hpp"

namespace recreq {

schema_image compile_schema(std::string_view text, unknown_formats unknown) noexcept {
  schema_image made;
  try {
    std::vector<compiler::problem> problems;
    const auto source = compiler::document::parse_schema(text, problems);
    if (source && problems.empty())
      made.words = compiler::write_schema_image(*source, unknown == unknown_formats::ignore, problems);
    for (compiler::problem& each : problems) {
      if (each.line > 0)
        each.message += " (line " + std::to_string(each.line) + ", column " + std::to_string(each.column) + ")";
      made.problems.push_back({std::move(each.pointer), std::move(each.message)});
    }
  } catch (const std::exception& failure) {
    made.words.clear();
    made.problems.assign(1, {"", failure.what()});
  }
  return made;
}

}  // namespace recreq
