// What the generated TypeScript says of a small document: its types, and what an editor shows about them.
#include "typescript.hpp"

#include <gtest/gtest.h>

#include <algorithm>
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

// The module for a document whose one operation takes the schema `Body`.
generated module_of(std::string_view schemas, std::string_view operation_members = "") {
  const std::string text = R"({"openapi":"3.1.0","info":{"title":"Acme","version":"2026-01-02"},
    "x-source":{"guide":{"title":"The guide","url":"https://acme.example/guide","read":"2026-01-02"}},
    "servers":[{"url":"https://{region}.acme.example","variables":{"region":
      {"enum":["eu","us"],"default":"us","x-required":true,"description":"Where the account lives."}}}],
    "paths":{"/things/{id}/":{"post":{"operationId":"makeThing","summary":"Make a thing",)" +
                           std::string(operation_members) + R"(
      "parameters":[{"name":"id","in":"path","required":true,"description":"The thing.","schema":{"type":"string"}},
                    {"name":"Idempotency-Key","in":"header","schema":{"type":"string","minLength":1}}],
      "requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Body"}}}}}}},
    "components":{"schemas":{)" +
                           std::string(schemas) + "}}}";
  generated result;
  const auto source = document::parse(text, "acme.json", result.problems);
  if (source) result.text = typescript_module(*source, result.problems);
  return result;
}

// The same for the properties of `Body`.
generated module_of_properties(std::string_view properties, std::string_view more_schemas = "") {
  return module_of(R"("Body":{"type":"object","additionalProperties":false,"properties":{)" + std::string(properties) +
                   "}}" + std::string(more_schemas));
}

#define EXPECT_SAYS(module, fragment) EXPECT_TRUE((module).says(fragment)) << (module).text

TEST(TypeScript, HasTheOperationItsInputAndTheServersChoice) {
  const generated module = module_of(R"("Body":{"type":"object","properties":{"size":{"type":"integer"}}})");
  EXPECT_TRUE(module.problems.empty());
  EXPECT_TRUE(module.text.starts_with("// Made from the provider document by the build: do not edit.\n"));
  EXPECT_SAYS(module, "import { connect, type BodyInput, type Operation, type Spec } from '../provider.js'\n");
  EXPECT_SAYS(module, "import { answers } from './acme.answers.js'\nimport { image } from './acme.image.js'\n");
  EXPECT_SAYS(module, "export interface MakeThingInput {\n");
  EXPECT_SAYS(module, "  region: AcmeRegion | (string & {})\n");
  EXPECT_SAYS(module, "  /** The thing. */\n  id: string\n");
  EXPECT_SAYS(module, "  /** Not empty. */\n  idempotencyKey?: string\n");
  EXPECT_SAYS(module, "  body?: BodyInput<Body>\n");
  EXPECT_SAYS(module, "/** Where the account lives. */\nexport type AcmeRegion = 'eu' | 'us'\n");
  EXPECT_SAYS(module, "const provider = connect('acme', image, answers)\n");
  EXPECT_SAYS(module,
              "export const makeThing: Operation<MakeThingInput, Body, unknown> = provider.operation('makeThing')\n");
  EXPECT_SAYS(module, "export const spec: Spec = provider.spec\n");
}

TEST(TypeScript, SaysTheLimitsOfAnOperationAndThoseOfAllTogether) {
  generated module;
  const auto source = document::parse(R"({"openapi":"3.1.0","info":{"title":"Acme","version":"2026-01-02"},
    "servers":[{"url":"https://acme.example"}],
    "x-rate-limit":[{"requests":1200,"seconds":300,"per":"user"},{"requests":200,"seconds":1,"per":"IP address"}],
    "paths":{"/things":{"get":{"operationId":"listThings",
                               "x-rate-limit":{"requests":60,"seconds":60,"per":"workspace"}}}}})",
                                      "acme.json", module.problems);
  module.text = typescript_module(*source, module.problems);
  EXPECT_SAYS(module, "At most 60 requests per minute and workspace.");
  EXPECT_SAYS(module, "At most 1200 requests per 300 seconds and user, and 200 per second and IP address.");
  EXPECT_SAYS(module, "IP address. All operations count");
}

