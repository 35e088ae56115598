// Rules between fields: where they look, when they speak, what they say and how they mend.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "example_provider.hpp"

namespace recreq {
namespace {

using json = nlohmann::json;
using testing::closed_object;
using testing::example_provider;
using testing::summary;
using testing::with_unknown;

example_provider with_rules(std::string_view properties, std::string_view rules, std::string_view more_keywords = "") {
  std::string keywords = "\"x-rules\":[" + std::string(rules) + "]";
  if (!more_keywords.empty()) keywords += "," + std::string(more_keywords);
  return example_provider(closed_object(properties, keywords));
}

// The body with all fixes of a report applied, by a plain JSON Patch.
std::string mended(const example_provider& provider, std::string_view body) {
  const report found = provider.check(body);
  json patched = json::parse(body);
  for (const issue& each : found.issues()) {
    for (const patch_operation& operation : each.fix) {
      json step{{"path", operation.path}};
      switch (operation.op) {
        case patch_operation::kind::add:
          step["op"] = "add";
          step["value"] = json::parse(operation.value);
          break;
        case patch_operation::kind::remove:
          step["op"] = "remove";
          break;
        case patch_operation::kind::move:
          step["op"] = "move";
          step["from"] = operation.from;
          break;
      }
      patched = patched.patch(json::array({step}));
    }
  }
  return patched.dump();
}

constexpr std::string_view separate_properties =
    R"("separate":{"type":"object"},"layout":{"type":"string","enum":["speaker","gallery"]})";
constexpr std::string_view separate_rule = R"({"id":"example/separate-needs-gallery","severity":"error",
  "if":{"properties":{"separate":{"type":"object"}},"required":["separate"]},
  "then":{"properties":{"layout":{"const":"gallery"}},"required":["layout"]},
  "at":"/layout","message":"Set layout to \"gallery\".",
  "fix":[{"op":"add","path":"/layout","value":"gallery"}],"docs":"https://example.com/layouts","confidence":"observed","x-source":["guide"]})";

TEST(Rules, SpeakWhereTheIfHoldsAndTheThenDoesNot) {
  const example_provider provider = with_rules(separate_properties, separate_rule);
  EXPECT_EQ(provider.issues("{}"), "");
  EXPECT_EQ(provider.issues(R"({"layout":"speaker"})"), "");
  EXPECT_EQ(provider.issues(R"({"separate":{},"layout":"gallery"})"), "");
  EXPECT_EQ(provider.issues(R"({"separate":{},"layout":"speaker"})"), "error example/separate-needs-gallery #/layout");
  EXPECT_EQ(provider.issues(R"({"separate":{}})"), "error example/separate-needs-gallery #/layout");
}

TEST(Rules, SpeakOfKeysThatOnlyAnExpressionAllows) {
  const example_provider provider =
      with_rules(R"("a":{"type":"object","patternProperties":{"^x-":{"type":"string"}},"additionalProperties":false})",
                 R"({"id":"example/x","severity":"error","for":"/a","if":{"type":"object","required":["x-y"]},
        "then":{"properties":{"x-y":{"const":"b"}}},"at":"/a/x-y","message":"m"})");
  EXPECT_EQ(provider.issues(R"({"a":{"x-y":"b"}})"), "");
  EXPECT_EQ(provider.issues(R"({"a":{"x-y":"c"}})"), "error example/x #/a/x-y");
}

