// The public C++ API: typed operations of the generated header, requests, reports and their lifetimes.
#include "recreq/operation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <recreq/realtimekit.hpp>
#include <recreq/recall.hpp>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "example_provider.hpp"
#include "recreq/json.hpp"

namespace recreq {
namespace {

using recall::start_recording;
using testing::closed_object;
using testing::document_for;
using testing::example_provider;
using testing::summary;
using testing::with_defaults;
using testing::with_unknown;

constexpr std::string_view bot = "3f0d7c1e-5f0b-4f43-9d6c-2a1f4f6f9c55";

std::string header_lines(const request& made) {
  std::string text;
  for (const header& each : made.headers) text += std::string(each.name) + ": " + std::string(each.value) + "\n";
  return text;
}

TEST(RecallHeader, NamesItsProviderAndOperation) {
  EXPECT_EQ(recall::service().name(), "recall");
  EXPECT_EQ(recall::service().problem(), "");
  ASSERT_GE(recall::service().operation_count(), 1U);
  EXPECT_EQ(start_recording.untyped().name(), "startRecording");
  EXPECT_EQ(start_recording.untyped().method(), "POST");
  ASSERT_TRUE(recall::service().find("startRecording"));
  EXPECT_FALSE(recall::service().find("start_recording"));
  const auto facts = nlohmann::json::parse(recall::service().facts());
  EXPECT_TRUE(facts["date"].is_string());
  EXPECT_FALSE(facts["sources"].empty());
}

TEST(Build, MakesTheWholeRequest) {
  const auto built = start_recording.build({.region = "us-west-2",
                                            .id = bot,
                                            .idempotency_key = "start-1",
                                            .body = R"({"video_mixed_layout":"gallery_view_v2"})"});
  ASSERT_TRUE(built) << summary(built.issues());
  EXPECT_EQ(built->method, "POST");
  EXPECT_EQ(built->url, "https://us-west-2.recall.ai/api/v1/bot/" + std::string(bot) + "/start_recording/");
  EXPECT_EQ(header_lines(*built),
            "Accept: application/json\nContent-Type: application/json\nIdempotency-Key: start-1\n");
  EXPECT_EQ(nlohmann::json::parse(built->body)["video_mixed_layout"], "gallery_view_v2");
}

TEST(RealtimekitHeader, TakesSwitchesNumbersAndListsAsTheirTypes) {
  const std::vector<std::string_view> states{"UPLOADED", "ERRORED"};
  const auto built = realtimekit::get_all_recordings.build(
      {.account_id = "a", .app_id = "b", .page_no = 2, .expired = false, .status = states});
  ASSERT_TRUE(built) << summary(built.issues());
  EXPECT_EQ(built->method, "GET");
  EXPECT_EQ(built->url,
            "https://api.cloudflare.com/client/v4/accounts/a/realtime/kit/b/recordings"
            "?page_no=2&expired=false&status=UPLOADED,ERRORED");
  EXPECT_EQ(header_lines(*built), "Accept: application/json\n");
  EXPECT_EQ(built->credential.prefix, "Bearer ");
  const auto bare = realtimekit::get_all_recordings.build({.account_id = "a", .app_id = "b"});
  ASSERT_TRUE(bare) << summary(bare.issues());
  EXPECT_EQ(bare->url, "https://api.cloudflare.com/client/v4/accounts/a/realtime/kit/b/recordings");
}

TEST(RealtimekitHeader, SteersARecording) {
  const auto built = realtimekit::pause_resume_stop_recording.build(
      {.account_id = "a", .app_id = "b", .recording_id = bot, .body = R"({"action":"stop"})"});
  ASSERT_TRUE(built) << summary(built.issues());
  EXPECT_EQ(built->method, "PUT");
  EXPECT_EQ(built->body, R"({"action":"stop"})");
}

TEST(Build, SaysWhichHeaderCarriesTheCredentialAndHoldsNone) {
  const auto built = start_recording.build({.region = "us-west-2", .id = bot});
  ASSERT_TRUE(built) << summary(built.issues());
  EXPECT_EQ(built->credential.name, "Authorization");
  EXPECT_EQ(built->credential.prefix, "Token ");
  for (const header& each : built->headers) EXPECT_NE(each.name, "Authorization");
}

TEST(Build, WritesEveryDefaultAndNoRetentionForAnAbsentBody) {
  const auto absent = start_recording.build({.region = "us-west-2", .id = bot});
  const auto empty = start_recording.build({.region = "us-west-2", .id = bot, .body = "{}"});
  ASSERT_TRUE(absent && empty);
  EXPECT_EQ(absent->body, empty->body);
  const auto body = nlohmann::json::parse(absent->body);
  EXPECT_FALSE(body.contains("retention"));
  EXPECT_FALSE(body.empty());
  const auto omitted = start_recording.build({.region = "us-west-2", .id = bot}, with_defaults(defaults_mode::omit));
  ASSERT_TRUE(omitted);
  EXPECT_EQ(omitted->body, "{}");
}

TEST(Build, IsByteForByteTheSameHoweverTheBodyWasWritten) {
  const auto one = start_recording.build(
      {.region = "us-west-2",
       .id = bot,
       .body = R"({"retention":{"type":"timed","hours":60.0},"video_mixed_layout":"speaker_view"})"});
  const auto other = start_recording.build(
      {.region = "us-west-2",
       .id = bot,
       .body =
           "{ \"video_mixed_layout\" : \"speaker\\u005fview\",\n\"retention\":{\"hours\":6e1,\"type\":\"timed\"} }"});
  ASSERT_TRUE(one && other) << summary(one.issues()) << summary(other.issues());
  EXPECT_EQ(one->body, other->body);
  const auto again = start_recording.build({.region = "us-west-2", .id = bot, .body = one->body});
  ASSERT_TRUE(again);
  EXPECT_EQ(again->body, one->body);
}

TEST(Build, GivesNoRequestWhereThereIsAnError) {
  const auto built = start_recording.build({.region = "us-west-2", .id = bot, .body = R"({"video_separate_mp4":{}})"});
  EXPECT_FALSE(built);
  ASSERT_EQ(summary(built.issues()), "error recall/separate-video-layout #/body/video_mixed_layout");
  EXPECT_NE(built.issues()[0].message.find("gallery_view_v2"), std::string_view::npos);
  ASSERT_EQ(built.issues()[0].fix.size(), 1U);
  EXPECT_EQ(built.issues()[0].fix[0].path, "/body/video_mixed_layout");
  EXPECT_FALSE(built.memory_exhausted());
}

TEST(Build, KeepsWarningsBesideTheRequest) {
  options how = with_unknown(unknown_mode::warn);
  const auto built = start_recording.build({.region = "us-west-2", .id = bot, .body = R"({"brand_new_field":1})"}, how);
  ASSERT_TRUE(built);
  EXPECT_EQ(summary(built.issues()), "warning unknown-key #/body/brand_new_field");
  EXPECT_EQ(nlohmann::json::parse(built->body)["brand_new_field"], 1);
}

TEST(Inputs, RefuseIdsThatAreNone) {
  for (const std::string_view id : {"", ".", "..", "%2e%2e", "a/b", "a?x=1", "a#b", "a\\b", "%2f", "../../v2/bot",
                                    "3f0d7c1e-5f0b-4f43-9d6c-2a1f4f6f9c55/"}) {
    const auto built = start_recording.build({.region = "us-west-2", .id = id});
    EXPECT_FALSE(built) << id;
    ASSERT_FALSE(built.issues().empty()) << id;
    EXPECT_EQ(built.issues()[0].pointer, "/id") << id;
  }
}

TEST(Inputs, RefuseRegionsThatAreNotListed) {
  for (const std::string_view region :
       {"", "us-east-2", "evil.com/#", "evil.com#", "us-west-2.evil.com", "us-west-2@evil.com", "US-WEST-2"}) {
    for (const unknown_mode mode : {unknown_mode::error, unknown_mode::warn, unknown_mode::allow}) {
      const auto built = start_recording.build({.region = region, .id = bot}, with_unknown(mode));
      EXPECT_FALSE(built) << region;
      EXPECT_EQ(summary(built.issues()), "error unknown-value #/region") << region;
    }
  }
  const auto built = start_recording.build({.region = "us-east-2", .id = bot});
  EXPECT_NE(built.issues()[0].message.find("us-east-1"), std::string_view::npos);
  EXPECT_NE(built.issues()[0].expected.find("\"eu-central-1\""), std::string_view::npos);
}

TEST(Inputs, ThatAreMissingAreNamed) {
  EXPECT_EQ(summary(start_recording.check({.id = bot}).issues()), "error required #");
  EXPECT_EQ(summary(start_recording.check({.region = "us-west-2"}).issues()), "error required #");
  const report found = start_recording.check({.body = "{}"});
  EXPECT_EQ(summary(found.issues()), "error required #, error required #");
  EXPECT_NE(found.issues()[0].message.find("beside the body"), std::string_view::npos);
}

TEST(Inputs, RefuseHeaderValuesThatNoHeaderCarries) {
  const std::string_view zero("a\0b", 3);
  for (const std::string_view key :
       std::initializer_list<std::string_view>{"a\r\nX-Evil: 1", "a\nb", "a\rb", zero, "a b", "k\u00e9y", "\x7f"}) {
    const auto built = start_recording.build({.region = "us-west-2", .id = bot, .idempotency_key = key});
    EXPECT_FALSE(built);
    EXPECT_EQ(summary(built.issues()), "error header-value #/idempotencyKey");
    EXPECT_EQ(json_text(built.issues(), false).find("Evil"), std::string::npos);
  }
  EXPECT_EQ(
      summary(start_recording.check({.region = "us-west-2", .id = bot, .idempotency_key = ""}).issues()).substr(0, 5),
      "error");
}

TEST(Inputs, MayBeNamedAtRunTime) {
  const operation found = *recall::service().find("startRecording");
  const result built = found.build({{{"region", "us-west-2"}, {"id", bot}}, "{}"});
  EXPECT_TRUE(built) << summary(built.issues());
  EXPECT_EQ(summary(found.check({{{"region", "us-west-2"}, {"id", bot}, {"regoin", "x"}}, "{}"}).issues()),
            "error unknown-key #/regoin");
  EXPECT_EQ(
      summary(found.check({{{"region", "us-west-2"}, {"id", bot}, {"x", "y"}}, "{}"}, with_unknown(unknown_mode::allow))
                  .issues()),
      "error unknown-key #/x");
}

TEST(Inputs, ThatAreNotUtf8AreRefusedAsReadableIssues) {
  const report found = start_recording.check({.region = "us-\xff\xfe", .id = bot});
  EXPECT_FALSE(found.ok());
  EXPECT_TRUE(nlohmann::json::accept(json_text(found.issues(), found.truncated())));
  EXPECT_TRUE(nlohmann::json::accept(std::string(found.value()).empty() ? "null" : std::string(found.value())));
}

TEST(Urls, KeepParametersInTheirPlace) {
  const example_provider provider(closed_object(""));
  const auto url = [&](std::string_view id) {
    const result built = provider.make_thing().build({{{"region", "eu-1"}, {"id", id}}, {}});
    return built ? std::string(built->url) : summary(built.issues());
  };
  EXPECT_EQ(url("a"), "https://eu-1.example.com/things/a/");
  EXPECT_EQ(url("a/../b"), "https://eu-1.example.com/things/a%2F..%2Fb/");
  EXPECT_EQ(url("a?b=c&d#e"), "https://eu-1.example.com/things/a%3Fb%3Dc%26d%23e/");
  EXPECT_EQ(url("%2e%2e"), "https://eu-1.example.com/things/%252e%252e/");
  EXPECT_EQ(url("a\\b c"), "https://eu-1.example.com/things/a%5Cb%20c/");
  EXPECT_EQ(url("\u00e9\n"), "https://eu-1.example.com/things/%C3%A9%0A/");
  EXPECT_EQ(url("..."), "https://eu-1.example.com/things/.../");
  EXPECT_EQ(url("-._~"), "https://eu-1.example.com/things/-._~/");
  EXPECT_EQ(url("."), "error path-segment #/id");
  EXPECT_EQ(url(".."), "error path-segment #/id");
  EXPECT_EQ(url(""), "error path-segment #/id");
}

TEST(Urls, CarryQueryParametersUnderTheirOwnNames) {
  const example_provider provider(closed_object(""));
  const result built =
      provider.make_thing().build({{{"region", "eu-1"}, {"id", "a"}, {"dry run", "a b&c=\u00e9"}}, {}});
  ASSERT_TRUE(built) << summary(built.issues());
  EXPECT_EQ(built->url, "https://eu-1.example.com/things/a/?dry%20run=a%20b%26c%3D%C3%A9");
  const result empty = provider.make_thing().build({{{"region", "eu-1"}, {"id", "a"}, {"dry run", ""}}, {}});
  EXPECT_EQ(empty->url, "https://eu-1.example.com/things/a/?dry%20run=");
}

// A list without a body, with every kind of value that a query can have.
constexpr std::string_view listing = R"({"openapi":"3.1.0","info":{"title":"Example","version":"2026-01-02"},
  "servers":[{"url":"https://example.com"}],
  "paths":{"/accounts/{account}/things":{
    "parameters":[{"name":"account","in":"path","required":true,"schema":{"type":"string"}}],
    "get":{"operationId":"listThings","parameters":[
      {"name":"on","in":"query","schema":{"type":"boolean"}},
      {"name":"page","in":"query","schema":{"type":"number","minimum":0}},
      {"name":"since","in":"query","schema":{"type":"string","format":"date-time"}},
      {"name":"state[]","in":"query","schema":{"type":"array","items":{"type":"string","enum":["NEW","A,B"]}}},
      {"name":"kind","in":"query","explode":false,"schema":{"type":"array","items":{"type":"string"}}}]}}}})";

