// Translations, fields laid on after the check, and where values come from.
#include "recreq/options.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "example_provider.hpp"
#include "schema/message.hpp"

namespace recreq {
namespace {

using testing::closed_object;
using testing::example_provider;

const example_provider& provider() {
  static const example_provider made(closed_object(
      R"("known":{"type":["integer","null"]},"filled":{"type":"object","properties":{"deep":{"default":[1]}},"default":{}},)"
      R"("inner":{"type":"object","properties":{"a":{"type":"integer"}}})",
      R"("x-rules":[{"id":"example/rule","severity":"error","if":{"required":["inner"]},)"
      R"("message":"No {key}.","fix":[{"op":"remove","path":"/inner"}],"x-source":["s"]}])"));
  return made;
}

std::string message_with(std::string_view key, std::string_view text, std::string_view body) {
  const message translated[] = {{key, text}};
  options how;
  how.messages = translated;
  const report found = provider().check(body, how);
  return found.issues().empty() ? "" : std::string(found.issues()[0].message);
}

TEST(Messages, AreTheTranslatorsWhereThereIsOne) {
  EXPECT_EQ(message_with("unknown-key", "{key}?", R"({"zzzzz":1})"), "zzzzz?");
  EXPECT_EQ(message_with("unknown-key", "{key}?", R"({"knwon":1})"),
            R"("knwon" is not known here. Did you mean "known"?)");
  EXPECT_EQ(message_with("unknown-key.suggestion", "{suggestion}!", R"({"knwon":1})"), "known!");
  EXPECT_EQ(message_with("example/rule", "Nein.", R"({"inner":{}})"), "Nein.");
  EXPECT_EQ(message_with("problem.colon", "Doppelpunkt", R"({"a" 1})"), "This is not JSON: Doppelpunkt.");
  EXPECT_EQ(message_with("value.boolean", "ein Wahrheitswert", R"({"known":true})"),
            "This is ein Wahrheitswert, but has to be an integer or null.");
  EXPECT_EQ(message_with("list.or", "{values}/{last}", R"({"known":true})"),
            "This is a boolean, but has to be an integer/null.");
}

TEST(Messages, KnowTheirKeys) {
  EXPECT_TRUE(is_message_key("unknown-key.suggestion"));
  EXPECT_TRUE(is_message_key("syntax"));
  EXPECT_FALSE(is_message_key("unknown-key.nothing"));
  EXPECT_FALSE(is_message_key(""));
}

std::string laid_on(std::string_view extra, std::string_view body, bool expect_ok = true) {
  options how;
  how.defaults = defaults_mode::omit;
  how.extra_body = extra;
  const report found = provider().check(body, how);
  EXPECT_EQ(found.ok(), expect_ok) << testing::summary(found.issues());
  return std::string(found.value());
}

TEST(ExtraBody, IsMergedAtAnyDepthAndNotChecked) {
  EXPECT_EQ(laid_on(R"({"zzz":{"y":[1.0]}})", R"({"known":1})"), R"({"known":1,"zzz":{"y":[1]}})");
  EXPECT_EQ(laid_on(R"({"filled":{"a":{"c":2}}})", R"({"filled":{"a":{"b":1},"deep":3}})"),
            R"({"filled":{"a":{"b":1,"c":2},"deep":3}})");
  EXPECT_EQ(laid_on(R"({"filled":[2]})", R"({"filled":{"a":1},"known":1})"), R"({"filled":[2],"known":1})");
  EXPECT_EQ(laid_on(R"({"known":{"a":1}})", R"({"known":null})"), R"({"known":{"a":1}})");
  EXPECT_EQ(laid_on(R"({"__proto__":{"b":2}})", "{}"), R"({"__proto__":{"b":2}})");
}

TEST(ExtraBody, IsPartOfTheRequest) {
  options how;
  how.defaults = defaults_mode::omit;
  how.extra_body = R"({"new":1})";
  const result built =
      provider().make_thing().build({{{"region", "eu-1"}, {"id", "3f0d7c1e-5f0b-4f43-9d6c-2a1f4f6f9c55"}}}, how);
  ASSERT_TRUE(built) << testing::summary(built.issues());
  EXPECT_EQ(built->body, R"({"new":1})");
}

TEST(ExtraBody, ThatIsNoObjectIsAnError) {
  for (const std::string_view extra : {"[1]", "{", "7", R"({"a":1,"a":2})"}) {
    options how;
    how.extra_body = extra;
    EXPECT_EQ(provider().issues("{}", how), "error extra-body #") << extra;
  }
}

TEST(Provenance, IsGivenWhenItIsAskedFor) {
  EXPECT_TRUE(provider().check("{}").provenance().empty());
  options how;
  how.provenance = true;
  how.extra_body = R"({"extra":{"x":1},"inner":{"b":2}})";
  const rule_setting off[] = {{"example/rule", std::nullopt}};
  how.rules = off;
  std::string lines;
  const report found = provider().check(R"({"inner":{"a":1}})", how);
  for (const placed_origin& each : found.provenance())
    lines += std::string(each.pointer) + "=" + std::string(origin_name(each.from)) + " ";
  EXPECT_EQ(lines,
            "=input /extra=extra /extra/x=extra /filled=default /filled/deep=default /filled/deep/0=default "
            "/inner=input /inner/a=input /inner/b=extra ");
  EXPECT_TRUE(provider().check("{", how).provenance().empty());
}

}  // namespace
}  // namespace recreq
