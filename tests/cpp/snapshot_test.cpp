// Snapshots: what JavaScript writes is read, and nothing else makes the reader leave its bytes.
#include "json/snapshot.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "json/canonical.hpp"
#include "recreq/options.hpp"

namespace recreq {
namespace {

using namespace std::literals;

std::string canonical(std::string_view snapshot) {
  arena memory{std::size_t{1} << 24U};
  node* root = read_snapshot(snapshot, memory);
  if (root == nullptr) return "refused";
  text_builder out(memory);
  write_canonical(out, *root);
  return std::string(out.view());
}

TEST(Snapshot, HasEveryKindOfValue) {
  EXPECT_EQ(canonical("n"), "null");
  EXPECT_EQ(canonical("t"), "true");
  EXPECT_EQ(canonical("f"), "false");
  EXPECT_EQ(canonical("0\x04-1.5"), "-1.5");
  EXPECT_EQ(canonical("s\x02hi"), "\"hi\"");
  EXPECT_EQ(canonical("e\x03"
                      "a\"b"),
            "\"a\\\"b\"");
  EXPECT_EQ(canonical("[]"), "[]");
  EXPECT_EQ(canonical("{}"), "{}");
  EXPECT_EQ(canonical("{s\1b[nt]s\1a{s\1c0\1"
                      "7}}"),
            R"({"a":{"c":7},"b":[null,true]})");
}

TEST(Snapshot, HasSizesOfFourBytes) {
  EXPECT_EQ(canonical("s\xFF\x02\0\0\0hi"sv), "\"hi\"");
  EXPECT_EQ(canonical("s\xFF\0\0\0\0"sv), "\"\"");
}

TEST(Snapshot, IsRefusedWhenItIsCutOff) {
  const std::string whole =
      "{s\1b[nt]s\1a{s\1c0\1"
      "7}}";
  for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_EQ(canonical(whole.substr(0, size)), "refused");
  EXPECT_EQ(canonical(whole + "n"), "refused");
}

TEST(Snapshot, IsRefusedWhenASizeLeavesIt) {
  for (const std::string_view damaged :
       {"s\3hi"sv, "s\xFF\3\0\0\0hi"sv, "s\xFF\xFF\xFF\xFF\xFFhi"sv, "s\xFF\2\0"sv, "0\0"sv, "{n}"sv, "[}"sv, "x"sv}) {
    EXPECT_EQ(canonical(damaged), "refused");
  }
}

TEST(Snapshot, IsRefusedWhenItIsNestedTooDeeply) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_EQ(canonical(nested(largest_depth + 1)), nested(largest_depth + 1));
  EXPECT_EQ(canonical(nested(largest_depth + 2)), "refused");
}

TEST(Snapshot, OfRandomBytesIsReadOrRefused) {
  std::mt19937 random(7);
  constexpr std::string_view tags = "ntf0se{}[]\1\2\xFF";
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes(random() % 24, 'n');
    for (char& each : bytes) each = tags[random() % tags.size()];
    EXPECT_FALSE(canonical(bytes).empty());
  }
}

}  // namespace
}  // namespace recreq
