// Texts become nodes, or one failure with its place; and whatever was read before, the next text is read as if it were
// the first.
#include "json/reading.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "json/canonical.hpp"
#include "json/syntax_error.hpp"

namespace recreq {
namespace {

using namespace std::string_literals;

class Reading : public ::testing::Test {  // NOLINT(readability-identifier-naming): its tests' suite
 protected:
  read_result read(std::string_view text, const limits& most = {}) {
    memory_.clear();
    // The end of the buffer is where the reader may look, and no byte further.
    texts_.push_back(std::make_unique<char[]>(text.size() + text_padding));
    text.copy(texts_.back().get(), text.size());
    return reader_.read({texts_.back().get(), text.size()}, most, memory_);
  }

  // The canonical value, or the failure: `syntax 3 #/a`.
  std::string outcome(std::string_view text, const limits& most = {}) {
    const read_result result = read(text, most);
    if (result.root == nullptr) {
      if (memory_.exhausted()) return "memory exhausted";
      return std::string(code_name(result.failure.code)) + " " + std::to_string(result.failure.offset) + " #" +
             std::string(result.failure.pointer);
    }
    text_builder out(memory_);
    write_canonical(out, *result.root);
    return std::string(out.view());
  }

  // Code and offset alone.
  std::string failure(std::string_view text) {
    const std::string full = outcome(text);
    return full.substr(0, full.find(" #"));
  }

  std::string detail(std::string_view text, const limits& most = {}) {
    return std::string(read(text, most).failure.detail);
  }

  arena memory_{std::size_t{64} << 20U};
  json_reader reader_;
  std::vector<std::unique_ptr<char[]>> texts_;
};

TEST_F(Reading, TakesEveryKindOfValue) {
  EXPECT_EQ(outcome(R"({"a":null,"b":[true,false],"c":"text","d":-1.5e3,"e":{},"f":[]})"),
            R"({"a":null,"b":[true,false],"c":"text","d":-1500,"e":{},"f":[]})");
}

TEST_F(Reading, TakesScalarsAtTheRoot) {
  for (const std::string_view text : {"null", "true", "false", "0", "12", "\"\"", "\"a\"", "{}", "[]"}) {
    EXPECT_EQ(outcome(text), text);
    EXPECT_EQ(outcome(" \n\t\r" + std::string(text) + "\r\n "), text);
  }
}

TEST_F(Reading, CountsAndLinksChildren) {
  const read_result result = read(R"([1,[2,3],{"a":4,"b":5,"c":6}])");
  ASSERT_NE(result.root, nullptr);
  EXPECT_EQ(result.root->count, 3U);
  EXPECT_EQ(result.root->first->next->count, 2U);
  EXPECT_EQ(result.root->last->count, 3U);
  EXPECT_EQ(result.root->last->last->key, "c");
  EXPECT_EQ(result.root->last->last->next, nullptr);
}

TEST_F(Reading, RemembersWhereValuesAndKeysBegin) {
  const read_result result = read("{ \"a\" : [ 10,\n\"x\" ] }");
  ASSERT_NE(result.root, nullptr);
  EXPECT_EQ(result.root->offset, 0U);
  const node& list = *result.root->first;
  EXPECT_EQ(list.key_offset, 2U);
  EXPECT_EQ(list.offset, 8U);
  EXPECT_EQ(list.first->offset, 10U);
  EXPECT_EQ(list.last->offset, 14U);
}

TEST_F(Reading, KeepsTheTextOfNumbers) {
  const read_result result = read("[1.50, -0, 1E2]");
  ASSERT_NE(result.root, nullptr);
  EXPECT_EQ(result.root->first->text, "1.50");
  EXPECT_EQ(result.root->first->next->text, "-0");
  EXPECT_EQ(result.root->last->text, "1E2");
}

TEST_F(Reading, DecodesEscapes) {
  const read_result result = read(R"(["\"\\\/\b\f\n\r\t\u0041\u00e9\u20ac\ud83d\ude00\u0000","plain \u00e9"])");
  ASSERT_NE(result.root, nullptr);
  EXPECT_EQ(result.root->first->text, "\"\\/\b\f\n\r\tA\u00e9\u20ac\U0001F600\0"s);
  const read_result upper = read(R"("\u00E9\uD83D\uDE00")");
  ASSERT_NE(upper.root, nullptr);
  EXPECT_EQ(upper.root->text, "\u00e9\U0001F600");
}

TEST_F(Reading, DecodesKeys) {
  const read_result result = read(R"({"\u0061\n\"":1})");
  ASSERT_NE(result.root, nullptr);
  EXPECT_EQ(result.root->first->key, "a\n\"");
}

