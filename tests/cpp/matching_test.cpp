// Bodies that match a bot, on providers of tests: what is merged, what is left out, where issues are blamed.
// Recall.ai's own are in the vectors.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "example_provider.hpp"
#include "recreq/json.hpp"
#include "recreq/match.hpp"
#include "recreq/recall.hpp"
#include "schema/image.hpp"

namespace recreq {
namespace {

using testing::compile;
using testing::document_for;
using testing::example_provider;
using testing::summary;
using testing::with_match;

// Of every kind of schema one; `kept` may be null and has no default.
constexpr std::string_view properties = R"(
  "name":{"type":"string","default":"n"},
  "plain":{"type":"object","additionalProperties":{"type":"string"}},
  "nested":{"anyOf":[{"type":"object","additionalProperties":false,"properties":{"a":{"type":"integer","default":1},"b":{"type":"integer"}}},{"type":"null"}],"default":{}},
  "one":{"type":"object","minProperties":1,"maxProperties":1,"properties":{"x":{"type":"integer"},"y":{"type":"integer"}}},
  "kind":{"oneOf":[{"$ref":"#/components/schemas/Circle"},{"$ref":"#/components/schemas/Square"}]},
  "either":{"anyOf":[{"type":"object","properties":{"p":{"type":"string"}},"required":["p"]},{"type":"object","properties":{"q":{"type":"string"}},"required":["q"]}]},
  "list":{"type":"array","items":{"type":"object","additionalProperties":false,"properties":{"v":{"type":"integer"},"key":{"type":"string","writeOnly":true}}}},
  "options":{"type":"object","x-pass-through":true,"additionalProperties":false,"properties":{"m":{"type":"string"}}},
  "token":{"type":"string","writeOnly":true})";
constexpr std::string_view shapes =
    R"("Circle":{"type":"object","additionalProperties":false,"required":["type"],"properties":{"type":{"const":"circle"},"r":{"type":"integer"}}},
       "Square":{"type":"object","additionalProperties":false,"required":["type"],"properties":{"type":{"const":"square"},"side":{"type":"integer","default":2}}})";

const operation& make_thing() {
  static const example_provider provider = example_provider::of_document(with_match(
      document_for(R"({"type":"object","additionalProperties":false,"properties":{)" + std::string(properties) + R"(},
        "x-rules":[{"id":"example/list-name","severity":"error","for":"/list/*/v","if":{"const":9},"then":{"x-at":{"/name":{"const":"z"}}},"at":"/name","message":"m","fix":[{"op":"add","path":"/name","value":"z"}]},
                   {"id":"example/nested","severity":"error","for":"/nested/b","if":{"const":7},"message":"m","fix":[{"op":"add","path":"/plain/note","value":"x"},{"op":"remove","path":"/nested/b"}]},
                   {"id":"example/plain","severity":"warning","for":"/nested/b","if":{"const":6},"message":"m","fix":[{"op":"add","path":"/plain/note","value":"x"}]},
                   {"id":"example/first","severity":"warning","for":"/list/*/v","if":{"const":8},"message":"m","fix":[{"op":"add","path":"/list/*/key","value":"x"}]}]})",
                   shapes)));
  static const operation found = provider.make_thing();
  return found;
}

std::string matched(std::string_view config, std::string_view overrides) {
  const bot_match match = make_thing().match_config(config, overrides);
  return match.issues().empty() ? std::string(match.body()) : summary(match.issues());
}

std::string bot_of(std::string_view settings) { return R"({"told":{"settings":)" + std::string(settings) + "}}"; }

TEST(Matching, MergesPlainObjectsMemberByMember) {
  EXPECT_EQ(
      matched(R"({"plain":{"a":"1","b":"2"},"nested":{"b":3}})", R"({"plain":{"b":"x","c":"3"},"nested":{"a":4}})"),
      R"({"name":"n","nested":{"a":4,"b":3},"plain":{"a":"1","b":"x","c":"3"}})");
}