TEST(TypeScript, HasOperationsWithoutABodyWithWhatAPersonWrites) {
  generated module;
  const auto source = document::parse(R"({"openapi":"3.1.0","info":{"title":"Acme","version":"2026-01-02"},
    "servers":[{"url":"https://acme.example"}],"security":[{"token":[]}],
    "components":{"securitySchemes":{"token":{"type":"http","scheme":"bearer",
                                              "x-credential":{"name":"apiToken","prefix":"Bearer "}}}},
    "paths":{"/things":{"get":{"operationId":"listThings","parameters":[
      {"name":"page","in":"query","description":"The page.","schema":{"type":"integer"}},
      {"name":"on","in":"query","schema":{"type":"boolean"}},
      {"name":"state","in":"query","schema":{"type":"array","items":{"type":"string","enum":["NEW","OLD"]}}}]}}}})",
                                      "acme.json", module.problems);
  ASSERT_TRUE(source);
  module.text = typescript_module(*source, module.problems);
  EXPECT_TRUE(module.problems.empty());
  EXPECT_SAYS(module, "import { connect, type Operation, type Spec } from '../provider.js'\n");
  EXPECT_SAYS(module, "  /** The page. */\n  page?: number\n  on?: boolean\n  state?: readonly ('NEW' | 'OLD')[]\n");
  EXPECT_SAYS(module,
              "export const listThings: Operation<ListThingsInput, never, unknown, 'apiToken'> = "
              "provider.operationWithoutBody('listThings')\n");
}

TEST(TypeScript, ShowsDescriptionDefaultLimitsAndLinks) {
  const generated module = module_of_properties(
      R"("size":{"type":"integer","description":"How large.","minimum":1,"maximum":9,"default":3,"x-source":["guide"]},
         "age":{"type":"number","x-known-default":0.5,"deprecated":true,"x-confidence":"observed"})");
  EXPECT_SAYS(module,
              "  /**\n"
              "   * How large.\n"
              "   *\n"
              "   * From 1 to 9.\n"
              "   *\n"
              "   * @default 3\n"
              "   * @see {@link https://acme.example/guide | The guide}\n"
              "   */\n"
              "  size?: number\n");
  EXPECT_SAYS(module, "   * Used when absent: `0.5`.\n");
  EXPECT_SAYS(module, "   * Seen in traffic or public code, not documented.\n");
  EXPECT_SAYS(module, "   * @deprecated\n");
}

TEST(TypeScript, RefusesSourcesThatTheDocumentDoesNotList) {
  const generated module = module_of_properties(R"("size":{"type":"integer","x-source":["rumour"]})");
  ASSERT_EQ(module.problems.size(), 1U);
  EXPECT_EQ(module.problems[0].pointer, "/components/schemas/Body/properties/size/x-source/0");
}

TEST(TypeScript, KeepsCommentsFromEndingEarlyAndWordsFromBecomingTags) {
  const generated module =
      module_of_properties(R"("a":{"type":"string","description":"Globs like **/*.ts */ end.\n@home is a word."})");
  EXPECT_SAYS(module, "Globs like **\\/*.ts *\\/ end.\n");
  EXPECT_SAYS(module, "* \\@home is a word.\n");
}

TEST(TypeScript, WrapsLongDescriptions) {
  const generated module = module_of_properties(R"("a":{"type":"string","description":")" + std::string(40, 'x') + " " +
                                                std::string(40, 'y') + " " + std::string(40, 'z') + R"("})");
  EXPECT_SAYS(module, std::string(40, 'y') + "\n   * " + std::string(40, 'z') + "\n");
}

