// Reading options. JavaScript has checked them; what only the engine can know is looked at here.
#include "profile.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>

#include "json/arena.hpp"
#include "schema/message.hpp"

namespace recreq {
namespace {

template <class Value>
struct choice {
  std::string_view name;
  Value value;
};

template <class Value, std::size_t Count>
bool choose(const node& written, const choice<Value> (&choices)[Count], Value& out) {
  for (const choice<Value>& each : choices) {
    if (written.type == kind::string && written.text == each.name) {
      out = each.value;
      return true;
    }
  }
  return false;
}

bool take_limits(const node& written, limits& out) {
  if (written.type != kind::object) return false;
  for (const node* member = written.first; member != nullptr; member = member->next) {
    if (member->type != kind::number) return false;
    std::uint64_t value = 0;
    for (const char c : member->text) {
      if (c < '0' || c > '9' || value > UINT32_MAX) return false;
      value = value * 10 + static_cast<std::uint64_t>(c - '0');
    }
    const auto limit = static_cast<std::uint32_t>(std::min<std::uint64_t>(value, INT32_MAX));
    if (member->key == "bytes") {
      out.bytes = limit;
    } else if (member->key == "depth") {
      out.depth = limit;
    } else if (member->key == "values") {
      out.values = limit;
    } else if (member->key == "issues") {
      out.issues = limit;
    } else {
      return false;
    }
  }
  return true;
}

bool is_rule(const image::view& view, std::string_view id) {
  for (std::uint32_t i = 0; i < view.size(image::table::rules); ++i) {
    if (view.string(view.rule(i).id) == id) return true;
  }
  return false;
}

}  // namespace

std::string_view profile::keep(std::string_view text) {
  char* copy = texts_.get() + used_;
  if (!text.empty()) std::memcpy(copy, text.data(), text.size());
  used_ += text.size();
  return {copy, text.size()};
}

bool profile::take_rules(const node& written, const image::view& view, std::string& error) {
  constexpr choice<std::optional<severity>> levels[] = {
      {"error", severity::error}, {"warning", severity::warning}, {"info", severity::info}, {"off", std::nullopt}};
  if (written.type != kind::object) return false;
  for (const node* member = written.first; member != nullptr; member = member->next) {
    std::optional<severity> level;
    if (!is_rule(view, member->key) || !choose(*member, levels, level)) {
      error = "there is no rule or no severity like ";
      error += member->key;
      return false;
    }
    rules_.push_back({keep(member->key), level});
  }
  how_.rules = rules_;
  return true;
}

bool profile::take_messages(const node& written, const image::view& view, std::string& error) {
  if (written.type != kind::object) return false;
  for (const node* member = written.first; member != nullptr; member = member->next) {
    if (member->type != kind::string || (!is_message_key(member->key) && !is_rule(view, member->key))) {
      error = "there is no message and no rule ";
      error += member->key;
      return false;
    }
    messages_.push_back({keep(member->key), keep(member->text)});
  }
  how_.messages = messages_;
  return true;
}

// JSON text in a string, so that it can be read anew for each call.
bool profile::take_extra_body(const node& written) {
  if (written.type != kind::string) return false;
  how_.extra_body = keep(written.text);
  used_ += text_padding;
  return true;
}

bool profile::read(std::string_view json, const image::view& view, json_reader& reader, std::string& error) {
  constexpr choice<defaults_mode> defaults[] = {
      {"explicit", defaults_mode::explicit_only}, {"known", defaults_mode::known}, {"omit", defaults_mode::omit}};
  constexpr choice<unknown_mode> unknown[] = {
      {"error", unknown_mode::error}, {"warn", unknown_mode::warn}, {"allow", unknown_mode::allow}};
  arena memory{std::size_t{8} << 20U};
  std::string padded(json);
  padded.append(text_padding, '\0');
  const node* root = reader.read(std::string_view(padded).substr(0, json.size()), limits{}, memory).root;
  if (root == nullptr || root->type != kind::object) {
    error = "options are a JSON object";
    return false;
  }
  texts_.reset(new char[json.size() + text_padding]{});
  for (const node* member = root->first; member != nullptr; member = member->next) {
    error = "this is not a value of the option ";
    error += member->key;
    bool valid = false;
    if (member->key == "defaults") valid = choose(*member, defaults, how_.defaults);
    if (member->key == "unknown") valid = choose(*member, unknown, how_.unknown);
    if (member->key == "limits") valid = take_limits(*member, how_.limits);
    if (member->key == "rules") valid = take_rules(*member, view, error);
    if (member->key == "messages") valid = take_messages(*member, view, error);
    if (member->key == "extraBody") valid = take_extra_body(*member);
    if (member->key == "provenance") valid = how_.provenance = member->text == "true";
    if (!valid) return false;
  }
  return true;
}

}  // namespace recreq
