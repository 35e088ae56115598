// Providers that exist for one test: a document written in the test, compiled in memory.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "document.hpp"
#include "recreq/operation.hpp"

namespace recreq::testing {

struct compiled {
  std::vector<std::uint32_t> image;
  std::vector<compiler::problem> problems;

  /// Whether there is a problem at that pointer, and its message has that part.
  bool refuses(std::string_view pointer, std::string_view part_of_message = "") const;
  std::string shown() const;
};

/// Compiles a document that is called `example.json`.
compiled compile(std::string_view document);

/// A document whose operation `makeThing` is a POST to https://{region}.example.com/things/{id}/. The body's schema
/// stands at
/// #/components/schemas/Body, `more_schemas` are further members beside it.
std::string document_for(std::string_view body_schema, std::string_view more_schemas = "");

/// The same document with an operation that matches: a bot has under /told/settings what it was created with, a value
/// of the body's schema. `rules` are those about a bot and overrides.
std::string with_match(std::string document, std::string_view rules = "");

/// An object schema that is closed and has these properties.
std::string closed_object(std::string_view properties, std::string_view more_keywords = "");

/// The provider of such a document.
class example_provider {
 public:
  explicit example_provider(std::string_view body_schema, std::string_view more_schemas = "");
  static example_provider of_document(std::string_view document);

  const provider& service() const { return *service_; }
  operation make_thing() const { return {*service_, 0}; }

  report check(std::string_view body, const options& how = {}) const { return make_thing().check_body(body, how); }
  /// The issues of a body: `error type #/a, warning unknown-key #/b`.
  std::string issues(std::string_view body, const options& how = {}) const;
  /// The effective body, canonical.
  std::string value(std::string_view body, const options& how = {}) const;

 private:
  example_provider() = default;
  void open(std::string_view document);

  std::vector<std::uint32_t> image_;
  std::unique_ptr<provider> service_;
};

/// Issues by severity, code or rule, and place; separated by commas.
std::string summary(std::span<const issue> issues);

options with_defaults(defaults_mode mode);
options with_unknown(unknown_mode mode);

}  // namespace recreq::testing