TEST(TypeScript, ClosesEnumsInRequestsAndOpensThemInAnswers) {
  const generated module = module_of(
      R"("Body":{"type":"object","properties":{"mode":{"$ref":"#/components/schemas/Mode"},"tags":{"type":"array","items":{"type":"string"}}}},
         "Mode":{"enum":["fast","slow"]},"Limits":{"type":"object","properties":{"most":{"type":"integer"}}},
         "Answer":{"type":"object","required":["mode"],"properties":{"mode":{"$ref":"#/components/schemas/Mode"},
           "state":{"enum":["done",null]},"tags":{"type":"array","items":{"type":"string"}}}})",
      R"("responses":{"200":{"description":"","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Answer"}}}},
         "400":{"description":"","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Limits"}}}}},)");
  EXPECT_SAYS(module, "export type Mode = 'fast' | 'slow'\n");
  EXPECT_SAYS(module, "export type ModeResponse = 'fast' | 'slow' | (string & {})\n");
  EXPECT_SAYS(module, "  mode?: Mode\n");
  EXPECT_SAYS(module, "  mode: ModeResponse\n");
  EXPECT_SAYS(module, "  state?: 'done' | null | (string & {})\n");
  EXPECT_SAYS(module, "  tags?: readonly string[]\n");
  EXPECT_SAYS(module, "  tags?: string[]\n");
  EXPECT_FALSE(module.says("Limits")) << module.text;
}

TEST(TypeScript, NamesWhatMayBeNull) {
  const generated module = module_of_properties(
      R"("part":{"anyOf":[{"$ref":"#/components/schemas/Part"},{"type":"null"}]},"word":{"type":["string","null"]})",
      R"(,"Part":{"type":"object","description":"A part.","properties":{"a":{"type":"boolean"}}})");
  EXPECT_SAYS(module, "  /** A part. */\n  part?: Part | null\n");
  EXPECT_SAYS(module, "  word?: string | null\n");
}

TEST(TypeScript, MakesUnionsOfNamedBranches) {
  const generated module = module_of(
      R"("Body":{"oneOf":[{"$ref":"#/components/schemas/Timed"},{"$ref":"#/components/schemas/Forever"}]},
         "Timed":{"type":"object","required":["type"],"properties":{"type":{"const":"timed"},"hours":{"type":"integer"}}},
         "Forever":{"type":"object","required":["type"],"properties":{"type":{"const":"forever"}}})");
  EXPECT_SAYS(module, "export type Body = Timed | Forever\n");
  EXPECT_SAYS(module, "  type: 'timed'\n");
}

TEST(TypeScript, MakesObjectsOfOneKeyExclusive) {
  const generated module = module_of(
      R"("Body":{"type":"object","minProperties":1,"maxProperties":1,"additionalProperties":false,
         "properties":{"first":{"description":"One.","type":"object"},"second":{"type":"object"}}})");
  EXPECT_SAYS(module, "type ExactlyOne, ");
  EXPECT_SAYS(module, "export type Body = ExactlyOne<Bodys>\n");
  EXPECT_SAYS(module, "export interface Bodys {\n  /** One. */\n  first: Record<string, unknown>\n");
}

TEST(TypeScript, LetsEverythingIntoWhatIsPassedThrough) {
  const generated module =
      module_of(R"("Body":{"type":"object","x-pass-through":true,"properties":{"audio.rate":{"type":"integer"}}})");
  EXPECT_SAYS(module, "  'audio.rate'?: number\n");
  EXPECT_SAYS(module, "  [option: string]: unknown\n");
}

