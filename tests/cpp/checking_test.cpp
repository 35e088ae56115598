// Structure: every keyword of JSON Schema both ways, unions, unlisted keys and values, and what issues say.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "example_provider.hpp"
#include "recreq/json.hpp"

namespace recreq {
namespace {

using testing::closed_object;
using testing::example_provider;
using testing::summary;
using testing::with_unknown;

// A body whose member `v` has that schema.
example_provider with_v(std::string_view schema, std::string_view more_schemas = "") {
  return example_provider(closed_object("\"v\":" + std::string(schema)), more_schemas);
}

std::string v(std::string_view value) { return "{\"v\":" + std::string(value) + "}"; }

struct keyword_case {
  std::string_view schema;
  std::vector<std::string_view> accepted;
  std::vector<std::pair<std::string_view, std::string_view>> refused;  // value, issues
};

// NOLINTNEXTLINE(readability-identifier-naming): the name that GoogleTest looks for
void PrintTo(const keyword_case& each, std::ostream* out) { *out << each.schema; }

// `3_contains_const_minContains`
std::string name_of(const ::testing::TestParamInfo<keyword_case>& each) {
  std::string name = std::to_string(each.index);
  for (std::string_view rest = each.param.schema; rest.find("\":") != std::string_view::npos;) {
    rest = rest.substr(rest.find('"') + 1);
    const std::string_view word = rest.substr(0, rest.find('"'));
    rest = rest.substr(word.size() + 1);
    if (rest.substr(0, 1) == ":" && word.size() > 2) name += "_" + std::string(word);
  }
  return name;
}

// NOLINTNEXTLINE(readability-identifier-naming): its tests' suite
class Keywords : public ::testing::TestWithParam<keyword_case> {};

TEST_P(Keywords, AcceptAndRefuse) {
  const keyword_case& each = GetParam();
  const example_provider provider = with_v(each.schema);
  for (const std::string_view value : each.accepted) EXPECT_EQ(provider.issues(v(value)), "") << each.schema << value;
  for (const auto& [value, issues] : each.refused) EXPECT_EQ(provider.issues(v(value)), issues) << each.schema << value;
}

INSTANTIATE_TEST_SUITE_P(
    Type, Keywords,
    ::testing::Values(
        keyword_case{R"({"type":"string"})", {R"("")"}, {{"1", "error type #/v"}, {"null", "error type #/v"}}},
        keyword_case{
            R"({"type":"boolean"})", {"true", "false"}, {{R"("true")", "error type #/v"}, {"0", "error type #/v"}}},
        keyword_case{R"({"type":"null"})", {"null"}, {{"0", "error type #/v"}, {"[]", "error type #/v"}}},
        keyword_case{R"({"type":"integer"})",
                     {"60", "60.0", "6e1", "-0", "1e22"},
                     {{R"("60")", "error type #/v"}, {"60.5", "error type #/v"}, {"1e-1", "error type #/v"}}},
        keyword_case{R"({"type":"number"})",
                     {"60", "60.5", "1e-7"},
                     {{R"("60")", "error type #/v"}, {"true", "error type #/v"}}},
        keyword_case{R"({"type":"array"})", {"[]", "[1]"}, {{"{}", "error type #/v"}}},
        keyword_case{R"({"type":"object"})", {"{}", R"({"a":1})"}, {{"[]", "error type #/v"}}},
        keyword_case{
            R"({"type":["integer","null"]})", {"1", "null"}, {{"1.5", "error type #/v"}, {R"("1")", "error type #/v"}}},
        keyword_case{"true", {"null", "[1]", "{}"}, {}}, keyword_case{"{}", {"null", "[1]", "{}"}, {}},
        keyword_case{"false", {}, {{"null", "error forbidden #/v"}, {"1", "error forbidden #/v"}}}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Values, Keywords,
    ::testing::Values(keyword_case{R"({"enum":["a","b"]})",
                                   {R"("a")"},
                                   {{R"("c")", "error unknown-value #/v"}, {"1", "error unknown-value #/v"}}},
                      keyword_case{R"({"enum":[1,null,[1,{"a":2}],{"x":1,"y":[]}]})",
                                   {"1", "1.0", "10e-1", "null", R"([1,{"a":2.0}])", R"({"y":[],"x":1})"},
                                   {{"2", "error unknown-value #/v"},
                                    {"[1]", "error unknown-value #/v"},
                                    {R"({"x":1})", "error unknown-value #/v"},
                                    {"false", "error unknown-value #/v"}}},
                      keyword_case{R"({"const":"a"})",
                                   {R"("a")", R"("\u0061")"},
                                   {{R"("A")", "error constant #/v"}, {"null", "error constant #/v"}}},
                      keyword_case{R"({"const":{"a":[1,2],"b":null}})",
                                   {R"({"b":null,"a":[1,2]})"},
                                   {{R"({"a":[2,1],"b":null})", "error constant #/v"},
                                    {R"({"a":[1,2],"b":null,"c":1})", "error constant #/v"}}},
                      keyword_case{R"({"const":0})",
                                   {"0", "-0", "0.0"},
                                   {{"false", "error constant #/v"}, {R"("0")", "error constant #/v"}}}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Strings, Keywords,
    ::testing::Values(
        keyword_case{R"({"minLength":2})",
                     {R"("ab")", "1", R"("\ud83d\ude00\u00e9")"},
                     {{R"("a")", "error min-length #/v"}, {"\"\U0001F600\"", "error min-length #/v"}}},
        keyword_case{R"({"maxLength":2})",
                     {R"("ab")", R"("")", "\"\U0001F600\U0001F600\""},
                     {{R"("abc")", "error max-length #/v"}}},
        keyword_case{R"({"format":"uuid"})",
                     {R"("00000000-0000-4000-8000-000000000000")", "7"},
                     {{R"("..")", "error format #/v"}}},
        keyword_case{R"({"format":"uri"})", {R"("https://example.com/")"}, {{R"("example.com")", "error format #/v"}}},
        keyword_case{R"({"format":"date-time"})",
                     {R"("2026-01-31T13:45:00Z")", "null"},
                     {{R"("2026-01-31")", "error format #/v"}}},
        keyword_case{R"({"format":"hostname"})", {R"("example.com")"}, {{R"("exa_mple.com")", "error format #/v"}}},
        keyword_case{R"({"format":"email"})", {R"("name@example.com")"}, {{R"("example.com")", "error format #/v"}}},
        keyword_case{R"({"format":"ipv4"})", {R"("192.0.2.1")"}, {{R"("192.0.2")", "error format #/v"}}},
        keyword_case{R"({"format":"ipv6"})", {R"("::1")"}, {{R"("[::1]")", "error format #/v"}}},
        keyword_case{R"({"pattern":"^[a-z]{2,3}$"})",
                     {R"("ab")", R"("abc")", "7"},
                     {{R"("a")", "error pattern #/v"}, {R"("ab1")", "error pattern #/v"}}}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Numbers, Keywords,
    ::testing::Values(
        keyword_case{R"({"minimum":5})",
                     {"5", "5.0", "5.1", R"("1")"},
                     {{"4.999", "error minimum #/v"}, {"-6", "error minimum #/v"}}},
        keyword_case{
            R"({"maximum":-1.5})", {"-1.5", "-2"}, {{"-1", "error maximum #/v"}, {"1e300", "error maximum #/v"}}},
        keyword_case{R"({"exclusiveMinimum":0})",
                     {"0.1", "5e-324"},
                     {{"0", "error exclusive-minimum #/v"}, {"-0.0", "error exclusive-minimum #/v"}}},
        keyword_case{R"({"exclusiveMaximum":1})",
                     {"0.999"},
                     {{"1", "error exclusive-maximum #/v"}, {"1.0", "error exclusive-maximum #/v"}}},
        keyword_case{R"({"multipleOf":5})",
                     {"0", "-10", "1e2", "15.0"},
                     {{"7", "error multiple-of #/v"}, {"5.5", "error multiple-of #/v"}}},
        keyword_case{R"({"multipleOf":0.01})",
                     {"0.07", "1.1", "19.99", "4.35", "1e6"},
                     {{"0.015", "error multiple-of #/v"}, {"1.001", "error multiple-of #/v"}}},
        keyword_case{R"({"multipleOf":0.1})", {"0.3", "1.1", "123.4"}, {{"0.35", "error multiple-of #/v"}}},
        keyword_case{
            R"({"multipleOf":2})", {"9007199254740992", "1e300"}, {{"9007199254740991", "error multiple-of #/v"}}},
        keyword_case{R"({"multipleOf":0.0001})",
                     {"0.0075", "1234567890.1234", "1e21", "-0.0001"},
                     {{"0.00751", "error multiple-of #/v"}, {"1234567890.12345", "error multiple-of #/v"}}},
        keyword_case{R"({"multipleOf":0.123456789})", {"0.246913578", "0"}, {{"1e308", "error multiple-of #/v"}}},
        keyword_case{R"({"multipleOf":1e22})", {"3e22"}, {{"1e21", "error multiple-of #/v"}}}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Arrays, Keywords,
    ::testing::Values(
        keyword_case{R"({"items":{"type":"string"}})",
                     {"[]", R"(["a"])", "1"},
                     {{R"(["a",1,"b",2])", "error type #/v/1, error type #/v/3"}}},
        keyword_case{R"({"prefixItems":[{"type":"string"},{"type":"integer"}]})",
                     {"[]", R"(["a"])", R"(["a",1,null])"},
                     {{"[1,1.5]", "error type #/v/0, error type #/v/1"}}},
        keyword_case{R"({"prefixItems":[{"type":"string"}],"items":{"type":"integer"}})",
                     {R"(["a"])", R"(["a",1,2])"},
                     {{R"(["a",1,"b"])", "error type #/v/2"}}},
        keyword_case{R"({"prefixItems":[true],"items":false})", {"[]", "[1]"}, {{"[1,2]", "error forbidden #/v/1"}}},
        keyword_case{R"({"contains":{"type":"string"}})",
                     {R"([1,"a"])", R"(["a","b"])", "{}"},
                     {{"[]", "error contains #/v"}, {"[1]", "error contains #/v"}}},
        keyword_case{R"({"contains":{"const":1},"minContains":2,"maxContains":3})",
                     {"[1,1]", "[1,2,1,1]"},
                     {{"[1,2]", "error contains #/v"}, {"[1,1,1,1]", "error contains #/v"}}},
        keyword_case{R"({"contains":{"const":1},"minContains":0,"maxContains":1})",
                     {"[]", "[2]", "[1]"},
                     {{"[1,1]", "error contains #/v"}}},
        keyword_case{R"({"minItems":1,"maxItems":2})",
                     {"[1]", "[1,2]", R"("")"},
                     {{"[]", "error min-items #/v"}, {"[1,2,3]", "error max-items #/v"}}},
        keyword_case{
            R"({"uniqueItems":true})",
            {"[]", R"([1,"1",true,null,[],{},[1],{"a":1}])", R"([{"a":1,"b":2},{"a":2,"b":1}])", "[[1,2],[2,1]]"},
            {{"[1,2,1.0]", "error unique-items #/v/2"},
             {R"([{"a":1,"b":[2]},0,{"b":[2.0],"a":1}])", "error unique-items #/v/2"},
             {R"(["a","\u0061"])", "error unique-items #/v/1"},
             {"[0,-0]", "error unique-items #/v/1"}}},
        keyword_case{R"({"uniqueItems":false})", {"[1,1]"}, {}}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Objects, Keywords,
    ::testing::Values(
        keyword_case{R"({"properties":{"a":{"type":"string"}}})",
                     {"{}", R"({"a":"x","b":1})", "[]"},
                     {{R"({"a":1})", "error type #/v/a"}}},
        keyword_case{R"({"required":["a","b"]})",
                     {R"({"a":1,"b":null})", "[]"},
                     {{R"({"a":1})", "error required #/v"}, {"{}", "error required #/v, error required #/v"}}},
        keyword_case{
            R"({"properties":{"a":true},"required":["a"]})", {R"({"a":null})"}, {{"{}", "error required #/v"}}},
        keyword_case{R"({"additionalProperties":{"type":"integer"},"properties":{"a":{"type":"string"}}})",
                     {R"({"a":"x","b":1})"},
                     {{R"({"a":1,"b":"x"})", "error type #/v/a, error type #/v/b"}}},
        keyword_case{R"({"additionalProperties":false})",
                     {"{}"},
                     {{R"({"a":1,"b":2})", "error unknown-key #/v/a, error unknown-key #/v/b"}}},
        keyword_case{R"({"additionalProperties":true})", {R"({"a":1})"}, {}},
        keyword_case{
            R"({"patternProperties":{"^a":{"type":"integer"},"b$":{"maximum":5}}})",
            {R"({"a":1,"b":2,"ab":3,"x":"y"})", "[]"},
            {{R"({"a":"x","b":9})", "error type #/v/a, error maximum #/v/b"}, {R"({"ab":9})", "error maximum #/v/ab"}}},
        keyword_case{R"({"patternProperties":{"^a":{"type":"integer"}},"additionalProperties":false})",
                     {"{}", R"({"a":1})"},
                     {{R"({"b":1})", "error unknown-key #/v/b"}}},
        keyword_case{R"({"properties":{"a":{"minimum":2},"c":true},"patternProperties":{"^a":{"type":"integer"}},
                         "additionalProperties":{"type":"string"},"required":["c"]})",
                     {R"({"a":2,"aa":1,"c":null,"x":"y"})"},
                     {{R"({"a":1.5,"aa":"x","c":1,"x":1})",
                       "error minimum #/v/a, error type #/v/a, error type #/v/aa, error type #/v/x"},
                      {"{}", "error required #/v"}}},
        keyword_case{R"({"not":{"patternProperties":{"^a":{"type":"integer"}},"additionalProperties":false}})",
                     {R"({"a":"x"})", R"({"b":1})"},
                     {{R"({"a":1})", "error negated #/v"}}},
        keyword_case{R"({"propertyNames":{"maxLength":3}})",
                     {R"({"abc":1})", "[]"},
                     {{R"({"abcd":1,"x":1,"vwxyz":1})", "error max-length #/v/abcd, error max-length #/v/vwxyz"}}},
        keyword_case{
            R"({"propertyNames":{"enum":["a","b"]}})", {R"({"a":1})"}, {{R"({"c":1})", "error unknown-value #/v/c"}}},
        keyword_case{R"({"minProperties":1,"maxProperties":2})",
                     {R"({"a":1})", R"({"a":1,"b":2})"},
                     {{"{}", "error min-properties #/v"}, {R"({"a":1,"b":1,"c":1})", "error max-properties #/v"}}},
        keyword_case{R"({"dependentRequired":{"a":["b","c"]}})",
                     {"{}", R"({"b":1})", R"({"a":1,"b":1,"c":1})"},
                     {{R"({"a":1,"b":1})", "error dependent-required #/v"},
                      {R"({"a":null})", "error dependent-required #/v, error dependent-required #/v"}}},
        keyword_case{R"({"dependentSchemas":{"a":{"properties":{"b":{"type":"integer"}}}}})",
                     {R"({"b":"x"})", R"({"a":1,"b":2})"},
                     {{R"({"a":1,"b":"x"})", "error type #/v/b"}}}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Combinations, Keywords,
    ::testing::Values(
        keyword_case{R"({"allOf":[{"minimum":1},{"maximum":3}]})",
                     {"1", "3", R"("x")"},
                     {{"0", "error minimum #/v"}, {"4", "error maximum #/v"}}},
        keyword_case{R"({"allOf":[{"minimum":3},{"maximum":1}]})", {}, {{"2", "error minimum #/v, error maximum #/v"}}},
        keyword_case{R"({"not":{"type":"string"}})", {"1"}, {{R"("a")", "error negated #/v"}}},
        keyword_case{
            R"({"not":{"required":["a","b"]}})", {R"({"a":1})", "{}"}, {{R"({"a":1,"b":1})", "error negated #/v"}}},
        keyword_case{R"({"if":{"minimum":10},"then":{"multipleOf":10},"else":{"multipleOf":2}})",
                     {"20", "4", R"("x")"},
                     {{"15", "error multiple-of #/v"}, {"3", "error multiple-of #/v"}}},
        keyword_case{
            R"({"if":{"minimum":10},"then":{"multipleOf":10}})", {"3", "20"}, {{"11", "error multiple-of #/v"}}},
        keyword_case{R"({"if":{"minimum":10},"else":false})", {"10"}, {{"9", "error forbidden #/v"}}},
        keyword_case{R"({"anyOf":[{"type":"string","maxLength":2},{"type":"string","const":"long"}]})",
                     {R"("ab")", R"("long")"},
                     {{R"("abc")", "error no-branch #/v"}, {"1", "error type #/v"}}},
        keyword_case{R"({"oneOf":[{"multipleOf":2},{"multipleOf":3}]})",
                     {"2", "3", "9"},
                     {{"6", "error many-branches #/v"}, {"7", "error no-branch #/v"}}},
        keyword_case{
            R"({"anyOf":[{"multipleOf":2},{"multipleOf":3}]})", {"2", "3", "6"}, {{"7", "error no-branch #/v"}}}),
    name_of);

TEST(Unions, ReportWhatTheBranchThatWasMeantFinds) {
  const example_provider by_key = with_v(
      R"({"anyOf":[{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"],"additionalProperties":false},)"
      R"({"type":"object","properties":{"b":{"type":"integer"},"c":{"type":"integer"}},"required":["b"],"additionalProperties":false},)"
      R"({"type":"string"}]})");
  EXPECT_EQ(by_key.issues(v(R"({"a":"x"})")), "error type #/v/a");
  EXPECT_EQ(by_key.issues(v(R"({"b":"x"})")), "error type #/v/b");
  EXPECT_EQ(by_key.issues(v(R"({"b":1,"d":2})")), "error unknown-key #/v/d");
  EXPECT_EQ(by_key.issues(v(R"({"c":1})")), "error required #/v");
  EXPECT_EQ(by_key.issues(v("{}")), "error no-branch #/v");
  EXPECT_EQ(by_key.issues(v(R"({"a":1,"b":2})")), "error no-branch #/v");
  const example_provider by_constant = with_v(
      R"({"oneOf":[{"type":"object","properties":{"kind":{"const":1},"x":{"type":"string"}},"required":["kind"]},)"
      R"({"type":"object","properties":{"kind":{"const":2},"x":{"type":"integer"},"y":true},"required":["kind"]}]})");
  EXPECT_EQ(by_constant.issues(v(R"({"kind":1,"x":7,"y":0})")), "error type #/v/x");
  EXPECT_EQ(by_constant.issues(v(R"({"kind":2,"x":"7"})")), "error type #/v/x");
  EXPECT_EQ(by_constant.issues(v(R"({"kind":3,"x":"7"})")), "error no-branch #/v");
}

TEST(Unions, ByTypeReportWhatTheBranchOfThatTypeFinds) {
  const example_provider provider = with_v(
      R"({"anyOf":[{"type":"null"},{"type":"string","maxLength":2},{"type":"object","properties":{"a":{"type":"integer"}}}]})");
  EXPECT_EQ(provider.issues(v("null")), "");
  EXPECT_EQ(provider.issues(v(R"("ab")")), "");
  EXPECT_EQ(provider.issues(v(R"("abc")")), "error max-length #/v");
  EXPECT_EQ(provider.issues(v(R"({"a":"x"})")), "error type #/v/a");
  const report refused = provider.check(v("1"));
  EXPECT_EQ(summary(refused.issues()), "error type #/v");
  EXPECT_EQ(refused.issues()[0].expected, R"(["string","object","null"])");
  EXPECT_EQ(refused.issues()[0].message, "This is an integer, but has to be a string, an object or null.");
}

TEST(Unions, ByTypeTellIntegersFromFractions) {
  const example_provider provider = with_v(R"({"oneOf":[{"type":"integer","minimum":1},{"type":"string"}]})");
  EXPECT_EQ(provider.issues(v("0")), "error minimum #/v");
  EXPECT_EQ(provider.issues(v("1.5")), "error type #/v");
}

constexpr std::string_view shapes =
    R"({"oneOf":[{"$ref":"#/components/schemas/Circle"},{"$ref":"#/components/schemas/Square"}],
  "discriminator":{"propertyName":"type"}})";
constexpr std::string_view shape_schemas =
    R"("Circle":{"type":"object","additionalProperties":false,"required":["type","radius"],
    "properties":{"type":{"const":"circle"},"radius":{"type":"number"}}},
  "Square":{"type":"object","additionalProperties":false,"required":["type"],
    "properties":{"type":{"type":"string","const":"square"},"side":{"type":"number"}}})";

TEST(Unions, ByConstantReportWhatTheChosenBranchFinds) {
  const example_provider provider = with_v(shapes, shape_schemas);
  EXPECT_EQ(provider.issues(v(R"({"type":"circle","radius":1})")), "");
  EXPECT_EQ(provider.issues(v(R"({"type":"square"})")), "");
  EXPECT_EQ(provider.issues(v(R"({"type":"circle"})")), "error required #/v");
  EXPECT_EQ(provider.issues(v(R"({"side":"x","type":"square"})")), "error type #/v/side");
  EXPECT_EQ(provider.issues(v(R"({"type":"square","radius":1})")), "error unknown-key #/v/radius");
}

TEST(Unions, ByConstantSayWhichConstantsThereAre) {
  const example_provider provider = with_v(shapes, shape_schemas);
  EXPECT_EQ(provider.issues(v("{}")), "error required #/v");
  EXPECT_EQ(provider.issues(v(R"({"type":1})")), "error type #/v/type");
  EXPECT_EQ(provider.issues(v("[]")), "error type #/v");
  const report refused = provider.check(v(R"({"type":"sqaure"})"));
  EXPECT_EQ(summary(refused.issues()), "error unknown-value #/v/type");
  EXPECT_EQ(refused.issues()[0].expected, R"(["circle","square"])");
  EXPECT_EQ(refused.issues()[0].suggestion, "square");
}

TEST(Unions, ByConstantNeedNoDiscriminatorKeyword) {
  const example_provider provider = with_v(
      R"({"anyOf":[{"$ref":"#/components/schemas/Circle"},{"$ref":"#/components/schemas/Square"}]})", shape_schemas);
  EXPECT_EQ(provider.issues(v(R"({"type":"circle","radius":"x"})")), "error type #/v/radius");
}

TEST(Unions, OfOneCandidateReportWhatItFinds) {
  const example_provider provider = with_v(
      R"({"anyOf":[{"type":"object","properties":{"a":{"type":"integer"}}},{"type":["string","null"]},{"type":["string","boolean"]}]})");
  EXPECT_EQ(provider.issues(v(R"({"a":"x"})")), "error type #/v/a");
  EXPECT_EQ(provider.issues(v(R"("x")")), "");
  EXPECT_EQ(provider.issues(v("1")), "error type #/v");
}

TEST(Unions, CanBeNested) {
  const example_provider provider = with_v(
      R"({"anyOf":[{"type":"null"},{"type":"array","items":{"oneOf":[{"type":"integer"},{"type":"array","items":{"type":"string"}}]}}]})");
  EXPECT_EQ(provider.issues(v(R"([1,["a"]])")), "");
  EXPECT_EQ(provider.issues(v(R"([1,["a",2],"x"])")), "error type #/v/1/1, error type #/v/2");
}

TEST(Schemas, MayContainThemselves) {
  const example_provider provider = with_v(R"({"$ref":"#/components/schemas/Tree"})",
                                           R"("Tree":{"type":"object","additionalProperties":false,"properties":{
    "value":{"type":"integer"},"children":{"type":"array","items":{"$ref":"#/components/schemas/Tree"}}}})");
  EXPECT_EQ(provider.issues(v(R"({"children":[{"value":1},{"children":[{"value":"x"}]}]})")),
            "error type #/v/children/1/children/0/value");
}

