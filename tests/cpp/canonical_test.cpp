// RFC 8785: how values are written, whatever way they came in.
#include "json/canonical.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "json/reading.hpp"

namespace recreq {
namespace {

std::string canonical(std::string_view text) {
  arena memory{std::size_t{16} << 20U};
  json_reader reader;
  std::string padded(text);
  padded.append(text_padding, '\0');
  const read_result read = reader.read(std::string_view(padded).substr(0, text.size()), limits{}, memory);
  if (read.root == nullptr) return "unreadable: " + std::string(code_name(read.failure.code));
  text_builder out(memory);
  write_canonical(out, *read.root);
  return std::string(out.view());
}

TEST(Canonical, WritesTheSampleOfRfc8785) {
  EXPECT_EQ(canonical(R"({
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  })"),
            "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
            "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
}

TEST(Canonical, SortsTheKeysOfRfc8785) {
  EXPECT_EQ(
      canonical(R"({"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
                          "\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control",
                          "\u00f6":"Latin Small Letter O With Diaeresis"})"),
      "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
      "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
      "\"\U0001F600\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
}

TEST(Canonical, OrdersKeysByUtf16CodeUnits) {
  // As UTF-16 sees them: a surrogate pair stands between U+D7FF and U+E000.
  const std::vector<std::string_view> ordered{"",           "\x01",   "0",      "10",     "2",          "A",
                                              "a",          "aa",     "ab",     "b",      "~",          "\x7F",
                                              "\u0080",     "\u07FF", "\u0800", "\uD7FF", "\U00010000", "\U0001F600",
                                              "\U0010FFFF", "\uE000", "\uEFFF", "\uF000", "\uFFFF"};
  for (std::size_t a = 0; a < ordered.size(); ++a) {
    for (std::size_t b = 0; b < ordered.size(); ++b) {
      EXPECT_EQ(canonical_less(ordered[a], ordered[b]), a < b) << a << " and " << b;
    }
  }
}

TEST(Canonical, SortsAtEveryLevelAndKeepsTheOrderOfElements) {
  EXPECT_EQ(canonical(R"({"b":[{"d":1,"c":2},3,"a"],"a":{"y":{},"x":[]}})"),
            R"({"a":{"x":[],"y":{}},"b":[{"c":2,"d":1},3,"a"]})");
}

TEST(Canonical, SortsManyKeys) {
  std::string backwards = "{";
  std::string forwards = "{";
  for (int i = 0; i < 1000; ++i) {
    backwards += (i == 0 ? "\"" : ",\"") + std::to_string(1999 - i) + "\":" + std::to_string(i);
    forwards += (i == 0 ? "\"" : ",\"") + std::to_string(1000 + i) + "\":" + std::to_string(999 - i);
  }
  EXPECT_EQ(canonical(backwards + "}"), forwards + "}");
}

TEST(Canonical, EscapesOnlyWhatItHasTo) {
  EXPECT_EQ(canonical(R"("\b\f\n\r\t\"\\\/\u0000\u001f\u007f\u2028")"),
            "\"\\b\\f\\n\\r\\t\\\"\\\\/\\u0000\\u001f\x7F\u2028\"");
  EXPECT_EQ(canonical(R"({"\u006b\n\"":1})"), R"({"k\n\"":1})");
  EXPECT_EQ(canonical("\"\u00e9\U0001F600\""), canonical(R"("\u00e9\ud83d\ude00")"));
}

TEST(Canonical, WritesEachNumberInOneWay) {
  EXPECT_EQ(canonical("[60, 60.0, 6e1, 0.6E+2]"), "[60,60,60,60]");
  EXPECT_EQ(canonical("[-0, 0, -0.0, 0e7]"), "[0,0,0,0]");
  EXPECT_EQ(canonical("[9007199254740992, 1e21, 1e-7, 0.1]"), "[9007199254740992,1e+21,1e-7,0.1]");
}

TEST(Canonical, KeepsNothingOfTheLayout) {
  EXPECT_EQ(canonical(" \t\r\n[ 1 ,\n { \"a\" :\ttrue } ] \n"), R"([1,{"a":true}])");
}

TEST(Canonical, IsItsOwnCanonicalForm) {
  const std::string once = canonical(R"({"z":[1.50,{"\u00e9":"\u0007"}],"a":null,"m":-0.0})");
  EXPECT_EQ(canonical(once), once);
}

}  // namespace
}  // namespace recreq
