// Snapshots: what JavaScript writes is read, and nothing else makes the reader leave its bytes.
#include "json/snapshot.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "json/canonical.hpp"
#include "recreq/options.hpp"

namespace recreq {
namespace {

using namespace std::literals;

enum : std::uint32_t { null, false_value, true_value, number, string, array, object };

std::uint32_t sized(std::uint32_t kind, std::uint32_t size) { return size << 3U | kind; }

std::string bytes_of(std::uint32_t word) {
  std::string bytes;
  for (unsigned shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(word >> shift & 0xFFU);
  return bytes;
}

std::string snapshot(const std::vector<std::uint32_t>& words, std::string_view text, bool ascii = true) {
  std::string made = bytes_of(static_cast<std::uint32_t>(words.size() + 1) << 1U | (ascii ? 1U : 0U));
  for (const std::uint32_t word : words) made += bytes_of(word);
  return made.append(text);
}

std::string canonical(std::string_view snapshot) {
  arena memory{std::size_t{1} << 24U};
  node* root = read_snapshot(snapshot, memory);
  if (root == nullptr) return "refused";
  text_builder out(memory);
  write_canonical(out, *root);
  return std::string(out.view());
}

std::string canonical(const std::vector<std::uint32_t>& words, std::string_view text = "", bool ascii = true) {
  return canonical(snapshot(words, text, ascii));
}

// {"b":[null,true],"a":{"c":7}}
const std::vector<std::uint32_t> some_words{sized(object, 2), sized(string, 1), sized(array, 2),  null,
                                            true_value,       sized(string, 1), sized(object, 1), sized(string, 1),
                                            sized(number, 1)};
constexpr std::string_view some_text = "bac7";

TEST(Snapshot, HasEveryKindOfValue) {
  EXPECT_EQ(canonical({null}), "null");
  EXPECT_EQ(canonical({true_value}), "true");
  EXPECT_EQ(canonical({false_value}), "false");
  EXPECT_EQ(canonical({sized(number, 4)}, "-1.5"), "-1.5");
  EXPECT_EQ(canonical({sized(string, 2)}, "hi"), "\"hi\"");
  EXPECT_EQ(canonical({sized(string, 0)}), "\"\"");
  EXPECT_EQ(canonical({array}), "[]");
  EXPECT_EQ(canonical({object}), "{}");
  EXPECT_EQ(canonical(some_words, some_text), R"({"a":{"c":7},"b":[null,true]})");
}

TEST(Snapshot, EscapesWhatHasToBe) {
  EXPECT_EQ(canonical({sized(string, 3)}, "a\"b"), R"("a\"b")");
  EXPECT_EQ(canonical({sized(object, 1), sized(string, 2), sized(string, 1)}, "a\n\\"), R"({"a\n":"\\"})");
  EXPECT_EQ(canonical({sized(array, 2), sized(string, 9), sized(string, 9)}, "123456789 2345678\x1F"),
            R"(["123456789"," 2345678\u001f"])");
}

TEST(Snapshot, CountsCodeUnits) {
  EXPECT_EQ(canonical({sized(array, 4), sized(string, 1), sized(string, 2), sized(string, 2), sized(string, 1)},
                      "é😀日本a", false),
            R"(["é","😀","日本","a"])");
  EXPECT_EQ(canonical({sized(string, 3)}, "é", false), "refused");
  EXPECT_EQ(canonical({sized(string, 1)}, "é", true), "refused");
}

TEST(Snapshot, IsRefusedWhenItIsCutOff) {
  const std::string whole = snapshot(some_words, some_text);
  for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_EQ(canonical(whole.substr(0, size)), "refused");
  EXPECT_EQ(canonical(whole + "n"), "refused");
}

TEST(Snapshot, IsRefusedWhenASizeLeavesIt) {
  EXPECT_EQ(canonical({sized(string, 3)}, "hi"), "refused");
  EXPECT_EQ(canonical({sized(string, 1)}, "hi"), "refused");
  EXPECT_EQ(canonical({sized(string, UINT32_MAX >> 3U)}, "hi"), "refused");
  EXPECT_EQ(canonical({sized(number, 0)}), "refused");
  EXPECT_EQ(canonical({sized(array, 2), null}), "refused");
  EXPECT_EQ(canonical({sized(object, 1), null, null}), "refused");
  EXPECT_EQ(canonical({null, null}), "refused");
  EXPECT_EQ(canonical(std::vector<std::uint32_t>{}), "refused");
  EXPECT_EQ(canonical({7}), "refused");
  EXPECT_EQ(canonical(bytes_of(UINT32_MAX)), "refused");
}

TEST(Snapshot, IsRefusedWhenItIsNestedTooDeeply) {
  const auto nested = [](std::size_t depth) {
    std::vector<std::uint32_t> words(depth, sized(array, 1));
    words.back() = array;
    return canonical(words);
  };
  EXPECT_EQ(nested(largest_depth + 1).size(), 2 * (largest_depth + 1));
  EXPECT_EQ(nested(largest_depth + 2), "refused");
}

TEST(Snapshot, OfRandomWordsIsReadOrRefused) {
  std::mt19937 random(7);
  for (int i = 0; i < 20'000; ++i) {
    std::vector<std::uint32_t> words(random() % 12);
    for (std::uint32_t& each : words) each = sized(random() % 8, random() % 4);
    EXPECT_FALSE(
        canonical(words, std::string(random() % 8, random() % 2 == 0 ? 'a' : '\xC3'), random() % 2 == 0).empty());
  }
}

}  // namespace
}  // namespace recreq
