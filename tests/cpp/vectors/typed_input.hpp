// A vector's input as a typed operation takes it: one member for each parameter, of that parameter's type.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vector_file.hpp"

namespace recreq::vectors {

/// Lists of texts, which an input only looks at.
using text_lists = std::deque<std::vector<std::string_view>>;

inline bool put(const json& value, std::string_view& out, text_lists& /*kept*/) {
  if (!value.is_string()) return false;
  out = value.get_ref<const std::string&>();
  return true;
}

inline bool put(const json& value, std::optional<bool>& out, text_lists& /*kept*/) {
  if (!value.is_boolean()) return false;
  out = value.get<bool>();
  return true;
}

inline bool put(const json& value, std::optional<double>& out, text_lists& /*kept*/) {
  if (!value.is_number()) return false;
  out = value.get<double>();
  return true;
}

inline bool put(const json& value, std::optional<std::int64_t>& out, text_lists& /*kept*/) {
  if (!value.is_number_integer()) return false;
  out = value.get<std::int64_t>();
  return true;
}

inline bool put(const json& value, std::span<const std::string_view>& out, text_lists& kept) {
  if (!value.is_array()) return false;
  std::vector<std::string_view>& texts = kept.emplace_back();
  // A list that is there has an address, even an empty one.
  texts.reserve(value.size() + 1);
  for (const json& each : value) {
    if (!each.is_string()) return false;
    texts.push_back(each.get_ref<const std::string&>());
  }
  out = texts;
  return true;
}

/// Sets the member that a parameter has; false when there is none, or when it cannot hold the value.
template <class Input>
bool take_member(std::string_view name, const json& value, Input& out, text_lists& kept) {
  bool taken = false;
  const auto is = [&](std::string_view parameter, auto member_of) {
    if constexpr (requires { member_of(out); }) {
      if (name == parameter) taken = put(value, member_of(out), kept);
    }
  };
  is("region", [](auto& in) -> decltype((in.region)) { return in.region; });
  is("id", [](auto& in) -> decltype((in.id)) { return in.id; });
  is("idempotencyKey", [](auto& in) -> decltype((in.idempotency_key)) { return in.idempotency_key; });
  is("bot_id", [](auto& in) -> decltype((in.bot_id)) { return in.bot_id; });
  is("desktop_sdk_upload_id",
     [](auto& in) -> decltype((in.desktop_sdk_upload_id)) { return in.desktop_sdk_upload_id; });
  is("status_code", [](auto& in) -> decltype((in.status_code)) { return in.status_code; });
  is("created_at_after", [](auto& in) -> decltype((in.created_at_after)) { return in.created_at_after; });
  is("created_at_before", [](auto& in) -> decltype((in.created_at_before)) { return in.created_at_before; });
  is("cursor", [](auto& in) -> decltype((in.cursor)) { return in.cursor; });
  is("account_id", [](auto& in) -> decltype((in.account_id)) { return in.account_id; });
  is("app_id", [](auto& in) -> decltype((in.app_id)) { return in.app_id; });
  is("meeting_id", [](auto& in) -> decltype((in.meeting_id)) { return in.meeting_id; });
  is("recording_id", [](auto& in) -> decltype((in.recording_id)) { return in.recording_id; });
  is("page_no", [](auto& in) -> decltype((in.page_no)) { return in.page_no; });
  is("per_page", [](auto& in) -> decltype((in.per_page)) { return in.per_page; });
  is("expired", [](auto& in) -> decltype((in.expired)) { return in.expired; });
  is("search", [](auto& in) -> decltype((in.search)) { return in.search; });
  is("sort_by", [](auto& in) -> decltype((in.sort_by)) { return in.sort_by; });
  is("sort_order", [](auto& in) -> decltype((in.sort_order)) { return in.sort_order; });
  is("start_time", [](auto& in) -> decltype((in.start_time)) { return in.start_time; });
  is("end_time", [](auto& in) -> decltype((in.end_time)) { return in.end_time; });
  is("status", [](auto& in) -> decltype((in.status)) { return in.status; });
  is("roomId", [](auto& in) -> decltype((in.room_id)) { return in.room_id; });
  is("sessionId", [](auto& in) -> decltype((in.session_id)) { return in.session_id; });
  is("participantId", [](auto& in) -> decltype((in.participant_id)) { return in.participant_id; });
  is("recordingId", [](auto& in) -> decltype((in.recording_id)) { return in.recording_id; });
  is("query", [](auto& in) -> decltype((in.query)) { return in.query; });
  is("withTranscription", [](auto& in) -> decltype((in.with_transcription)) { return in.with_transcription; });
  is("page", [](auto& in) -> decltype((in.page)) { return in.page; });
  is("perPage", [](auto& in) -> decltype((in.per_page)) { return in.per_page; });
  return taken;
}

/// The input without its body; false when the typed operation has no place for something in it.
template <class Input>
bool take_input(const json& given, Input& out, text_lists& kept) {
  if (!given.is_object()) return false;
  for (const auto& [name, value] : given.items()) {
    if (name != "body" && !take_member(name, value, out, kept)) return false;
  }
  return true;
}

}  // namespace recreq::vectors