TEST(Rules, SpeakOfElementsThatHaveSchemasOfTheirOwn) {
  const example_provider provider = with_rules(
      R"("a":{"type":"array","prefixItems":[{"type":"string"}],"items":{"type":"string","enum":["b","c"]}})",
      R"({"id":"example/x","severity":"error","for":"/a/*","if":{"const":"d"},"then":{"const":"e"},"message":"m"})");
  EXPECT_EQ(provider.issues(R"({"a":["c","c"]})"), "");
  EXPECT_EQ(provider.issues(R"({"a":["d"]})"), "error example/x #/a/0");
}

TEST(Rules, SayAllThatTheDocumentSays) {
  const example_provider provider = with_rules(separate_properties, separate_rule);
  const report found = provider.check(R"({"separate":{}})");
  ASSERT_EQ(found.issues().size(), 1U);
  const issue& made = found.issues()[0];
  EXPECT_EQ(made.code, issue_code::rule);
  EXPECT_EQ(made.rule, "example/separate-needs-gallery");
  EXPECT_EQ(made.path, R"(["layout"])");
  EXPECT_EQ(made.message, "Set layout to \"gallery\".");
  EXPECT_EQ(made.docs, "https://example.com/layouts");
  EXPECT_EQ(made.certainty, confidence::observed);
  ASSERT_EQ(made.fix.size(), 1U);
  EXPECT_EQ(made.fix[0].path, "/layout");
  EXPECT_EQ(made.fix[0].value, R"("gallery")");
}

TEST(Rules, AreDocumentedUnlessTheySayOtherwise) {
  const example_provider provider = with_rules(R"("a":true)", R"({"id":"example/a","severity":"info","message":"m"})");
  const report found = provider.check("{}");
  EXPECT_EQ(found.issues()[0].certainty, confidence::documented);
}

TEST(Rules, WithoutIfAlwaysLookAtTheThen) {
  const example_provider provider =
      with_rules(R"("a":true)", R"({"id":"example/a","severity":"error","then":{"required":["a"]},"message":"m"})");
  EXPECT_EQ(provider.issues("{}"), "error example/a #");
  EXPECT_EQ(provider.issues(R"({"a":1})"), "");
}

TEST(Rules, WithoutThenDescribeTheMistake) {
  const example_provider provider =
      with_rules(R"("a":true)", R"({"id":"example/a","severity":"error","if":{"required":["a"]},"message":"m"})");
  EXPECT_EQ(provider.issues(R"({"a":1})"), "error example/a #");
  EXPECT_EQ(provider.issues("{}"), "");
}

constexpr std::string_view endpoints =
    R"("endpoints":{"type":"array","items":{"type":"object","additionalProperties":false,
  "properties":{"url":{"type":"string"},"type":{"type":"string"},"events":{"type":"array","items":{"type":"string"}}}}},
  "audio":{"type":"object"},"names":{"type":"object","additionalProperties":{"type":"string"}})";

TEST(Rules, LookAtEveryElementThatTheirPatternMatches) {
  const example_provider provider =
      with_rules(endpoints, R"({"id":"example/event","severity":"error","for":"/endpoints/*/events/*",
    "if":{"const":"bad"},"message":"Event {key} is {value}."})");
  const report found = provider.check(R"({"endpoints":[{"events":["good","bad"]},{},{"events":["bad","bad"]}]})");
  EXPECT_EQ(summary(found.issues()),
            "error example/event #/endpoints/0/events/1, error example/event #/endpoints/2/events/0, error "
            "example/event #/endpoints/2/events/1");
  EXPECT_EQ(found.issues()[0].message, "Event 1 is bad.");
  EXPECT_EQ(found.issues()[1].message, "Event 0 is bad.");
  EXPECT_EQ(found.issues()[0].path, R"(["endpoints",0,"events",1])");
  ASSERT_EQ(found.issues()[0].params.size(), 2U);
  EXPECT_EQ(found.issues()[0].params[1].name, "key");
  EXPECT_TRUE(found.issues()[0].params[1].is_number);
}

TEST(Rules, LookAtEveryMemberThatTheirPatternMatches) {
  const example_provider provider = with_rules(
      endpoints,
      R"({"id":"example/name","severity":"warning","for":"/names/*","then":{"maxLength":2},"message":"{key}: {value}"})");
  const report found = provider.check(R"({"names":{"a/b":"xyz","c":"x"}})");
  ASSERT_EQ(summary(found.issues()), "warning example/name #/names/a~1b");
  EXPECT_EQ(found.issues()[0].message, "a/b: xyz");
}

TEST(Rules, DoNotLookWhereTheirPatternLeadsNowhere) {
  const example_provider provider =
      with_rules(endpoints, R"({"id":"example/url","severity":"error","for":"/endpoints/*/url","message":"m"})");
  EXPECT_EQ(provider.issues("{}"), "");
  EXPECT_EQ(provider.issues(R"({"endpoints":[]})"), "");
  EXPECT_EQ(provider.issues(R"({"endpoints":[{}]})"), "");
}