TEST(Urls, CarrySwitchesNumbersAndListsInTheQuery) {
  const auto provider = example_provider::of_document(listing);
  const std::vector<std::string_view> states{"NEW", "A,B"};
  const std::vector<std::string_view> kinds{"x", "y,z", "\u00e9"};
  const result built = provider.make_thing().build({{{"account", "a/b"},
                                                     {"on", false},
                                                     {"page", 2.0},
                                                     {"since", "2026-11-21T09:00:00+01:00"},
                                                     {"state[]", states},
                                                     {"kind", kinds}},
                                                    {}});
  ASSERT_TRUE(built) << summary(built.issues());
  EXPECT_EQ(built->method, "GET");
  EXPECT_EQ(built->url,
            "https://example.com/accounts/a%2Fb/things?on=false&page=2&since=2026-11-21T09%3A00%3A00%2B01%3A00"
            "&state%5B%5D=NEW&state%5B%5D=A%2CB&kind=x,y%2Cz,%C3%A9");
  EXPECT_EQ(built->body, "");
  EXPECT_EQ(header_lines(*built), "Accept: application/json\n");
}

TEST(Urls, LeaveOutWhatIsAbsentAndListsOfNothing) {
  const auto provider = example_provider::of_document(listing);
  const std::vector<std::string_view> nothing;
  const result built = provider.make_thing().build({{{"account", "a"},
                                                     {"on", value_of(std::optional<bool>())},
                                                     {"page", value_of(std::optional<double>())},
                                                     {"since", std::string_view()},
                                                     {"state[]", std::span<const std::string_view>()},
                                                     {"kind", nothing}},
                                                    {}});
  ASSERT_TRUE(built) << summary(built.issues());
  EXPECT_EQ(built->url, "https://example.com/accounts/a/things");
}