TEST(Matching, ReplacesWholeWhatMeansSomethingElseInParts) {
  EXPECT_EQ(matched(R"({"one":{"x":1},"nested":null})", R"({"one":{"y":2}})"),
            R"({"name":"n","nested":null,"one":{"y":2}})");
  EXPECT_EQ(matched(R"({"kind":{"type":"circle","r":1},"nested":null})", R"({"kind":{"type":"square"}})"),
            R"({"kind":{"side":2,"type":"square"},"name":"n","nested":null})");
  EXPECT_EQ(matched(R"({"either":{"p":"1","q":"2"},"nested":null})", R"({"either":{"q":"3"}})"),
            R"({"either":{"q":"3"},"name":"n","nested":null})");
  EXPECT_EQ(matched(R"({"list":[{"v":1},{"v":2}],"nested":null})", R"({"list":[{"v":3}]})"),
            R"({"list":[{"v":3}],"name":"n","nested":null})");
}

TEST(Matching, TakesNullForAValue) {
  EXPECT_EQ(matched(R"({"nested":{"b":1}})", R"({"nested":null})"), R"({"name":"n","nested":null})");
  EXPECT_EQ(matched(R"({"nested":null})", R"({"nested":{}})"), R"({"name":"n","nested":{"a":1}})");
}

TEST(Matching, TakesAbsenceInABotForNullWhereNullMayStand) {
  const bot_match match = make_thing().match_bot(bot_of("{}"));
  EXPECT_TRUE(match.ok());
  EXPECT_EQ(match.body(), R"({"name":"n","nested":null})");
  ASSERT_EQ(match.origins().size(), 3U);
  EXPECT_EQ(match.origins()[1].from, origin::default_value);
  EXPECT_EQ(match.origins()[2].from, origin::bot);
  ASSERT_EQ(match.would_have_changed().size(), 1U);
  EXPECT_EQ(match.would_have_changed()[0].bot, "null");
  EXPECT_EQ(match.would_have_changed()[0].start, R"({"a":1})");
  EXPECT_EQ(match.configuration(), "/bot/told/settings");
}

TEST(Matching, LeavesOutOfABotWhatTheBodyDoesNotHave) {
  const bot_match match = make_thing().match_bot(bot_of(
      R"({"id":1,"nested":{"b":1,"id":2},"list":[{"id":3},{"v":1}],"kind":{"type":"square","id":4},"options":{"id":5},"plain":{"id":"6"}})"));
  EXPECT_EQ(summary(match.issues()),
            "warning example/left-out #/bot/told/settings/id, warning example/left-out #/bot/told/settings/nested/id, "
            "warning example/left-out #/bot/told/settings/list/0/id, warning example/left-out "
            "#/bot/told/settings/kind/id, warning unknown-key #/bot/told/settings/options/id");
  EXPECT_EQ(match.issues()[0].message, "id stays behind.");
  EXPECT_EQ(match.issues()[0].docs, "https://example.com");
  EXPECT_EQ(
      match.body(),
      R"({"kind":{"side":2,"type":"square"},"list":[{},{"v":1}],"name":"n","nested":{"a":1,"b":1},"options":{"id":5},"plain":{"id":"6"}})");
}

TEST(Matching, LeavesOutWhatARuleNamesEvenWhereTheRuleIsSilent) {
  EXPECT_EQ(summary(make_thing().match_bot(bot_of(R"({"name":"old"})")).issues()),
            "info example/left-old #/bot/told/settings/name");
  const rule_setting off[] = {{"example/left-old", std::nullopt}};
  options how;
  how.rules = off;
  const bot_match silent = make_thing().match_bot(bot_of(R"({"name":"old"})"), {}, how);
  EXPECT_TRUE(silent.issues().empty());
  EXPECT_EQ(silent.body(), R"({"name":"n","nested":null})");
}

