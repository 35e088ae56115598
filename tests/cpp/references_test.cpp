// References: by pointer, by $anchor, by $id relative to another; and those that lead nowhere.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "recreq/schema.hpp"
#include "uri_reference.hpp"

namespace recreq {
namespace {

using compiler::resolve_uri;

bool accepts(std::string_view schema, std::string_view value) {
  const schema_image made = compile_schema(schema);
  EXPECT_TRUE(made.problems.empty()) << (made.problems.empty() ? "" : made.problems[0].message);
  return json_schema(made.words).check(value).ok();
}

void expect_refused(std::string_view schema, std::string_view pointer, std::string_view part_of_message) {
  const schema_image made = compile_schema(schema);
  EXPECT_TRUE(made.words.empty());
  ASSERT_FALSE(made.problems.empty()) << schema;
  EXPECT_EQ(made.problems[0].pointer, pointer);
  EXPECT_NE(made.problems[0].message.find(part_of_message), std::string::npos) << made.problems[0].message;
}

TEST(UriReferences, AreResolvedAsRfc3986Says) {
  constexpr std::string_view base = "http://a/b/c/d;p?q";
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"g:h", "g:h"},
      {"g", "http://a/b/c/g"},
      {"./g", "http://a/b/c/g"},
      {"g/", "http://a/b/c/g/"},
      {"/g", "http://a/g"},
      {"//g", "http://g"},
      {"?y", "http://a/b/c/d;p?y"},
      {"g?y", "http://a/b/c/g?y"},
      {"#s", "http://a/b/c/d;p?q#s"},
      {"g#s", "http://a/b/c/g#s"},
      {"", "http://a/b/c/d;p?q"},
      {".", "http://a/b/c/"},
      {"..", "http://a/b/"},
      {"../g", "http://a/b/g"},
      {"../..", "http://a/"},
      {"../../../g", "http://a/g"},
      {"/./g", "http://a/g"},
      {"/../g", "http://a/g"},
      {"g.", "http://a/b/c/g."},
      {"..g", "http://a/b/c/..g"},
      {"g;x=1/../y", "http://a/b/c/y"},
      {"g?y/../x", "http://a/b/c/g?y/../x"},
  };
  for (const auto& [reference, wanted] : cases) EXPECT_EQ(resolve_uri(base, reference), wanted) << reference;
  EXPECT_EQ(resolve_uri("http://a", "g"), "http://a/g");
  EXPECT_EQ(resolve_uri("urn:example:a", "#b"), "urn:example:a#b");
  EXPECT_EQ(resolve_uri("", "g#s"), "g#s");
}

TEST(References, FindASchemaByItsPlace) {
  constexpr std::string_view schema = R"({"$defs":{"a/b%":{"type":"integer"}},"items":{"$ref":"#/$defs/a~1b%25"}})";
  EXPECT_TRUE(accepts(schema, "[1]"));
  EXPECT_FALSE(accepts(schema, R"(["x"])"));
}

TEST(References, FindASchemaByItsAnchor) {
  constexpr std::string_view schema =
      R"({"$defs":{"a":{"$anchor":"count","type":"integer"}},"items":{"$ref":"#count"}})";
  EXPECT_TRUE(accepts(schema, "[1]"));
  EXPECT_FALSE(accepts(schema, R"(["x"])"));
}

TEST(References, FindASchemaByItsIdWhereverItIsReferredToFrom) {
  constexpr std::string_view schema =
      R"({"$id":"https://example.com/schemas/root","$defs":{
        "a":{"$id":"parts/count","type":"integer","$defs":{"b":{"$anchor":"text","type":"string"}}},
        "c":{"$id":"/other/d","items":{"$ref":"../schemas/parts/count"}}},
        "prefixItems":[{"$ref":"parts/count"},{"$ref":"parts/count#text"},{"$ref":"https://example.com/other/d"},
                       {"$ref":"parts/count#/$defs/b"}]})";
  EXPECT_TRUE(accepts(schema, R"([1,"x",[2],"y"])"));
  for (const std::string_view refused : {R"(["x"])", R"([1,2])", R"([1,"x",["y"]])", R"([1,"x",[],7])"})
    EXPECT_FALSE(accepts(schema, refused)) << refused;
}

TEST(References, MayLeadToTheRootAndAround) {
  constexpr std::string_view schema = R"({"type":"object","additionalProperties":{"$ref":"#"}})";
  EXPECT_TRUE(accepts(schema, R"({"a":{"b":{}}})"));
  EXPECT_FALSE(accepts(schema, R"({"a":{"b":1}})"));
}

TEST(References, AreDataInsideConstAndEnum) {
  EXPECT_TRUE(accepts(R"({"const":{"$ref":"#/nowhere","$id":"a"}})", R"({"$ref":"#/nowhere","$id":"a"})"));
  EXPECT_TRUE(
      accepts(R"({"properties":{"$ref":{"type":"string"},"$id":{"type":"integer"}}})", R"({"$ref":"x","$id":1})"));
}

TEST(References, ThatLeadNowhereAreRefused) {
  expect_refused(R"({"$ref":"#/$defs/a"})", "/$ref", "nothing stands");
  expect_refused(R"({"$ref":"#a"})", "/$ref", "$anchor");
  expect_refused(R"({"$ref":"other.json"})", "/$ref", "leaves the document");
  expect_refused(R"({"$ref":"https://json-schema.org/draft/2020-12/schema"})", "/$ref", "leaves the document");
  expect_refused(R"({"items":{"$ref":7}})", "/items/$ref", "a string");
}

TEST(References, ToTwoSchemasOfOneNameAreRefused) {
  expect_refused(R"({"$defs":{"a":{"$anchor":"x"},"b":{"$anchor":"x"}}})", "/$defs/b/$anchor", "already");
  expect_refused(R"({"$defs":{"a":{"$id":"x"},"b":{"$id":"x"}}})", "/$defs/b/$id", "already");
  expect_refused(R"({"$id":"a#b"})", "/$id", "no fragment");
}

TEST(References, ThatNeverReachAValueAreRefused) {
  expect_refused(R"({"$ref":"#"})", "", "refers to itself");
  expect_refused(R"({"$defs":{"a":{"$id":"a","anyOf":[{"$ref":"b"}]},"b":{"$id":"b","not":{"$ref":"a"}}}})", "/$defs/a",
                 "refers to itself");
}

TEST(References, InAVeryLongRowAreRefused) {
  std::string schema = R"({"$defs":{)";
  for (int i = 0; i < 5000; ++i)
    schema += "\"" + std::to_string(i) + R"(":{"$ref":"#/$defs/)" + std::to_string(i + 1) + "\"},";
  schema += R"("5000":true},"$ref":"#/$defs/0"})";
  expect_refused(schema, "/$defs/199", "lead on to one another");
}

}  // namespace
}  // namespace recreq
