// What the package for JavaScript carries is the image that the compiler wrote, and nothing else opens.
#include "packed_image.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "example_provider.hpp"
#include "schema/packed_image.hpp"

namespace recreq {
namespace {

using image::open_error;
using testing::compile;
using testing::document_for;

std::vector<std::uint32_t> image_of(std::string_view body_schema) {
  const testing::compiled made = compile(document_for(body_schema));
  EXPECT_TRUE(made.problems.empty()) << made.shown();
  return made.image;
}

const std::vector<std::uint32_t>& example() {
  static const std::vector<std::uint32_t> words = image_of(
      R"({"type":"object","additionalProperties":false,"required":["name"],"properties":{
        "name":{"type":"string","enum":["a","b","grün"]},
        "list":{"type":"array","default":[{"k":[2,"b"]},5],"items":{"type":["object","integer"]}},
        "url":{"type":"string","format":"uri","x-known-default":"wss://example.com"}},
        "x-rules":[{"id":"example/url","severity":"error","for":"/url","then":{"x-predicate":{"url-scheme":["ws","wss"]}},
                    "message":"m","fix":[{"op":"add","path":"/url","repair":"url-scheme"}]}]})");
  return words;
}

std::vector<std::uint32_t> words_of(const image::unpacked_image& unpacked) {
  return {unpacked.words.get(), unpacked.words.get() + unpacked.size};
}

open_error opening(std::string_view packed) {
  // Memory that ends where the text does.
  const std::vector<char> held(packed.begin(), packed.end());
  const image::unpacked_image unpacked = image::unpack({held.data(), held.size()});
  if (unpacked.error != open_error::none) return unpacked.error;
  image::opened_image opened;
  return opened.open({unpacked.words.get(), unpacked.size});
}

TEST(PackedImage, IsTheImageWordForWord) {
  for (const std::string_view schema : {R"({})", R"({"enum":["\n","\t","","grün","\u0000"]})"}) {
    const std::vector<std::uint32_t> words = image_of(schema);
    const image::unpacked_image unpacked = image::unpack(compiler::pack(words));
    ASSERT_EQ(unpacked.error, open_error::none);
    EXPECT_EQ(words_of(unpacked), words) << schema;
  }
  EXPECT_EQ(words_of(image::unpack(compiler::pack(example()))), example());
}

TEST(PackedImage, IsLessThanHalfAsLong) {
  EXPECT_LT(compiler::pack(example()).size(), example().size() * sizeof(std::uint32_t) / 2);
}

TEST(PackedImage, FoldsDifferencesOfEitherSign) {
  for (const std::uint32_t difference : {0U, 1U, 0xFFFFFFFFU, 100U, 0x7FFFFFFFU, 0x80000000U}) {
    EXPECT_EQ(image::unfolded(image::folded(difference)), difference);
  }
  EXPECT_EQ(image::folded(0xFFFFFFFFU), 1U);
}

TEST(PackedImage, IsRefusedWhereverItIsCutOff) {
  const std::string packed = compiler::pack(example());
  for (std::size_t size = 0; size < packed.size(); ++size) {
    EXPECT_EQ(opening(std::string_view(packed).substr(0, size)), open_error::truncated) << size;
  }
}

TEST(PackedImage, IsRefusedWithAnyOtherCharacter) {
  const std::string packed = compiler::pack(example());
  // Which strings are the provider's name and its facts is all that the checksum is not about.
  std::size_t behind_facts = 0;
  for (int numbers = 0; numbers < 4; ++behind_facts) numbers += packed[behind_facts] < '(' + 64 ? 1 : 0;
  for (std::size_t i = behind_facts; i < packed.size(); ++i) {
    for (const char other : {'(', ')', 'h', 'w', '\n', '\x7F', '\xFF', '\0'}) {
      if (packed[i] == other) continue;
      std::string damaged = packed;
      damaged[i] = other;
      EXPECT_NE(opening(damaged), open_error::none) << i << ": " << packed[i] << " → " << other;
    }
  }
}

TEST(PackedImage, OfAnotherLayoutIsToldApart) {
  std::string other = compiler::pack(example());
  ++other[0];
  EXPECT_EQ(opening(other), open_error::other_layout);
  EXPECT_EQ(opening("PK"), open_error::other_layout);
  EXPECT_EQ(opening("\x7F"
                    "ELF"),
            open_error::truncated);
}

TEST(PackedImage, TakesNoMoreMemoryThanItsTextIsGoodFor) {
  // Numbers of records up to the largest number.
  std::string boasting = compiler::pack(example()).substr(0, 1);
  for (int i = 0; i < 40; ++i) boasting += "wwwwwww7";
  EXPECT_EQ(opening(boasting), open_error::truncated);
}

}  // namespace
}  // namespace recreq