TEST(Schemas, ApplyKeywordsBesideAReference) {
  const example_provider provider =
      with_v(R"({"$ref":"#/components/schemas/Short","minLength":1})", R"("Short":{"type":"string","maxLength":2})");
  EXPECT_EQ(provider.issues(v(R"("ab")")), "");
  EXPECT_EQ(provider.issues(v(R"("")")), "error min-length #/v");
  EXPECT_EQ(provider.issues(v(R"("abc")")), "error max-length #/v");
  EXPECT_EQ(provider.issues(v("1")), "error type #/v");
}

TEST(Patterns, AreNamedInTheIssue) {
  const example_provider provider = with_v(R"({"pattern":"^[a-z]+$"})");
  const report refused = provider.check(v(R"("A")"));
  ASSERT_EQ(refused.issues().size(), 1U);
  EXPECT_EQ(refused.issues()[0].message, "This does not match the pattern ^[a-z]+$.");
  EXPECT_EQ(refused.issues()[0].expected, R"("^[a-z]+$")");
}

TEST(Patterns, OfKeysSuggestTheKeyThatWasMeant) {
  const example_provider provider =
      with_v(R"({"properties":{"layout":true},"patternProperties":{"^x-":true},"additionalProperties":false})");
  EXPECT_EQ(provider.issues(v(R"({"layout":1,"x-a":2})")), "");
  const report refused = provider.check(v(R"({"layuot":1})"));
  ASSERT_EQ(summary(refused.issues()), "error unknown-key #/v/layuot");
  EXPECT_EQ(refused.issues()[0].suggestion, "layout");
  EXPECT_EQ(provider.issues(v(R"({"other":1})"), with_unknown(unknown_mode::warn)), "warning unknown-key #/v/other");
}

TEST(Formats, OfAllKindsSayWhatToWrite) {
  for (const std::string_view format : {"uuid", "uri", "date-time", "hostname", "email", "ipv4", "ipv6"}) {
    const example_provider provider = with_v("{\"format\":\"" + std::string(format) + "\"}");
    const report refused = provider.check(v(R"("?")"));
    ASSERT_EQ(summary(refused.issues()), "error format #/v") << format;
    EXPECT_NE(refused.issues()[0].message.find(". Write "), std::string::npos) << refused.issues()[0].message;
    options how;
    how.formats = formats_mode::annotation;
    EXPECT_EQ(provider.issues(v(R"("?")"), how), "") << format;
  }
}

TEST(Bodies, AreReportedInTheOrderOfTheirText) {
  const example_provider provider(
      closed_object(R"("a":{"type":"string"},"b":{"type":"string"},"c":{"type":"string"})"));
  EXPECT_EQ(provider.issues(R"({"c":1,"x":2,"a":3,"b":4})"),
            "error type #/c, error unknown-key #/x, error type #/a, error type #/b");
}

TEST(Bodies, OfAnotherTypeAreRefusedAtTheRoot) {
  const example_provider provider(closed_object(""));
  for (const std::string_view body : {"null", "[]", "1", "\"{}\"", "true"})
    EXPECT_EQ(provider.issues(body), "error type #");
}

TEST(Bodies, WithAnErrorKeepTheirValueAndTheNextIsChecked) {
  const example_provider provider = with_v(R"({"type":"integer"})");
  EXPECT_EQ(provider.value(v(R"("x")")), R"({"v":"x"})");
  EXPECT_EQ(provider.value("{"), "");
  EXPECT_EQ(provider.issues(v("1")), "");
}

TEST(UnlistedKeys, AreWhatTheOptionsSay) {
  const example_provider provider = with_v(R"({"type":"integer"})");
  const std::string_view body = R"({"v":1,"w":2})";
  EXPECT_EQ(provider.issues(body), "error unknown-key #/w");
  EXPECT_EQ(provider.issues(body, with_unknown(unknown_mode::warn)), "warning unknown-key #/w");
  EXPECT_EQ(provider.issues(body, with_unknown(unknown_mode::allow)), "");
  EXPECT_FALSE(provider.check(body).ok());
  EXPECT_TRUE(provider.check(body, with_unknown(unknown_mode::warn)).ok());
  EXPECT_EQ(provider.value(body, with_unknown(unknown_mode::allow)), R"({"v":1,"w":2})");
}

TEST(UnlistedKeys, AskWhetherAListedOneWasMeant) {
  const example_provider provider(
      closed_object(R"("realtime_endpoints":{"type":"array"},"retention":{"type":"string"})"));
  const report refused = provider.check(R"({"real_time_endpoints":[]})");
  ASSERT_EQ(summary(refused.issues()), "error unknown-key #/real_time_endpoints");
  const issue& found = refused.issues()[0];
  EXPECT_EQ(found.suggestion, "realtime_endpoints");
  ASSERT_EQ(found.fix.size(), 1U);
  EXPECT_EQ(found.fix[0].op, patch_operation::kind::move);
  EXPECT_EQ(found.fix[0].from, "/real_time_endpoints");
  EXPECT_EQ(found.fix[0].path, "/realtime_endpoints");
}

TEST(UnlistedKeys, AreNotMovedOntoAKeyThatIsThere) {
  const example_provider provider(closed_object(R"("retention":{"type":"string"})"));
  const report refused = provider.check(R"({"retenton":"a","retention":"b"})");
  ASSERT_EQ(summary(refused.issues()), "error unknown-key #/retenton");
  EXPECT_EQ(refused.issues()[0].suggestion, "retention");
  EXPECT_TRUE(refused.issues()[0].fix.empty());
}

TEST(UnlistedKeys, OfPrototypesAreKeysLikeOthers) {
  const example_provider provider(
      closed_object(R"("metadata":{"type":"object","additionalProperties":{"type":"string"}})"));
  EXPECT_EQ(provider.issues(R"({"__proto__":{}})"), "error unknown-key #/__proto__");
  EXPECT_EQ(provider.value(R"({"metadata":{"__proto__":"a","constructor":"b"}})"),
            R"({"metadata":{"__proto__":"a","constructor":"b"}})");
}

TEST(UnlistedValues, AreWhatTheOptionsSay) {
  const example_provider provider = with_v(R"({"type":"string","enum":["speaker_view","gallery_view"]})");
  const std::string body = v(R"("galery_view")");
  EXPECT_EQ(provider.issues(body), "error unknown-value #/v");
  EXPECT_EQ(provider.issues(body, with_unknown(unknown_mode::warn)), "warning unknown-value #/v");
  EXPECT_EQ(provider.issues(body, with_unknown(unknown_mode::allow)), "");
  EXPECT_EQ(provider.issues(v("1"), with_unknown(unknown_mode::allow)), "error type #/v");
}

TEST(UnlistedValues, AskWhetherAListedOneWasMeant) {
  const example_provider provider = with_v(R"({"type":"string","enum":["speaker_view","gallery_view"]})");
  const report refused = provider.check(v(R"("galery_view")"));
  const issue& found = refused.issues()[0];
  EXPECT_EQ(found.suggestion, "gallery_view");
  EXPECT_EQ(found.expected, R"(["speaker_view","gallery_view"])");
  ASSERT_EQ(found.fix.size(), 1U);
  EXPECT_EQ(found.fix[0].op, patch_operation::kind::add);
  EXPECT_EQ(found.fix[0].path, "/v");
  EXPECT_EQ(found.fix[0].value, R"("gallery_view")");
}

TEST(UnlistedValues, InArraysAreReplacedAndNotJoined) {
  const example_provider provider = with_v(R"({"type":"array","items":{"enum":["first","second"]}})");
  const report refused = provider.check(v(R"(["first","secnod"])"));
  ASSERT_EQ(summary(refused.issues()), "error unknown-value #/v/1");
  const auto fix = refused.issues()[0].fix;
  ASSERT_EQ(fix.size(), 2U);
  EXPECT_EQ(fix[0].op, patch_operation::kind::remove);
  EXPECT_EQ(fix[0].path, "/v/1");
  EXPECT_EQ(fix[1].op, patch_operation::kind::add);
  EXPECT_EQ(fix[1].path, "/v/1");
  EXPECT_EQ(fix[1].value, R"("second")");
}

TEST(UnlistedValues, AreMendedWhereTheyAreTheWholeBody) {
  const example_provider provider(R"({"type":"string","enum":["first","second"]})");
  const report refused = provider.check(R"("secnd")");
  ASSERT_EQ(summary(refused.issues()), "error unknown-value #");
  const auto fix = refused.issues()[0].fix;
  ASSERT_EQ(fix.size(), 1U);
  EXPECT_EQ(fix[0].op, patch_operation::kind::add);
  EXPECT_EQ(fix[0].path, "");
  EXPECT_EQ(fix[0].value, R"("second")");
}

TEST(UnlistedValues, DoNotLowerConstants) {
  const example_provider provider = with_v(R"({"const":"a"})");
  EXPECT_EQ(provider.issues(v(R"("b")"), with_unknown(unknown_mode::allow)), "error constant #/v");
}

TEST(PassThrough, WarnsAtMostAboutUnlistedKeys) {
  const example_provider provider =
      with_v(R"({"type":"object","x-pass-through":true,"properties":{"language":{"type":"string"},
    "nested":{"type":"object","additionalProperties":false,"properties":{"a":{"type":"integer"}}}}})");
  EXPECT_EQ(provider.issues(v(R"({"langauge":"en","nested":{"b":1}})")),
            "warning unknown-key #/v/langauge, warning unknown-key #/v/nested/b");
  EXPECT_EQ(provider.issues(v(R"({"x":1})"), with_unknown(unknown_mode::allow)), "");
  EXPECT_EQ(provider.issues(v(R"({"language":1})")), "error type #/v/language");
  EXPECT_EQ(provider.issues(R"({"v":{"x":1},"w":1})"), "warning unknown-key #/v/x, error unknown-key #/w");
}