TEST(Rules, DoNotLookBelowAValueOfTheWrongType) {
  const example_provider provider =
      with_rules(endpoints, R"({"id":"example/url","severity":"error","for":"/endpoints/*/url","message":"m"})");
  EXPECT_EQ(provider.issues(R"({"endpoints":{"a":{"url":"x"}}})"), "error type #/endpoints");
}

TEST(Rules, BlameThePlaceThatTheyName) {
  const example_provider provider =
      with_rules(endpoints, R"({"id":"example/audio","severity":"error","for":"/endpoints/*/events/*",
    "if":{"const":"audio","x-at":{"/audio":false}},"message":"m"},
    {"id":"example/type","severity":"error","for":"/endpoints/*/events/*","if":{"const":"x"},"at":"/endpoints/*/type","message":"m"})");
  EXPECT_EQ(provider.issues(R"({"endpoints":[{},{"events":["x"]}]})"), "error example/type #/endpoints/1/type");
}

TEST(RulesElsewhere, MatchWhatStandsAtAnotherPlace) {
  const example_provider provider =
      with_rules(endpoints, R"({"id":"example/audio","severity":"error","for":"/endpoints/*/events/*",
    "if":{"const":"audio"},"then":{"x-at":{"/audio":{"type":"object"}}},"at":"/audio","message":"m",
    "fix":[{"op":"add","path":"/audio","value":{}}]})");
  EXPECT_EQ(provider.issues(R"({"endpoints":[{"events":["audio"]}]})"), "error example/audio #/audio");
  EXPECT_EQ(provider.issues(R"({"endpoints":[{"events":["audio"]}],"audio":{}})"), "");
  EXPECT_EQ(mended(provider, R"({"endpoints":[{"events":["audio"]}]})"),
            R"({"audio":{},"endpoints":[{"events":["audio"]}]})");
}

TEST(RulesElsewhere, FillWildcardsWithWhatForMatched) {
  const example_provider provider =
      with_rules(endpoints, R"({"id":"example/rtmp","severity":"error","for":"/endpoints/*/events/*",
    "if":{"x-at":{"/endpoints/*/type":{"const":"rtmp"}}},"message":"m"})");
  EXPECT_EQ(provider.issues(
                R"({"endpoints":[{"type":"ws","events":["a"]},{"type":"rtmp","events":["a"]},{"events":["a"]}]})"),
            "error example/rtmp #/endpoints/1/events/0");
}

TEST(RulesElsewhere, DoNotMatchAPlaceThatDoesNotExist) {
  const example_provider provider =
      with_rules(endpoints, R"({"id":"example/a","severity":"error","if":{"x-at":{"/audio":true}},"message":"m"},
                               {"id":"example/b","severity":"error","if":{"not":{"x-at":{"/audio":true}}},"message":"m"})");
  EXPECT_EQ(provider.issues("{}"), "error example/b #");
  EXPECT_EQ(provider.issues(R"({"audio":{}})"), "error example/a #");
}

