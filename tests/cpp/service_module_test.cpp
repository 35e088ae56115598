// What the compiler takes from a document for clients, and which extensions it refuses because no client could follow
// them.
#include "service_module.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace recreq::compiler {
namespace {

struct generated {
  std::string text;
  std::vector<problem> problems;

  bool says(std::string_view fragment) const { return text.find(fragment) != std::string::npos; }
};

// The module for a document that starts and lists things; the extensions of both operations, and of the credential.
generated module_of(std::string_view start, std::string_view list = R"("x-retry":{"always":[429,503]})",
                    std::string_view credential = R"("name":"apiKey","prefix":"Key ")",
                    std::string_view document_members = "") {
  const std::string text = R"({"openapi":"3.1.0","info":{"title":"Acme","version":"2026-01-02"},)" +
                           std::string(document_members) + R"(
    "servers":[{"url":"https://{region}.acme.example","variables":{"region":{"enum":["eu","us"],"default":"us"}}}],
    "security":[{"key":[]}],
    "components":{"securitySchemes":{"key":{"type":"apiKey","in":"header","name":"X-Key","x-credential":{)" +
                           std::string(credential) + R"(}}}},
    "paths":{"/things/{id}/":{
      "post":{"operationId":"makeThing",)" +
                           std::string(start) + R"(,
        "parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}},
                      {"name":"Idempotency-Key","in":"header","schema":{"type":"string"}}]},
      "get":{"operationId":"listThings",)" +
                           std::string(list) + R"(,
        "parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}},
                      {"name":"page","in":"query","schema":{"type":"integer"}}]}}}})";
  generated result;
  const auto source = document::parse(text, "acme.json", result.problems);
  if (source) result.text = service_module(*source, result.problems);
  return result;
}

#define EXPECT_SAYS(module, fragment) EXPECT_TRUE((module).says(fragment)) << (module).text

TEST(ServiceModule, HasWhatAClientNeeds) {
  const generated module = module_of(
      R"("x-retry":{"always":[429],"withKey":[409]},"x-idempotency":{"header":"Idempotency-Key","seconds":3600},
         "x-rate-limit":{"requests":300,"seconds":60,"per":"workspace"},
         "x-reconcile":{"operation":"listThings","input":{"id":"/id"},"items":"/things","times":["/made"],
                        "look":"the things.","x-source":["guide"]})",
      R"("x-paging":{"items":"things","parameter":"page","first":1,"last":"/pages"})",
      R"("name":"apiKey","prefix":"Key ","mistakes":[{"pattern":"^whsec_","message":"is another one."}])");
  for (const problem& each : module.problems) ADD_FAILURE() << each.pointer << ": " << each.message;
  EXPECT_TRUE(module.text.starts_with("// Made from the provider document by the build: do not edit.\n"));
  EXPECT_SAYS(module, "name: 'acme'");
  EXPECT_SAYS(module, "server: 'https://{region}.acme.example'");
  EXPECT_SAYS(module, "variables: { region: ['eu', 'us'] }");
  EXPECT_SAYS(module, "header: 'X-Key'");
  EXPECT_SAYS(module, "mistakes: [{ pattern: '^whsec_', message: 'is another one.' }]");
  EXPECT_SAYS(module, "retry: { always: [429], withKey: [409] }");
  EXPECT_SAYS(module, "idempotency: { input: 'idempotencyKey', seconds: 3600 }");
  EXPECT_SAYS(module, "rateLimits: [{ requests: 300, seconds: 60 }]");
  EXPECT_SAYS(module, "paging: { items: 'things', parameter: 'page', first: 1, last: '/pages' }");
  EXPECT_SAYS(module, "operation: 'listThings'");
  EXPECT_SAYS(module, "input: { id: '/id' }");
  EXPECT_FALSE(module.says("x-source")) << module.text;
  EXPECT_TRUE(module.text.ends_with(" as const satisfies ServiceDescription\n"));
}

TEST(ServiceModule, RefusesWhatNoClientCouldFollow) {
  const std::vector<std::pair<std::string_view, std::string_view>> wrong{
      {R"("x-retry":{"sometimes":[429]})", "x-retry has always and withKey"},
      {R"("x-retry":{"always":["429"]})", "a status is a number"},
      {R"("x-idempotency":{"header":"Other-Key","seconds":3600})", "makeThing has no header parameter Other-Key"},
      {R"("x-rate-limit":{"requests":300})", "x-rate-limit says how many requests in how many seconds"},
      {R"("x-paging":{"items":"things","parameter":"size","first":1})", "makeThing has no parameter \"size\""},
      {R"("x-paging":{"items":"things","parameter":"id"})", "pages are either linked (next) or counted (first)"},
      {R"("x-reconcile":{"operation":"findThings","look":"them.","items":"/t"})",
       "there is no operation \"findThings\""},
      {R"("x-reconcile":{"operation":"makeThing","look":"them.","items":"/t"})",
       "makeThing changes things: only a GET asks"},
      {R"("x-reconcile":{"operation":"listThings","look":"them.","items":"/t","input":{"name":"/id"}})",
       "listThings has no input name"},
      {R"("x-reconcile":{"operation":"listThings","look":"them.","items":"/t","input":{"id":"/name"}})",
       "makeThing has no input at \"/name\""},
      {R"("x-reconcile":{"operation":"listThings","items":"/t"})", "\"look\" is missing"},
      {R"("x-reconcile":{"operation":"listThings","look":"them."})",
       "what is looked for is one of the items, or a state"}};
  for (const auto& [extension, message] : wrong) {
    const generated module = module_of(extension);
    ASSERT_EQ(module.problems.size(), 1U) << extension;
    EXPECT_EQ(module.problems[0].message, message);
    EXPECT_TRUE(module.problems[0].pointer.starts_with("/paths/~1things~1{id}~1/post/x-"))
        << module.problems[0].pointer;
  }
}