TEST(Urls, WriteANumberInOneWay) {
  const auto provider = example_provider::of_document(listing);
  for (const auto& [number, text] : {std::pair(0.5, "0.5"), {1e21, "1e%2B21"}, {-0.0, "0"}, {100.0, "100"}}) {
    const result built = provider.make_thing().build({{{"account", "a"}, {"page", number}}, {}});
    ASSERT_TRUE(built) << summary(built.issues());
    EXPECT_EQ(built->url, std::string("https://example.com/accounts/a/things?page=") + text);
  }
}

TEST(Inputs, InTheQueryAreCheckedLikeFields) {
  const auto provider = example_provider::of_document(listing);
  const std::vector<std::string_view> states{"NEW", "OLD"};
  const report found = provider.make_thing().check(
      {{{"account", "a"}, {"on", "true"}, {"page", -1.0}, {"since", "yesterday"}, {"state[]", states}, {"kind", 1.0}},
       {}});
  EXPECT_EQ(summary(found.issues()),
            "error type #/on, error minimum #/page, error format #/since, error unknown-value #/state[]/1, error type "
            "#/kind");
  for (const double none : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    const report refused = provider.make_thing().check({{{"account", "a"}, {"page", none}}, {}});
    EXPECT_EQ(summary(refused.issues()), "error number-range #/page");
  }
}

