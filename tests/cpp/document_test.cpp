// How documents are loaded: what is refused, at which place, and what an operation's inputs are.
#include "document.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace recreq::compiler {
namespace {

struct loaded {
  std::vector<problem> problems;
  std::optional<document> source;
};

loaded load(std::string_view text) {
  loaded result;
  result.source = document::parse(text, "example.json", result.problems);
  return result;
}

bool refuses(const std::vector<problem>& problems, std::string_view pointer, std::string_view part_of_message) {
  return std::any_of(problems.begin(), problems.end(), [&](const problem& found) {
    return found.pointer == pointer && found.message.find(part_of_message) != std::string::npos;
  });
}

std::string shown(const std::vector<problem>& problems) {
  std::string text;
  for (const problem& found : problems) text += problem_line("example.json", found) + "\n";
  return text;
}

// A document with one operation, whose members are given.
std::string with_operation(std::string_view members, std::string_view more_of_path = "") {
  return R"({"openapi":"3.1.0","servers":[{"url":"https://{region}.example.com","variables":{"region":{"default":"eu"}}}],
    "paths":{"/things/{id}/":{)" +
         std::string(more_of_path) + R"("post":{"operationId":"makeThing",)" + std::string(members) + "}}}}";
}

constexpr std::string_view id_parameter = R"({"name":"id","in":"path","required":true,"schema":{"type":"string"}})";

std::string parameters(std::string_view more) {
  return R"("parameters":[)" + std::string(id_parameter) + "," + std::string(more) + "]";
}

std::vector<problem> problems_of_operations(std::string_view text) {
  loaded result = load(text);
  if (result.source) result.source->operations(result.problems);
  return result.problems;
}

TEST(Document, NamesLineAndColumnOfASyntaxError) {
  const loaded result = load("{\n  \"openapi\": oops\n}");
  ASSERT_EQ(result.problems.size(), 1U);
  EXPECT_FALSE(result.source);
  EXPECT_EQ(result.problems[0].line, 2U);
  EXPECT_EQ(result.problems[0].column, 14U);
  EXPECT_TRUE(problem_line("a/b.json", result.problems[0]).starts_with("a/b.json:2:14: syntax error"));
}

TEST(Document, RefusesAKeyThatIsGivenTwice) {
  const loaded result = load(R"({"openapi":"3.1.0","a":[{"b/c":1,"b/c":2}]})");
  EXPECT_TRUE(refuses(result.problems, "/a/0/b~1c", "twice")) << shown(result.problems);
}

TEST(Document, ReportsEveryProblemAndNotOnlyTheFirst) {
  const loaded result = load(R"({"openapi":"3.0.3","a":{"x":1,"x":2},"b":{"y":1,"y":2},"c":{"$ref":"#/nowhere"}})");
  EXPECT_EQ(result.problems.size(), 4U) << shown(result.problems);
}

TEST(Document, RefusesIntegersThatWouldLoseDigits) {
  const loaded result = load(R"({"openapi":"3.1.0","x":[18446744073709551616]})");
  EXPECT_TRUE(refuses(result.problems, "/x/0", "64 bits")) << shown(result.problems);
}

TEST(Document, RefusesNumbersThatADoubleDoesNotCarry) {
  const loaded result =
      load(R"({"openapi":"3.1.0","x":[9007199254740993,-9007199254740993,1e-400,9007199254740992,0.1,-0]})");
  EXPECT_EQ(result.problems.size(), 3U) << shown(result.problems);
  for (const char* pointer : {"/x/0", "/x/1", "/x/2"}) {
    EXPECT_TRUE(refuses(result.problems, pointer, "double")) << pointer << shown(result.problems);
  }
}

TEST(Document, RefusesNestingThatNobodyWrites) {
  const loaded result = load(std::string(100'000, '['));
  EXPECT_FALSE(result.source);
  ASSERT_EQ(result.problems.size(), 1U);
  EXPECT_NE(result.problems[0].message.find("nested deeper"), std::string::npos);
}

TEST(Document, RefusesReferencesThatLeaveTheDocument) {
  const loaded result =
      load(R"({"openapi":"3.1.0","components":{"schemas":{"A":{"$ref":"https://example.com/a.json"}}}})");
  EXPECT_TRUE(refuses(result.problems, "/components/schemas/A/$ref", "leaves the document")) << shown(result.problems);
}

TEST(Document, RefusesReferencesToNothing) {
  const loaded result = load(R"({"openapi":"3.1.0","components":{"schemas":{"A":{"$ref":"#/components/schemas/B"}}}})");
  EXPECT_TRUE(refuses(result.problems, "/components/schemas/A/$ref", "nothing stands")) << shown(result.problems);
  EXPECT_FALSE(result.source->resolve(result.source->at("/components/schemas/A")));
}

TEST(Document, RefusesReferencesThatGoInACircle) {
  const loaded result = load(R"({"openapi":"3.1.0","components":{"schemas":{
    "A":{"$ref":"#/components/schemas/B"},"B":{"$ref":"#/components/schemas/A"}}}})");
  EXPECT_TRUE(refuses(result.problems, "/components/schemas/A", "refers to itself")) << shown(result.problems);
  EXPECT_EQ(result.problems.size(), 1U) << shown(result.problems);
  EXPECT_FALSE(result.source->resolve(result.source->at("/components/schemas/A")));
}

TEST(Document, RefusesCirclesThroughBranchesOfTheSameValue) {
  const loaded result = load(R"({"openapi":"3.1.0","components":{"schemas":{
    "A":{"anyOf":[{"type":"null"},{"allOf":[{"$ref":"#/components/schemas/A"}]}]}}}})");
  EXPECT_TRUE(refuses(result.problems, "/components/schemas/A", "refers to itself")) << shown(result.problems);
}

TEST(Document, AllowsTypesThatContainThemselves) {
  const loaded result = load(R"({"openapi":"3.1.0","components":{"schemas":{
    "Tree":{"type":"object","properties":{"$ref":{"type":"string"},"children":{"type":"array","items":{"$ref":"#/components/schemas/Tree"}}},
            "default":{"$ref":"https://example.com"},"examples":[{"$ref":7}]}}}})");
  EXPECT_TRUE(result.problems.empty()) << shown(result.problems);
}

