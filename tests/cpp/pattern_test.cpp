// Regular expressions: what matches, what is refused by name, and that neither a pattern nor a text can take long.
#include "schema/pattern.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "pattern_compiler.hpp"

namespace recreq {
namespace {

using compiler::compile_pattern;
using compiler::compiled_pattern;

struct pattern_case {
  std::string_view pattern;
  std::vector<std::string> found;
  std::vector<std::string> missed;
};

// NOLINTNEXTLINE(readability-identifier-naming): the name that GoogleTest looks for
void PrintTo(const pattern_case& each, std::ostream* out) { *out << each.pattern; }

// NOLINTNEXTLINE(readability-identifier-naming): its tests' suite
class Pattern : public ::testing::TestWithParam<pattern_case> {};

TEST_P(Pattern, IsFoundOrNot) {
  const compiled_pattern made = compile_pattern(GetParam().pattern);
  ASSERT_EQ(made.problem, "");
  ASSERT_TRUE(pattern::is_automaton(made.automaton));
  for (const std::string& text : GetParam().found) EXPECT_TRUE(pattern::matches(made.automaton, text)) << text;
  for (const std::string& text : GetParam().missed) EXPECT_FALSE(pattern::matches(made.automaton, text)) << text;
}

INSTANTIATE_TEST_SUITE_P(Anchors, Pattern,
                         ::testing::Values(pattern_case{"", {"", "a"}, {}}, pattern_case{"b", {"b", "abc"}, {"", "ac"}},
                                           pattern_case{"^b", {"b", "bc"}, {"ab", "a\nb"}},
                                           pattern_case{"b$", {"b", "ab"}, {"bc", "b\n"}},
                                           pattern_case{"^$", {""}, {"a"}}, pattern_case{"$^", {""}, {"a"}},
                                           pattern_case{"a^b|c", {"c", "xc"}, {"ab", "a\nb"}},
                                           pattern_case{"^a|b$", {"ax", "xb"}, {"xa", "bx"}},
                                           pattern_case{"^(?:a$|b)+$", {"a", "bba"}, {"ab", ""}}));

INSTANTIATE_TEST_SUITE_P(
    Repetition, Pattern,
    ::testing::Values(pattern_case{"^a*$", {"", "aaa"}, {"b"}}, pattern_case{"^a+$", {"a", "aa"}, {""}},
                      pattern_case{"^ab?c$", {"ac", "abc"}, {"abbc"}}, pattern_case{"^a{2}$", {"aa"}, {"a", "aaa"}},
                      pattern_case{"^a{2,}$", {"aa", "aaaa"}, {"a"}},
                      pattern_case{"^a{1,3}$", {"a", "aaa"}, {"", "aaaa"}}, pattern_case{"^a{0}$", {""}, {"a"}},
                      pattern_case{"^(ab|c){2}$", {"abc", "cc", "abab"}, {"ab", "abcc"}},
                      pattern_case{"^(a*)*$", {"", "aa"}, {"ab"}}, pattern_case{"^(a|b?){3}$", {"", "aba"}, {"abab"}},
                      pattern_case{"^a+?b??c*?$", {"a", "aabcc"}, {"bc"}},
                      pattern_case{"^.{1,255}$", {"a", std::string(255, 'a')}, {"", std::string(256, 'a')}}));

INSTANTIATE_TEST_SUITE_P(Groups, Pattern,
                         ::testing::Values(pattern_case{"^(?:ab)+$", {"ab", "abab"}, {"aba"}},
                                           pattern_case{
                                               "^(?<year>[0-9]{4})-(?<month>[0-9]{2})$", {"2026-01"}, {"2026-1"}},
                                           pattern_case{"^(a|b(c|d))e$", {"ae", "bce", "bde"}, {"be", "ace"}},
                                           pattern_case{"^(|a)$", {"", "a"}, {"b"}}));

INSTANTIATE_TEST_SUITE_P(
    Classes, Pattern,
    ::testing::Values(pattern_case{"^[a-c_]$", {"a", "b", "c", "_"}, {"d", "-", ""}},
                      pattern_case{"^[^a-c]$", {"d", "\n", "\u00e9"}, {"a"}}, pattern_case{"^[-a]$", {"-", "a"}, {"b"}},
                      pattern_case{"^[a-]$", {"-", "a"}, {"b"}}, pattern_case{"^[]$", {}, {"", "a"}},
                      pattern_case{"^[^]$", {"a", "\n"}, {""}},
                      pattern_case{"^[\\]\\\\.$]$", {"]", "\\", ".", "$"}, {"a"}},
                      pattern_case{"^[\\d\\-x]$", {"7", "-", "x"}, {"a"}}, pattern_case{"^[\\D]$", {"a"}, {"7"}},
                      pattern_case{"^[\\b]$", {"\b"}, {"b"}}, pattern_case{"^\\d\\D$", {"1a"}, {"a1", "\u0661a"}},
                      pattern_case{"^\\w\\W$", {"_-", "Z "}, {"-_", "\u00e9-"}},
                      pattern_case{"^\\s\\S$", {" a", "\u00a0a", "\ufeff\u200b", "\u2028a"}, {"a ", "\u200ba"}},
                      pattern_case{"^.$", {"a", "\u00e9", "\U0001F432", "\t"}, {"\n", "\r", "\u2028", "\u2029", ""}}));

INSTANTIATE_TEST_SUITE_P(
    Characters, Pattern,
    ::testing::Values(pattern_case{"^\U0001F432*$", {"", "\U0001F432\U0001F432"}, {"\U0001F409", "D"}},
                      pattern_case{
                          "^\\u{1F432}\\uD83D\\uDC32\\u00e9\\xe9$", {"\U0001F432\U0001F432\u00e9\u00e9"}, {"D"}},
                      pattern_case{"^[\\u{1F400}-\\u{1F4FF}]$", {"\U0001F432"}, {"\U0001F3FF"}},
                      pattern_case{"^\\t\\n\\v\\f\\r\\cA\\ca$", {"\t\n\v\f\r\x01\x01"}, {"\\t"}},
                      pattern_case{"^\\0$", {std::string(1, '\0')}, {"0"}},
                      pattern_case{"^\\/\\.\\^\\$\\*\\+\\?\\(\\)\\[\\]\\{\\}\\|$", {"/.^$*+?()[]{}|"}, {"a"}},
                      pattern_case{"^a-b,c:d$", {"a-b,c:d"}, {"abcd"}}));

struct refused_case {
  std::string_view pattern;
  std::string_view what;
};

// NOLINTNEXTLINE(readability-identifier-naming): the name that GoogleTest looks for
void PrintTo(const refused_case& each, std::ostream* out) { *out << each.pattern; }

// NOLINTNEXTLINE(readability-identifier-naming): its tests' suite
class RefusedPattern : public ::testing::TestWithParam<refused_case> {};

TEST_P(RefusedPattern, IsNamed) {
  const compiled_pattern made = compile_pattern(GetParam().pattern);
  EXPECT_TRUE(made.automaton.empty());
  EXPECT_NE(made.problem.find(GetParam().what), std::string::npos) << made.problem;
}

INSTANTIATE_TEST_SUITE_P(
    Constructs, RefusedPattern,
    ::testing::Values(refused_case{"(a)\\1", "backreferences (character 4)"},
                      refused_case{"(?<a>b)\\k<a>", "backreferences"}, refused_case{"(?=a)", "lookahead"},
                      refused_case{"(?!a)", "lookahead"}, refused_case{"(?<=a)", "lookbehind"},
                      refused_case{"(?<!a)", "lookbehind"}, refused_case{"\\bword", "word boundaries"},
                      refused_case{"\\B", "word boundaries"}, refused_case{"\\p{Letter}", "Unicode properties"},
                      refused_case{"[\\P{L}]", "Unicode properties"}, refused_case{"(?i:a)", "modifiers"}));

INSTANTIATE_TEST_SUITE_P(Mistakes, RefusedPattern,
                         ::testing::Values(refused_case{"(a", "without its )"}, refused_case{"a)", "without its ("},
                                           refused_case{"[a", "without its ]"}, refused_case{"*a", "nothing in front"},
                                           refused_case{"a**", "nothing in front"}, refused_case{"^*", "behind ^ or $"},
                                           refused_case{"a{2,1}", "out of order"}, refused_case{"a{,2}", "{3}"},
                                           refused_case{"a{", "{3}"}, refused_case{"a}", "lone }"},
                                           refused_case{"]", "lone ]"}, refused_case{"[b-a]", "out of order"},
                                           refused_case{"[a-\\d]", "ends in a class"},
                                           refused_case{"\\-", "does not have"}, refused_case{"\\08", "does not have"},
                                           refused_case{"\\c1", "does not have"}, refused_case{"\\", "at the end"},
                                           refused_case{"\\x1", "hexadecimal"}, refused_case{"\\u{110000}", "beyond"},
                                           refused_case{"\\uD83D", "surrogate"},
                                           refused_case{"[\\uDC32]", "surrogate"}));

TEST(Patterns, ThatWouldBeLargeAreRefused) {
  const std::vector<std::string> patterns{"(((a{99}){99}){99}){99}", "((((){999}){999}){999}){999}", "(a|b)*a(a|b){20}",
                                          std::string(5000, 'a'), std::string(200, '(') + std::string(200, ')')};
  for (const std::string& pattern : patterns) {
    const compiled_pattern made = compile_pattern(pattern);
    EXPECT_TRUE(made.automaton.empty()) << pattern;
    EXPECT_NE(made.problem, "") << pattern;
  }
}

// A matcher that tries would not come back from these.
TEST(Patterns, LookAtEachCharacterOnce) {
  std::string bait(50'000, 'a');
  for (const std::string_view pattern :
       {"(a+)+$", "^(a|aa)+$", "^(a|a?)+$", "(.*)*(.*)*x?$", "^([a-zA-Z0-9])(([\\.]|[_]+)?([a-zA-Z0-9]+))*(@){1}$"}) {
    const compiled_pattern made = compile_pattern(pattern);
    ASSERT_EQ(made.problem, "");
    const bool with_at = pattern.ends_with("(@){1}$");
    EXPECT_EQ(pattern::matches(made.automaton, bait), !with_at) << pattern;
    EXPECT_EQ(pattern::matches(made.automaton, bait + "!\n"), pattern.starts_with("(.*)*")) << pattern;
    EXPECT_EQ(pattern::matches(made.automaton, bait + "@"), with_at || pattern.starts_with("(.*)*")) << pattern;
  }
}

TEST(Patterns, OfDamagedImagesAreRefusedOrHarmless) {
  const std::vector<std::uint32_t> whole = compile_pattern("^[a-f\u00e9]{2}(x|\\d)$").automaton;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const std::uint32_t word : {0U, 1U, whole[at] + 1, 0x7FFFFFFFU, 0xFFFFFFFFU}) {
      std::vector<std::uint32_t> damaged = whole;
      damaged[at] = word;
      if (!pattern::is_automaton(damaged)) continue;
      pattern::matches(damaged, "ab7\u00e9\U0001F432");
      pattern::matches(damaged, "");
    }
  }
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(pattern::is_automaton(std::span(whole).first(size))) << size;
}

}  // namespace
}  // namespace recreq
