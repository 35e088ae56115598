// VideoSDK's generated header: operations without server variables, lists with typed parameters, a credential without a
// prefix.
#include <gtest/gtest.h>

#include <recreq/videosdk.hpp>
#include <string>

namespace recreq {
namespace {

TEST(VideoSdk, StartsARecordingWithTheBareToken) {
  const result built = videosdk::start_recording.build({.body = R"({"roomId":"abcd-efgh-ijkl"})"});
  ASSERT_TRUE(built);
  EXPECT_EQ(built->method, "POST");
  EXPECT_EQ(built->url, "https://api.videosdk.live/v2/recordings/start");
  EXPECT_EQ(built->body, R"({"roomId":"abcd-efgh-ijkl"})");
  EXPECT_EQ(built->credential.name, "Authorization");
  EXPECT_EQ(built->credential.prefix, "");
}

TEST(VideoSdk, ListsRecordingsByTypedParameters) {
  const result built =
      videosdk::list_recordings.build({.room_id = "abcd-efgh-ijkl", .with_transcription = false, .page = 2});
  ASSERT_TRUE(built);
  EXPECT_EQ(built->method, "GET");
  EXPECT_EQ(built->url, "https://api.videosdk.live/v2/recordings?roomId=abcd-efgh-ijkl&withTranscription=false&page=2");
  EXPECT_EQ(built->body, "");
}

TEST(VideoSdk, SaysTheSameOfEveryOperationThatSharesARule) {
  const report participant =
      videosdk::start_participant_recording.check_body(R"({"roomId":"r","participantId":"p 1"})");
  const report track =
      videosdk::stop_track_recording.check_body(R"({"roomId":"r","participantId":"p 1","kind":"audio"})");
  ASSERT_EQ(participant.issues().size(), 1U);
  ASSERT_EQ(track.issues().size(), 1U);
  EXPECT_EQ(participant.issues()[0].rule, "videosdk/participant-id-whitespace");
  EXPECT_EQ(track.issues()[0].rule, participant.issues()[0].rule);
}

}  // namespace
}  // namespace recreq
