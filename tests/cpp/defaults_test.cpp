// Defaults: which are written into a body, where, and that doing it twice changes nothing.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "example_provider.hpp"

namespace recreq {
namespace {

using testing::closed_object;
using testing::example_provider;
using testing::with_defaults;

TEST(Defaults, AreWrittenWhereAKeyIsAbsent) {
  const example_provider provider(
      closed_object(R"("layout":{"type":"string","default":"speaker"},"hours":{"type":"integer","default":60.0},
    "name":{"type":"string"},"list":{"type":"array","default":[1,{"b":1,"a":2}]})"));
  EXPECT_EQ(provider.value("{}"), R"({"hours":60,"layout":"speaker","list":[1,{"a":2,"b":1}]})");
  EXPECT_EQ(provider.value(R"({"layout":"gallery","name":"x","hours":1,"list":[]})"),
            R"({"hours":1,"layout":"gallery","list":[],"name":"x"})");
}

TEST(Defaults, DoNotReplaceNull) {
  const example_provider provider(closed_object(R"("layout":{"type":["string","null"],"default":"speaker"})"));
  EXPECT_EQ(provider.value(R"({"layout":null})"), R"({"layout":null})");
}

TEST(Defaults, OfEveryKindAreCanonical) {
  const example_provider provider(closed_object(
      R"("a":{"default":null},"b":{"default":false},"c":{"default":"\"\u0001\u00e9"},"d":{"default":1e21},"e":{"default":{}},"f":{"default":[]})"));
  EXPECT_EQ(provider.value("{}"), "{\"a\":null,\"b\":false,\"c\":\"\\\"\\u0001\u00e9\",\"d\":1e+21,\"e\":{},\"f\":[]}");
}

TEST(Defaults, AreOnlyFilledIntoObjectsThatAreSent) {
  const example_provider provider(closed_object(
      R"("outer":{"type":"object","additionalProperties":false,"properties":{"inner":{"type":"integer","default":1}}})"));
  EXPECT_EQ(provider.value("{}"), "{}");
  EXPECT_EQ(provider.value(R"({"outer":{}})"), R"({"outer":{"inner":1}})");
}

TEST(Defaults, GoFromParentToChild) {
  const example_provider provider(
      closed_object(R"("outer":{"type":"object","additionalProperties":false,"default":{"written":true},
    "properties":{"written":{"type":"boolean"},"inner":{"type":"object","default":{},"properties":{"deep":{"type":"integer","default":3}}}}})"));
  EXPECT_EQ(provider.value("{}"), R"({"outer":{"inner":{"deep":3},"written":true}})");
  EXPECT_EQ(provider.value(R"({"outer":{"inner":{}}})"), R"({"outer":{"inner":{"deep":3}}})");
}

TEST(Defaults, ReachElementsAndMembersOfMaps) {
  const example_provider provider(closed_object(
      R"("list":{"type":"array","items":{"type":"object","properties":{"a":{"default":1}}}},"map":{"type":"object","additionalProperties":{"type":"object","properties":{"b":{"default":2}}}})"));
  EXPECT_EQ(provider.value(R"({"list":[{},{"a":0}],"map":{"x":{},"y":{"b":0}}})"),
            R"({"list":[{"a":1},{"a":0}],"map":{"x":{"b":2},"y":{"b":0}}})");
}

TEST(Defaults, AreIdempotent) {
  const example_provider provider(closed_object(
      R"("z":{"type":"object","default":{},"properties":{"y":{"default":{"k":[1.50]}},"x":{"default":"a"}}},
    "a":{"type":["integer","null"],"default":7},"m":{"type":"string"})"));
  for (const std::string_view body : {"{}", R"({"z":{"x":"b"}})", R"({"m":"text","a":null})"}) {
    const std::string once = provider.value(body);
    EXPECT_EQ(provider.value(once), once);
  }
}

TEST(Defaults, FollowTheBranchThatWasChosen) {
  const example_provider provider(closed_object(R"("retention":{"oneOf":[
    {"type":"object","required":["type"],"properties":{"type":{"const":"timed"},"hours":{"type":"integer","default":24}}},
    {"type":"object","required":["type"],"properties":{"type":{"const":"forever"}}}]},
   "format":{"anyOf":[{"type":"null"},{"type":"object","properties":{"codec":{"type":"string","default":"h264"}}}]})"));
  EXPECT_EQ(provider.value(R"({"retention":{"type":"timed"}})"), R"({"retention":{"hours":24,"type":"timed"}})");
  EXPECT_EQ(provider.value(R"({"retention":{"type":"forever"}})"), R"({"retention":{"type":"forever"}})");
  EXPECT_EQ(provider.value(R"({"format":null})"), R"({"format":null})");
  EXPECT_EQ(provider.value(R"({"format":{}})"), R"({"format":{"codec":"h264"}})");
}

TEST(Defaults, FollowReferencesAndConditions) {
  const example_provider provider(
      closed_object(
          R"("a":{"$ref":"#/components/schemas/WithDefault"},"b":{"type":"object","if":{"required":["x"]},"then":{"properties":{"y":{"default":1}}}})"),
      R"("WithDefault":{"type":"string","default":"d"})");
  EXPECT_EQ(provider.value(R"({"b":{}})"), R"({"a":"d","b":{}})");
  EXPECT_EQ(provider.value(R"({"b":{"x":0}})"), R"({"a":"d","b":{"x":0,"y":1}})");
}

TEST(Defaults, OfCombinedSchemasAreWrittenInCanonicalOrder) {
  const example_provider provider(
      R"({"type":"object","properties":{"m":{"type":"integer"},"z":{"type":"integer"}},"allOf":[{"properties":{"a":{"default":1}}}]})");
  EXPECT_EQ(provider.value(R"({"z":1,"m":2})"), R"({"a":1,"m":2,"z":1})");
}

TEST(Defaults, StandInCanonicalOrderBesideUnlistedKeys) {
  const example_provider provider(R"({"type":"object","properties":{"a":{"default":1},"m":{"type":"integer"}}})");
  EXPECT_EQ(provider.value(R"({"z":1,"m":2,"b":3})"), R"({"a":1,"b":3,"m":2,"z":1})");
}

TEST(Defaults, DoNotMakeAPropertyMissing) {
  const example_provider provider(closed_object(R"("a":{"type":"integer","default":1})", R"("required":["a"])"));
  EXPECT_EQ(provider.issues("{}"), "");
  EXPECT_EQ(provider.issues("{}", with_defaults(defaults_mode::omit)), "error required #");
}

TEST(Defaults, CountAsMembers) {
  const example_provider provider(
      closed_object(R"("a":{"type":"integer","default":1},"b":{"type":"integer"})", R"("minProperties":1)"));
  EXPECT_EQ(provider.issues("{}"), "");
}

TEST(Defaults, AreNotFilledBelowPassThroughOptions) {
  const example_provider provider(closed_object(R"("options":{"type":"object","x-pass-through":true,"properties":{
    "language":{"type":"string","default":"en"},"more":{"type":"object","properties":{"a":{"type":"integer","default":1,"x-known-default":2}}}}},
    "after":{"type":"object","properties":{"b":{"default":1}}})"));
  const std::string_view body = R"({"options":{"more":{},"language_detection":true},"after":{}})";
  EXPECT_EQ(provider.value(body), R"({"after":{"b":1},"options":{"language_detection":true,"more":{}}})");
  EXPECT_EQ(provider.value(body, with_defaults(defaults_mode::known)),
            R"({"after":{"b":1},"options":{"language_detection":true,"more":{}}})");
}

TEST(KnownDefaults, AreWrittenOnlyWhenAskedFor) {
  const example_provider provider(closed_object(
      R"("certain":{"type":"integer","default":1},"known":{"type":"integer","x-known-default":2},"both":{"type":"integer","default":3,"x-known-default":4})"));
  EXPECT_EQ(provider.value("{}"), R"({"both":3,"certain":1})");
  EXPECT_EQ(provider.value("{}", with_defaults(defaults_mode::known)), R"({"both":3,"certain":1,"known":2})");
  EXPECT_EQ(provider.value("{}", with_defaults(defaults_mode::omit)), "{}");
}

TEST(OmittedDefaults, LeaveWhatWasWritten) {
  const example_provider provider(
      closed_object(R"("a":{"type":"integer","default":1},"b":{"type":"object","properties":{"c":{"default":1}}})"));
  EXPECT_EQ(provider.value(R"({"b":{}})", with_defaults(defaults_mode::omit)), R"({"b":{}})");
}

TEST(Defaults, AreNotFilledWhileAlternativesAreTried) {
  const example_provider provider(
      closed_object(R"("v":{"anyOf":[{"type":"object","required":["a"],"properties":{"a":{"type":"integer"}}},
      {"type":"object","required":["b"],"properties":{"b":{"type":"integer"}}}]})"));
  EXPECT_EQ(provider.value(R"({"v":{"b":1}})"), R"({"v":{"b":1}})");
}

}  // namespace
}  // namespace recreq