TEST(Urls, TakeTheDefaultOfAServerVariableWhateverTheOptions) {
  std::string document = document_for(closed_object(""));
  const std::string required = R"(,"x-required":true)";
  document.replace(document.find(required), required.size(), "");
  const example_provider provider = example_provider::of_document(document);
  for (const defaults_mode mode : {defaults_mode::explicit_only, defaults_mode::known, defaults_mode::omit}) {
    const result built = provider.make_thing().build({{{"id", "a"}}, {}}, with_defaults(mode));
    ASSERT_TRUE(built);
    EXPECT_EQ(built->url, "https://eu-1.example.com/things/a/");
  }
}

TEST(Operations, WithoutABodySendNone) {
  const example_provider provider =
      example_provider::of_document(R"({"openapi":"3.1.0","info":{"title":"Example","version":"2026-01-02"},
    "servers":[{"url":"https://example.com/v1"}],"paths":{"/things":{"get":{"operationId":"listThings"}}}})");
  const result built = provider.make_thing().build({});
  ASSERT_TRUE(built) << summary(built.issues());
  EXPECT_EQ(built->method, "GET");
  EXPECT_EQ(built->url, "https://example.com/v1/things");
  EXPECT_EQ(header_lines(*built), "Accept: application/json\n");
  EXPECT_EQ(built->body, "");
  EXPECT_EQ(built->credential.name, "");
  EXPECT_EQ(summary(provider.make_thing().check({{}, "{}"}).issues()), "error unknown-key #/body");
}

