// Schemas of one's own: from a text to an image to a verdict.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

#include "example_provider.hpp"
#include "recreq/schema.hpp"

namespace recreq {
namespace {

using testing::summary;

// A schema with the words that it needs.
struct compiled_schema {
  explicit compiled_schema(std::string_view text, unknown_formats unknown = unknown_formats::refuse)
      : made(compile_schema(text, unknown)), schema(made.words) {
    EXPECT_TRUE(made.problems.empty()) << made.problems[0].pointer << ": " << made.problems[0].message;
    EXPECT_EQ(schema.problem(), "");
  }
  std::string issues(std::string_view value, const options& how = {}) const {
    const report found = schema.check(value, how);
    EXPECT_EQ(found.ok(), found.issues().empty());
    return summary(found.issues());
  }

  schema_image made;
  json_schema schema;
};

void expect_refused(std::string_view schema, std::string_view pointer, std::string_view part_of_message) {
  const schema_image made = compile_schema(schema);
  EXPECT_TRUE(made.words.empty());
  ASSERT_EQ(made.problems.size(), 1U) << schema;
  EXPECT_EQ(made.problems[0].pointer, pointer);
  EXPECT_NE(made.problems[0].message.find(part_of_message), std::string::npos) << made.problems[0].message;
}

TEST(JsonSchema, ChecksAnyValue) {
  const compiled_schema numbers(R"({"type":"array","items":{"type":"integer"}})");
  EXPECT_EQ(numbers.issues("[1,2]"), "");
  EXPECT_EQ(numbers.issues(R"([1,"x"])"), "error type #/1");
  EXPECT_EQ(numbers.issues("7"), "error type #");
  EXPECT_EQ(numbers.issues("[1"), "error syntax #/0");
  const compiled_schema words(R"({"enum":["on","off"]})");
  EXPECT_EQ(words.issues(R"("on")"), "");
  EXPECT_EQ(words.issues(R"("onn")"), "error unknown-value #");
}

TEST(JsonSchema, MayBeTrueOrFalse) {
  EXPECT_EQ(compiled_schema("true").issues("[1]"), "");
  EXPECT_EQ(compiled_schema("false").issues("[1]"), "error forbidden #");
}

TEST(JsonSchema, SaysWhereInTheTextAnIssueIs) {
  const compiled_schema numbers(R"({"items":{"type":"integer"}})");
  const report found = numbers.schema.check("[1,\n \"x\"]");
  ASSERT_EQ(found.issues().size(), 1U);
  ASSERT_TRUE(found.issues()[0].position);
  EXPECT_EQ(found.issues()[0].position->line, 2U);
  EXPECT_EQ(found.issues()[0].position->column, 2U);
}

TEST(JsonSchema, FillsDefaultsUnlessTheyAreOmitted) {
  const compiled_schema schema(R"({"properties":{"a":{"default":1},"b":true}})");
  EXPECT_EQ(schema.schema.check(R"({"b":2})").value(), R"({"a":1,"b":2})");
  EXPECT_EQ(schema.schema.check(R"({"b":2})", testing::with_defaults(defaults_mode::omit)).value(), R"({"b":2})");
}

TEST(JsonSchema, TakesDefaultsForAnnotationsAndNotForValuesToCheck) {
  EXPECT_EQ(compiled_schema(R"({"properties":{"a":{"type":"integer","default":"x","examples":[null]}}})").issues("{}"),
            "");
}

TEST(JsonSchema, GivesTheSameWordsForTheSameText) {
  constexpr std::string_view text =
      R"({"properties":{"a":{"pattern":"^[a-z]+$"},"b":{"multipleOf":0.01}},"required":["b","c"]})";
  EXPECT_EQ(compile_schema(text).words, compile_schema(text).words);
}

TEST(JsonSchema, CanBeMoved) {
  compiled_schema made(R"({"type":"string"})");
  const json_schema moved = std::move(made.schema);
  EXPECT_TRUE(moved.check(R"("a")").ok());
  EXPECT_FALSE(moved.check("1").ok());
}

TEST(JsonSchema, LetsNothingPassWhenItsImageIsRefused) {
  const json_schema empty({});
  EXPECT_EQ(empty.problem(), "the image is shorter than it should be");
  EXPECT_FALSE(empty.check("1").ok());
  schema_image made = compile_schema(R"({"pattern":"^a+$"})");
  made.words.back() ^= 1U;
  const json_schema damaged(made.words);
  EXPECT_EQ(damaged.problem(), "the image is damaged");
  EXPECT_FALSE(damaged.check("1").ok());
}

TEST(JsonSchema, RefusesWhatIsNotImplementedByNameAndPlace) {
  expect_refused(R"({"items":{"unevaluatedProperties":false}})", "/items/unevaluatedProperties",
                 "unevaluatedProperties");
  expect_refused(R"({"$dynamicRef":"#a"})", "/$dynamicRef", "$dynamicRef");
  expect_refused(R"({"contentEncoding":"base64"})", "/contentEncoding", "contentEncoding");
  expect_refused(R"({"minLenght":1})", "/minLenght", "minLenght");
  expect_refused("{\"pattern\":\"(?=a)\"}", "/pattern", "lookahead");
  expect_refused(R"({"patternProperties":{"(a)\\1":true}})", "/patternProperties/(a)\\1", "backreferences");
  expect_refused(R"({"$schema":"http://json-schema.org/draft-07/schema#"})", "/$schema", "2020-12");
}

TEST(JsonSchema, RefusesWhatIsNoSchema) {
  expect_refused("7", "", "a schema is");
  expect_refused(R"({"pattern":1})", "/pattern", "a string");
  expect_refused(R"({"patternProperties":[]})", "/patternProperties", "an object");
  expect_refused(R"({"$defs":1})", "/$defs", "an object");
  expect_refused(R"({"$anchor":1})", "/$anchor", "a string");
  expect_refused(R"({"minimum":18446744073709551615})", "/minimum", "a double");
  expect_refused(R"({"a":1,"a":2})", "/a", "twice");
  expect_refused("{", "", "line 1, column 2");
}

TEST(JsonSchema, KnowsItsOwnDialect) {
  EXPECT_EQ(
      compiled_schema(R"({"$schema":"https://json-schema.org/draft/2020-12/schema","type":"string"})").issues("1"),
      "error type #");
}

TEST(JsonSchema, ChecksFormatsOrTakesThemForAnnotations) {
  const compiled_schema schema(R"({"items":{"format":"email"}})");
  options how;
  EXPECT_EQ(schema.issues(R"(["a@example.com","b"])", how), "error format #/1");
  how.formats = formats_mode::annotation;
  EXPECT_EQ(schema.issues(R"(["a@example.com","b"])", how), "");
}

TEST(JsonSchema, RefusesFormatsWithoutACheckUnlessTheyAreIgnored) {
  expect_refused(R"({"format":"iri"})", "/format", "iri");
  EXPECT_EQ(compiled_schema(R"({"format":"iri"})", unknown_formats::ignore).issues(R"("x y")"), "");
  EXPECT_EQ(compiled_schema(R"({"format":"ipv4"})", unknown_formats::ignore).issues(R"("x y")"), "error format #");
}

TEST(JsonSchema, MayHaveManyDefinitionsThatLeadToOneAnother) {
  constexpr int count = 5000;
  std::string text = R"({"$defs":{)";
  for (int i = 0; i < count; ++i)
    text +=
        "\"" + std::to_string(i) + R"(":{"properties":{"next":{"$ref":"#/$defs/)" + std::to_string(i + 1) + "\"}}},";
  text += "\"" + std::to_string(count) + R"(":{"type":"integer"}},"$ref":"#/$defs/4998"})";
  const compiled_schema schema(text);
  EXPECT_EQ(schema.issues(R"({"next":{"next":1}})"), "");
  EXPECT_EQ(schema.issues(R"({"next":{"next":"x"}})"), "error type #/next/next");
  EXPECT_EQ(compiled_schema(text.replace(text.rfind("4998"), 4, "0")).issues(R"({"next":{"next":{}}})"), "");
}

TEST(JsonSchema, MayBranchIntoItselfManyTimes) {
  const compiled_schema tree(
      R"({"anyOf":[{"type":"integer","maximum":9},{"type":["object","integer"],"minimum":99,
          "properties":{"left":{"$ref":"#"},"right":{"$ref":"#"},"both":{"allOf":[{"$ref":"#"},{"$ref":"#"}]}}}]})");
  EXPECT_EQ(tree.issues(R"({"left":{"right":1},"both":{"left":200}})"), "");
  EXPECT_EQ(tree.issues("50"), "error no-branch #");
}

}  // namespace
}  // namespace recreq