TEST_F(Reading, TakesAllOfUnicode) {
  for (const std::string_view text :
       {"\u0080", "\u07ff", "\u0800", "\ud7ff", "\ue000", "\uffff", "\U00010000", "\U0010ffff", "\x7f"}) {
    const std::string quoted = "\"" + std::string(text) + "\"";
    EXPECT_EQ(outcome(quoted), quoted);
  }
}

struct refused_text {
  std::string_view text;
  std::string_view failure;
};

TEST_F(Reading, RefusesWhatIsNotJsonAtThePlaceWhereItStopsBeingJson) {
  const std::vector<refused_text> texts{
      // structure
      {"", "syntax 0"},
      {"  ", "syntax 2"},
      {"[", "syntax 1"},
      {"{", "syntax 1"},
      {"]", "syntax 0"},
      {"}", "syntax 0"},
      {"[}", "syntax 1"},
      {"{]", "syntax 1"},
      {"[1}", "syntax 2"},
      {"{\"a\":1]", "syntax 6"},
      {"[1", "syntax 2"},
      {"{\"a\":1", "syntax 6"},
      {"{\"a\":", "syntax 5"},
      {"{\"a\"", "syntax 4"},
      {"{\"a\":1,", "syntax 7"},
      {"[1,]", "syntax 3"},
      {"{\"a\":1,}", "syntax 7"},
      {"[,1]", "syntax 1"},
      {"[1,,2]", "syntax 3"},
      {"[,]", "syntax 1"},
      {"{,}", "syntax 1"},
      {"[1 2]", "syntax 3"},
      {"{\"a\":1 \"b\":2}", "syntax 7"},
      {"{\"a\" 1}", "syntax 5"},
      {"{\"a\"}", "syntax 4"},
      {"{\"a\":}", "syntax 5"},
      {"{\"a\"::1}", "syntax 5"},
      {"{\"a\":1:2}", "syntax 6"},
      {"[\"a\":1]", "syntax 4"},
      {"{1:2}", "syntax 1"},
      {"{a:1}", "syntax 1"},
      {"{'a':1}", "syntax 1"},
      {"{[]:1}", "syntax 1"},
      // behind the value
      {"1 2", "syntax 2"},
      {"{}{}", "syntax 2"},
      {"[1]]", "syntax 3"},
      {"{\"a\":1}}", "syntax 7"},
      {"[1],", "syntax 3"},
      {"[1]x", "syntax 3"},
      {"\"a\"b", "syntax 3"},
      {"\"a\"\"b\"", "syntax 3"},
      {"true false", "syntax 5"},
      // numbers
      {"01", "syntax 1"},
      {"-01", "syntax 2"},
      {"[00]", "syntax 2"},
      {"1.", "syntax 0"},
      {".5", "syntax 0"},
      {"+1", "syntax 0"},
      {"-", "syntax 0"},
      {"--1", "syntax 0"},
      {"1e", "syntax 0"},
      {"[1e+]", "syntax 1"},
      {"0x1", "syntax 1"},
      {"1_000", "syntax 1"},
      {"1.5.2", "syntax 3"},
      {"1\"a\"", "syntax 1"},
      {"NaN", "syntax 0"},
      {"Infinity", "syntax 0"},
      {"-Infinity", "syntax 0"},
      // literals
      {"nul", "syntax 0"},
      {"nulll", "syntax 4"},
      {"nu ll", "syntax 0"},
      {"[tru]", "syntax 1"},
      {"True", "syntax 0"},
      {"falsey", "syntax 5"},
      {"true\"a\"", "syntax 4"},
      {"undefined", "syntax 0"},
      {"abc", "syntax 0"},
      // strings
      {"\"abc", "syntax 0"},
      {"[\"abc", "syntax 1"},
      {"\"", "syntax 0"},
      {"\"\\\"", "syntax 0"},
      {"'a'", "syntax 0"},
      {"\"\\x\"", "syntax 1"},
      {"\"ab\\'\"", "syntax 3"},
      {"\"\\U0041\"", "syntax 1"},
      {"\"\\u12\"", "syntax 1"},
      {"\"\\u12G4\"", "syntax 1"},
      {"\"\\u +1\"", "syntax 1"},
      {"\"a\nb\"", "syntax 2"},
      {"\"\t\"", "syntax 1"},
      {"\"\x1f\"", "syntax 1"},
      {{"\"\0\"", 3}, "syntax 1"},
      // what only some readers allow
      {"// a\n1", "syntax 0"},
      {"[1]// a", "syntax 3"},
      {"[/* a */1]", "syntax 1"},
      {"# a", "syntax 0"},
      {"[1\f]", "syntax 2"},
      {"[\v1]", "syntax 1"},
      {"[\u00a0"
       "1]",
       "syntax 1"},
      {"[\u20281]", "syntax 1"},
      {{"\0", 1}, "syntax 0"},
      {{"[1\0]", 4}, "syntax 2"},
      {{"1\0", 2}, "syntax 1"},
      {{"{}\0", 3}, "syntax 2"},
      {{"[1] \0", 5}, "syntax 4"},
  };
  for (const refused_text& each : texts) {
    EXPECT_EQ(failure(each.text), each.failure) << each.text;
    EXPECT_EQ(outcome(R"({"a":[1]})"), R"({"a":[1]})") << "after " << each.text;
  }
}

