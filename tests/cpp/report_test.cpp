// Issues while they are collected, and what they look like as JSON.
#include "schema/report.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "recreq/json.hpp"
#include "request/report_text.hpp"
#include "schema/message.hpp"

namespace recreq {
namespace {

class Report : public ::testing::Test {  // NOLINT(readability-identifier-naming): its tests' suite
 protected:
  std::string json() {
    text_builder out(memory_);
    write_report(out, issues_.issues(), issues_.truncated());
    return std::string(out.view());
  }

  static node at(std::uint32_t offset, std::uint32_t key_offset = 0) {
    node value;
    value.in_text = true;
    value.offset = offset;
    value.key_offset = key_offset;
    return value;
  }

  arena memory_{std::size_t{16} << 20U};
  report_builder issues_{memory_, 3};
};

TEST_F(Report, KeepsCopiesOfWhatItIsGiven) {
  std::string key = "colour";
  const place where{nullptr, key};
  finding found(issue_code::unknown_key, &where, nullptr);
  found.text("key", key);
  issues_.add(found);
  key = "######";
  ASSERT_EQ(issues_.issues().size(), 1U);
  const issue& made = issues_.issues()[0];
  EXPECT_EQ(made.pointer, "/colour");
  EXPECT_EQ(made.path, R"(["colour"])");
  EXPECT_EQ(made.message, "\"colour\" is not known here. Remove it, or check its spelling.");
  ASSERT_EQ(made.params.size(), 1U);
  EXPECT_EQ(made.params[0].value, "colour");
}

TEST_F(Report, HoldsNoMoreThanItMayAndCountsTheRest) {
  for (int i = 0; i < 3; ++i) {
    finding warning(issue_code::unknown_key, nullptr, nullptr);
    warning.level = severity::warning;
    EXPECT_NE(issues_.add(warning), nullptr);
  }
  EXPECT_FALSE(issues_.truncated());
  EXPECT_FALSE(issues_.has_errors());
  EXPECT_EQ(issues_.add(finding(issue_code::type, nullptr, nullptr)), nullptr);
  EXPECT_EQ(issues_.issues().size(), 3U);
  EXPECT_TRUE(issues_.truncated());
  EXPECT_TRUE(issues_.has_errors());
}

TEST_F(Report, RepeatsLongNamesOnlyInPart) {
  const std::string long_name = std::string(79, 'x') + "\u00e9" + std::string(60'000, 'x');
  finding found(issue_code::unknown_key, nullptr, nullptr);
  found.text("key", long_name);
  const issue* made = issues_.add(found);
  ASSERT_NE(made, nullptr);
  EXPECT_EQ(made->params[0].value, std::string(79, 'x') + "\u2026");
  EXPECT_LT(made->message.size(), 200U);
}

TEST_F(Report, DropsUnlistedKeysAndValuesForSomethingBetter) {
  const place where{nullptr, "a"};
  const place elsewhere{nullptr, "b"};
  issues_.add(finding(issue_code::unknown_key, &where, nullptr));
  issues_.add(finding(issue_code::unknown_key, &elsewhere, nullptr));
  issues_.add(finding(issue_code::type, &where, nullptr));
  issues_.drop_unlisted("/a");
  ASSERT_EQ(issues_.issues().size(), 2U);
  EXPECT_EQ(issues_.issues()[0].pointer, "/b");
  EXPECT_EQ(issues_.issues()[1].code, issue_code::type);
  issues_.drop_unlisted("/b");
  EXPECT_TRUE(issues_.has_errors());
}

TEST_F(Report, TurnsOffsetsIntoLinesAndColumns) {
  const std::string_view text = "{\n  \"\u00e9\U0001F600\": 1,\r\n\"b\":\n2}";
  const node first = at(static_cast<std::uint32_t>(text.find('1')));
  const node last = at(static_cast<std::uint32_t>(text.find('2')));
  const node brace = at(0);
  issues_.add(finding(issue_code::type, nullptr, &last));
  issues_.add(finding(issue_code::type, nullptr, &first));
  issues_.add(finding(issue_code::type, nullptr, &brace));
  issues_.locate(text, false);
  const auto all = issues_.issues();
  EXPECT_EQ(all[0].position->line, 4U);
  EXPECT_EQ(all[0].position->column, 1U);
  EXPECT_EQ(all[0].position->offset, text.find('2'));
  EXPECT_EQ(all[1].position->line, 2U);
  EXPECT_EQ(all[1].position->column, 10U);
  EXPECT_EQ(all[1].position->offset, text.find('1'));
  EXPECT_EQ(all[2].position->offset, 0U);
  EXPECT_EQ(all[2].position->line, 1U);
  EXPECT_EQ(all[2].position->column, 1U);
}

TEST_F(Report, CountsOffsetsInUtf16WhenAsked) {
  const std::string_view text = "\"\u00e9\u20ac\U0001F600\" 1";
  const node value = at(static_cast<std::uint32_t>(text.find('1')));
  issues_.add(finding(issue_code::type, nullptr, &value));
  issues_.locate(text, true);
  EXPECT_EQ(issues_.issues()[0].position->offset, 7U);
  EXPECT_EQ(issues_.issues()[0].position->column, 8U);
}

TEST_F(Report, HasNoPositionForWhatStandsInNoText) {
  node added = at(5);
  added.from = origin::default_value;
  node elsewhere = at(5);
  elsewhere.in_text = false;
  issues_.add(finding(issue_code::type, nullptr, &added));
  issues_.add(finding(issue_code::type, nullptr, &elsewhere));
  issues_.add(finding(issue_code::type, nullptr, nullptr));
  issues_.locate("0123456789", false);
  for (const issue& each : issues_.issues()) EXPECT_FALSE(each.position);
}

TEST_F(Report, PointsAtKeysWhenTheKeyIsTheMistake) {
  const node value = at(4, 0);
  finding found(issue_code::unknown_key, nullptr, &value);
  found.at_key = true;
  issues_.add(found);
  issues_.locate("\"a\":1", false);
  EXPECT_EQ(issues_.issues()[0].position->offset, 0U);
}

TEST_F(Report, IsWrittenInOneOrderOfMembers) {
  const patch_operation fix[] = {{patch_operation::kind::add, "/a", {}, R"("\u00e9")"},
                                 {patch_operation::kind::move, "/b", "/c", {}},
                                 {patch_operation::kind::remove, "/d", {}, {}}};
  const issue_param params[] = {{"key", "a\"b", false}, {"limit", "12", true}};
  issue made;
  made.rule = "example/rule";
  made.level = severity::warning;
  made.pointer = "/a/0";
  made.path = R"(["a",0])";
  made.message = "Line\nbreak";
  made.params = params;
  made.expected = R"(["x","y"])";
  made.suggestion = "x";
  made.fix = fix;
  made.certainty = confidence::observed;
  made.docs = "https://example.com";
  made.position = text_position{7, 1, 8};
  issues_.add(made, report_builder::no_offset);
  EXPECT_EQ(
      json(),
      R"({"issues":[{"code":"rule","rule":"example/rule","severity":"warning","path":["a",0],"pointer":"/a/0",)"
      R"("message":"Line\nbreak","params":{"key":"a\"b","limit":12},"expected":["x","y"],"suggestion":"x",)"
      R"("fix":[{"op":"add","path":"/a","value":"\u00e9"},{"op":"move","from":"/c","path":"/b"},{"op":"remove","path":"/d"}],)"
      R"("confidence":"observed","docs":"https://example.com","offset":7,"line":1,"column":8}],"truncated":false})");
}

TEST_F(Report, LeavesOutWhatAnIssueDoesNotHave) {
  EXPECT_EQ(json(), R"({"issues":[],"truncated":false})");
  issues_.add(finding(issue_code::forbidden, nullptr, nullptr));
  EXPECT_EQ(json(), R"({"issues":[{"code":"forbidden","severity":"error","path":[],"pointer":"",)"
                    R"("message":"Nothing may stand here. Remove it.","params":{}}],"truncated":false})");
  EXPECT_EQ(json_text(issues_.issues(), true),
            json().replace(json().find("\"truncated\":false"), 17, "\"truncated\":true"));
}

TEST(Messages, ExistForEveryCodeOfTheEngine) {
  for (std::size_t code = 0; code < issue_code_count; ++code) {
    const auto which = static_cast<issue_code>(code);
    EXPECT_FALSE(code_name(which).empty());
    // The rest is worded by the provider's rules and by the JavaScript binding.
    if (which == issue_code::rule || which == issue_code::not_json || which == issue_code::cycle ||
        which == issue_code::refused)
      continue;
    std::string_view variant;
    if (which == issue_code::number_range) variant = "inexact";
    if (which == issue_code::too_large) variant = "bytes";
    if (which == issue_code::format) variant = "uuid";
    if (which == issue_code::contains) variant = "min";
    EXPECT_FALSE(wording({}).of(which, variant).empty()) << code_name(which);
  }
}

TEST(Messages, HaveNamesOfTheirOwn) {
  std::vector<std::string_view> names;
  for (std::size_t code = 0; code < issue_code_count; ++code) names.push_back(code_name(static_cast<issue_code>(code)));
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::unique(names.begin(), names.end()), names.end());
}

TEST(Messages, AreFilledInOnce) {
  arena memory{std::size_t{1} << 20U};
  const issue_param params[] = {{"a", "{b}", false}, {"b", "two", false}};
  EXPECT_EQ(fill_message("{a} and {b} and {c} and { and }{", params, memory), "{b} and two and {c} and { and }{");
  EXPECT_EQ(fill_message("", params, memory), "");
  EXPECT_EQ(fill_message("plain", {}, memory), "plain");
}

}  // namespace
}  // namespace recreq
