// What the compiler of documents refuses, by place; what it reads out of good ones is tested with the engine.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "example_provider.hpp"
#include "schema/image.hpp"

namespace recreq {
namespace {

using testing::closed_object;
using testing::compile;
using testing::compiled;
using testing::document_for;

constexpr std::string_view body_at = "/components/schemas/Body";

std::string below_body(std::string_view pointer) { return std::string(body_at) + std::string(pointer); }

// A body schema is refused below #/components/schemas/Body, and nothing is written.
void expect_refused(std::string_view body_schema, std::string_view pointer, std::string_view part_of_message = "",
                    std::string_view more_schemas = "") {
  const compiled result = compile(document_for(body_schema, more_schemas));
  EXPECT_TRUE(result.refuses(below_body(pointer), part_of_message)) << pointer << "\n" << result.shown() << body_schema;
  EXPECT_TRUE(result.image.empty());
}

void expect_accepted(std::string_view body_schema, std::string_view more_schemas = "") {
  const compiled result = compile(document_for(body_schema, more_schemas));
  EXPECT_TRUE(result.problems.empty()) << result.shown() << body_schema;
  EXPECT_FALSE(result.image.empty());
}

std::string with_rule(
    std::string_view members,
    std::string_view properties =
        R"("a":{"type":"string"},"list":{"type":"array","items":{"type":"object","properties":{"x":{"type":"string"}}}})") {
  return closed_object(properties, R"("x-rules":[{"id":"example/a","severity":"error","message":"m")" +
                                       std::string(members.empty() ? "" : ",") + std::string(members) + "}]");
}

TEST(Compiler, WritesTheSameImageForTheSameDocument) {
  const std::string document = document_for(closed_object(R"("a":{"enum":["x","y"],"default":"x"})"));
  EXPECT_EQ(compile(document).image, compile(document).image);
}

TEST(Compiler, NamesTheProviderItsDateAndItsSources) {
  const compiled result = compile(document_for("{}"));
  image::opened_image opened;
  ASSERT_EQ(opened.open(result.image), image::open_error::none);
  EXPECT_EQ(opened.view().provider(), "example");
  const auto facts = compiler::json::parse(opened.view().facts());
  EXPECT_EQ(facts["date"], "2026-01-02");
  EXPECT_EQ(facts["hash"].get<std::string>().size(), 16U);
  EXPECT_EQ(facts["sources"][0]["id"], "guide");
  EXPECT_EQ(facts["sources"][0]["url"], "https://example.com/guide");
}

TEST(Compiler, HashesTheFactsAndNotTheLayout) {
  const auto hash = [](const std::string& document) {
    const compiled result = compile(document);
    image::opened_image opened;
    EXPECT_EQ(opened.open(result.image), image::open_error::none);
    return compiler::json::parse(opened.view().facts())["hash"];
  };
  const std::string document = document_for(R"({"type":"object","minProperties":1})");
  EXPECT_EQ(hash(document), hash(document_for("{\"minProperties\": 1,\n\"type\":\"object\"}")));
  EXPECT_NE(hash(document), hash(document_for(R"({"type":"object","minProperties":2})")));
}

TEST(Compiler, TakesDocumentsThatWouldBeTooMuchForABody) {
  std::string deep = "{}";
  for (int level = 0; level < 100; ++level) deep = R"({"items":)" + deep + "}";
  expect_accepted(deep);
  expect_accepted(R"({"type":"string","description":")" + std::string(std::size_t{2} << 20U, 'x') + "\"}");
}

TEST(Compiler, RefusesKeywordsItDoesNotImplement) {
  for (const std::string_view keyword :
       {"unevaluatedProperties", "unevaluatedItems", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$vocabulary",
        "contentEncoding", "contentMediaType", "contentSchema", "dependencies", "nullable", "xml", "minLenght",
        "x-unknown"}) {
    expect_refused(closed_object(R"("a":{")" + std::string(keyword) + R"(":"x"})"),
                   "/properties/a/" + std::string(keyword), "not implemented");
  }
}

TEST(Compiler, RefusesKeywordsWhereverASchemaStands) {
  expect_refused(R"({"properties":{"a":{"items":{"xml":"x"}}}})", "/properties/a/items/xml");
  expect_refused(R"({"additionalProperties":{"xml":"x"}})", "/additionalProperties/xml");
  expect_refused(R"({"anyOf":[{"type":"object"},{"xml":"x"}]})", "/anyOf/1/xml");
  expect_refused(R"({"if":{"xml":"x"}})", "/if/xml");
  expect_refused(R"({"propertyNames":{"xml":"x"}})", "/propertyNames/xml");
  expect_refused(R"({"patternProperties":{"^a":{"xml":"x"}}})", "/patternProperties/^a/xml");
  expect_refused(R"({"dependentSchemas":{"a/b":{"xml":"x"}}})", "/dependentSchemas/a~1b/xml");
}

TEST(Compiler, RefusesFormatsAndTypesItDoesNotKnow) {
  expect_refused(R"({"properties":{"a":{"type":"string","format":"iri"}}})", "/properties/a/format", "iri");
  expect_refused(R"({"properties":{"a":{"type":"strnig"}}})", "/properties/a/type", "strnig");
  expect_refused(R"({"properties":{"a":{"type":["string","any"]}}})", "/properties/a/type/1", "any");
  expect_refused(R"({"properties":{"a":7}})", "/properties/a", "a schema is");
}

TEST(Compiler, RefusesLimitsThatAreNone) {
  expect_refused(R"({"properties":{"a":{"maxLength":-1}}})", "/properties/a/maxLength");
  expect_refused(R"({"properties":{"a":{"minItems":1.5}}})", "/properties/a/minItems");
  expect_refused(R"({"properties":{"a":{"maxProperties":"1"}}})", "/properties/a/maxProperties");
  expect_refused(R"({"properties":{"a":{"minimum":"1"}}})", "/properties/a/minimum");
  expect_refused(R"({"properties":{"a":{"multipleOf":0}}})", "/properties/a/multipleOf");
  expect_refused(R"({"properties":{"a":{"maxLength":4294967296}}})", "/properties/a/maxLength");
}

TEST(Compiler, RefusesKeywordsWhoseValueHasTheWrongType) {
  expect_refused(R"({"required":[1]})", "/required");
  expect_refused(R"({"required":"a"})", "/required");
  expect_refused(R"({"dependentRequired":{"a":[1]}})", "/dependentRequired/a");
  expect_refused(R"({"properties":{"a":{"contains":true,"minContains":"1"}}})", "/properties/a/minContains");
  expect_refused(R"({"properties":{"a":{"contains":true,"maxContains":-1}}})", "/properties/a/maxContains");
  expect_refused(R"({"properties":{"a":{"enum":"x"}}})", "/properties/a/enum");
  expect_refused(R"({"properties":{"a":{"uniqueItems":"yes"}}})", "/properties/a/uniqueItems");
  expect_refused(R"({"properties":["a"]})", "/properties");
}

TEST(Compiler, RefusesAnEnumWithAValueTwice) {
  expect_refused(R"({"properties":{"a":{"enum":["x","y","x"]}}})", "/properties/a/enum/2");
}

TEST(Compiler, RefusesUnionsOfNothing) {
  expect_refused(R"({"properties":{"a":{"anyOf":[]}}})", "/properties/a/anyOf");
  expect_refused(R"({"properties":{"a":{"oneOf":[]}}})", "/properties/a/oneOf");
}

TEST(Compiler, RefusesDefaultsThatFailTheirSchema) {
  expect_refused(R"({"properties":{"a":{"type":"integer","default":"x"}}})", "/properties/a/default");
  expect_refused(R"({"properties":{"a":{"enum":["x"],"default":"y"}}})", "/properties/a/default");
  expect_refused(R"({"properties":{"a":{"type":"object","properties":{"b":{"type":"string"}},"default":{"b":1}}}})",
                 "/properties/a/default/b");
  expect_refused(R"({"properties":{"a":{"type":"integer","x-known-default":"x"}}})", "/properties/a/x-known-default");
}

TEST(Compiler, RefusesDefaultsOfReferencedSchemasThatFail) {
  const compiled result = compile(document_for(R"({"properties":{"a":{"$ref":"#/components/schemas/A"}}})",
                                               R"("A":{"type":"string","default":1})"));
  EXPECT_TRUE(result.refuses("/components/schemas/A/default")) << result.shown();
}

TEST(Compiler, RefusesExamplesThatFailTheirSchema) {
  expect_refused(R"({"properties":{"a":{"type":"integer","examples":[1,"x"]}}})", "/properties/a/examples/1");
  expect_refused(closed_object(R"("a":{"type":"integer"})", R"("examples":[{"a":1},{"b":1}])"), "/examples/1/b");
}

TEST(Compiler, RefusesExamplesThatFailARule) {
  expect_refused(
      closed_object(
          R"("a":{"type":"string"})",
          R"("examples":[{}],"x-rules":[{"id":"example/a","severity":"error","then":{"required":["a"]},"message":"m"}])"),
      "/examples/0", "m");
  expect_accepted(closed_object(
      R"("a":{"type":"string"})",
      R"("examples":[{}],"x-rules":[{"id":"example/a","severity":"warning","then":{"required":["a"]},"message":"m"}])"));
}

TEST(Compiler, RefusesDefaultsBelowUndecidableAlternatives) {
  expect_refused(
      R"({"properties":{"a":{"anyOf":[{"type":"object","required":["b"]},{"type":"object","properties":{"c":{"default":1}}}]}}})",
      "/properties/a/anyOf/1", "default");
  expect_refused(
      R"({"properties":{"a":{"oneOf":[{"$ref":"#/components/schemas/A"},{"type":"object"}]}}})",
      "/properties/a/oneOf/0", "default",
      R"("A":{"type":"object","properties":{"deep":{"type":"array","items":{"type":"object","properties":{"x":{"default":1}}}}}})");
  expect_accepted(
      R"({"properties":{"a":{"anyOf":[{"type":"string"},{"type":"object","properties":{"c":{"default":1}}}]}}})");
}

TEST(Compiler, RefusesDiscriminatorsThatDoNotDiscriminate) {
  const auto shapes = [](std::string_view second) {
    return R"({"properties":{"a":{"discriminator":{"propertyName":"type"},"oneOf":[
      {"type":"object","required":["type"],"properties":{"type":{"const":"x"}}},)" +
           std::string(second) + "]}}}";
  };
  expect_accepted(shapes(R"({"type":"object","required":["type"],"properties":{"type":{"const":"y"}}})"));
  for (const std::string_view second :
       {R"({"type":"object","required":["type"],"properties":{"type":{"const":"x"}}})",
        R"({"type":"object","properties":{"type":{"const":"y"}}})",
        R"({"type":"object","required":["type"],"properties":{"type":{"type":"string"}}})",
        R"({"type":"object","required":["kind"],"properties":{"kind":{"const":"y"}}})"}) {
    expect_refused(shapes(second), "/properties/a/discriminator", "type");
  }
}

