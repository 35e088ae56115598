// Rules of the caller's own: what they see, and what becomes of what they report.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "example_provider.hpp"
#include "recreq/custom_rule.hpp"
#include "recreq/json.hpp"

namespace recreq {
namespace {

using testing::closed_object;
using testing::document_for;
using testing::example_provider;
using testing::summary;

const example_provider& provider() {
  static const example_provider made(closed_object(
      R"("hours":{"type":"integer"},"filled":{"type":"integer","default":1},"list":{"type":"array","items":{"type":"object"}})"));
  return made;
}

// A rule that says the same of every body.
custom_rule always(custom_issue says, std::string_view id = "team/rule") {
  return {id, [says](std::string_view, custom_findings& found) { found.report(says); }};
}

std::string issues_with(const custom_rule& rule, std::string_view body, options how = {}) {
  how.custom_rules = {&rule, 1};
  return provider().issues(body, how);
}

TEST(CustomRule, SeesTheEffectiveBody) {
  std::string seen;
  const custom_rule rule{"team/rule", [&seen](std::string_view body, custom_findings&) { seen = body; }};
  options how;
  how.extra_body = R"({"zzz":[1],"aaa":2})";
  EXPECT_EQ(issues_with(rule, R"({"hours":60.0})", how), "");
  EXPECT_EQ(seen, R"({"aaa":2,"filled":1,"hours":60,"zzz":[1]})");
}

TEST(CustomRule, ReportsIssuesLikeThoseOfTheProvider) {
  const issue_param params[] = {{"most", "24", true}};
  const patch_operation fix[] = {{patch_operation::kind::add, "/hours", {}, "24"},
                                 {patch_operation::kind::move, "/b", "/a", {}}};
  const custom_rule rule = always({.pointer = "/hours",
                                   .message = "At most {most} hours.",
                                   .level = severity::warning,
                                   .params = params,
                                   .suggestion = "24",
                                   .fix = fix,
                                   .certainty = confidence::observed,
                                   .docs = "https://example.com"});
  options how;
  how.custom_rules = {&rule, 1};
  const report found = provider().check("{\n \"hours\": 72}", how);
  EXPECT_TRUE(found.ok());
  EXPECT_EQ(
      json_text(found.issues(), false),
      R"({"issues":[{"code":"rule","rule":"team/rule","severity":"warning","path":["hours"],"pointer":"/hours",)"
      R"("message":"At most 24 hours.","params":{"most":24},"suggestion":"24",)"
      R"("fix":[{"op":"add","path":"/hours","value":24},{"op":"move","from":"/a","path":"/b"}],)"
      R"("confidence":"observed","docs":"https://example.com","offset":12,"line":2,"column":11}],"truncated":false})");
}

TEST(CustomRule, PointsIntoTheBodyOfAnInput) {
  const patch_operation fix[] = {{patch_operation::kind::remove, "/list/0", {}, {}}};
  const custom_rule rule = always({.pointer = "/list/0/a~1b", .message = "x", .fix = fix});
  options how;
  how.custom_rules = {&rule, 1};
  const result built = provider().make_thing().build(
      {{{"region", "eu-1"}, {"id", "3f0d7c1e-5f0b-4f43-9d6c-2a1f4f6f9c55"}}, R"({"list":[{"a/b":1}]})"}, how);
  EXPECT_FALSE(built);
  ASSERT_FALSE(built.issues().empty());
  const issue& found = built.issues().back();
  EXPECT_EQ(found.pointer, "/body/list/0/a~1b");
  EXPECT_EQ(found.path, R"(["body","list",0,"a/b"])");
  ASSERT_EQ(found.fix.size(), 1U);
  EXPECT_EQ(found.fix[0].path, "/body/list/0");
}

TEST(CustomRule, BlamesTheNearestValueThatSomebodyWrote) {
  const custom_rule rule = always({.pointer = "/filled", .message = "x"});
  options how;
  how.custom_rules = {&rule, 1};
  const report found = provider().check(R"(  {"hours":1})", how);
  ASSERT_TRUE(found.issues()[0].position);
  EXPECT_EQ(found.issues()[0].position->offset, 2U);
}

TEST(CustomRule, IsNotAskedAboutABodyWhoseTypesAreWrong) {
  const custom_rule rule = always({.message = "asked"});
  EXPECT_EQ(issues_with(rule, R"({"hours":"1"})"), "error type #/hours");
  EXPECT_EQ(issues_with(rule, R"({"hours":)"), "error syntax #/hours");
  EXPECT_EQ(issues_with(rule, R"({"unlisted":1})"), "error unknown-key #/unlisted, error team/rule #");
}

TEST(CustomRule, HasTheSeverityThatTheOptionsSay) {
  const custom_rule rule = always({.message = "x"});
  const rule_setting off[] = {{"team/rule", std::nullopt}};
  const rule_setting info[] = {{"team/rule", severity::info}};
  EXPECT_EQ(issues_with(rule, "{}"), "error team/rule #");
  EXPECT_EQ(issues_with(rule, "{}", {.rules = off}), "");
  EXPECT_EQ(issues_with(rule, "{}", {.rules = info}), "info team/rule #");
}

TEST(CustomRule, IsTranslatedByItsId) {
  const issue_param params[] = {{"n", "3", true}};
  const custom_rule rule = always({.message = "x", .params = params});
  const message german[] = {{"team/rule", "{n} Fehler"}};
  options how;
  how.custom_rules = {&rule, 1};
  how.messages = german;
  EXPECT_EQ(provider().check("{}", how).issues()[0].message, "3 Fehler");
}

TEST(CustomRule, ThatReportsWithoutEndFillsTheReportAndNoMore) {
  const custom_rule rule{"team/rule", [](std::string_view, custom_findings& found) {
                           for (int i = 0; i < 1000; ++i) found.report({.message = "again"});
                         }};
  options how;
  how.custom_rules = {&rule, 1};
  how.limits.issues = 5;
  const report found = provider().check("{}", how);
  EXPECT_EQ(found.issues().size(), 5U);
  EXPECT_TRUE(found.truncated());
  EXPECT_FALSE(found.ok());
}

TEST(CustomRule, WithoutAFunctionSaysNothing) { EXPECT_EQ(issues_with({"team/rule", {}}, "{}"), ""); }

}  // namespace
}  // namespace recreq
