// Any text as a body that is mended: a fix applies to the input that it was made for, its issue is gone afterwards, and
// mending one issue after another comes to an end.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>

#include "fuzz_target.hpp"
#include "recreq/recall.hpp"

namespace {

using json = nlohmann::ordered_json;
using recreq::fuzz::promise;

/// The body with one issue mended. Throws where an operation does not apply to it.
json apply_fix(const json& body, std::span<const recreq::patch_operation> fix) {
  json patch = json::array();
  for (const recreq::patch_operation& step : fix) {
    constexpr std::string_view names[] = {"add", "remove", "move"};
    json operation{{"op", names[static_cast<std::size_t>(step.op)]}, {"path", step.path}};
    if (step.op == recreq::patch_operation::kind::add) operation["value"] = json::parse(step.value);
    if (step.op == recreq::patch_operation::kind::move) operation["from"] = step.from;
    patch.push_back(std::move(operation));
  }
  return body.patch(patch);
}

const recreq::issue* first_with_fix(std::span<const recreq::issue> issues) {
  const auto found = std::find_if(issues.begin(), issues.end(), [](const auto& each) { return !each.fix.empty(); });
  return found == issues.end() ? nullptr : &*found;
}

bool same_issue(const recreq::issue& a, const recreq::issue& b) {
  return a.code == b.code && a.rule == b.rule && a.pointer == b.pointer;
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FuzzedDataProvider bytes(data, size);
  const auto [how, tight_limits] = recreq::fuzz::take_options(bytes);
  const std::string text = bytes.ConsumeRemainingBytesAsString();
  recreq::report found = recreq::recall::start_recording.check_body(text, how);
  if (found.value().empty() || tight_limits) return 0;
  json body = json::parse(text);
  // Every fix that succeeds takes its issue away; a body has no more of them than it has values, a few for each.
  std::size_t rounds_left = 4 * text.size() + 100;
  while (const recreq::issue* mended = first_with_fix(found.issues())) {
    promise(rounds_left-- != 0, "mending comes to an end");
    body = apply_fix(body, mended->fix);
    recreq::report after = recreq::recall::start_recording.check_body(body.dump(), how);
    promise(!after.value().empty(), "a mended body can be read");
    const auto issues = after.issues();
    promise(std::none_of(issues.begin(), issues.end(), [&](const auto& each) { return same_issue(each, *mended); }),
            "a fix mends its issue");
    found = std::move(after);
  }
  return 0;
}
