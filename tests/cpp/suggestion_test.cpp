// Did you mean: what comes close to a name, and what does not.
#include "schema/suggestion.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>

namespace recreq {
namespace {

std::string_view meant(std::string_view written, std::initializer_list<std::string_view> candidates) {
  suggestion best(written);
  for (const std::string_view candidate : candidates) best.consider(candidate);
  return best.best();
}

TEST(Suggestion, LooksPastCase) {
  EXPECT_EQ(meant("MP4", {"mp3", "mp4"}), "mp4");
  EXPECT_EQ(meant("Gallery", {"gallery"}), "gallery");
}

TEST(Suggestion, LooksPastSeparators) {
  EXPECT_EQ(meant("real_time_endpoints", {"retention", "realtime_endpoints"}), "realtime_endpoints");
  EXPECT_EQ(meant("videoMixedLayout", {"video_mixed_mp4", "video_mixed_layout"}), "video_mixed_layout");
  EXPECT_EQ(meant("video-mixed.layout", {"video_mixed_layout"}), "video_mixed_layout");
  EXPECT_EQ(meant("us west 2", {"us-east-1", "us-west-2"}), "us-west-2");
}

TEST(Suggestion, ForgivesSlipsOfTheFinger) {
  EXPECT_EQ(meant("gallery_veiw", {"speaker_view", "gallery_view"}), "gallery_view");
  EXPECT_EQ(meant("retenton", {"retention"}), "retention");
  EXPECT_EQ(meant("rettention", {"retention"}), "retention");
  EXPECT_EQ(meant("retemtion", {"retention"}), "retention");
  EXPECT_EQ(meant("tpye", {"type"}), "type");
}

TEST(Suggestion, TakesTheClosest) {
  EXPECT_EQ(meant("video_mixed_mp3", {"video_mixed_flv", "video_mixed_mp4"}), "video_mixed_mp4");
  EXPECT_EQ(meant("video_mixed_mp3", {"video_mixed_mp4", "video_mixed_flv"}), "video_mixed_mp4");
}

TEST(Suggestion, SaysNothingWhereNothingComesClose) {
  EXPECT_EQ(meant("automatic_leave", {"retention", "transcript", "metadata"}), "");
  EXPECT_EQ(meant("video", {"audio_mixed_raw"}), "");
  EXPECT_EQ(meant("abc", {"abd"}), "");
  EXPECT_EQ(meant("", {"type"}), "");
  EXPECT_EQ(meant("___", {"type", ""}), "");
  EXPECT_EQ(meant("type", {}), "");
}

TEST(Suggestion, DoesNotSuggestWhatWasWritten) { EXPECT_EQ(meant("type", {"type"}), ""); }

TEST(Suggestion, LooksAtNoTextThatIsTooLongForAName) {
  const std::string longest(64, 'a');
  EXPECT_EQ(meant(longest, {"b" + longest.substr(1)}), "b" + longest.substr(1));
  EXPECT_EQ(meant(longest + "a", {longest}), "");
  EXPECT_EQ(meant(longest, {longest + "a"}), "");
  EXPECT_EQ(meant(std::string(60'000, 'a'), {"a"}), "");
}

TEST(Suggestion, ReadsBytesOfAnyKind) { EXPECT_EQ(meant("m\u00e9tadata", {"metadata"}), "metadata"); }

}  // namespace
}  // namespace recreq
