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

// The input as the typed operation takes it; false when it cannot.
bool take_input(const test_vector& given, recall::start_recording_input& out) {
  if (!given.input.is_object()) return false;
  for (const auto& [name, value] : given.input.items()) {
    if (name == "body") continue;
    std::string_view* const member = name == "region"           ? &out.region
                                     : name == "id"             ? &out.id
                                     : name == "idempotencyKey" ? &out.idempotency_key
                                                                : nullptr;
    if (member == nullptr || !value.is_string()) return false;
    *member = value.get_ref<const std::string&>();
  }
  return true;
}

bool take_input(const test_vector& given, videosdk::start_recording_input& /*out*/) {
  return given.input.is_object() && given.input.size() == given.input.contains("body");
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

template <class Input>
std::optional<std::vector<std::string>> differences_of(const typed_operation<Input>& operation,
                                                       std::string_view credential, const test_vector& given,
                                                       const outcome& made, const outcome& checked) {
  std::vector<std::string> found;
  const engine_options how(given.options);
  if (given.body_alone) {
    const std::string body = given.body ? given.body->text : javascript_json(given.input);
    const report seen =
        given.schema.empty() ? operation.check_body(body, how.get()) : recall::recording_config.check(body, how.get());
    compare(found, "ok", made.ok, seen.ok());
    compare(found, "value", made.body, seen.value());
    compare(found, "report", report_of(made), issues_of(seen.issues(), seen.truncated(), given, seen.provenance()));
    return found;
  }
  Input input;
  if (!take_input(given, input)) return std::nullopt;
  std::string body;
  if (given.body) {
    body = given.body->text;
    input.body = body;
  } else if (given.input.contains("body")) {
    body = javascript_json(given.input.at("body"));
    input.body = body;
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

std::optional<std::vector<std::string>> public_differences(const test_vector& given, const outcome& made,
                                                           const outcome& checked) {
  if (given.operation != "startRecording" && given.schema.empty()) return std::nullopt;
  if (given.provider == "recall")
    return differences_of(recall::start_recording, "Authorization: Token ", given, made, checked);
  if (given.provider == "videosdk")
    return differences_of(videosdk::start_recording, "Authorization: ", given, made, checked);
  return std::nullopt;
}

}  // namespace recreq::vectors
