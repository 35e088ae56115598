// Compiling documents of tests.
#include "example_provider.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "image_writer.hpp"

namespace recreq::testing {

bool compiled::refuses(std::string_view pointer, std::string_view part_of_message) const {
  return std::any_of(problems.begin(), problems.end(), [&](const compiler::problem& found) {
    return found.pointer == pointer && found.message.find(part_of_message) != std::string::npos;
  });
}

std::string compiled::shown() const {
  std::string text;
  for (const compiler::problem& found : problems) text += compiler::problem_line("example.json", found) + "\n";
  return text;
}

compiled compile(std::string_view document) {
  compiled result;
  const auto source = compiler::document::parse(document, "example.json", result.problems);
  if (source && result.problems.empty()) result.image = compiler::write_image(*source, result.problems);
  return result;
}

std::string document_for(std::string_view body_schema, std::string_view more_schemas) {
  std::string text = R"({"openapi":"3.1.0","info":{"title":"Example","version":"2026-01-02"},
    "x-source":{"guide":{"title":"The guide","url":"https://example.com/guide","read":"2026-01-02"}},
    "servers":[{"url":"https://{region}.example.com",
                "variables":{"region":{"enum":["eu-1","us-1"],"default":"eu-1","x-required":true}}}],
    "security":[{"key":[]}],
    "paths":{"/things/{id}/":{"post":{"operationId":"makeThing",
      "parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}},
                    {"name":"dry run","in":"query","schema":{"type":"string"}},
                    {"name":"Idempotency-Key","in":"header","schema":{"type":"string","minLength":1}}],
      "requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Body"}}}}}}},
    "components":{
      "securitySchemes":{"key":{"type":"apiKey","in":"header","name":"X-Key","x-credential":{"name":"apiKey","prefix":"Key "}}},
      "schemas":{"Body":)";
  text += body_schema;
  if (!more_schemas.empty()) text += "," + std::string(more_schemas);
  return text + "}}}";
}

std::string with_match(std::string document, std::string_view rules) {
  const std::string match = R"("x-match":{"at":"/told/settings","configuration":"settings",
    "bot":{"schema":{"properties":{"bot":{"properties":{"id":{},"told":{"properties":{"settings":{"$ref":"#/components/schemas/Body"}}}}},
                                   "overrides":{"$ref":"#/components/schemas/Body"}}},
      "x-rules":[)" + std::string(rules) +
                            R"(],
      "leavesOut":{"x-rules":[{"id":"example/left-old","severity":"info","for":"/bot/told/settings/name","if":{"const":"old"},"message":"{value} goes."}],
        "unlisted":{"id":"example/left-out","severity":"warning","message":"{key} stays behind.","docs":"https://example.com"}}},
    "config":{"schema":{"properties":{"config":{"$ref":"#/components/schemas/Body"},"overrides":{"$ref":"#/components/schemas/Body"}}},
      "x-rules":[{"id":"example/no-config","severity":"error","for":"/config","if":{"type":"null"},"message":"null is nothing."}]}},)";
  constexpr std::string_view operation = R"("operationId":"makeThing",)";
  document.insert(document.find(operation) + operation.size(), match);
  constexpr std::string_view paths = R"("paths":{)";
  document.insert(
      document.find(paths),
      R"("x-schemas":{"settings":{"summary":"s","description":"d","schema":{"anyOf":[{"$ref":"#/components/schemas/Body"},{"type":"null"}]}}},)");
  return document;
}

std::string closed_object(std::string_view properties, std::string_view more_keywords) {
  std::string text = R"({"type":"object","additionalProperties":false,"properties":{)" + std::string(properties) + "}";
  if (!more_keywords.empty()) text += "," + std::string(more_keywords);
  return text + "}";
}

example_provider::example_provider(std::string_view body_schema, std::string_view more_schemas) {
  open(document_for(body_schema, more_schemas));
}

example_provider example_provider::of_document(std::string_view document) {
  example_provider made;
  made.open(document);
  return made;
}

void example_provider::open(std::string_view document) {
  compiled result = compile(document);
  EXPECT_TRUE(result.problems.empty()) << result.shown() << document;
  image_ = std::move(result.image);
  service_ = std::make_unique<provider>(image_);
  EXPECT_EQ(service_->problem(), "");
}

std::string example_provider::issues(std::string_view body, const options& how) const {
  const report found = check(body, how);
  EXPECT_FALSE(found.memory_exhausted());
  return summary(found.issues());
}

std::string example_provider::value(std::string_view body, const options& how) const {
  return std::string(check(body, how).value());
}

std::string summary(std::span<const issue> issues) {
  std::string text;
  for (const issue& found : issues) {
    if (!text.empty()) text += ", ";
    text += severity_name(found.level);
    text += ' ';
    text += found.code == issue_code::rule ? found.rule : code_name(found.code);
    text += " #";
    text += found.pointer;
  }
  return text;
}

options with_defaults(defaults_mode mode) {
  options how;
  how.defaults = mode;
  return how;
}

options with_unknown(unknown_mode mode) {
  options how;
  how.unknown = mode;
  return how;
}

}  // namespace recreq::testing