TEST_F(Reading, SaysInWordsWhatIsWrong) {
  for (const std::string_view text :
       {"", "[", "{", "[1,]", "{\"a\":1,}", "{a:1}", "{'a':1}", "01", "\"a", "\"\\x\"", "//", "1 2"}) {
    EXPECT_FALSE(detail(text).empty()) << text;
  }
}

TEST_F(Reading, NamesTheValueInWhichTheTextBreaks) {
  EXPECT_EQ(outcome("nul"), "syntax 0 #");
  EXPECT_EQ(outcome("[1,[2,nul]]"), "syntax 6 #/1/1");
  EXPECT_EQ(outcome(R"({"a":{"b":[true,{"c":nul}]}})"), "syntax 21 #/a/b/1/c");
  EXPECT_EQ(outcome(R"({"a/b":{"m~n":01}})"), "syntax 15 #/a~1b/m~0n");
  EXPECT_EQ(outcome(R"([1,])"), "syntax 3 #/1");
}

TEST_F(Reading, NamesAValueUnderAnEmptyKey) { EXPECT_EQ(outcome(R"({"":{"a":nul}})"), "syntax 9 #//a"); }

TEST_F(Reading, NamesAValueUnderAnEscapedKey) {
  EXPECT_EQ(outcome(R"({"\u0061\"":[nul]})"), "syntax 13 #/a\"/0");
  EXPECT_EQ(outcome(R"({"\u002f":"\x"})"), "syntax 11 #/~1");
}

TEST_F(Reading, RefusesWhatIsNotUtf8) {
  const std::vector<refused_text> texts{
      {"\"\xff\"", "encoding 1"},
      {"\"\x80\"", "encoding 1"},
      {"\"ab\xc3\"", "encoding 3"},
      {"\"\xe2\x82\"", "encoding 1"},
      {"\"\xf0\x9f\x98\"", "encoding 1"},
      {"\"\xc0\x80\"", "encoding 1"},
      {"\"\xc1\xbf\"", "encoding 1"},
      {"\"\xe0\x80\x80\"", "encoding 1"},
      {"\"\xe0\x9f\xbf\"", "encoding 1"},
      {"\"\xf0\x80\x80\x80\"", "encoding 1"},
      {"\"\xf0\x8f\xbf\xbf\"", "encoding 1"},
      {"\"\xf4\x90\x80\x80\"", "encoding 1"},
      {"\"\xf5\x80\x80\x80\"", "encoding 1"},
      {"\"\xf8\x88\x80\x80\x80\"", "encoding 1"},
      {"\"\xfe\"", "encoding 1"},
      {"\"\u00e9\xff\"", "encoding 3"},
      {"{\"\xff\":1}", "encoding 2"},
      {"[\xff]", "encoding 1"},
      {"\xff\xfe[\x01]", "encoding 0"},
  };
  for (const refused_text& each : texts) {
    EXPECT_EQ(failure(each.text), each.failure) << each.text;
    EXPECT_EQ(outcome("[1]"), "[1]");
  }
}

TEST_F(Reading, RefusesHalvesOfSurrogatePairs) {
  const std::vector<refused_text> texts{
      {R"("\ud800")", "lone-surrogate 1"},
      {R"("\udc00")", "lone-surrogate 1"},
      {R"("ab\udfff")", "lone-surrogate 3"},
      {R"("\ud83dx")", "lone-surrogate 1"},
      {R"("\ud83d\n")", "lone-surrogate 1"},
      {R"("\ud83d\u0041")", "lone-surrogate 1"},
      {R"("\ud83d\ud83d\ude00")", "lone-surrogate 1"},
      {R"("\ude00\ud83d")", "lone-surrogate 1"},
      {R"({"\ud800":1})", "lone-surrogate 2"},
      {"\"\xed\xa0\x80\"", "lone-surrogate 1"},
      // CESU-8: a pair, each half encoded by itself.
      {"\"\xed\xa0\xbd\xed\xb8\x80\"", "lone-surrogate 1"},
  };
  for (const refused_text& each : texts) {
    EXPECT_EQ(failure(each.text), each.failure) << each.text;
    EXPECT_EQ(outcome("[1]"), "[1]");
  }
}