TEST(Secrets, AppearInNoIssue) {
  const example_provider provider(
      closed_object(R"("key":{"type":"string","writeOnly":true,"maxLength":3},
    "mode":{"type":"string","writeOnly":true,"enum":["alpha-secret","beta"]},
    "nested":{"type":"object","writeOnly":true,"additionalProperties":false,
              "properties":{"token":{"type":"string","format":"uuid"},"list":{"type":"array","uniqueItems":true},"pin":{"const":"1"}}})",
                    R"("x-rules":[{"id":"example/key","severity":"error","for":"/key","message":"No {value}."}])"));
  const report found = provider.check(
      R"({"key":"s3cr3t","mode":"alpha-s3cr3t","nested":{"token":"s3cr3t","list":["s3cr3t","s3cr3t"],"pin":"s3cr3t"}})");
  EXPECT_EQ(found.issues().size(), 6U) << summary(found.issues());
  const std::string text = json_text(found.issues(), false);
  EXPECT_EQ(text.find("s3cr3t"), std::string::npos) << text;
}

TEST(Secrets, AreStillSent) {
  const example_provider provider(closed_object(R"("key":{"type":"string","writeOnly":true})"));
  EXPECT_EQ(provider.value(R"({"key":"s3cr3t"})"), R"({"key":"s3cr3t"})");
}