TEST(Matching, BlamesWhatComesFromWhere) {
  EXPECT_EQ(
      matched(R"({"name":1,"list":[{"v":"x"}]})", R"({"plain":{"a":1},"nested":{"c":1}})"),
      "error type #/config/list/0/v, error type #/config/name, error unknown-key #/overrides/nested/c, error type "
      "#/overrides/plain/a");
  EXPECT_EQ(matched("[]", "1"), "error type #/overrides, error type #/config");
  EXPECT_EQ(matched("null", "{}"), "error example/no-config #/config");
  EXPECT_EQ(summary(make_thing().match_bot("{}").issues()), "error required #/bot");
  EXPECT_EQ(summary(make_thing().match_bot(R"({"told":{}})").issues()), "error required #/bot/told");
  EXPECT_EQ(summary(make_thing().match_bot(R"({"told":7})").issues()), "error type #/bot/told");
}

TEST(Matching, MendsOnlyWhatTheOverridesCanExpress) {
  const auto fix_of = [](std::string_view config, std::string_view overrides) {
    std::string text;
    const bot_match match = make_thing().match_config(config, overrides);
    EXPECT_EQ(match.issues().size(), 1U) << summary(match.issues());
    for (const patch_operation& each : match.issues()[0].fix) {
      text +=
          (each.op == patch_operation::kind::add ? "+" : "-") + std::string(each.path) + std::string(each.value) + " ";
    }
    return text;
  };
  EXPECT_EQ(fix_of(R"({"list":[{"v":9}]})", "{}"), R"(+/overrides/name"z" )");
  EXPECT_EQ(fix_of(R"({"list":[{"v":9}]})", {}), R"(+/overrides{} +/overrides/name"z" )");
  EXPECT_EQ(fix_of(R"({"nested":{"b":6}})", "{}"), R"(+/overrides/plain{} +/overrides/plain/note"x" )");
  EXPECT_EQ(fix_of(R"({"nested":{"b":6},"plain":{"k":"v"}})", "{}"),
            R"(+/overrides/plain{} +/overrides/plain/note"x" )");
  EXPECT_EQ(fix_of(R"({"nested":{"b":6}})", R"({"plain":{}})"), R"(+/overrides/plain/note"x" )");
  // The bot's own is not removed by overrides, and a list of the bot's has no elements in them.
  EXPECT_EQ(fix_of(R"({"nested":{"b":7}})", "{}"), "");
  EXPECT_EQ(fix_of("{}", R"({"nested":{"b":7}})"),
            R"(+/overrides/plain{} +/overrides/plain/note"x" -/overrides/nested/b )");
  EXPECT_EQ(fix_of(R"({"list":[{"v":8}]})", "{}"), "");
  EXPECT_EQ(fix_of("{}", R"({"list":[{"v":8}]})"), R"(+/overrides/list/0/key"x" )");
}

TEST(Matching, ShowsNoSecrets) {
  const bot_match match =
      make_thing().match_config(R"({"token":"PLACEHOLDER","list":[{"v":1,"key":"PLACEHOLDER"}],"tokne":"PLACEHOLDER"})",
                                R"({"list":[{"v":2,"key":"PLACEHOLDER"}]})");
  EXPECT_EQ(json_text(match).find("PLACEHOLDER"), std::string::npos);
  EXPECT_NE(match.body().find("PLACEHOLDER"), std::string_view::npos);
  ASSERT_EQ(match.would_have_changed().size(), 2U);
  EXPECT_EQ(match.would_have_changed()[0].pointer, "/token");
  EXPECT_EQ(match.would_have_changed()[0].bot, "");
  ASSERT_EQ(match.would_have_changed()[0].withheld.size(), 1U);
  EXPECT_EQ(match.would_have_changed()[1].withheld[0], "/tokne");
}

