// Images from elsewhere: short ones, foreign ones, damaged ones. What is opened can be used without reading outside of
// it.
#include "schema/image.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "example_provider.hpp"
#include "recreq/json.hpp"

namespace recreq {
namespace {

using image::open_error;
using testing::compile;
using testing::document_for;

// Small, but with every table and nearly every instruction in use.
const std::vector<std::uint32_t>& small_image() {
  static const std::vector<std::uint32_t> words = [] {
    const testing::compiled made = compile(document_for(
        R"({"type":"object","additionalProperties":false,"required":["name","missing"],"minProperties":1,"maxProperties":9,
      "dependentRequired":{"name":["list"]},"dependentSchemas":{"name":{"properties":{"more":{"type":"boolean"}}}},
      "propertyNames":{"maxLength":20},
      "properties":{
        "name":{"type":"string","minLength":2,"maxLength":4,"enum":["abcd","efgh"]},
        "list":{"type":"array","default":[[1,"b"],{"k":[2]},5],"prefixItems":[{"type":"array"}],"items":{"type":["object","integer"]},"contains":{"type":"integer"},
                "minItems":1,"maxItems":4,"uniqueItems":true},
        "options":{"type":"object","default":{},"x-pass-through":true,"properties":{"url":{"type":"string","format":"uri"}}},
        "size":{"type":"number","minimum":1,"exclusiveMaximum":10,"multipleOf":0.5,"default":2},
        "shape":{"oneOf":[{"$ref":"#/components/schemas/Circle"},{"$ref":"#/components/schemas/Square"}]},
        "either":{"anyOf":[{"type":"null"},{"type":"string","writeOnly":true,"const":"x"}]},
        "any":{"anyOf":[{"multipleOf":2},{"multipleOf":3}],"not":{"const":12},"if":{"minimum":5},"then":{"maximum":20},"else":{"minimum":2}},
        "url":{"type":"string","format":"uri","x-known-default":"wss://example.com"},
        "constant":{"const":{"a":[1,{"b":null}]}},
        "code":{"type":"string","pattern":"^[a-f]{2}\\d$","format":"hostname"},
        "labels":{"patternProperties":{"^x-":{"type":"integer"}},"additionalProperties":{"type":"string"}}
      },
      "x-rules":[
        {"id":"example/url","severity":"error","for":"/url","then":{"x-predicate":{"url-scheme":["ws","wss"]}},"message":"{value} {key}",
         "fix":[{"op":"add","path":"/url","repair":"url-scheme"}],"docs":"https://example.com"},
        {"id":"example/list","severity":"warning","for":"/list/*","if":{"type":"integer","x-at":{"/size":{"minimum":1}}},"at":"/list/*","message":"{key}",
         "fix":[{"op":"remove","path":"/list/*"},{"op":"add","path":"/options","value":{"z":[1,2],"y":"x"}}]},
        {"id":"example/old","severity":"error","for":"/old","unlisted":["old"],"over":"written","message":"m","fix":[{"op":"move","from":"/old","path":"/name"}]}]})",
        R"("Circle":{"type":"object","required":["type"],"properties":{"type":{"const":"circle"},"radius":{"type":"integer","default":1}}},
         "Square":{"type":"object","additionalProperties":{"type":"integer"},"required":["type"],"properties":{"type":{"const":"square"}}})"));
    EXPECT_TRUE(made.problems.empty()) << made.shown();
    return made.image;
  }();
  return words;
}

// A copy whose end is the end of its memory.
struct copied_image {
  explicit copied_image(std::span<const std::uint32_t> words)
      : size(words.size()), held(new std::uint32_t[words.size()]) {
    std::copy(words.begin(), words.end(), held.get());
  }
  std::span<std::uint32_t> words() const { return {held.get(), size}; }
  void seal() const { held[image::header::checksum_at] = image::checksum(words().subspan(image::header::size)); }

  std::size_t size;
  std::unique_ptr<std::uint32_t[]> held;
};

open_error opening(std::span<const std::uint32_t> words) {
  image::opened_image opened;
  return opened.open(words);
}

// Everything that a caller can do with a provider; only that it comes to an end counts.
void use(const provider& service) {
  static constexpr std::string_view bodies[] = {
      R"({"name":"abcd","missing":1,"list":[[1],2],"options":{"url":"x y","nmae":1},"size":2.5,"shape":{"type":"circle"},"either":"x","any":6,
          "url":"https://example.com","constant":{"a":[1,{"b":null}]}})",
      R"({"nmae":"abcdefghi","lits":[],"optoins":{},"siez":100,"shpae":1,"eihter":1,"nay":1,"ulr":1,"constnat":1,"old":2,"averyveryverylongname":1})",
      R"({"name":"abdc","list":[1,1,"x",[],{}],"size":0.3,"shape":{"type":"sqare","x":"y"},"either":"y","any":12,"url":"nothing","constant":{"a":[1,{"b":1}]},"options":7})",
      R"({"shape":{"type":"square","x":"y"},"list":[],"any":1,"url":"ws://example.com"})",
      "{}",
      "[]"};
  const recreq::operation operation(service, 0);
  options how;
  for (const std::string_view body : bodies) {
    for (const defaults_mode mode : {defaults_mode::explicit_only, defaults_mode::known}) {
      how.defaults = mode;
      const report found = operation.check_body(body, how);
      json_text(found.issues(), found.truncated());
    }
    how.unknown = unknown_mode::warn;
    const result built =
        operation.build({{{"region", "eu-1"}, {"id", "a b"}, {"dry run", "x"}, {"idempotencyKey", "k"}}, body}, how);
    json_text(built.issues(), built.truncated());
    how.unknown = unknown_mode::error;
  }
  operation.check({{{"regoin", "x"}, {"id", ".."}}, {}}, how);
}