TEST(TypeScript, KnowsMapsTuplesAndNestedLists) {
  const generated module = module_of_properties(
      R"("labels":{"type":"object","additionalProperties":{"type":["string","null"]}},
         "rates":{"type":"object","propertyNames":{"enum":["a","b"]},"additionalProperties":{"type":"number"}},
         "nothing":{"type":"object","additionalProperties":false},
         "gone":false,
         "pair":{"type":"array","prefixItems":[{"type":"string"}],"items":{"type":"number"}},
         "grid":{"type":"array","items":{"type":"array","items":{"type":"integer"}}},
         "mixed":{"type":"array","items":{"type":["string","number"]}})");
  EXPECT_SAYS(module, "  labels?: Record<string, string | null>\n");
  EXPECT_SAYS(module, "  rates?: Partial<Record<'a' | 'b', number>>\n");
  EXPECT_SAYS(module, "  nothing?: Record<string, never>\n");
  EXPECT_SAYS(module, "  gone?: never\n");
  EXPECT_SAYS(module, "  pair?: readonly [string?, ...number[]]\n");
  EXPECT_SAYS(module, "  grid?: readonly (readonly number[])[]\n");
  EXPECT_SAYS(module, "  mixed?: readonly (string | number)[]\n");
}

TEST(TypeScript, LetsKeysInThatMatchAnExpression) {
  const generated module = module_of_properties(
      R"("codes":{"type":"object","patternProperties":{"^x-":{"type":"string"}},"additionalProperties":false},
         "more":{"type":"object","properties":{"a":{"type":"string"}},"patternProperties":{"^x-":true},"additionalProperties":false})");
  EXPECT_SAYS(module, "  codes?: Record<string, unknown>\n");
  EXPECT_SAYS(module, "    a?: string\n    [key: string]: unknown\n");
}

TEST(TypeScript, OffersKnownValuesOfOpenStrings) {
  const generated module = module_of_properties(
      R"("model":{"type":"string","examples":["it's","new"]},"url":{"type":"string","format":"uri","examples":["https://acme.example"]})");
  EXPECT_SAYS(module, "  model?: 'it\\'s' | 'new' | (string & {})\n");
  EXPECT_SAYS(module, "  url?: string\n");
}

TEST(TypeScript, PutsATypeBehindTheOneThatMentionsIt) {
  const generated module = module_of(
      R"("Unused":{"type":"string"},"Leaf":{"type":"object","properties":{"tree":{"$ref":"#/components/schemas/Body"}}},
         "Body":{"type":"object","properties":{"leaf":{"$ref":"#/components/schemas/Leaf"}}})");
  EXPECT_LT(module.text.find("interface Body"), module.text.find("interface Leaf"));
  EXPECT_SAYS(module, "  tree?: Body\n");
  EXPECT_FALSE(module.says("Unused"));
}

TEST(TypeScript, ShowsACallWithTheBodysExample) {
  const generated module = module_of(R"("Body":{"type":"object","examples":[{},{"size":2,"names":["a"]}]})");
  EXPECT_SAYS(module,
              " * const request = acme.makeThing.build({ region: 'us', id, body: { size: 2, names: ['a'] } })\n");
  EXPECT_SAYS(module, " * const body: Body = { size: 2, names: ['a'] }\n");
}

TEST(TypeScript, RefusesUnnamedSchemasThatContainThemselves) {
  const generated module = module_of(
      R"("Body":{"type":"object","properties":{"a":{"$ref":"#/components/schemas/Outer/properties/inner"}}},
         "Outer":{"type":"object","properties":{"inner":{"type":"array","items":{"$ref":"#/components/schemas/Outer/properties/inner"}}}})");
  ASSERT_EQ(module.problems.size(), 1U);
  EXPECT_EQ(module.problems[0].pointer, "/components/schemas/Outer/properties/inner");
}

TEST(TypeScript, RefusesTypesOfOneName) {
  const generated module = module_of(
      R"("Body":{"type":"object","properties":{"a":{"$ref":"#/components/schemas/AcmeRegion"},"b":{"$ref":"#/components/schemas/Spec"}}},
         "AcmeRegion":{"type":"string"},"Spec":{"type":"string"})");
  const auto refused = [&](std::string_view part) {
    return std::any_of(module.problems.begin(), module.problems.end(),
                       [&](const problem& found) { return found.message.find(part) != std::string::npos; });
  };
  EXPECT_TRUE(refused("two types would be called AcmeRegion"));
  EXPECT_TRUE(refused("the name Spec for itself"));
}

}  // namespace
}  // namespace recreq::compiler
