// Vectors through the engine's own call, in the way of the WebAssembly module's bindings.
#pragma once

#include <string>
#include <string_view>

#include "schema/image.hpp"
#include "vector_file.hpp"

namespace recreq::vectors {

/// What the WebAssembly module's `run` gives.
struct outcome {
  bool ok = false;
  bool memory_exhausted = false;
  std::string method;  ///< of the operation
  std::string head;    ///< the URL and the headers, a line each
  std::string body;    ///< of a request; or the effective value
  std::string report;  ///< empty when there are no issues
};

enum class purpose { build, check };

/// Which rules are asked: those that the body has something for, or all, as if nothing were known of their needs.
enum class rules_asked { as_needed, all };

outcome run(const test_vector& given, purpose wanted, rules_asked asked = rules_asked::as_needed);

/// The same call with another text in the place of the vector's body, and only the limit of its depth.
outcome run(const test_vector& given, const body_text& other, purpose wanted);

/// A provider's image, and an operation of it.
image::view view_of(const std::string& provider);
image::operation_record operation_of(const std::string& provider, std::string_view name);

}  // namespace recreq::vectors
