// What the generated table says of a small document's answers, and which documents it is refused for.
#include "answer_table.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "typescript.hpp"

namespace recreq::compiler {
namespace {

struct generated {
  std::string table;
  std::string types;
  std::vector<problem> problems;
};

// The modules for a document whose one operation has these responses, and which has these schemas.
generated modules_of(std::string_view responses, std::string_view schemas = "") {
  const std::string text = R"({"openapi":"3.1.0","info":{"title":"Acme","version":"2026-01-02"},
    "servers":[{"url":"https://{region}.acme.example","variables":{"region":
      {"enum":["eu","us"],"default":"us","x-required":true}}}],
    "paths":{"/things/":{"get":{"operationId":"listThings","responses":{)" +
                           std::string(responses) + R"(}}}},"components":{"schemas":{)" + std::string(schemas) + "}}}";
  generated result;
  const auto source = document::parse(text, "acme.json", result.problems);
  if (!source) return result;
  result.table = answer_module(*source, result.problems);
  result.types = typescript_module(*source, result.problems);
  return result;
}

generated result_of(std::string_view schema, std::string_view schemas = "") {
  return modules_of(
      R"("200":{"description":"x","content":{"application/json":{"schema":)" + std::string(schema) + "}}}", schemas);
}

#define EXPECT_SAYS(text, fragment) EXPECT_NE((text).find(fragment), std::string::npos) << (text)

TEST(AnswerTable, HasTheTypesOfResultsAndOfTheirMembers) {
  const generated made = result_of(R"({"$ref":"#/components/schemas/Thing"})",
                                   R"("Thing":{"allOf":[{"$ref":"#/components/schemas/Base"}],"type":"object",
        "required":["id","size","of","any"],
        "properties":{"id":{"type":"string"},"size":{"type":["integer","null"]},"note":{"type":"string"},"any":{},
          "of":{"anyOf":[{"$ref":"#/components/schemas/Base"},{"type":"null"}]},"list":{"type":["array","null"]}}},
        "Base":{"type":"object","required":["done"],"properties":{"done":{"const":true},"more":{"type":"object"}}})");
  EXPECT_TRUE(made.problems.empty());
  EXPECT_SAYS(made.table, "export const answers: AnswerTable = {\n");
  EXPECT_SAYS(made.table, "types: 'object'");
  EXPECT_SAYS(made.table, "has: { done: 'true', id: 'string', size: 'number null', of: 'object null', any: '' }");
  EXPECT_SAYS(made.table, "may: { more: 'object', list: 'array null' }");
  EXPECT_SAYS(made.table, "results: { '200': 0 }");
  EXPECT_SAYS(made.types, "listThings: Operation<ListThingsInput, never, Thing> =");
}

TEST(AnswerTable, HasNothingWhereNothingComes) {
  const generated made = modules_of(R"("204":{"description":"Gone."})");
  EXPECT_SAYS(made.table, "listThings: { results: {}, failures: {} }");
  EXPECT_SAYS(made.types, "listThings: Operation<ListThingsInput, never, undefined> =");
}

TEST(AnswerTable, TakesAllSuccessesIntoTheTypeOfTheResult) {
  const generated made = modules_of(
      R"("200":{"description":"x","content":{"application/json":{"schema":{"type":"string"}}}},
         "201":{"description":"x","content":{"application/json":{"schema":{"type":"object","properties":{"a":{}}}}}})");
  EXPECT_SAYS(made.types, "listThings: Operation<ListThingsInput, never, string | ListThingsResponse> =");
  EXPECT_SAYS(made.table, "results: { '200': 0, '201': 1 }");
}

TEST(AnswerTable, HasEachMeaningOfAFailureOnce) {
  const generated made = modules_of(
      R"("400":{"description":"Wrong."},"401":{"description":"Who?","x-failure":{"elsewhere":"region"}},
         "402":{"description":"Nothing.","x-failure":{"kind":"not-found"}},"4XX":{"description":"Wrong."})");
  EXPECT_TRUE(made.problems.empty());
  EXPECT_SAYS(made.table, "failures: { '400': 0, '401': 1, '402': 2, '4XX': 0 }");
  EXPECT_SAYS(made.table, "{ message: 'Who?', elsewhere: true }");
  EXPECT_SAYS(made.table, "{ message: 'Nothing.', kind: 'not-found' }");
  EXPECT_SAYS(made.table, "server: { name: 'region', url: 'https://{region}.acme.example', values: ['eu', 'us'] }");
}

TEST(AnswerTable, TellsPagesFromOtherFailures) {
  const generated made = modules_of(
      R"("403":{"description":"Blocked.","content":{"text/html":{"x-failure":{"kind":"firewall"}}}},
         "404":{"description":"Unknown.","content":{"application/json":{},
                "text/html":{"x-failure":{"message":"No path."}}}})");
  EXPECT_SAYS(made.table, "failures: { '404': 1 }, pages: { '403': 0, '404': 2 }");
  EXPECT_SAYS(made.table, "{ message: 'Blocked.', kind: 'firewall' }");
  EXPECT_SAYS(made.table, "{ message: 'No path.' }");
}

TEST(AnswerTable, KnowsSecretsAndWhereErrorsHaveTheirWords) {
  const generated made = modules_of(
      R"("400":{"description":"Wrong."})",
      R"("A":{"type":"object","properties":{"key":{"type":"string","writeOnly":true},"plain":{"type":"string"},
           "inner":{"type":"object","properties":{"code":{"type":"string","writeOnly":true}}}}},
         "E":{"x-error-members":{"code":["/a","/b/0"],"message":["/c/*/d"],"fields":{"form":"nested","whole":["all"]}}})");
  EXPECT_TRUE(made.problems.empty());
  EXPECT_SAYS(made.table, "secrets: ['code', 'key']");
  EXPECT_SAYS(made.table, "code: ['/a', '/b/0'], message: ['/c/*/d'], fields: { form: 'nested', whole: ['all'] }");
}

// The places that are refused.
std::string refusal(const generated& made) {
  std::string places;
  for (const problem& found : made.problems) places += (places.empty() ? "" : " ") + found.pointer;
  return places;
}

TEST(AnswerTable, RefusesWhatItDoesNotKnowByItsPlace) {
  const std::string at = "/paths/~1things~1/get/responses/400";
  const auto failure = [](std::string_view said) {
    return refusal(modules_of(R"("400":{"description":"x","x-failure":)" + std::string(said) + "}"));
  };
  EXPECT_EQ(failure(R"({"kind":"bad-luck"})"), at + "/x-failure/kind");
  EXPECT_EQ(failure(R"({"knid":"service"})"), at + "/x-failure/knid");
  EXPECT_EQ(failure(R"({"elsewhere":"zone"})"), at + "/x-failure/elsewhere");
  EXPECT_EQ(refusal(modules_of(R"("default":{"description":"x"})")), "/paths/~1things~1/get/responses/default");

  const auto members = [](std::string_view said) {
    return refusal(modules_of("", R"("E":{"x-error-members":)" + std::string(said) + "}"));
  };
  const std::string error = "/components/schemas/E/x-error-members";
  EXPECT_EQ(members(R"({"code":"/a"})"), error + "/code");
  EXPECT_EQ(members(R"({"message":["a"]})"), error + "/message");
  EXPECT_EQ(members(R"({"text":["/a"]})"), error + "/text");
  EXPECT_EQ(members(R"({"fields":{"form":"dotted"}})"), error + "/fields");
  EXPECT_EQ(members(R"({"fields":{"form":"nested","whole":"all"}})"), error + "/fields/whole");
}

}  // namespace
}  // namespace recreq::compiler