TEST(Matching, ShowsOfAListWhatIsNoSecret) {
  const bot_match match = make_thing().match_bot(bot_of(R"({"list":[{"v":1,"key":"PLACEHOLDER"}]})"));
  const std::span<const changed_value> changes = match.would_have_changed();
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0].bot, R"([{"v":1}])");
  EXPECT_EQ(changes[0].start, "");
  ASSERT_EQ(changes[0].withheld.size(), 1U);
  EXPECT_EQ(changes[0].withheld[0], "/list/0/key");
}

TEST(Matching, GivesPositionsInEachText) {
  const bot_match match = make_thing().match_config("{\n  \"name\": 1\n}", "\n\n{\"list\":\n0}");
  ASSERT_EQ(match.issues().size(), 2U);
  ASSERT_TRUE(match.issues()[0].position);
  EXPECT_EQ(match.issues()[0].pointer, "/overrides/list");
  EXPECT_EQ(match.issues()[0].position->line, 4U);
  EXPECT_EQ(match.issues()[1].position->line, 2U);
  EXPECT_EQ(match.issues()[1].position->column, 11U);
}

TEST(Matching, RunsRulesOfTheCaller) {
  const custom_rule rules[] = {{.id = "team/name", .look = [](std::string_view body, custom_findings& found) {
                                  if (body.find("\"name\":\"n\"") == std::string_view::npos) return;
                                  found.report({.pointer = "/plain/note", .message = "m"});
                                  found.report({.pointer = "/nested/a", .message = "m", .level = severity::info});
                                }}};
  options how;
  how.custom_rules = rules;
  const bot_match match = make_thing().match_config(R"({"plain":{"note":"x"}})", R"({"nested":{"a":2}})", how);
  EXPECT_FALSE(match.ok());
  EXPECT_EQ(summary(match.issues()), "error team/name #/config/plain/note, info team/name #/overrides/nested/a");
  EXPECT_TRUE(make_thing().match_config("{}", R"({"name":"other"})", how).ok());
}

TEST(Matching, StaysInItsLimits) {
  options how;
  how.limits.depth = 3;
  EXPECT_EQ(summary(make_thing().match_config(R"({"list":[[[[]]]]})", {}, how).issues()),
            "error too-deep #/config/list/0/0");
  how = {};
  how.limits.issues = 1;
  const bot_match match = make_thing().match_config(R"({"a":1})", R"({"b":1})", how);
  EXPECT_FALSE(match.ok());
  EXPECT_EQ(match.issues().size(), 1U);
  EXPECT_TRUE(match.truncated());
}

TEST(Matching, IsForOperationsThatSayWhatTheyMatch) {
  EXPECT_TRUE(make_thing().matches_bots());
  EXPECT_FALSE(recall::stop_recording.untyped().matches_bots());
  const bot_match none = recall::stop_recording.untyped().match_bot("{}");
  EXPECT_FALSE(none.ok());
  EXPECT_EQ(none.body(), "");
  EXPECT_TRUE(none.issues().empty());
}

TEST(Matching, IsPartOfTheTypedInterface) {
  const bot_match match =
      recall::start_recording.match_bot(R"({"id":"x","recording_config":{"video_mixed_layout":"gallery_view_v2"}})",
                                        R"({"retention":{"type":"forever"}})");
  ASSERT_TRUE(match.ok()) << summary(match.issues());
  const result built = recall::start_recording.build(
      {.region = "us-west-2", .id = "00000000-0000-4000-8000-000000000000", .body = match.body()});
  ASSERT_TRUE(built);
  EXPECT_EQ(built->body, match.body());
  EXPECT_FALSE(recall::start_recording.match_config("null").ok());
}