TEST(Positions, AreThoseOfTheTextThatWasGiven) {
  const example_provider provider(closed_object(R"("a":{"type":"integer"},"b":{"type":"object","required":["c"]})"));
  const report found = provider.check("{\n  \"\u00e9\": 1,\n  \"a\": \"x\",\n  \"b\": {}\n}");
  ASSERT_EQ(summary(found.issues()), "error unknown-key #/\u00e9, error type #/a, error required #/b");
  const auto position = [&](std::size_t i) { return found.issues()[i].position.value_or(text_position{}); };
  EXPECT_EQ(position(0).offset, 4U);
  EXPECT_EQ(position(0).line, 2U);
  EXPECT_EQ(position(0).column, 3U);
  EXPECT_EQ(position(1).line, 3U);
  EXPECT_EQ(position(1).column, 8U);
  EXPECT_EQ(position(2).line, 4U);
  EXPECT_EQ(position(2).column, 8U);
}

TEST(Positions, AreGivenForTextsThatCannotBeRead) {
  const example_provider provider(closed_object(""));
  const report found = provider.check("{\n  \"a\": nul\n}");
  ASSERT_EQ(summary(found.issues()), "error syntax #/a");
  ASSERT_TRUE(found.issues()[0].position);
  EXPECT_EQ(found.issues()[0].position->line, 2U);
  EXPECT_EQ(found.issues()[0].position->column, 8U);
}

