// Schemas that stand for themselves: what the compiler asks of them, which rules they share with bodies, and how a
// value is checked without a request around it.
#include <gtest/gtest.h>

#include <recreq/recall.hpp>
#include <string>
#include <string_view>

#include "example_provider.hpp"

namespace recreq {
namespace {

using testing::closed_object;
using testing::compile;
using testing::compiled;
using testing::document_for;
using testing::example_provider;
using testing::summary;

constexpr std::string_view nullable_body =
    R"("schema":{"anyOf":[{"$ref":"#/components/schemas/Body"},{"type":"null"}])";

std::string with_schemas(std::string document, std::string_view entries) {
  document.insert(document.find("\"paths\""), "\"x-schemas\":{" + std::string(entries) + "},");
  return document;
}

std::string rules(std::string_view id, std::string_view pointer) {
  return R"("x-rules":[{"id":"example/)" + std::string(id) + R"(","severity":"warning","for":")" +
         std::string(pointer) + R"(","message":"m"}])";
}

// Body has the rule shared, the schema `thing` is that or null, with one of its own.
std::string document_of_thing() {
  return with_schemas(document_for(closed_object(R"("a":{"default":1})", rules("shared", "/a"))),
                      R"("thing":{)" + std::string(nullable_body) + "," + rules("own", "") + "}}");
}

const provider& example() noexcept {
  static const example_provider held = example_provider::of_document(document_of_thing());
  return held.service();
}

constexpr standalone_schema thing{&example, 0};

TEST(StandaloneSchema, HasItsOwnRulesAndThenThoseOfWhatItIsMadeOf) {
  EXPECT_EQ(thing.name(), "thing");
  EXPECT_EQ(summary(thing.check("{}").issues()), "warning example/own #, warning example/shared #/a");
  EXPECT_EQ(thing.check("{}").value(), R"({"a":1})");
  EXPECT_EQ(summary(thing.check("null").issues()), "warning example/own #");
  EXPECT_EQ(thing.check("null").value(), "null");
}

TEST(StandaloneSchema, LeavesBodiesWithoutItsOwnRules) {
  const operation make_thing(example(), 0);
  EXPECT_EQ(summary(make_thing.check_body("{}").issues()), "warning example/shared #/a");
}

TEST(StandaloneSchema, IsCheckedLikeABody) {
  EXPECT_EQ(summary(thing.check("[]").issues()), "error type #");
  EXPECT_EQ(summary(thing.check("{").issues()), "error syntax #");
  options how;
  how.limits.bytes = 1;
  EXPECT_EQ(summary(thing.check("{}", how).issues()), "error too-large #");
  const report found = thing.check("{\n\"b\":1}");
  ASSERT_FALSE(found.issues().empty());
  ASSERT_TRUE(found.issues()[0].position);
  EXPECT_EQ(found.issues()[0].position->line, 2U);
}

TEST(StandaloneSchema, OutsideOfTheImageLetsNothingPass) {
  const standalone_schema none{&example, 7};
  EXPECT_FALSE(none.check("{}").ok());
}

TEST(StandaloneSchema, LetsABodyHaveRulesBesideItsReference) {
  const std::string part = R"("Part":)" + closed_object(R"("a":{})", rules("shared", "/a"));
  const example_provider made(R"({"$ref":"#/components/schemas/Part",)" + rules("own", "") + "}", part);
  EXPECT_EQ(made.issues(R"({"a":1})"), "warning example/own #, warning example/shared #/a");
}

TEST(StandaloneSchema, IsRefusedWithoutASchemaOrAName) {
  const compiled without = compile(with_schemas(document_for("{}"), R"("thing":{"summary":"A thing"})"));
  EXPECT_TRUE(without.refuses("/x-schemas/thing", "has a schema")) << without.shown();
  const compiled misnamed = compile(with_schemas(document_for("{}"), R"("a thing":{"schema":{}})"));
  EXPECT_TRUE(misnamed.refuses("/x-schemas/a thing", "camelCase")) << misnamed.shown();
}

TEST(StandaloneSchema, IsRefusedWhenItIsMadeOfTwoSchemasWithRules) {
  const std::string parts = R"("Part":{)" + rules("one", "") + R"(},"Other":{)" + rules("two", "") + "}";
  const compiled made = compile(
      document_for(R"({"anyOf":[{"$ref":"#/components/schemas/Part"},{"$ref":"#/components/schemas/Other"}]})", parts));
  EXPECT_TRUE(made.refuses("/components/schemas/Body", "two schemas with rules")) << made.shown();
}

TEST(StandaloneSchema, OfRecallIsWhatCreateBotTakes) {
  EXPECT_EQ(recall::recording_config.name(), "recordingConfig");
  EXPECT_EQ(summary(recall::recording_config.check("null").issues()), "info recall/manual-start #");
  EXPECT_EQ(summary(recall::recording_config.check(R"({"real_time_endpoints":[]})").issues()),
            "error recall/endpoint-key-name #/real_time_endpoints");
}

}  // namespace
}  // namespace recreq