TEST(Document, FollowsChainsOfEscapedReferences) {
  const loaded result = load(R"({"openapi":"3.1.0","components":{"schemas":{
    "a/b c~":{"type":"string"},"B":{"$ref":"#/components/schemas/a~1b%20c~0"},"C":{"$ref":"#/components/schemas/B"}}}})");
  EXPECT_TRUE(result.problems.empty()) << shown(result.problems);
  const place found = result.source->resolve(result.source->at("/components/schemas/C"));
  ASSERT_TRUE(found);
  EXPECT_EQ(found.pointer, "/components/schemas/a~1b c~0");
  EXPECT_EQ(text_of(found, "type"), "string");
}

TEST(Document, FindsPlacesByPointer) {
  const loaded result = load(R"({"openapi":"3.1.0","list":[10,[20]]})");
  EXPECT_EQ(*result.source->at("/list/1/0").value, 20);
  EXPECT_FALSE(result.source->at("/list/01"));
  EXPECT_FALSE(result.source->at("/list/2"));
  EXPECT_FALSE(result.source->at("list"));
  EXPECT_EQ(result.source->at("").value, &result.source->root());
}

TEST(Operations, GatherServerVariablesParametersAndBody) {
  const std::string text = with_operation(
      parameters(
          R"({"name":"Idempotency-Key","in":"header","schema":{"type":"string"}},{"name":"page_size","in":"query","schema":{"type":"integer"}})") +
      R"(,"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object"}}}})");
  loaded result = load(text);
  const std::vector<operation> operations = result.source->operations(result.problems);
  EXPECT_TRUE(result.problems.empty()) << shown(result.problems);
  ASSERT_EQ(operations.size(), 1U);
  const operation& made = operations[0];
  EXPECT_EQ(made.name, "makeThing");
  EXPECT_EQ(made.method, "POST");
  EXPECT_EQ(made.path, "/things/{id}/");
  ASSERT_EQ(made.inputs.size(), 4U);
  EXPECT_EQ(made.inputs[0].name, "region");
  EXPECT_EQ(made.inputs[0].in, "server");
  EXPECT_FALSE(made.inputs[0].required);
  EXPECT_EQ(text_of(made.inputs[0].schema, "default"), "eu");
  EXPECT_EQ(made.inputs[1].name, "id");
  EXPECT_TRUE(made.inputs[1].required);
  EXPECT_EQ(made.inputs[2].name, "idempotencyKey");
  EXPECT_EQ(made.inputs[2].wire_name, "Idempotency-Key");
  EXPECT_EQ(made.inputs[3].name, "page_size");
  EXPECT_EQ(made.inputs[3].at.pointer, "/paths/~1things~1{id}~1/post/parameters/2");
  ASSERT_TRUE(made.body);
  EXPECT_TRUE(made.body_required);
}

TEST(Operations, PutTheirOwnParametersInPlaceOfThePaths) {
  const std::string text = with_operation(
      R"("parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string","format":"uuid"}}])",
      R"("parameters":[)" + std::string(id_parameter) + "],");
  loaded result = load(text);
  const std::vector<operation> operations = result.source->operations(result.problems);
  EXPECT_TRUE(result.problems.empty()) << shown(result.problems);
  ASSERT_EQ(operations[0].inputs.size(), 2U);
  EXPECT_EQ(text_of(operations[0].inputs[1].schema, "format"), "uuid");
}

TEST(Operations, RefuseTwoParametersOfOneName) {
  const auto problems = problems_of_operations(with_operation(parameters(
      R"({"name":"X-Trace","in":"header","schema":{"type":"string"}},{"name":"xTrace","in":"query","schema":{"type":"string"}})")));
  EXPECT_TRUE(refuses(problems, "/paths/~1things~1{id}~1/post/parameters/2", "\"xTrace\"")) << shown(problems);
}