TEST(Positions, AreGivenForATextThatIsEmpty) {
  const example_provider provider(closed_object(""));
  const report found = provider.check("");
  ASSERT_EQ(summary(found.issues()), "error syntax #");
  ASSERT_TRUE(found.issues()[0].position);
  EXPECT_EQ(found.issues()[0].position->offset, 0U);
  EXPECT_EQ(found.issues()[0].position->line, 1U);
  EXPECT_EQ(found.issues()[0].position->column, 1U);
}

TEST(Paths, NameKeysAsKeysInTextsThatCannotBeRead) {
  const example_provider provider(closed_object(""));
  EXPECT_EQ(provider.check(R"({"a":[0,{"b":nul}]})").issues()[0].path, R"(["a",1,"b"])");
  EXPECT_EQ(provider.check(R"({"1":[nul]})").issues()[0].path, R"(["1",0])");
  EXPECT_EQ(provider.check(R"({"1":{"2":7,"2":7}})").issues()[0].path, R"(["1","2"])");
  EXPECT_EQ(provider.check(R"({"007":[[9007199254740993]]})").issues()[0].path, R"(["007",0,0])");
}

TEST(UnreadableTexts, AreOneIssue) {
  const example_provider provider(closed_object(R"("hours":{"type":"integer"})", R"("required":["hours"])"));
  EXPECT_EQ(provider.issues(""), "error syntax #");
  EXPECT_EQ(provider.issues("\xef\xbb\xbf{}"), "error byte-order-mark #");
  EXPECT_EQ(provider.issues("{\"hours\":\"\xff\"}"), "error encoding #/hours");
  EXPECT_EQ(provider.issues(R"({"hours":"\ud800"})"), "error lone-surrogate #/hours");
  EXPECT_EQ(provider.issues(R"({"hours":1,"hours":2})"), "error duplicate-key #/hours");
  EXPECT_EQ(provider.issues(R"({"hours":9007199254740993})"), "error number-range #/hours");
  EXPECT_EQ(provider.issues(std::string(100'000, '[')).substr(0, 14), "error too-deep");
}

TEST(Limits, CapTheIssuesOfAReport) {
  const example_provider provider = with_v(R"({"type":"array","items":{"type":"integer"}})");
  options how;
  how.limits.issues = 10;
  std::string body = "{\"v\":[\"x\"";
  for (int i = 1; i < 10'000; ++i) body += ",\"x\"";
  const report found = provider.check(body + "]}", how);
  EXPECT_EQ(found.issues().size(), 10U);
  EXPECT_TRUE(found.truncated());
  EXPECT_FALSE(found.ok());
  EXPECT_FALSE(provider.check(v(R"(["x"])"), how).truncated());
}

TEST(Limits, OfNoIssuesStillRefuse) {
  const example_provider provider = with_v(R"({"type":"integer"})");
  options how;
  how.limits.issues = 0;
  const report found = provider.check(v(R"("x")"), how);
  EXPECT_TRUE(found.issues().empty());
  EXPECT_TRUE(found.truncated());
  EXPECT_FALSE(found.ok());
  EXPECT_FALSE(provider.check("{", how).ok());
  EXPECT_TRUE(provider.check(v("1"), how).ok());
}

TEST(Limits, OfWarningsBehindTheCapAreNoErrors) {
  const example_provider provider = with_v("true");
  options how = with_unknown(unknown_mode::warn);
  how.limits.issues = 1;
  const report found = provider.check(R"({"x":1,"y":2})", how);
  EXPECT_TRUE(found.truncated());
  EXPECT_TRUE(found.ok());
}

TEST(Limits, OfDepthEndWhereTheEngineDoes) {
  const example_provider provider("true");
  const auto nested = [](std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); };
  options how;
  how.limits.depth = 100'000;
  EXPECT_EQ(provider.issues(nested(largest_depth), how), "");
  EXPECT_EQ(provider.issues(nested(largest_depth + 1), how).substr(0, 14), "error too-deep");
}

TEST(Limits, AreNamedInTheirIssues) {
  const example_provider provider = with_v("true");
  options how;
  how.limits.depth = 2;
  EXPECT_EQ(
      provider.check(v("[[]]"), how).issues()[0].message,
      "Objects and arrays are nested deeper than 2 levels here. Send a flatter value, or raise the limit \"depth\".");
  how.limits.values = 2;
  EXPECT_EQ(provider.check(v("[1]"), how).issues()[0].params[0].value, "2");
  how.limits.bytes = 3;
  EXPECT_EQ(provider.issues(v("[1]"), how), "error too-large #");
}

TEST(Limits, HoldForManyUnlistedKeysAndForLongOnes) {
  const example_provider provider(closed_object(R"("retention":{"type":"string"})"));
  std::string body = "{\"" + std::string(60'000, 'k') + "\":1";
  for (int i = 0; i < 10'000; ++i) body += ",\"key" + std::to_string(i) + "\":1";
  const report found = provider.check(body + "}");
  EXPECT_FALSE(found.memory_exhausted());
  EXPECT_EQ(found.issues().size(), 100U);
  EXPECT_TRUE(found.truncated());
  EXPECT_LT(found.issues()[0].message.size(), 300U);
}

TEST(Limits, HoldForManyRepeatedElements) {
  const example_provider provider = with_v(R"({"type":"array","uniqueItems":true})");
  std::string body = "{\"v\":[0";
  for (int i = 1; i < 50'000; ++i) body += "," + std::to_string(i);
  EXPECT_EQ(provider.issues(body + "]}"), "");
  EXPECT_EQ(provider.issues(body + ",7]}"), "error unique-items #/v/50000");
}

TEST(Reports, AreJsonWhateverWasWritten) {
  const example_provider provider = with_v(R"({"type":"string","enum":["a"]})");
  const report found = provider.check(R"({"v":"\u0000\"\\\ud83d\ude00","\u0001\"":1})");
  const std::string text = json_text(found.issues(), found.truncated());
  EXPECT_TRUE(nlohmann::json::accept(text)) << text;
}

}  // namespace
}  // namespace recreq