TEST(Compiler, RefusesRuleKeywordsOutsideOfRules) {
  expect_refused(R"({"properties":{"a":{"x-at":{"/b":true}}}})", "/properties/a/x-at", "rules only");
  expect_refused(R"({"properties":{"a":{"x-predicate":{"public-host":true}}}})", "/properties/a/x-predicate",
                 "rules only");
}

TEST(Compiler, RefusesRulesOnSchemasThatAreNoBody) {
  expect_refused(
      R"({"properties":{"a":{"type":"object","x-rules":[{"id":"example/a","severity":"error","message":"m"}]}}})",
      "/properties/a/x-rules");
}

TEST(RuleCompiler, AcceptsRulesThatUseEverything) {
  expect_accepted(with_rule(
      R"("for":"/list/*/x","if":{"type":"string","x-at":{"/list/*":{"required":["x"]}}},"then":{"x-predicate":{"url-scheme":["wss"]}},
    "at":"/list/*","over":"written","fix":[{"op":"add","path":"/list/*/x","repair":"url-scheme"},{"op":"remove","path":"/a"},{"op":"move","from":"/a","path":"/list/*/x"}],
    "docs":"https://example.com","confidence":"observed","x-source":["guide"])"));
}

TEST(RuleCompiler, KnowsFieldsThatAPatternAllows) {
  const auto about = [](std::string_view field) {
    return R"({"type":"object","patternProperties":{"^x-":{"type":"string"}},"additionalProperties":false,
      "x-rules":[{"id":"example/a","severity":"error","message":"m","for":"/)" +
           std::string(field) + R"(","if":{"const":"b"}}]})";
  };
  expect_accepted(about("x-a"));
  expect_refused(about("y-a"), "/x-rules/0/for", "no field y-a");
}

TEST(RuleCompiler, RefusesMembersThatRulesDoNotHave) {
  expect_refused(with_rule(R"("when":true)"), "/x-rules/0/when");
  expect_refused(with_rule(R"("fix":[{"op":"remove","path":"/a","force":true}])"), "/x-rules/0/fix/0/force");
}

TEST(RuleCompiler, RefusesIdsThatAreForeignOrTaken) {
  expect_refused(closed_object("", R"("x-rules":[{"id":"other/a","severity":"error","message":"m"}])"),
                 "/x-rules/0/id");
  expect_refused(closed_object("", R"("x-rules":[{"severity":"error","message":"m"}])"), "/x-rules/0/id");
  expect_refused(
      closed_object(
          "",
          R"("x-rules":[{"id":"example/a","severity":"error","message":"m"},{"id":"example/a","severity":"info","message":"n"}])"),
      "/x-rules/1/id", "already");
}

TEST(RuleCompiler, RefusesSeveritiesAndConfidencesThatDoNotExist) {
  expect_refused(closed_object("", R"("x-rules":[{"id":"example/a","severity":"fatal","message":"m"}])"),
                 "/x-rules/0/severity", "warning");
  expect_refused(closed_object("", R"("x-rules":[{"id":"example/a","message":"m"}])"), "/x-rules/0/severity");
  expect_refused(with_rule(R"("confidence":"certain")"), "/x-rules/0/confidence");
  expect_refused(with_rule(R"("over":"everything")"), "/x-rules/0/over");
}

TEST(RuleCompiler, RefusesErrorsThatAreOnlyInferred) {
  expect_refused(with_rule(R"("confidence":"inferred")"), "/x-rules/0/severity", "inferred");
  expect_accepted(closed_object(
      "", R"("x-rules":[{"id":"example/a","severity":"warning","confidence":"inferred","message":"m"}])"));
}

TEST(RuleCompiler, RefusesRulesThatSayNothing) {
  expect_refused(closed_object("", R"("x-rules":[{"id":"example/a","severity":"error"}])"), "/x-rules/0/message");
}

TEST(RuleCompiler, RefusesFieldsThatDoNotExist) {
  expect_refused(with_rule(R"("for":"/b")"), "/x-rules/0/for");
  expect_refused(with_rule(R"("for":"/list/*/y")"), "/x-rules/0/for");
  expect_refused(with_rule(R"("for":"/a/b")"), "/x-rules/0/for");
  expect_refused(with_rule(R"("at":"/b")"), "/x-rules/0/at");
  expect_refused(with_rule(R"("if":{"properties":{"b":true}})"), "/x-rules/0/if/properties/b");
  expect_refused(with_rule(R"("then":{"required":["a","b"]})"), "/x-rules/0/then/required/1");
  expect_refused(with_rule(R"("then":{"anyOf":[{"required":["a"]},{"not":{"required":["b"]}}]})"),
                 "/x-rules/0/then/anyOf/1/not/required/0");
  expect_refused(with_rule(R"("if":{"x-at":{"/b":true}})"), "/x-rules/0/if/x-at/~1b");
  expect_refused(with_rule(R"("then":{"x-query-equals":{"a":"/b"}})"), "/x-rules/0/then/x-query-equals/a");
  expect_refused(with_rule(R"("if":{"x-at":{"/list/*":{"required":["y"]}}},"for":"/list/*")"),
                 "/x-rules/0/if/x-at/~1list~1*/required/0");
  expect_refused(with_rule(R"("if":{"properties":{"list":{"contains":{"properties":{"y":true}}}}})"),
                 "/x-rules/0/if/properties/list/contains/properties/y");
  expect_refused(with_rule(R"("fix":[{"op":"remove","path":"/b"}])"), "/x-rules/0/fix/0/path");
  expect_refused(with_rule(R"("fix":[{"op":"move","from":"/b","path":"/a"}])"), "/x-rules/0/fix/0/from");
}

TEST(RuleCompiler, RefusesUnlistedKeysThatAreListedOrUnused) {
  expect_accepted(with_rule(R"("for":"/b","unlisted":["b"])"));
  expect_refused(with_rule(R"("for":"/a","unlisted":["a"])"), "/x-rules/0/unlisted/0", "a");
  expect_refused(with_rule(R"("for":"/a","unlisted":["b"])"), "/x-rules/0/unlisted/0", "b");
  expect_accepted(with_rule(R"("for":"/b/anything/below","unlisted":["b"])"));
}

TEST(RuleCompiler, RefusesPointersThatAreNone) {
  expect_refused(with_rule(R"("for":"a")"), "/x-rules/0/for");
  expect_refused(with_rule(R"("if":{"x-at":{"a":true}})"), "/x-rules/0/if/x-at/a");
  expect_refused(with_rule(R"("then":{"x-query-equals":{"b":"a"}})"), "/x-rules/0/then/x-query-equals/b");
  expect_refused(with_rule(R"("then":{"x-query-equals":{"b":1}})"), "/x-rules/0/then/x-query-equals/b");
}

TEST(RuleCompiler, RefusesWildcardsThatForDoesNotFill) {
  expect_refused(with_rule(R"("for":"/a","at":"/list/*/x")"), "/x-rules/0/at");
  expect_refused(with_rule(R"("fix":[{"op":"remove","path":"/list/*/x"}])"), "/x-rules/0/fix/0/path");
  expect_refused(with_rule(R"("if":{"x-at":{"/list/*/x":true}})"), "/x-rules/0/if/x-at/~1list~1*~1x");
}

TEST(RuleCompiler, RefusesPredicatesThatDoNotExist) {
  expect_refused(with_rule(R"("then":{"x-predicate":{"is-nice":true}})"), "/x-rules/0/then/x-predicate/is-nice",
                 "is-nice");
}

TEST(RuleCompiler, RefusesPredicatesWithAnArgumentOfTheWrongType) {
  expect_refused(with_rule(R"("then":{"x-predicate":{"url-scheme":"wss"}})"), "/x-rules/0/then/x-predicate/url-scheme");
  expect_refused(with_rule(R"("then":{"x-predicate":{"url-path-segments":"2"}})"),
                 "/x-rules/0/then/x-predicate/url-path-segments");
  expect_refused(with_rule(R"("then":{"x-predicate":{"ends-with":1}})"), "/x-rules/0/then/x-predicate/ends-with");
}

TEST(RuleCompiler, RefusesFixesThatCannotWork) {
  expect_refused(with_rule(R"("fix":[{"op":"replace","path":"/a","value":1}])"), "/x-rules/0/fix/0/op");
  expect_refused(with_rule(R"("fix":[{"path":"/a","value":1}])"), "/x-rules/0/fix/0/op");
  expect_refused(with_rule(R"("fix":[{"op":"add","path":"/a"}])"), "/x-rules/0/fix/0");
  expect_refused(with_rule(R"("fix":[{"op":"move","path":"/a"}])"), "/x-rules/0/fix/0");
  expect_refused(with_rule(R"("fix":[{"op":"add","value":"x"}])"), "/x-rules/0/fix/0");
  expect_refused(with_rule(R"("fix":[{"op":"add","path":"/a","repair":"url-scheme"}])"), "/x-rules/0/fix/0/repair");
  expect_refused(
      with_rule(R"("then":{"x-predicate":{"ends-with":"x"}},"fix":[{"op":"add","path":"/a","repair":"url-scheme"}])"),
      "/x-rules/0/fix/0/repair");
}

TEST(OperationCompiler, RefusesASecuritySchemeThatIsMissingOrSilent) {
  std::string document = document_for("{}");
  const std::string used = R"("security":[{"key":[]}])";
  document.replace(document.find(used), used.size(), R"("security":[{"other":[]}])");
  EXPECT_TRUE(compile(document).refuses("/security/0/other")) << compile(document).shown();
  document = document_for("{}");
  const std::string credential = R"(,"x-credential":{"name":"apiKey","prefix":"Key "})";
  document.replace(document.find(credential), credential.size(), "");
  EXPECT_TRUE(compile(document).refuses("/components/securitySchemes/key")) << compile(document).shown();
}

TEST(OperationCompiler, RefusesTwoInputsOfOneName) {
  std::string document = document_for("{}");
  document.replace(document.find("dry run"), 7, "region");
  EXPECT_TRUE(compile(document).refuses("/paths/~1things~1{id}~1/post/parameters/1")) << compile(document).shown();
}

TEST(OperationCompiler, RefusesADefaultOfAParameterThatFailsItsSchema) {
  std::string document = document_for("{}");
  const std::string schema = R"("name":"dry run","in":"query","schema":{"type":"string"})";
  document.replace(document.find(schema), schema.size(),
                   R"("name":"dry run","in":"query","schema":{"type":"string","default":1})");
  EXPECT_TRUE(compile(document).refuses("/paths/~1things~1{id}~1/post/parameters/1/schema/default"))
      << compile(document).shown();
}

TEST(OperationCompiler, RefusesADefaultRegionThatIsNotListed) {
  std::string document = document_for("{}");
  document.replace(document.find(R"("default":"eu-1","x-required":true)"), 34, R"("default":"mars")");
  EXPECT_FALSE(compile(document).problems.empty());
}

}  // namespace
}  // namespace recreq