TEST(Operations, WithARequiredBodyAskForIt) {
  std::string document = document_for(closed_object(""));
  const std::string_view marker = R"("requestBody":{)";
  document.insert(document.find(marker) + marker.size(), R"("required":true,)");
  const example_provider provider = example_provider::of_document(document);
  EXPECT_EQ(summary(provider.make_thing().check({{{"region", "eu-1"}, {"id", "a"}}, {}}).issues()), "error required #");
  EXPECT_TRUE(provider.make_thing().check({{{"region", "eu-1"}, {"id", "a"}}, "{}"}).ok());
}

TEST(Check, GivesTheEffectiveInput) {
  const example_provider provider(closed_object(R"("layout":{"default":"speaker"})"));
  const report found = provider.make_thing().check({{{"region", "eu-1"}, {"id", "a"}}, {}});
  EXPECT_TRUE(found.ok());
  EXPECT_EQ(found.value(), R"({"body":{"layout":"speaker"},"id":"a","region":"eu-1"})");
}

TEST(Check, ReportsInputsAndBodyTogether) {
  const report found = start_recording.check({.region = "mars", .id = "..", .body = R"({"nothing_like_it":1})"});
  EXPECT_EQ(summary(found.issues()),
            "error unknown-value #/region, error format #/id, error unknown-key #/body/nothing_like_it");
  const report unreadable = start_recording.check({.region = "mars", .id = bot, .body = "{"});
  EXPECT_NE(summary(unreadable.issues()).find("error syntax #/body"), std::string::npos)
      << summary(unreadable.issues());
  EXPECT_FALSE(unreadable.ok());
}