TEST(ServiceModule, HasTheLimitsOfAnOperationAndThoseOfAllTogether) {
  const generated module = module_of(
      R"("x-rate-limit":[{"requests":5,"seconds":1,"per":"key","x-source":["guide"]},
                         {"requests":300,"seconds":60,"scope":"credential","header":"RateLimit"}])",
      R"("x-retry":{"always":[429]})", R"("name":"apiKey","prefix":"Key ")",
      R"("x-rate-limit":[{"requests":200,"seconds":1,"per":"IP address","scope":"address"}],)");
  for (const problem& each : module.problems) ADD_FAILURE() << each.pointer << ": " << each.message;
  EXPECT_SAYS(module, "rateLimits: [{ requests: 5, seconds: 1 }, { requests: 300, seconds: 60, header: 'RateLimit' }]");
  EXPECT_SAYS(module, "rateLimits: [{ requests: 200, seconds: 1, scope: 'address' }]");
}

TEST(ServiceModule, RefusesALimitThatNobodyCouldKeepTo) {
  const std::vector<std::pair<std::string_view, std::string_view>> wrong{
      {R"({"requests":0,"seconds":60})", "x-rate-limit says how many requests in how many seconds"},
      {R"({"requests":5,"seconds":60,"scope":"planet"})", R"(a limit's scope is "credential" or "address")"},
      {R"({"requests":5,"seconds":60,"shared":true})", R"(x-rate-limit has no "shared")"}};
  for (const auto& [limit, message] : wrong) {
    for (const bool on_document : {false, true}) {
      const std::string members = R"("x-rate-limit":[{"requests":1,"seconds":1},)" + std::string(limit) + "]";
      const std::string other = R"("x-retry":{"always":[429]})";
      const generated module = module_of(on_document ? other : members, other, R"("name":"apiKey","prefix":"Key ")",
                                         on_document ? members + "," : std::string());
      ASSERT_EQ(module.problems.size(), 1U) << limit;
      EXPECT_EQ(module.problems[0].message, message);
      EXPECT_TRUE(module.problems[0].pointer.find("/x-rate-limit/1") != std::string::npos)
          << module.problems[0].pointer;
    }
  }
}

TEST(ServiceModule, RefusesCredentialsThatCannotBeLookedAtOrMade) {
  const generated module = module_of(
      R"("x-retry":{"always":[429]})", R"("x-retry":{"always":[429]})",
      R"("name":"token","prefix":"","form":{"pattern":"^x$"},"minted":{"algorithm":"RS256","key":"apiKey","seconds":"60"})");
  std::vector<std::string> messages;
  for (const problem& each : module.problems) messages.push_back(each.message);
  EXPECT_EQ(messages, (std::vector<std::string>{"\"message\" is missing", "a token is signed by HS256",
                                                "\"secret\" is missing", "\"keyClaim\" is missing",
                                                "a minted token has claims", "a minted token lives for seconds"}));
}

std::string body_of(std::string_view schema) {
  return R"("requestBody":{"content":{"application/json":{"schema":)" + std::string(schema) + "}}}";
}

TEST(ServiceModule, ListsEveryPlaceOfABodyThatSaysWhereDataGoes) {
  const generated module = module_of(body_of(R"({
    "properties":{"url":{"x-destination":true,"properties":{"within":{"x-destination":true}}},
                  "by/ref":{"$ref":"#endpoint","x-destination":false},
                  "list":{"items":{"anyOf":[{"$ref":"#endpoint"},{"type":"null"}]}},
                  "plain":{"type":"string"}},
    "additionalProperties":{"oneOf":[{"$ref":"#endpoint"}]},
    "if":{"required":["plain"]},"then":{"properties":{"then":{"x-destination":true}}},
    "$defs":{"endpoint":{"$anchor":"endpoint","properties":{"to":{"x-destination":true},
                                                            "key":{"type":"string","writeOnly":true}}}}})"));
  for (const problem& each : module.problems) ADD_FAILURE() << each.pointer << ": " << each.message;
  EXPECT_SAYS(module, "'/then'");
  EXPECT_SAYS(module, "'/url'");
  EXPECT_SAYS(module, "'/by~1ref/to'");
  EXPECT_SAYS(module, "'/list/*/to'");
  EXPECT_SAYS(module, "'/*/to'");
  EXPECT_FALSE(module.says("within") || module.says("/plain")) << module.text;
  EXPECT_SAYS(module, "secrets: ['key']");
}

TEST(ServiceModule, RefusesDestinationsWherePlacesWouldHaveEveryLength) {
  const generated module =
      module_of(body_of(R"({"$anchor":"node","properties":{"next":{"$ref":"#node"},"url":{"x-destination":true}}})"));
  ASSERT_EQ(module.problems.size(), 1U);
  EXPECT_EQ(module.problems[0].message, "a body with an x-destination has no schema that contains itself");
}

}  // namespace
}  // namespace recreq::compiler
