// Reading options. JavaScript has checked them; what only the engine can know is looked at here.
#include "profile.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "request/call_input.hpp"
#include "schema/message.hpp"

namespace recreq {
namespace {

// The place of a text in a list; nothing when it is not there.
std::optional<std::uint8_t> place_of(const node& written, std::span<const std::string_view> names) noexcept {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (written.type == kind::string && written.text == names[i]) return static_cast<std::uint8_t>(i);
  }
  return std::nullopt;
}

// One of an enumeration's values, whose names are given in their order.
template <class Value>
bool choose(const node& written, std::span<const std::string_view> names, Value& out) noexcept {
  const std::optional<std::uint8_t> place = place_of(written, names);
  if (place) out = static_cast<Value>(*place);
  return place.has_value();
}

bool take_limits(const node& written, limits& out) noexcept {
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

class reading {
 public:
  reading(const image::view& provider, arena& memory, options& out) noexcept
      : provider_(provider), memory_(memory), out_(out) {}

  std::string_view take(const node& written) noexcept {
    for (const node* member = written.first; member != nullptr; member = member->next) {
      if (!take_option(*member)) return because("this is not a value of the option ", *member);
      if (!refused_.empty()) return refused_;
    }
    return {};
  }

 private:
  bool take_option(const node& written) noexcept {
    constexpr std::string_view defaults[] = {"explicit", "known", "omit"};
    constexpr std::string_view unknown[] = {"error", "warn", "allow"};
    if (written.key == "defaults") return choose(written, defaults, out_.defaults);
    if (written.key == "unknown") return choose(written, unknown, out_.unknown);
    if (written.key == "limits") return take_limits(written, out_.limits);
    if (written.key == "rules") return take_rules(written);
    if (written.key == "messages") return take_messages(written);
    if (written.key == "extraBody") return take_extra_body(written);
    out_.provenance = written.text == "true";
    return written.key == "provenance" && out_.provenance;
  }

  bool take_rules(const node& written) noexcept {
    constexpr std::string_view levels[] = {"error", "warning", "info", "off"};
    constexpr std::uint8_t off = 3;
    if (written.type != kind::object) return false;
    const std::span<rule_setting> made = memory_.make_array<rule_setting>(written.count);
    std::size_t count = 0;
    for (const node* member = written.first; member != nullptr && count < made.size(); member = member->next) {
      const std::optional<std::uint8_t> level = place_of(*member, levels);
      if (!is_rule(member->key) || !level) refused_ = because("there is no rule or no severity like ", *member);
      made[count].id = member->key;
      if (level && *level != off) made[count].level = static_cast<severity>(*level);
      ++count;
    }
    out_.rules = made;
    return true;
  }

  bool take_messages(const node& written) noexcept {
    if (written.type != kind::object) return false;
    const std::span<message> made = memory_.make_array<message>(written.count);
    std::size_t count = 0;
    for (const node* member = written.first; member != nullptr && count < made.size(); member = member->next) {
      if (member->type != kind::string || (!is_message_key(member->key) && !is_rule(member->key)))
        refused_ = because("there is no message and no rule ", *member);
      made[count++] = {member->key, member->text};
    }
    out_.messages = made;
    return true;
  }

  // JSON text in a string, so that it can be read anew for each call.
  bool take_extra_body(const node& written) noexcept {
    out_.extra_body = padded_copy(written.text, limits{}, memory_);
    return written.type == kind::string;
  }

  bool is_rule(std::string_view id) const noexcept {
    for (std::uint32_t i = 0; i < provider_.size(image::table::rules); ++i) {
      if (provider_.string(provider_.rule(i).id) == id) return true;
    }
    return false;
  }

  std::string_view because(std::string_view why, const node& what) noexcept {
    text_builder out(memory_);
    out.append(why);
    out.append(what.key);
    return out.view();
  }

  const image::view& provider_;
  arena& memory_;
  options& out_;
  std::string_view refused_;
};

}  // namespace

std::string_view read_profile(std::string_view json, const image::view& provider, json_reader& reader, arena& memory,
                              profile& out) noexcept {
  out.provider = &provider;
  const node* root = reader.read(padded_copy(json, limits{}, memory), limits{}, memory).root;
  std::string_view refused = "options are a JSON object";
  if (root != nullptr && root->type == kind::object) refused = reading(provider, memory, out.how).take(*root);
  return memory.exhausted() ? "there is not enough memory for the options" : refused;
}

}  // namespace recreq