TEST(Check, GivesPathsAndPositionsOfTheBodyText) {
  const report found = start_recording.check({.region = "us-west-2", .id = bot, .body = "{\n \"nothing_like_it\": 1}"});
  ASSERT_EQ(found.issues().size(), 1U);
  EXPECT_EQ(found.issues()[0].path, R"(["body","nothing_like_it"])");
  ASSERT_TRUE(found.issues()[0].position);
  EXPECT_EQ(found.issues()[0].position->line, 2U);
  EXPECT_FALSE(start_recording.check({.region = "mars", .id = bot, .body = "{}"}).issues()[0].position);
}

TEST(CheckBody, HasPointersThatBeginAtTheBody) {
  const report found = start_recording.check_body(R"({"video_separate_mp4":{}})");
  EXPECT_EQ(summary(found.issues()), "error recall/separate-video-layout #/video_mixed_layout");
  EXPECT_EQ(found.issues()[0].path, R"(["video_mixed_layout"])");
  EXPECT_EQ(found.issues()[0].fix[0].path, "/video_mixed_layout");
  EXPECT_TRUE(start_recording.check_body("{}").ok());
  EXPECT_FALSE(start_recording.check_body("").ok());
  EXPECT_FALSE(start_recording.check_body({}).ok());
}

TEST(Reports, AsJsonHaveTheirMembersInOneOrder) {
  const report found = start_recording.check_body("{\"real_time_endpoint\":[]}");
  const auto parsed = nlohmann::ordered_json::parse(json_text(found.issues(), found.truncated()));
  ASSERT_EQ(parsed["issues"].size(), 1U);
  EXPECT_EQ(parsed["truncated"], false);
  EXPECT_EQ(parsed["issues"][0].begin().key(), "code");
}

TEST(Results, OutliveWhatTheyWereMadeFrom) {
  std::optional<result> built;
  std::optional<report> checked;
  {
    std::string region = "us-west-2";
    std::string id(bot);
    std::string key = "a-key-that-is-too-long-for-the-small-string-optimisation";
    std::string body = R"({"metadata":{"name":"a text that is long enough to be on the heap"}})";
    std::string wrong =
        R"({"metadata":{"name":{"deep":"also on the heap, as long texts are"}},"unknown_field_of_this_test":1})";
    built.emplace(start_recording.build({.region = region, .id = id, .idempotency_key = key, .body = body}));
    checked.emplace(start_recording.check_body(wrong));
    for (std::string* text : {&region, &id, &key, &body, &wrong}) std::fill(text->begin(), text->end(), '#');
  }
  ASSERT_TRUE(*built);
  EXPECT_EQ((*built)->url, "https://us-west-2.recall.ai/api/v1/bot/" + std::string(bot) + "/start_recording/");
  EXPECT_NE(header_lines(**built).find("a-key-that-is-too-long"), std::string::npos);
  EXPECT_NE((*built)->body.find("long enough to be on the heap"), std::string_view::npos);
  EXPECT_NE(json_text(checked->issues(), false).find("unknown_field_of_this_test"), std::string::npos);
  EXPECT_NE(checked->value().find("also on the heap"), std::string_view::npos);
}

TEST(Results, OutliveOtherCalls) {
  const auto first = start_recording.build({.region = "us-west-2", .id = bot, .body = R"({"metadata":{"a":"first"}})"});
  const auto second =
      start_recording.build({.region = "us-east-1", .id = bot, .body = R"({"metadata":{"a":"second"}})"});
  ASSERT_TRUE(first && second);
  EXPECT_NE(first->body.find("first"), std::string_view::npos);
  EXPECT_NE(second->body.find("second"), std::string_view::npos);
}