TEST(RulesWithPredicates, AskWhatJsonSchemaCannot) {
  const example_provider provider =
      with_rules(endpoints, R"({"id":"example/ws","severity":"error","for":"/endpoints/*/url",
    "then":{"x-predicate":{"url-scheme":["wss","ws"]}},"message":"m","fix":[{"op":"add","path":"/endpoints/*/url","repair":"url-scheme"}]},
    {"id":"example/local","severity":"error","for":"/endpoints/*/url","then":{"x-predicate":{"public-host":true}},"message":"{value} is not public."})");
  EXPECT_EQ(provider.issues(R"({"endpoints":[{"url":"wss://example.com"}]})"), "");
  EXPECT_EQ(provider.issues(R"({"endpoints":[{"url":"wss://0x7f.1"}]})"), "error example/local #/endpoints/0/url");
  const std::string_view body = R"({"endpoints":[{},{"url":"https://example.com/a"}]})";
  EXPECT_EQ(provider.issues(body), "error example/ws #/endpoints/1/url");
  EXPECT_EQ(mended(provider, body), R"({"endpoints":[{},{"url":"wss://example.com/a"}]})");
}

TEST(RulesWithPredicates, HoldForWhatIsNoString) {
  const example_provider provider = with_rules(
      R"("a":true)",
      R"({"id":"example/a","severity":"error","for":"/a","then":{"x-predicate":{"starts-with":"x"}},"message":"m"})");
  EXPECT_EQ(provider.issues(R"({"a":1})"), "");
  EXPECT_EQ(provider.issues(R"({"a":"y"})"), "error example/a #/a");
}

TEST(RulesWithPredicates, HaveNoFixWhereNothingMends) {
  const example_provider provider =
      with_rules(R"("url":{"type":"string"})", R"({"id":"example/ws","severity":"error","for":"/url",
    "then":{"x-predicate":{"url-scheme":["wss"]}},"message":"m","fix":[{"op":"add","path":"/url","repair":"url-scheme"}]})");
  EXPECT_TRUE(provider.check(R"({"url":"example.com"})").issues()[0].fix.empty());
  EXPECT_EQ(provider.check(R"({"url":"ftp://example.com"})").issues()[0].fix[0].value, R"("wss://example.com")");
}

constexpr std::string_view layout_default =
    R"("layout":{"type":"string","default":"speaker"},"variant":{"type":"string"})";

TEST(RulesOverTheEffectiveBody, SeeDefaults) {
  const example_provider provider = with_rules(layout_default, R"({"id":"example/speaker","severity":"info",
    "if":{"properties":{"layout":{"const":"speaker"}},"required":["layout"]},"message":"m"})");
  EXPECT_EQ(provider.issues("{}"), "info example/speaker #");
  EXPECT_EQ(provider.issues(R"({"layout":"speaker"})"), "info example/speaker #");
}

TEST(RulesOverWhatWasWritten, DoNotSeeDefaults) {
  const example_provider provider =
      with_rules(layout_default, R"({"id":"example/root","severity":"info","over":"written",
    "if":{"properties":{"layout":{"const":"speaker"}},"required":["layout"]},"message":"m"},
    {"id":"example/place","severity":"info","over":"written","for":"/layout","message":"m"},
    {"id":"example/elsewhere","severity":"info","over":"written","if":{"x-at":{"/layout":true}},"message":"m"},
    {"id":"example/count","severity":"info","over":"written","if":{"minProperties":1},"message":"m"})");
  EXPECT_EQ(provider.issues("{}"), "");
  EXPECT_EQ(provider.issues(R"({"layout":"speaker"})"),
            "info example/root #, info example/place #/layout, info example/elsewhere #, info example/count #");
}

TEST(RulesAboutAQuery, CompareItsParameterWithAnotherPlace) {
  const example_provider provider = with_rules(R"("url":{"type":"string"},"room":{"type":"string"})",
                                               R"({"id":"example/room","severity":"warning","for":"/url",
    "then":{"x-query-equals":{"meeting":"/room"}},"message":"m"})");
  const auto issues = [&](std::string_view url) {
    return provider.issues(R"({"room":"a/b","url":")" + std::string(url) + R"("})");
  };
  for (const std::string_view url :
       {"https://h/?meeting=a/b", "https://h?x&meeting=a%2Fb#c", "https://h/?meeting=%61%2fb&y",
        "https://h/?meetings=c", "https://h/#?meeting=c", "https://h/", "meeting=c", ""}) {
    EXPECT_EQ(issues(url), "") << url;
  }
  for (const std::string_view url : {"https://h/?meeting=a/c", "https://h/?meeting=a/bc", "https://h/?meeting=a/",
                                     "https://h/?meeting=", "https://h/?meeting", "https://h/?meeting=a%2"}) {
    EXPECT_EQ(issues(url), "warning example/room #/url") << url;
  }
  EXPECT_EQ(provider.issues(R"({"url":"https://h/?meeting=c"})"), "");
  EXPECT_EQ(provider.issues(R"({"url":"https://h/?meeting=c","room":1})"), "error type #/room");
}

TEST(Rules, AreSkippedWhereASchemaErrorTouchesWhatTheyRead) {
  const example_provider provider = with_rules(
      R"("a":{"type":"integer"},"b":{"type":"integer"})",
      R"({"id":"example/a","severity":"error","if":{"required":["a"]},"then":{"properties":{"a":{"const":1}}},"at":"/a","message":"m"},
         {"id":"example/b","severity":"error","if":{"properties":{"b":{"const":2}},"required":["b"]},"at":"/b","message":"m"})");
  EXPECT_EQ(provider.issues(R"({"a":"x","b":2})"), "error type #/a, error example/b #/b");
  EXPECT_EQ(provider.issues(R"({"a":2,"b":2})"), "error example/a #/a, error example/b #/b");
}

TEST(Rules, AreSkippedWhereTheyReadAnErrorElsewhere) {
  const example_provider provider = with_rules(
      R"("a":{"type":"integer"},"b":{"type":"integer"})",
      R"({"id":"example/b","severity":"error","for":"/b","then":{"x-at":{"/a":{"const":1}}},"message":"m"})");
  EXPECT_EQ(provider.issues(R"({"a":"x","b":1})"), "error type #/a");
  EXPECT_EQ(provider.issues(R"({"a":2,"b":1})"), "error example/b #/b");
  EXPECT_EQ(provider.issues(R"({"b":1})"), "error example/b #/b");
}

TEST(Rules, AreNotSkippedBecauseOfUnlistedKeysAndValues) {
  const example_provider provider = with_rules(
      R"("a":{"type":"string","enum":["x"]},"b":{"type":"object","additionalProperties":false})",
      R"({"id":"example/a","severity":"error","if":{"properties":{"a":{"type":"string"}},"required":["a"]},"at":"/b","message":"m"})");
  EXPECT_EQ(provider.issues(R"({"a":"y","c":1})"),
            "error unknown-value #/a, error unknown-key #/c, error example/a #/b");
}

TEST(Rules, ReplaceTheIssueOfAnUnlistedKeyTheyBlame) {
  const example_provider provider = with_rules(R"("endpoints":{"type":"array"})",
                                               R"({"id":"example/removed","severity":"error","for":"/old_endpoints",
    "unlisted":["old_endpoints"],"message":"Write endpoints.","fix":[{"op":"move","from":"/old_endpoints","path":"/endpoints"}]})");
  EXPECT_EQ(provider.issues(R"({"old_endpoints":[]})"), "error example/removed #/old_endpoints");
  EXPECT_EQ(provider.issues(R"({"older_endpoints":[]})"), "error unknown-key #/older_endpoints");
  EXPECT_EQ(mended(provider, R"({"old_endpoints":[1]})"), R"({"endpoints":[1]})");
  EXPECT_EQ(provider.issues(R"({"old_endpoints":[]})", with_unknown(unknown_mode::allow)),
            "error example/removed #/old_endpoints");
}

TEST(Rules, ReplaceTheIssueOfAnUnlistedValueTheyBlame) {
  const example_provider provider =
      with_rules(R"("layout":{"type":"string","enum":["speaker"]})",
                 R"({"id":"example/grid","severity":"error","for":"/layout","if":{"const":"grid"},"message":"m"})");
  EXPECT_EQ(provider.issues(R"({"layout":"grid"})"), "error example/grid #/layout");
  EXPECT_EQ(provider.issues(R"({"layout":"gird"})"), "error unknown-value #/layout");
}

TEST(Rules, SpeakOfValuesWhereverTheSchemaListsThem) {
  const std::string_view rule =
      R"({"id":"example/kind","severity":"error","for":"/kind","if":{"const":"b"},"message":"m"})";
  for (const std::string_view more :
       {R"("dependentSchemas":{"kind":{"properties":{"kind":{"enum":["a","b"]}}}})",
        R"("allOf":[{"properties":{"kind":{"enum":["a","b"]}}}])",
        R"("if":{"required":["kind"]},"then":{"properties":{"kind":{"enum":["a","b"]}}})"}) {
    for (const std::string_view kind :
         {R"("kind":{"type":"string"})", R"("kind":{"enum":["a","b","c"]})",
          R"("kind":{"anyOf":[{"type":"null"},{"enum":["a","b"]}]})", R"("kind":{"not":{"const":"x"}})"}) {
      const example_provider provider = with_rules(kind, rule, more);
      EXPECT_EQ(provider.issues(R"({"kind":"b"})"), "error example/kind #/kind") << kind << more;
      EXPECT_EQ(provider.issues(R"({"kind":"a"})"), "") << kind << more;
    }
  }
}

TEST(Rules, ReplaceNoStructuralIssue) {
  const example_provider provider =
      with_rules(R"("a":{"type":"integer"},"b":{"type":"integer"})",
                 R"({"id":"example/b","severity":"error","if":{"required":["b"]},"at":"/a","message":"m"})");
  EXPECT_EQ(provider.issues(R"({"a":"x","b":1})"), "error type #/a, error example/b #/a");
}

TEST(Rules, HaveTheSeverityThatTheCallerSets) {
  const example_provider provider = with_rules(separate_properties, separate_rule);
  const std::string_view body = R"({"separate":{}})";
  for (const severity level : {severity::error, severity::warning, severity::info}) {
    const rule_setting settings[] = {{"example/other", std::nullopt}, {"example/separate-needs-gallery", level}};
    options how;
    how.rules = settings;
    const report found = provider.check(body, how);
    EXPECT_EQ(summary(found.issues()), std::string(severity_name(level)) + " example/separate-needs-gallery #/layout");
    EXPECT_EQ(found.ok(), level != severity::error);
  }
  const rule_setting off[] = {{"example/separate-needs-gallery", std::nullopt}};
  options how;
  how.rules = off;
  EXPECT_EQ(provider.issues(body, how), "");
}

TEST(Rules, ComeInTheirOwnOrderBehindTheStructure) {
  const example_provider provider =
      with_rules(R"("a":true,"b":true)", R"({"id":"example/second","severity":"info","at":"/b","message":"m"},
    {"id":"example/first","severity":"info","at":"/a","message":"m"})");
  EXPECT_EQ(provider.issues(R"({"x":1})"), "error unknown-key #/x, info example/second #/b, info example/first #/a");
}

TEST(Rules, ComeInTheirOrderWhateverPlacesTheyLookAt) {
  const example_provider provider =
      with_rules(endpoints, R"({"id":"example/1","severity":"info","for":"/endpoints/*","message":"m"},
    {"id":"example/2","severity":"info","for":"/audio","message":"m"},
    {"id":"example/3","severity":"info","for":"/endpoints/*","if":{"required":["type"]},"message":"m"},
    {"id":"example/4","severity":"info","for":"/audio","message":"m"})");
  EXPECT_EQ(provider.issues(R"({"audio":{},"endpoints":[{"type":"a"},{}]})"),
            "info example/1 #/endpoints/0, info example/1 #/endpoints/1, info example/2 #/audio, info example/3 "
            "#/endpoints/0, info example/4 #/audio");
}

TEST(Rules, MayStandInTheDocumentsComponents) {
  const example_provider provider = example_provider::of_document(
      R"({"openapi":"3.1.0","info":{"title":"Example","version":"2026-01-02"},"servers":[{"url":"https://example.com"}],
      "paths":{"/things":{"post":{"operationId":"makeThing","requestBody":{"content":{"application/json":{"schema":{"type":"object","x-rules":[{"$ref":"#/components/x-rules/shared"}]}}}}}}},
      "components":{"x-rules":{"shared":{"id":"example/shared","severity":"info","message":"m"}}}})");
  EXPECT_EQ(provider.issues("{}"), "info example/shared #");
}

TEST(Rules, PointAtTheValueTheyBlameOrTheNearestAboveIt) {
  const example_provider provider = with_rules(separate_properties, separate_rule);
  const std::string_view written = R"({"separate":{}, "layout":"speaker"})";
  const report value = provider.check(written);
  ASSERT_TRUE(value.issues()[0].position);
  EXPECT_EQ(value.issues()[0].position->offset, written.find("\"speaker\""));
  const report missing = provider.check(R"( {"separate":{}})");
  ASSERT_TRUE(missing.issues()[0].position);
  EXPECT_EQ(missing.issues()[0].position->offset, 1U);
}

TEST(Rules, PointAtTheKeyWhenItIsTheMistake) {
  const example_provider provider = with_rules(
      R"("a":true)", R"({"id":"example/old","severity":"error","for":"/old","unlisted":["old"],"message":"m"})");
  const report found = provider.check(R"({"a":1, "old":2})");
  EXPECT_EQ(found.issues()[0].position->offset, 8U);
}

TEST(Rules, FillNothingInBelowASecret) {
  const example_provider provider = with_rules(
      R"("secrets":{"type":"object","writeOnly":true,"additionalProperties":{"type":"string"}})",
      R"({"id":"example/secret","severity":"error","for":"/secrets/*","at":"/secrets","message":"Not {key} {value}."})");
  const report found = provider.check(R"({"secrets":{"s3cr3t-key":"s3cr3t-value"}})");
  ASSERT_EQ(summary(found.issues()), "error example/secret #/secrets");
  EXPECT_EQ(found.issues()[0].message, "Not {key} {value}.");
  EXPECT_TRUE(found.issues()[0].params.empty());
}

TEST(Rules, ShowNoValueThatIsASecretInAnotherFormOrUnderAnotherName) {
  const std::string open = closed_object(R"("kind":{"const":"open"})", R"("required":["kind"])");
  const std::string locked =
      closed_object(R"("kind":{"const":"locked"},"key":{"type":"string","writeOnly":true})", R"("required":["kind"])");
  const example_provider provider =
      with_rules(R"("store":{"oneOf":[)" + open + "," + locked + "]}",
                 R"({"id":"example/key","severity":"warning","for":"/store/key","message":"m"},
         {"id":"example/pin","severity":"error","for":"/store/pin","unlisted":["pin"],"message":"m"},
         {"id":"example/kind","severity":"info","for":"/store/kind","message":"m"})");
  const report found = provider.check(R"({"store":{"kind":"open","key":"s3cr3t","pin":"s3cr3t"}})");
  ASSERT_EQ(summary(found.issues()),
            "warning example/key #/store/key, error example/pin #/store/pin, info example/kind #/store/kind");
  EXPECT_TRUE(found.issues()[0].params.empty());
  EXPECT_TRUE(found.issues()[1].params.empty());
  EXPECT_EQ(found.issues()[2].params.size(), 1U);
}

TEST(Rules, RepairNoSecret) {
  const example_provider provider =
      with_rules(R"("url":{"type":"string","writeOnly":true})", R"({"id":"example/ws","severity":"error","for":"/url",
    "then":{"x-predicate":{"url-scheme":["wss"]}},"message":"m","fix":[{"op":"add","path":"/url","repair":"url-scheme"}]})");
  const report found = provider.check(R"({"url":"ftp://s3cr3t"})");
  ASSERT_EQ(found.issues().size(), 1U);
  EXPECT_TRUE(found.issues()[0].fix.empty());
}

TEST(Rules, StopAtTheLimitOfIssues) {
  const example_provider provider =
      with_rules(endpoints, R"({"id":"example/event","severity":"error","for":"/endpoints/*/events/*","message":"m"})");
  std::string body = R"({"endpoints":[{"events":["a")";
  for (int i = 0; i < 1000; ++i) body += ",\"a\"";
  const report found = provider.check(body + "]}]}");
  EXPECT_EQ(found.issues().size(), 100U);
  EXPECT_TRUE(found.truncated());
  EXPECT_FALSE(found.ok());
}

TEST(Fixes, RemoveAndMove) {
  const example_provider provider = with_rules(
      R"("endpoints":{"type":"array","items":{"type":"object","additionalProperties":false,"properties":{"url":{"type":"string"}}}})",
      R"({"id":"example/flat","severity":"error","for":"/endpoints/*/config","unlisted":["config"],
    "if":{"required":["url"]},"message":"m",
    "fix":[{"op":"move","from":"/endpoints/*/config/url","path":"/endpoints/*/url"},{"op":"remove","path":"/endpoints/*/config"}]})");
  const std::string_view body = R"({"endpoints":[{"url":"a"},{"config":{"url":"b"}}]})";
  EXPECT_EQ(provider.issues(body), "error example/flat #/endpoints/1/config");
  EXPECT_EQ(mended(provider, body), R"({"endpoints":[{"url":"a"},{"url":"b"}]})");
  EXPECT_EQ(provider.issues(mended(provider, body)), "");
}

constexpr std::string_view nested_options =
    R"("transcript":{"type":"object","properties":{"provider":{"type":"object","properties":{
  "captions":{"type":"object"}}}}},"wanted":{"type":"boolean"})";