TEST_F(Reading, RefusesAByteOrderMark) {
  EXPECT_EQ(outcome("\xef\xbb\xbf{}"), "byte-order-mark 0 #");
  EXPECT_EQ(outcome("\xef\xbb\xbf"), "byte-order-mark 0 #");
  EXPECT_EQ(failure("[\xef\xbb\xbf"
                    "1]"),
            "syntax 1");
  EXPECT_EQ(outcome("\"\xef\xbb\xbf\""), "\"\xef\xbb\xbf\"");
}

TEST_F(Reading, RefusesAKeyThatStandsTwice) {
  EXPECT_EQ(outcome(R"({"a":1,"b":2,"a":3})"), "duplicate-key 13 #/a");
  EXPECT_EQ(outcome(R"({"a":1,"\u0061":2})"), "duplicate-key 7 #/a");
  EXPECT_EQ(outcome(R"([{"x":{"a/b":1,"a/b":1}}])"), "duplicate-key 15 #/0/x/a~1b");
  EXPECT_EQ(outcome(R"({"":1,"":2})"), "duplicate-key 6 #/");
  EXPECT_EQ(detail(R"({"a":1,"a":1})"), "a");
  EXPECT_EQ(outcome(R"({"a":{"a":{"a":1}},"b":{"a":1}})"), R"({"a":{"a":{"a":1}},"b":{"a":1}})");
}

// An object with the keys k0 … , of which the last but one repeats an earlier one.
std::string many_keys(int count, int repeated) {
  std::string text = "{";
  for (int i = 0; i < count; ++i) {
    if (i + 2 == count && repeated >= 0) text += "\"k" + std::to_string(repeated) + "\":0,";
    text += "\"k" + std::to_string(i) + "\":{\"inner\":1}" + (i + 1 == count ? "}" : ",");
  }
  return text;
}

TEST_F(Reading, FindsARepeatedKeyAmongMany) {
  for (const int count : {16, 17, 18, 20, 100, 10'000}) {
    const std::string unique = many_keys(count, -1);
    ASSERT_NE(read(unique).root, nullptr) << count;
    const std::string text = many_keys(count, 3);
    const std::string expected = "duplicate-key " + std::to_string(text.rfind("\"k3\"")) + " #/k3";
    EXPECT_EQ(outcome(text), expected) << count;
    EXPECT_EQ(outcome("[" + text + "]"), "duplicate-key " + std::to_string(text.rfind("\"k3\"") + 1) + " #/0/k3")
        << count;
  }
}

TEST_F(Reading, NamesTheFirstOfSeveralRepeatedKeys) {
  std::string text = many_keys(30, -1);
  text.pop_back();
  text += ",\"k7\":1,\"k2\":1}";
  EXPECT_EQ(detail(text), "k7");
}

TEST_F(Reading, RefusesNumbersThatLoseTheirValue) {
  EXPECT_EQ(outcome(R"({"hours":9007199254740993})"), "number-range 9 #/hours");
  EXPECT_EQ(detail("9007199254740993"), "inexact");
  EXPECT_EQ(outcome("[1, 1e400]"), "number-range 4 #/1");
  EXPECT_EQ(detail("1e400"), "overflow");
  EXPECT_EQ(detail("-1e400"), "overflow");
  EXPECT_EQ(detail("1e-400"), "underflow");
  EXPECT_EQ(outcome("[-0]"), "[0]");
}

std::string nested(std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); }

TEST_F(Reading, StopsAtTheDepthItWasGiven) {
  EXPECT_EQ(outcome(nested(64)), nested(64));
  EXPECT_EQ(failure(nested(65)), "too-deep 64");
  limits shallow;
  shallow.depth = 2;
  EXPECT_EQ(outcome(R"({"a":[1]})", shallow), R"({"a":[1]})");
  EXPECT_EQ(outcome(R"({"a":[1,{}]})", shallow), "too-deep 8 #/a/1");
  EXPECT_EQ(outcome(R"([{"b":1,"a":[]}])", shallow), "too-deep 12 #/0/a");
  shallow.depth = 0;
  EXPECT_EQ(outcome("1", shallow), "1");
  EXPECT_EQ(outcome("[]", shallow), "too-deep 0 #");
}

