// The public interface takes the body as text in every case and counts offsets in bytes, so that positions are compared
// only where the vector has them, and offsets of strings after counting them anew.
#include "public_interface.hpp"

#include <algorithm>
#include <recreq/json.hpp>
#include <recreq/realtimekit.hpp>
#include <recreq/recall.hpp>
#include <recreq/videosdk.hpp>
#include <string_view>

#include "typed_input.hpp"

namespace recreq::vectors {
namespace {

std::uint32_t utf16_units(std::string_view text) {
  std::uint32_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80U) units += byte >= 0xF0 ? 2 : 1;
  }
  return units;
}

json issues_of(std::span<const issue> issues, bool truncated, const test_vector& given,
               std::span<const placed_origin> provenance = {}) {
  json report = json::parse(json_text(issues, truncated, provenance));
  for (json& issue : report["issues"]) {
    if (!given.body) {
      for (const char* name : {"offset", "line", "column"}) issue.erase(name);
    } else if (!given.body->is_bytes && issue.contains("offset")) {
      issue["offset"] = utf16_units(std::string_view(given.body->text).substr(0, issue["offset"].get<std::size_t>()));
    }
  }
  return report;
}

json report_of(const outcome& made) {
  if (made.report.empty()) return {{"issues", json::array()}, {"truncated", false}};
  return json::parse(made.report);
}

void compare(std::vector<std::string>& found, std::string_view what, const json& internal, const json& outside) {
  if (internal == outside) return;
  found.push_back(std::string(what) + "\n    inside  " + internal.dump() + "\n    outside " + outside.dump());
}

std::string head_of(const request& built) {
  std::string head(built.url);
  head += '\n';
  for (const header& each : built.headers) head.append(each.name).append(": ").append(each.value).append("\n");
  return head;
}

using differing = std::optional<std::vector<std::string>>;

// `checks` is an operation's body or a schema that stands for itself.
template <class Check>
std::vector<std::string> differences_alone(const Check& checks, const test_vector& given, const outcome& made) {
  std::vector<std::string> found;
  const engine_options how(given.options);
  const std::string value = given.body ? given.body->text : javascript_json(given.input);
  const report seen = checks(value, how.get());
  compare(found, "ok", made.ok, seen.ok());
  compare(found, "value", made.body, seen.value());
  compare(found, "report", report_of(made), issues_of(seen.issues(), seen.truncated(), given, seen.provenance()));
  return found;
}

template <class Input>
differing differences_of(const typed_operation<Input>& operation, std::string_view credential, const test_vector& given,
                         const outcome& made, const outcome& checked) {
  if (given.body_alone) {
    const auto checks = [&](std::string_view body, const options& how) { return operation.check_body(body, how); };
    return differences_alone(checks, given, made);
  }
  std::vector<std::string> found;
  const engine_options how(given.options);
  Input input;
  text_lists kept;
  if (!take_input(given.input, input, kept)) return std::nullopt;
  std::string body;
  if constexpr (requires { input.body; }) {
    if (given.body || given.input.contains("body")) {
      body = given.body ? given.body->text : javascript_json(given.input.at("body"));
      input.body = body;
    }
  } else if (given.body || given.input.contains("body")) {
    return std::nullopt;
  }
  const result built = operation.build(input, how.get());
  compare(found, "is a request", made.ok, static_cast<bool>(built));
  compare(found, "report", report_of(made), issues_of(built.issues(), built.truncated(), given));
  if (made.ok && built) {
    compare(found, "method", made.method, built->method);
    compare(found, "head", made.head, head_of(*built));
    compare(found, "body", made.body, built->body);
    compare(found, "header of the credential", credential,
            std::string(built->credential.name) + ": " + std::string(built->credential.prefix));
  }
  const report seen = operation.check(input, how.get());
  compare(found, "ok", checked.ok, seen.ok());
  compare(found, "value", checked.body, seen.value());
  return found;
}

// How each provider's requests carry the credential.
std::string_view credential_header(std::string_view provider) {
  if (provider == "recall") return "Authorization: Token ";
  return provider == "realtimekit" ? "Authorization: Bearer " : "Authorization: ";
}

}  // namespace

differing public_differences(const test_vector& given, const outcome& made, const outcome& checked) {
  if (!given.schema.empty()) {
    const auto checks = [](std::string_view value, const options& how) {
      return recall::recording_config.check(value, how);
    };
    return differences_alone(checks, given, made);
  }
  differing found;
  const auto try_as = [&](std::string_view name, const auto& operation) {
    if (given.operation == name)
      found = differences_of(operation, credential_header(given.provider), given, made, checked);
  };
  if (given.provider == "recall") {
    try_as("startRecording", recall::start_recording);
    try_as("stopRecording", recall::stop_recording);
    try_as("pauseRecording", recall::pause_recording);
    try_as("resumeRecording", recall::resume_recording);
    try_as("requestRecordingPermission", recall::request_recording_permission);
    try_as("retrieveBot", recall::retrieve_bot);
    try_as("listRecordings", recall::list_recordings);
    try_as("retrieveRecording", recall::retrieve_recording);
  } else if (given.provider == "realtimekit") {
    try_as("getAllRecordings", realtimekit::get_all_recordings);
    try_as("startRecording", realtimekit::start_recording);
    try_as("getActiveRecording", realtimekit::get_active_recording);
    try_as("getOneRecording", realtimekit::get_one_recording);
    try_as("pauseResumeStopRecording", realtimekit::pause_resume_stop_recording);
    try_as("startTrackRecordingForAMeeting", realtimekit::start_track_recording_for_a_meeting);
  } else if (given.provider == "videosdk") {
    try_as("startRecording", videosdk::start_recording);
    try_as("stopRecording", videosdk::stop_recording);
    try_as("listRecordings", videosdk::list_recordings);
    try_as("getRecording", videosdk::get_recording);
    try_as("deleteRecording", videosdk::delete_recording);
    try_as("startParticipantRecording", videosdk::start_participant_recording);
    try_as("stopParticipantRecording", videosdk::stop_participant_recording);
    try_as("listParticipantRecordings", videosdk::list_participant_recordings);
    try_as("getParticipantRecording", videosdk::get_participant_recording);
    try_as("deleteParticipantRecording", videosdk::delete_participant_recording);
    try_as("startTrackRecording", videosdk::start_track_recording);
    try_as("stopTrackRecording", videosdk::stop_track_recording);
    try_as("listTrackRecordings", videosdk::list_track_recordings);
    try_as("getTrackRecording", videosdk::get_track_recording);
    try_as("deleteTrackRecording", videosdk::delete_track_recording);
  }
  return found;
}

}  // namespace recreq::vectors