TEST(Results, CanBeMoved) {
  auto built = start_recording.build({.region = "us-west-2", .id = bot});
  const std::string url(built->url);
  const auto moved = std::move(built);
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->url, url);
  EXPECT_FALSE(built);  // NOLINT(bugprone-use-after-move): what is left has to be harmless
  EXPECT_TRUE(built.issues().empty());
  std::vector<report> reports;
  for (int i = 0; i < 10; ++i)
    reports.push_back(start_recording.check_body("{\"unlisted" + std::to_string(i) + "\":1}"));
  for (std::size_t i = 0; i < reports.size(); ++i)
    EXPECT_EQ(summary(reports[i].issues()), "error unknown-key #/unlisted" + std::to_string(i));
  reports[0] = std::move(reports[1]);
  EXPECT_EQ(summary(reports[0].issues()), "error unknown-key #/unlisted1");
}

TEST(Operations, MayBeUsedFromManyThreadsAtOnce) {
  constexpr int calls = 200;
  const auto expected = [](int thread) {
    const std::string body = R"({"metadata":{"thread":")" + std::to_string(thread) + R"("}})";
    const auto built = start_recording.build({.region = "us-west-2", .id = bot, .body = body});
    return built ? std::string(built->body) : std::string();
  };
  std::vector<int> same(4, 0);
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] {
      const std::string first = expected(thread);
      for (int call = 0; call < calls; ++call) {
        const report refused =
            start_recording.check_body("{\"unlisted\":" + std::string(static_cast<std::size_t>(call), ' ') + "1}");
        same[static_cast<std::size_t>(thread)] +=
            !first.empty() && expected(thread) == first && refused.issues().size() == 1 ? 1 : 0;
      }
    });
  }
  for (std::thread& each : threads) each.join();
  EXPECT_EQ(same, std::vector<int>(4, calls));
}

TEST(Memory, ThatDoesNotSufficeIsSaidAndTheNextCallWorks) {
  const example_provider provider(
      closed_object(R"("v":{"type":"object","additionalProperties":{"type":"object","additionalProperties":false}})"));
  // Every issue repeats a place whose name is nearly as long as the text.
  std::string body = "{\"v\":{\"" + std::string(900'000, 'k') + "\":{\"a0\":1";
  for (int i = 1; i < 100; ++i) body += ",\"a" + std::to_string(i) + "\":1";
  body += "}}}";
  const report found = provider.check(body);
  EXPECT_FALSE(found.ok());
  EXPECT_TRUE(found.memory_exhausted());
  const result built = provider.make_thing().build({{{"region", "eu-1"}, {"id", "a"}}, body});
  EXPECT_FALSE(built);
  EXPECT_TRUE(built.memory_exhausted());
  EXPECT_TRUE(provider.check("{}").ok());
}

TEST(Memory, SufficesForTheLargestBodyThatTheLimitsAllow) {
  const example_provider provider(R"({"type":"object"})");
  options how;
  std::string body = "{\"a\":[";
  while (body.size() + 20 < how.limits.bytes) body += "\"\\u00e9\\n\",";
  body += "0]}";
  const result built = provider.make_thing().build({{{"region", "eu-1"}, {"id", "a"}}, body}, how);
  EXPECT_FALSE(built.memory_exhausted());
  EXPECT_TRUE(built || !built.issues().empty());
  how.limits.values = 1'000'000;
  EXPECT_TRUE(provider.make_thing().build({{{"region", "eu-1"}, {"id", "a"}}, body}, how));
}

TEST(Limits, AsSmallAsTheyGoAreIssuesAndNoCrash) {
  options how;
  how.limits = {0, 0, 0, 1};
  const report found = start_recording.check({.region = "us-west-2", .id = bot, .body = "{}"}, how);
  EXPECT_FALSE(found.ok());
  EXPECT_EQ(summary(found.issues()), "error too-large #/body");
  EXPECT_FALSE(found.memory_exhausted());
}

TEST(Limits, AsLargeAsTheyGoDoNoHarm) {
  options how;
  how.limits = {UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX};
  EXPECT_TRUE(start_recording.build({.region = "us-west-2", .id = bot, .body = "{}"}, how));
  EXPECT_EQ(summary(start_recording.check_body(std::string(100'000, '['), how).issues()).substr(0, 14),
            "error too-deep");
}

}  // namespace
}  // namespace recreq
