// The public interface takes the body as text in every case and counts offsets in bytes, so that positions are compared
// only where the vector has them, and offsets of strings after counting them anew.
#include "public_interface.hpp"

#include <algorithm>
#include <recreq/json.hpp>
#include <recreq/recall.hpp>
#include <recreq/videosdk.hpp>
#include <string_view>

namespace recreq::vectors {
namespace {

// The input as the typed operation takes it; false when it cannot. The body is set apart.
template <class Input>
bool take_input(const json& given, Input& out) {
  if (!given.is_object()) return false;
  for (const auto& [name, value] : given.items()) {
    if (name == "body") continue;
    std::string_view* member = nullptr;
    if (name == "region") member = &out.region;
    if constexpr (requires { out.id; }) {
      if (name == "id") member = &out.id;
    }
    if constexpr (requires { out.idempotency_key; }) {
      if (name == "idempotencyKey") member = &out.idempotency_key;
    }
    if constexpr (requires { out.cursor; }) {
      if (name == "bot_id") member = &out.bot_id;
      if (name == "desktop_sdk_upload_id") member = &out.desktop_sdk_upload_id;
      if (name == "status_code") member = &out.status_code;
      if (name == "created_at_after") member = &out.created_at_after;
      if (name == "created_at_before") member = &out.created_at_before;
      if (name == "cursor") member = &out.cursor;
    }
    if (member == nullptr || !value.is_string()) return false;
    *member = value.template get_ref<const std::string&>();
  }
  return true;
}

bool take_input(const json& given, videosdk::start_recording_input& /*out*/) {
  return given.is_object() && given.size() == given.contains("body");
}

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
  if (!take_input(given.input, input)) return std::nullopt;
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
    if (given.provider == "recall" && given.operation == name)
      found = differences_of(operation, "Authorization: Token ", given, made, checked);
  };
  try_as("startRecording", recall::start_recording);
  try_as("stopRecording", recall::stop_recording);
  try_as("pauseRecording", recall::pause_recording);
  try_as("resumeRecording", recall::resume_recording);
  try_as("requestRecordingPermission", recall::request_recording_permission);
  try_as("retrieveBot", recall::retrieve_bot);
  try_as("listRecordings", recall::list_recordings);
  try_as("retrieveRecording", recall::retrieve_recording);
  if (given.provider == "videosdk" && given.operation == "startRecording")
    found = differences_of(videosdk::start_recording, "Authorization: ", given, made, checked);
  return found;
}

}  // namespace recreq::vectors