constexpr std::string_view nested_rule = R"({"id":"example/captions","severity":"error","if":{"required":["wanted"]},
  "then":{"x-at":{"/transcript/provider/captions":{"type":"object"}}},"at":"/transcript/provider/captions","message":"m",
  "fix":[{"op":"add","path":"/transcript/provider/captions","value":{}}]})";

TEST(Fixes, AddMissingParentsFirst) {
  const example_provider provider = with_rules(nested_options, nested_rule);
  for (const std::string_view body : {R"({"wanted":true})", R"({"transcript":{},"wanted":true})",
                                      R"({"transcript":{"provider":{}},"wanted":true})"}) {
    EXPECT_EQ(mended(provider, body), R"({"transcript":{"provider":{"captions":{}}},"wanted":true})");
  }
}

TEST(Fixes, AddParentsThatOnlyADefaultSupplied) {
  const example_provider provider =
      with_rules(R"("video":{"type":"object","default":{},"properties":{"layout":{"type":"string"}}})",
                 R"({"id":"example/layout","severity":"error","for":"/video","then":{"required":["layout"]},
    "at":"/video/layout","message":"m","fix":[{"op":"add","path":"/video/layout","value":"gallery"}]})");
  EXPECT_EQ(mended(provider, "{}"), R"({"video":{"layout":"gallery"}})");
  EXPECT_EQ(mended(provider, R"({"video":{}})"), R"({"video":{"layout":"gallery"}})");
}

}  // namespace
}  // namespace recreq
