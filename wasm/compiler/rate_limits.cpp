#include "rate_limits.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace recreq::compiler {
namespace {

constexpr std::array<std::string_view, 7> known_members{"requests", "seconds",  "per",         "scope",
                                                        "header",   "x-source", "x-confidence"};

// A list, or a single one.
std::vector<place> listed_limits(const place& holder) {
  const place limits = member(holder, "x-rate-limit");
  if (!limits) return {};
  if (!limits.value->is_array()) return {limits};
  std::vector<place> list;
  for (const auto& [index, limit] : children(limits)) list.push_back(limit);
  return list;
}

bool is_positive(const place& number) { return number && number.value->is_number_unsigned() && *number.value > 0; }

json client_limit(const place& limit, std::vector<problem>& problems) {
  json facts = json::object();
  for (const auto& [name, value] : children(limit)) {
    if (std::find(known_members.begin(), known_members.end(), name) == known_members.end())
      report(problems, value.pointer, "x-rate-limit has no \"" + name + '"');
  }
  for (const char* const name : {"requests", "seconds"}) {
    const place count = member(limit, name);
    if (is_positive(count)) {
      facts[name] = *count.value;
    } else {
      report(problems, limit.pointer, "x-rate-limit says how many requests in how many seconds");
    }
  }
  if (const place scope = member(limit, "scope")) {
    if (*scope.value != "credential" && *scope.value != "address")
      report(problems, scope.pointer, R"(a limit's scope is "credential" or "address")");
    if (*scope.value == "address") facts["scope"] = *scope.value;
  }
  if (const place header = member(limit, "header")) facts["header"] = *header.value;
  return facts;
}

std::string period_of(const json& seconds) {
  if (seconds == 1) return "second";
  if (seconds == 60) return "minute";
  return seconds.dump() + " seconds";
}

}  // namespace

json rate_limits_at(const place& holder, std::vector<problem>& problems) {
  const std::vector<place> limits = listed_limits(holder);
  if (limits.empty()) return nullptr;
  json list = json::array();
  for (const place& limit : limits) list.push_back(client_limit(limit, problems));
  return list;
}

std::string rate_limit_sentence(const place& holder) {
  std::string sentence;
  for (const place& limit : listed_limits(holder)) {
    const place requests = member(limit, "requests");
    const place seconds = member(limit, "seconds");
    if (!requests || !seconds) continue;
    const std::string per = text_of(limit, "per");
    sentence += (sentence.empty() ? "At most " : ", and ") + requests.value->dump() +
                (sentence.empty() ? " requests per " : " per ") + period_of(*seconds.value) +
                (per.empty() ? "" : " and " + per);
  }
  return sentence.empty() ? sentence : sentence + '.';
}

}  // namespace recreq::compiler
