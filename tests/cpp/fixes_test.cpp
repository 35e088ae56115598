// `apply_fixes`: the body as its report says that it should be.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "example_provider.hpp"

namespace recreq {
namespace {

using kind = patch_operation::kind;
using testing::closed_object;
using testing::example_provider;

// Applies fixes that custom rules report, one rule a fix.
std::string fixed(std::string_view body, const std::vector<std::vector<patch_operation>>& fixes) {
  static const example_provider provider(R"({"type":["object","array","null"]})");
  const custom_rule rule{"team/rule", [&fixes](std::string_view, custom_findings& found) {
                           for (const auto& fix : fixes) found.report({.message = "x", .fix = fix});
                         }};
  options how;
  how.custom_rules = {&rule, 1};
  const report checked = provider.check(body, how);
  EXPECT_EQ(checked.issues().size(), fixes.size()) << testing::summary(checked.issues());
  return apply_fixes(body, checked);
}

patch_operation add(std::string_view path, std::string_view value) { return {kind::add, path, {}, value}; }
patch_operation remove(std::string_view path) { return {kind::remove, path, {}, {}}; }
patch_operation move(std::string_view from, std::string_view path) { return {kind::move, path, from, {}}; }

TEST(ApplyFixes, KeepsTheOrderOfMembersAndTheDigitsOfNumbers) {
  EXPECT_EQ(fixed(R"({ "b": 1.50, "a": "\u00e9\n" })", {{add("/c", "[true, null]")}}),
            "{\"b\":1.50,\"a\":\"\u00e9\\n\",\"c\":[true,null]}");
  EXPECT_EQ(fixed(R"({"b":1,"a":2})", {{add("/b", "3")}}), R"({"b":3,"a":2})");
  EXPECT_EQ(fixed(R"({"b":1,"a":2,"c":3})", {{move("/a", "/d")}, {remove("/c")}}), R"({"b":1,"d":2})");
}

TEST(ApplyFixes, GivesTheTextItselfWhereNothingIsToBeDone) {
  EXPECT_EQ(fixed(R"({ "a": 1 })", {}), R"({ "a": 1 })");
  for (const patch_operation& impossible :
       {remove("/x"), add("/a/b", "1"), add("/list/9", "1"), move("/x", "/y"), remove("/list/-"), remove("")})
    EXPECT_EQ(fixed(R"({ "a": 1, "list": [1, 2] })", {{remove("/list/0"), add("/b", "1"), impossible}}),
              R"({ "a": 1, "list": [1, 2] })");
}

TEST(ApplyFixes, FollowsElementsThatEarlierFixesHaveMoved) {
  constexpr std::string_view list = R"(["a","b","c","d"])";
  EXPECT_EQ(fixed(list, {{remove("/1")}, {remove("/3")}}), R"(["a","c"])");
  EXPECT_EQ(fixed(list, {{remove("/3")}, {remove("/1")}}), R"(["a","c"])");
  EXPECT_EQ(fixed(list, {{remove("/1"), add("/1", "1")}, {remove("/2"), add("/2", "2")}}), R"(["a",1,2,"d"])");
  EXPECT_EQ(fixed(list, {{add("/1", "0")}, {remove("/2")}}), R"(["a",0,"b","d"])");
  EXPECT_EQ(fixed(list, {{remove("/0")}, {add("/-", "5")}}), R"(["b","c","d",5])");
  EXPECT_EQ(fixed(R"({"rows":[{"x":1},{"y":1},{"z":1}]})", {{remove("/rows/0")}, {move("/rows/2/z", "/rows/2/w")}}),
            R"({"rows":[{"y":1},{"w":1}]})");
}

TEST(ApplyFixes, LeavesAFixWhosePlaceAnEarlierOneHasChanged) {
  constexpr std::string_view body = R"({"a":1,"b":2})";
  EXPECT_EQ(fixed(body, {{add("/c", "1")}, {add("/c", "2")}}), R"({"a":1,"b":2,"c":1})");
  EXPECT_EQ(fixed(body, {{move("/a", "/c")}, {move("/b", "/c")}}), R"({"b":2,"c":1})");
  EXPECT_EQ(fixed(body, {{remove("/a")}, {remove("/a")}}), R"({"b":2})");
  EXPECT_EQ(fixed(body, {{add("/c", R"({"d":1})")}, {add("/c/e", "2")}}), R"({"a":1,"b":2,"c":{"d":1}})");
  EXPECT_EQ(fixed("{}", {{add("/a", "{}"), add("/a/b", "1")}, {add("/a", "{}"), add("/a/c", "2")}}),
            R"({"a":{"b":1,"c":2}})");
}

TEST(ApplyFixes, MendsTheBodyOfAnInput) {
  const example_provider provider(closed_object(R"("known":{"type":"integer"},"other":{"type":"integer"})"));
  const arguments input{{{"region", "eu-1"}, {"id", "3f0d7c1e-5f0b-4f43-9d6c-2a1f4f6f9c55"}},
                        R"({"knwon":1,"otehr":2})"};
  const report checked = provider.make_thing().check(input);
  EXPECT_EQ(apply_fixes(input.body, checked), R"({"known":1,"other":2})");
  const result built = provider.make_thing().build(input);
  EXPECT_FALSE(built);
  EXPECT_EQ(apply_fixes(input.body, built), R"({"known":1,"other":2})");
}

TEST(ApplyFixes, MakesABodyWhereThereIsNone) {
  const example_provider provider(
      R"({"type":"object","properties":{"a":{"type":"object"}},"additionalProperties":false,)"
      R"("x-rules":[{"id":"example/rule","severity":"error",)"
      R"("if":{"not":{"required":["a"]}},"at":"/a","message":"Add a.",)"
      R"("fix":[{"op":"add","path":"/a","value":{}}],"x-source":["s"]}]})");
  const arguments input{{{"region", "eu-1"}, {"id", "3f0d7c1e-5f0b-4f43-9d6c-2a1f4f6f9c55"}}};
  const report checked = provider.make_thing().check(input);
  ASSERT_EQ(testing::summary(checked.issues()), "error example/rule #/body/a");
  EXPECT_EQ(apply_fixes(input.body, checked), R"({"a":{}})");
}

TEST(ApplyFixes, LeavesTextThatIsNoJson) { EXPECT_EQ(apply_fixes("{", example_provider("{}").check("{")), "{"); }

}  // namespace
}  // namespace recreq