TEST(Image, OpensWhatTheCompilerWrote) {
  EXPECT_EQ(opening(small_image()), open_error::none);
  const provider service(small_image());
  EXPECT_EQ(service.problem(), "");
  EXPECT_EQ(service.name(), "example");
  use(service);
}

TEST(Image, OpensWithMoreMemoryBehindIt) {
  std::vector<std::uint32_t> words = small_image();
  words.resize(words.size() + 7, 0xFFFFFFFFU);
  EXPECT_EQ(opening(words), open_error::none);
}

TEST(Image, RefusesEveryTruncation) {
  for (std::size_t size = 0; size < small_image().size(); ++size) {
    copied_image shorter{std::span(small_image()).first(size)};
    EXPECT_EQ(opening(shorter.words()), open_error::truncated) << size;
  }
}

TEST(Image, RefusesTruncationsThatLieAboutTheirSize) {
  for (std::size_t size = image::header::size + 2 * image::table_count; size < small_image().size(); size += 3) {
    copied_image shorter{std::span(small_image()).first(size)};
    shorter.words()[image::header::words_at] = static_cast<std::uint32_t>(size);
    shorter.seal();
    if (opening(shorter.words()) != open_error::none) continue;
    // The text may have an end that no string uses.
    EXPECT_GT(size, small_image()[image::header::text_at]);
    use(provider(shorter.words()));
  }
}

TEST(Image, RefusesWhatIsNone) {
  copied_image other(small_image());
  other.words()[image::header::magic_at] ^= 1U;
  EXPECT_EQ(opening(other.words()), open_error::not_an_image);
  EXPECT_EQ(opening(std::vector<std::uint32_t>(500, 0)), open_error::not_an_image);
}

TEST(Image, RefusesAnotherLayout) {
  copied_image other(small_image());
  ++other.words()[image::header::layout_at];
  other.seal();
  EXPECT_EQ(opening(other.words()), open_error::other_layout);
  EXPECT_NE(image::open_error_text(open_error::other_layout).find("release"), std::string_view::npos);
}

TEST(Image, RefusesAnyChangedBitBehindItsHeader) {
  for (std::size_t word = image::header::size; word < small_image().size(); ++word) {
    for (unsigned bit = 0; bit < 32; bit += 5) {
      copied_image damaged(small_image());
      damaged.words()[word] ^= 1U << bit;
      ASSERT_EQ(opening(damaged.words()), open_error::damaged) << word;
    }
  }
}

TEST(Image, RefusesOrSurvivesAnyChangedHeader) {
  for (std::size_t word = 0; word < image::header::size; ++word) {
    for (unsigned bit = 0; bit < 32; ++bit) {
      copied_image damaged(small_image());
      damaged.words()[word] ^= 1U << bit;
      const provider service(damaged.words());
      if (service.problem().empty()) use(service);
    }
  }
}

// NOLINTNEXTLINE(readability-identifier-naming): its tests' suite
class DamagedImage : public ::testing::TestWithParam<std::uint32_t> {};

// Whoever damages an image on purpose can mend its checksum.
TEST_P(DamagedImage, IsRefusedOrHarmless) {
  const std::uint32_t change = GetParam();
  for (std::size_t word = image::header::size; word < small_image().size(); ++word) {
    copied_image damaged(small_image());
    std::uint32_t& changed = damaged.words()[word];
    // Small changes lead to a neighbour, large ones far away; 0 and the largest number mean something in many fields.
    changed = change == 0 ? 0 : change == 0xFFFFFFFFU ? change : changed ^ change;
    damaged.seal();
    SCOPED_TRACE("word " + std::to_string(word));
    const provider service(damaged.words());
    if (service.problem().empty()) use(service);
  }
}

INSTANTIATE_TEST_SUITE_P(Words, DamagedImage,
                         ::testing::Values(0U, 1U, 2U, 4U, 8U, 32U, 0x100U, 0x10000U, 0x80000000U, 0xFFFFFFFEU,
                                           0xFFFFFFFFU));

TEST(Image, IsRefusedOrHarmlessWithManyChangedWords) {
  std::minstd_rand random(7);
  for (int round = 0; round < 3000; ++round) {
    copied_image damaged(small_image());
    for (int i = 0; i < 3; ++i) {
      const std::size_t word =
          image::header::size + 2 * image::table_count +
          random() % (small_image()[image::header::text_at] - image::header::size - 2 * image::table_count);
      damaged.words()[word] = random() % 64;
    }
    damaged.seal();
    const provider service(damaged.words());
    if (service.problem().empty()) use(service);
  }
}

TEST(RefusedImage, GivesAProviderWithoutOperations) {
  copied_image damaged(small_image());
  ++damaged.words()[100];
  const provider service(damaged.words());
  EXPECT_EQ(service.problem(), "the image is damaged");
  EXPECT_EQ(service.name(), "");
  EXPECT_EQ(service.facts(), "");
  EXPECT_EQ(service.operation_count(), 0U);
  EXPECT_FALSE(service.find("makeThing"));
  const report found = operation(service, 0).check_body("{}");
  EXPECT_FALSE(found.ok());
  EXPECT_TRUE(found.issues().empty());
  EXPECT_FALSE(operation(service, 0).build({{{"id", "x"}}, "{}"}));
}

TEST(RefusedImage, HasAReasonForEveryKindOfRefusal) {
  for (const open_error error : {open_error::truncated, open_error::not_an_image, open_error::other_layout,
                                 open_error::damaged, open_error::no_memory}) {
    EXPECT_FALSE(image::open_error_text(error).empty());
  }
  EXPECT_EQ(image::open_error_text(open_error::none), "");
}

}  // namespace
}  // namespace recreq