TEST_F(Reading, GoesNoDeeperThanTheEngineDoes) {
  limits deep;
  deep.depth = 100'000;
  EXPECT_EQ(outcome(nested(largest_depth), deep), nested(largest_depth));
  // One more, for the object in which a body of the largest depth may stand.
  EXPECT_EQ(outcome(nested(largest_depth + 2), deep).substr(0, 8), "too-deep");
}

TEST_F(Reading, SurvivesAHundredThousandLevels) {
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
  EXPECT_EQ(failure(nested(100'000)), "too-deep 64");
  EXPECT_EQ(failure(std::string(100'000, '[')), "too-deep 64");
  EXPECT_EQ(failure(objects), "too-deep 320");
  EXPECT_EQ(failure(std::string(100'000, '[') + "\xff"), "too-deep 64");
  EXPECT_EQ(outcome("[1]"), "[1]");
}

TEST_F(Reading, CountsValues) {
  limits few;
  few.values = 3;
  EXPECT_EQ(outcome("[1,2]", few), "[1,2]");
  EXPECT_EQ(outcome("[1,2,3]", few), "too-large 5 #/2");
  EXPECT_EQ(outcome(R"({"a":{"b":1,"c":[]}})", few), "too-large 16 #/a/c");
  EXPECT_EQ(detail("[1,2,3]", few), "values");
}

TEST_F(Reading, RefusesTextsLongerThanAllowedUnread) {
  limits small;
  small.bytes = 5;
  EXPECT_EQ(outcome("[1,2]", small), "[1,2]");
  EXPECT_EQ(outcome("[1,2] ", small), "too-large 0 #");
  EXPECT_EQ(detail("\xff\xff\xff\xff\xff\xff", small), "bytes");
}

TEST_F(Reading, ReadsLongTextsAndShortOnesInAnyOrder) {
  const std::string large = "[\"" + std::string(900'000, 'x') + "\"]";
  EXPECT_EQ(outcome(large), large);
  EXPECT_EQ(outcome("1"), "1");
  reader_.clear();
  EXPECT_EQ(outcome("[2]"), "[2]");
  EXPECT_EQ(outcome(large), large);
  std::string spaced;
  for (int size = 0; size < 300; ++size) {
    spaced += ' ';
    ASSERT_EQ(outcome(spaced + "[1]"), "[1]");
    ASSERT_EQ(outcome("[1]" + spaced), "[1]");
  }
}

TEST_F(Reading, SaysWhenMemoryIsExhausted) {
  std::string numbers = "[0";
  for (int i = 1; i < 50'000; ++i) numbers += ",1";
  numbers += ']';
  memory_.set_budget(std::size_t{1} << 20U);
  EXPECT_EQ(outcome(numbers), "memory exhausted");
  EXPECT_EQ(outcome("[1]"), "[1]");
}

TEST_F(Reading, NamesWhatIsNotJsonBeforeWhatIsRefusedForOtherReasons) {
  EXPECT_EQ(outcome("[1e400,nul]"), "syntax 7 #/1");
  EXPECT_EQ(outcome(R"([{"a":1,"a":2},"\ud800"])"), "lone-surrogate 16 #/1");
  EXPECT_EQ(outcome("[1e400]\xf0"), "syntax 7 #");
  EXPECT_EQ(failure("[1e400," + nested(64) + "]\xff"), "too-deep 70");
}

TEST(SyntaxError, IsWhatTheReaderMetWhenTheTextIsJson) {
  arena memory{std::size_t{1} << 20U};
  const read_failure met{issue_code::duplicate_key, 7, {}, {}, "a"};
  EXPECT_EQ(find_syntax_error("[1]", 64, memory, met).code, issue_code::duplicate_key);
  EXPECT_EQ(find_syntax_error("[1", 64, memory, met).code, issue_code::syntax);
}

TEST(Utf8, HasSequencesOfOneToFourBytes) {
  EXPECT_EQ(utf8_sequence("a"), 1U);
  EXPECT_EQ(utf8_sequence("\u00e9x"), 2U);
  EXPECT_EQ(utf8_sequence("\u20acx"), 3U);
  EXPECT_EQ(utf8_sequence("\U0001F600x"), 4U);
  EXPECT_EQ(utf8_sequence(""), 0U);
  EXPECT_EQ(utf8_sequence("\xed\xa0\x80"), 0U);
  EXPECT_EQ(utf8_sequence("\xe2\x82"), 0U);
}

}  // namespace
}  // namespace recreq
