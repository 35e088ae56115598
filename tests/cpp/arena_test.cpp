// Memory of a call: its budget, what happens at its end, and that nothing stays behind.
#include "json/arena.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>

namespace recreq {
namespace {

constexpr std::size_t large_budget = std::size_t{1} << 20U;

bool all_zero(const char* bytes, std::size_t size) {
  return std::all_of(bytes, bytes + size, [](char c) { return c == 0; });
}

TEST(Arena, AlignsWhatItHandsOut) {
  arena memory{large_budget};
  memory.allocate(1, 1);
  for (const std::size_t alignment : {2U, 4U, 8U, 16U}) {
    const auto address = reinterpret_cast<std::uintptr_t>(memory.allocate(1, alignment));
    EXPECT_EQ(address % alignment, 0U);
  }
  const auto large = reinterpret_cast<std::uintptr_t>(memory.allocate(200'000, 16));
  EXPECT_EQ(large % 16, 0U);
}

TEST(Arena, InitialisesArraysAndObjects) {
  arena memory{large_budget};
  std::fill_n(static_cast<char*>(memory.allocate(4096, 1)), 4096, 'x');
  memory.clear();
  const auto numbers = memory.make_array<std::uint64_t>(100);
  ASSERT_EQ(numbers.size(), 100U);
  EXPECT_TRUE(std::all_of(numbers.begin(), numbers.end(), [](std::uint64_t number) { return number == 0; }));
  EXPECT_EQ(*memory.make<int>(), 0);
}

TEST(Arena, KeepsCopiesApartFromTheirSource) {
  arena memory{large_budget};
  std::string text = "before";
  const std::string_view copy = memory.copy(text);
  text = "after!";
  EXPECT_EQ(copy, "before");
  EXPECT_EQ(memory.copy("").size(), 0U);
  EXPECT_NE(memory.copy("").data(), nullptr);
}

TEST(Arena, GivesNullAtTheEndOfItsBudgetAndSaysSo) {
  arena memory{large_budget};
  std::size_t got = 0;
  while (memory.allocate(1000, 8) != nullptr && got <= 4 * large_budget) got += 1000;
  EXPECT_GE(got, large_budget / 2);
  EXPECT_LE(got, 2 * large_budget);
  EXPECT_TRUE(memory.exhausted());
}

TEST(Arena, UsesItsBudgetToTheEnd) {
  constexpr std::size_t budget = std::size_t{5} << 20U;
  constexpr std::size_t piece = 1000;
  arena memory{budget};
  std::size_t used = 0;
  while (memory.allocate(piece, 1) != nullptr) used += piece;
  // A piece does not fit at the end of each of the few blocks.
  EXPECT_GT(used, budget - budget / 100);
}

TEST(Arena, RefusesSizesThatCannotBe) {
  arena memory{large_budget};
  EXPECT_EQ(memory.allocate(SIZE_MAX / 2, 1), nullptr);
  EXPECT_TRUE(memory.exhausted());
  memory.clear();
  EXPECT_TRUE(memory.make_array<std::uint64_t>(SIZE_MAX / 4).empty());
  EXPECT_TRUE(memory.exhausted());
}

TEST(Arena, StaysExhaustedUntilItIsCleared) {
  arena memory{large_budget};
  EXPECT_EQ(memory.allocate(2 * large_budget, 1), nullptr);
  EXPECT_NE(memory.allocate(8, 1), nullptr);
  EXPECT_TRUE(memory.exhausted());
  memory.clear();
  EXPECT_FALSE(memory.exhausted());
  EXPECT_NE(memory.allocate(8, 1), nullptr);
  EXPECT_FALSE(memory.exhausted());
}

TEST(Arena, ZeroesWhatACallLeftBehind) {
  arena memory{large_budget};
  auto* const secret = static_cast<char*>(memory.allocate(60'000, 1));
  std::fill_n(secret, 60'000, 's');
  // A second block, so that the first is not the current one when it is cleared.
  std::fill_n(static_cast<char*>(memory.allocate(100'000, 1)), 100'000, 's');
  memory.clear();
  auto* const again = static_cast<char*>(memory.allocate(60'000, 1));
  ASSERT_EQ(again, secret);
  EXPECT_TRUE(all_zero(again, 60'000));
}

TEST(Arena, DoesNotGrowFromCallToCall) {
  arena memory{large_budget};
  for (int call = 0; call < 1000; ++call) {
    ASSERT_NE(memory.allocate(100'000, 8), nullptr);
    ASSERT_NE(memory.allocate(300'000, 8), nullptr);
    memory.clear();
  }
}

TEST(ArenaList, GrowsAndKeepsItsElements) {
  arena memory{large_budget};
  arena_list<int> list(memory);
  for (int i = 0; i < 1000; ++i) ASSERT_TRUE(list.push_back(i));
  ASSERT_EQ(list.size(), 1000U);
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(list[static_cast<std::size_t>(i)], i);
  list.pop_back();
  EXPECT_EQ(list.back(), 998);
  list.truncate(2);
  EXPECT_EQ(list.items().size(), 2U);
}

TEST(ArenaList, KeepsWhatItHasWhenMemoryEnds) {
  arena memory{large_budget};
  arena_list<std::uint64_t> list(memory);
  std::size_t pushed = 0;
  while (list.push_back(pushed)) ++pushed;
  EXPECT_TRUE(memory.exhausted());
  ASSERT_EQ(list.size(), pushed);
  for (std::size_t i = 0; i < pushed; ++i) ASSERT_EQ(list[i], i);
}

TEST(TextBuilder, JoinsTextsCharactersAndNumbers) {
  arena memory{large_budget};
  text_builder out(memory);
  EXPECT_EQ(out.view(), "");
  out.append("a");
  out.append('-');
  out.append_number(0);
  out.append(" ");
  out.append_number(UINT64_MAX);
  EXPECT_EQ(out.view(), "a-0 18446744073709551615");
  const std::string longer(5000, 'x');
  out.append(longer);
  EXPECT_EQ(out.view(), "a-0 18446744073709551615" + longer);
}

TEST(TextBuilder, StopsWhenMemoryEnds) {
  arena memory{large_budget};
  text_builder out(memory);
  const std::string piece(10'000, 'x');
  while (!memory.exhausted()) out.append(piece);
  const std::size_t size = out.size();
  EXPECT_EQ(out.view(), std::string(size, 'x'));
}

}  // namespace
}  // namespace recreq