TEST(Operations, RefuseAParameterNamedLikeAServerVariable) {
  const auto problems = problems_of_operations(
      with_operation(parameters(R"({"name":"region","in":"query","schema":{"type":"string"}})")));
  EXPECT_TRUE(refuses(problems, "/paths/~1things~1{id}~1/post/parameters/1", "/servers/0/variables/region"))
      << shown(problems);
}

TEST(Operations, RefuseAParameterNamedBody) {
  const auto problems =
      problems_of_operations(with_operation(parameters(R"({"name":"body","in":"query","schema":{"type":"string"}})")));
  EXPECT_TRUE(refuses(problems, "/paths/~1things~1{id}~1/post/parameters/1", "hide the request body"))
      << shown(problems);
}

TEST(Operations, RefusePathParametersWithoutTheirPlaceInThePath) {
  const auto problems = problems_of_operations(
      with_operation(R"("parameters":[{"name":"other","in":"path","required":true,"schema":{}}])"));
  EXPECT_TRUE(refuses(problems, "/paths/~1things~1{id}~1/post/parameters/0", "no {other}")) << shown(problems);
  EXPECT_TRUE(refuses(problems, "/paths/~1things~1{id}~1", "{id}")) << shown(problems);
}

TEST(Operations, RefuseOneNameForTwoOperations) {
  const auto problems = problems_of_operations(R"({"openapi":"3.1.0","servers":[{"url":"https://example.com"}],
    "paths":{"/a":{"get":{"operationId":"read"}},"/b":{"get":{"operationId":"read"}}}})");
  EXPECT_TRUE(refuses(problems, "/paths/~1b/get/operationId", "/paths/~1a/get")) << shown(problems);
}

TEST(Operations, RefuseParametersThatNoUrlOrHeaderCanCarry) {
  const auto problems =
      problems_of_operations(with_operation(parameters(R"({"name":"X-Count","in":"header","schema":{"type":"integer"}},
                    {"name":"filter","in":"query","schema":{"type":"object"}},
                    {"name":"pages","in":"query","schema":{"type":"array","items":{"type":"integer"}}},
                    {"name":"names","in":"query","style":"pipeDelimited","schema":{"type":"array","items":{"type":"string"}}})")));
  const std::string place = "/paths/~1things~1{id}~1/post/parameters/";
  EXPECT_TRUE(refuses(problems, place + "1/schema", "\"type\": \"string\"")) << shown(problems);
  EXPECT_TRUE(refuses(problems, place + "2/schema", "boolean, number")) << shown(problems);
  EXPECT_TRUE(refuses(problems, place + "3/schema", "elements of an array")) << shown(problems);
  EXPECT_TRUE(refuses(problems, place + "4/style", "only the style form")) << shown(problems);
  EXPECT_EQ(problems.size(), 4U) << shown(problems);
}

TEST(Operations, TakeSwitchesNumbersAndListsInTheQuery) {
  loaded result = load(with_operation(parameters(R"({"name":"on","in":"query","schema":{"type":"boolean"}},
                    {"name":"page","in":"query","schema":{"type":"integer"}},
                    {"name":"each","in":"query","schema":{"type":"array","items":{"type":"string"}}},
                    {"name":"joined","in":"query","explode":false,"schema":{"type":"array","items":{"type":"string"}}})")));
  const std::vector<operation> operations = result.source->operations(result.problems);
  EXPECT_TRUE(result.problems.empty()) << shown(result.problems);
  ASSERT_EQ(operations[0].inputs.size(), 6U);
  EXPECT_EQ(operations[0].inputs[2].type, "boolean");
  EXPECT_EQ(operations[0].inputs[3].type, "integer");
  EXPECT_TRUE(operations[0].inputs[4].repeated);
  EXPECT_FALSE(operations[0].inputs[5].repeated);
}

TEST(Operations, SayAProblemOnceHoweverOftenTheyAreWalked) {
  loaded result = load(with_operation(parameters(R"({"name":"body","in":"query","schema":{"type":"string"}})")));
  result.source->operations(result.problems);
  result.source->operations(result.problems);
  EXPECT_EQ(result.problems.size(), 1U) << shown(result.problems);
}

TEST(Names, AreSpelledAsEachLanguageHasIt) {
  EXPECT_EQ(camel_case("Idempotency-Key"), "idempotencyKey");
  EXPECT_EQ(camel_case("X-API-Key"), "xApiKey");
  EXPECT_EQ(pascal_case("startRecording"), "StartRecording");
  EXPECT_EQ(pascal_case("start_recording"), "StartRecording");
  EXPECT_EQ(snake_case("startRecording"), "start_recording");
  EXPECT_EQ(snake_case("readURLPath"), "read_url_path");
}

}  // namespace
}  // namespace recreq::compiler
