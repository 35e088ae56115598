// A call as the WebAssembly module makes it: inputs and body as one text, or the body apart, with offsets as each
// language counts.
#include "request/call.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "example_provider.hpp"

namespace recreq {
namespace {

using testing::closed_object;
using testing::compile;
using testing::document_for;
using testing::summary;

class Call : public ::testing::Test {  // NOLINT(readability-identifier-naming): its tests' suite
 protected:
  void SetUp() override { ASSERT_EQ(opened_.open(words_), image::open_error::none); }

  std::string_view padded(std::string_view text) {
    texts_.emplace_back(text);
    texts_.back().append(text_padding, '\0');
    return std::string_view(texts_.back()).substr(0, text.size());
  }

  std::string checked(call& running) {
    running.check(operation());
    return summary(running.issues().issues());
  }

  std::string value(call& running) {
    text_builder out(memory_);
    running.write_value(out);
    return std::string(out.view());
  }

  const image::operation_record& operation() {
    operation_ = opened_.view().operation(0);
    return operation_;
  }

  call begin() {
    memory_.clear();
    view_ = opened_.view();
    return {view_, how_, memory_, reader_};
  }

  std::vector<std::uint32_t> words_ =
      compile(document_for(closed_object(R"("text":{"type":"string"},"list":{"type":"array"})"))).image;
  image::opened_image opened_;
  image::view view_;
  image::operation_record operation_{};
  options how_;
  arena memory_{0};
  json_reader reader_;
  std::deque<std::string> texts_;
};

TEST_F(Call, TakesInputsAndBodyAsOneText) {
  call running = begin();
  running.take_input_text(padded(R"({"region":"eu-1","body":{"text":"a"},"id":"x"})"));
  EXPECT_EQ(checked(running), "");
  EXPECT_EQ(value(running), R"({"body":{"text":"a"},"id":"x","region":"eu-1"})");
  text_builder body(memory_);
  running.write_body(body);
  EXPECT_EQ(body.view(), R"({"text":"a"})");
}

TEST_F(Call, HasNoPositionsForObjects) {
  call running = begin();
  running.take_input_text(padded(R"({"region":"eu-1","id":"x","body":{"text":1}})"));
  EXPECT_EQ(checked(running), "error type #/body/text");
  EXPECT_FALSE(running.issues().issues()[0].position);
}

TEST_F(Call, RefusesInputsThatAreNoObject) {
  for (const std::string_view text : {"null", "[]", "1", "\"a\"", "true"}) {
    call running = begin();
    running.take_input_text(padded(text));
    EXPECT_EQ(checked(running), "error type #") << text;
  }
}

TEST_F(Call, RefusesParametersThatAreNoStrings) {
  call running = begin();
  running.take_input_text(padded(R"({"region":["eu-1"],"id":{"toString":"x"},"dry run":1})"));
  EXPECT_EQ(checked(running), "error type #/region, error type #/id, error type #/dry run");
}

TEST_F(Call, TakesTheBodyApartFromTheInputs) {
  call running = begin();
  running.take_input_text(padded(R"({"region":"eu-1","id":"x"})"));
  running.take_body_text(padded(R"({"text":1})"), false);
  EXPECT_EQ(checked(running), "error type #/body/text");
  EXPECT_EQ(running.issues().issues()[0].position->offset, 8U);
  EXPECT_EQ(value(running), R"({"body":{"text":1},"id":"x","region":"eu-1"})");
}

TEST_F(Call, ChecksTheInputsOfABodyThatCannotBeRead) {
  call running = begin();
  running.take_input_text(padded(R"({"region":"mars","id":"x"})"));
  running.take_body_text(padded(""), false);
  EXPECT_EQ(checked(running), "error syntax #/body, error unknown-value #/region");
  EXPECT_EQ(value(running), "");
}

TEST_F(Call, CountsOffsetsAsTheCallersLanguageDoes) {
  const std::string_view text = "{\"text\":\"\u00e9\u20ac\U0001F600\",\"list\":1}";
  for (const bool utf16 : {false, true}) {
    call running = begin();
    running.take_body_alone(padded(text), true, utf16);
    EXPECT_EQ(checked(running), "error type #/list");
    EXPECT_EQ(running.issues().issues()[0].position->offset, utf16 ? 22U : text.find('1'));
    EXPECT_EQ(running.issues().issues()[0].position->column, 23U);
  }
}

TEST_F(Call, HasPositionsOnlyWhenTheyAreWanted) {
  call running = begin();
  running.take_body_alone(padded(R"({"list":1})"), false, false);
  EXPECT_EQ(checked(running), "error type #/list");
  EXPECT_FALSE(running.issues().issues()[0].position);
}

TEST_F(Call, GivesABodyInTheInputsTheDepthOfABodyAlone) {
  how_.limits.depth = 3;
  for (const auto& [list, issues] : {std::pair("[[]]", ""), std::pair("[[[]]]", "error too-deep #/body/list/0/0")}) {
    call running = begin();
    running.take_input_text(padded(R"({"region":"eu-1","id":"x","body":{"list":)" + std::string(list) + "}}"));
    EXPECT_EQ(checked(running), issues);
  }
}

TEST_F(Call, TakesLimitsAsLargeAsTheyGo) {
  how_.limits = {UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX};
  call running = begin();
  running.take_input_text(padded(R"({"region":"eu-1","id":"x","body":{"text":"a"}})"));
  EXPECT_EQ(checked(running), "");
}

TEST_F(Call, LeavesNothingBehindInItsMemory) {
  how_.limits.bytes = 1024;
  call running = begin();
  running.take_body_alone(padded(R"({"text":"s3cr3t \u0041"})"), true, false);
  EXPECT_EQ(checked(running), "");
  EXPECT_EQ(value(running), R"({"text":"s3cr3t A"})");
  memory_.clear();
  const auto* const bytes = static_cast<const char*>(memory_.allocate(60'000, 1));
  EXPECT_EQ(std::string_view(bytes, 60'000).find("s3cr3t"), std::string_view::npos);
}

}  // namespace
}  // namespace recreq