// Whoever damages an image on purpose can mend its checksum. What schemas and values may become is looked at elsewhere.
TEST(DamagedMatch, IsRefusedOrHarmless) {
  const testing::compiled whole = compile(with_match(document_for(
      R"({"type":"object","additionalProperties":false,"properties":{"name":{"type":["string","null"],"default":"n"},"plain":{"type":"object","additionalProperties":{"type":"string"}},
          "nested":{"type":"object","default":{},"additionalProperties":false,"properties":{"a":{"type":"integer","default":1}}}}})")));
  ASSERT_TRUE(whole.problems.empty()) << whole.shown();
  std::size_t opened = 0;
  for (const image::table which :
       {image::table::matches, image::table::operations, image::table::rules, image::table::lists}) {
    const std::size_t entry = image::header::size + 2 * static_cast<std::size_t>(which);
    const std::uint32_t first = whole.image[entry];
    const std::uint32_t end =
        which == image::table::lists ? whole.image[image::header::text_at] : whole.image[entry + 2];
    for (std::uint32_t word = first; word < end; ++word) {
      for (const std::uint32_t change : {0U, 1U, 2U, 8U, 0x10000U, 0x80000000U, 0xFFFFFFFEU, 0xFFFFFFFFU}) {
        std::vector<std::uint32_t> damaged = whole.image;
        damaged[word] = change == 0 ? 0 : change == 0xFFFFFFFFU ? change : damaged[word] ^ change;
        damaged[image::header::checksum_at] = image::checksum(std::span(damaged).subspan(image::header::size));
        const provider service(damaged);
        opened += service.problem().empty() ? 1U : 0U;
        const operation made(service, 0);
        json_text(made.match_config(R"({"name":null,"plain":{"a":"1"},"x":1})", R"({"plain":{"b":"2"},"nested":{}})"));
        json_text(made.match_bot(bot_of(R"({"name":"old","id":{},"plain":{"a":1}})"), R"({"nested":null,"plain":[]})"));
        json_text(made.match_bot(R"({"id":1})", "[]"));
      }
    }
  }
  EXPECT_GT(opened, 100U);
}

TEST(MatchCompiler, WantsARuleWhereAbsenceAndNullDiffer) {
  const std::string document =
      document_for(R"({"type":"object","properties":{"kept":{"type":["string","null"]},"name":{"type":"string"}}})");
  EXPECT_TRUE(compile(with_match(document)).refuses("/paths/~1things~1{id}~1/post/x-match", "/bot/told/settings/kept"));
  EXPECT_TRUE(
      compile(
          with_match(
              document,
              R"({"id":"example/kept","severity":"error","for":"/bot/told/settings","if":{"not":{"required":["kept"]}},
                                               "at":"/bot/told/settings/kept","message":"m"})"))
          .problems.empty());
}

TEST(MatchCompiler, RefusesWhatIsIncomplete) {
  const std::string whole = with_match(document_for(R"({"type":"object","properties":{"name":{"type":"string"}}})"));
  EXPECT_TRUE(compile(whole).problems.empty()) << compile(whole).shown();
  const auto without = [&](std::string_view part, std::string_view instead) {
    std::string changed = whole;
    changed.replace(changed.find(part), part.size(), instead);
    return compile(changed);
  };
  const std::string_view at = "/paths/~1things~1{id}~1/post/x-match";
  EXPECT_TRUE(without(R"("at":"/told/settings")", R"("at":"")").refuses(at, "where a bot has its configuration"));
  EXPECT_TRUE(without(R"("configuration":"settings")", R"("configuration":"other")")
                  .refuses(std::string(at) + "/configuration", "no such schema"));
  EXPECT_TRUE(without(R"("unlisted":{)", R"("unlisetd":{)").refuses(at, "unlisted"));
  EXPECT_TRUE(without(R"("config":{"schema")", R"("confgi":{"schema")").refuses(std::string(at) + "/confgi", "confgi"));
  EXPECT_TRUE(without("/bot/told/settings/name", "/bot/told/settings/nmae")
                  .refuses(std::string(at) + "/bot/leavesOut/x-rules/0/for", "nmae"));
}

}  // namespace
}  // namespace recreq
