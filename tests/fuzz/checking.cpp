// Any text as a body: a report is complete and consistent, and its effective value checks as itself.
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "fuzz_target.hpp"
#include "recreq/json.hpp"
#include "recreq/recall.hpp"

namespace {

using json = nlohmann::json;
using recreq::fuzz::promise;

std::string pointer_of(const json& path) {
  std::string pointer;
  for (const json& step : path) {
    pointer += '/';
    for (const char c : step.is_string() ? step.get<std::string>() : step.dump()) {
      if (c == '~') {
        pointer += "~0";
      } else if (c == '/') {
        pointer += "~1";
      } else {
        pointer += c;
      }
    }
  }
  return pointer;
}

void require_consistency(const recreq::report& found, std::string_view text, const recreq::options& how) {
  promise(!found.memory_exhausted(), "a body within the limits does not exhaust memory");
  promise(found.issues().size() <= how.limits.issues, "a report keeps its limit");
  bool error = false;
  for (const recreq::issue& issue : found.issues()) {
    error = error || issue.level == recreq::severity::error;
    promise(!issue.message.empty(), "an issue says something");
    const json path = json::parse(issue.path, nullptr, false);
    promise(path.is_array() && pointer_of(path) == issue.pointer, "path and pointer are one place");
    promise(!issue.position || issue.position->offset <= text.size(), "an issue stands inside its text");
    for (const recreq::patch_operation& step : issue.fix) {
      promise(step.op != recreq::patch_operation::kind::add || json::accept(step.value), "what a fix adds is JSON");
    }
  }
  promise(!found.ok() || !error, "a report with an error is not ok");
  promise(found.ok() || error || found.truncated(), "a report without an error is ok");
  const json report = json::parse(json_text(found.issues(), found.truncated()), nullptr, false);
  promise(report.is_object() && report["issues"].size() == found.issues().size(), "a report is JSON");
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FuzzedDataProvider bytes(data, size);
  const auto [how, tight_limits] = recreq::fuzz::take_options(bytes);
  const std::string text = bytes.ConsumeRemainingBytesAsString();
  const recreq::report found = recreq::recall::start_recording.check_body(text, how);
  require_consistency(found, text, how);
  if (found.value().empty() || tight_limits) return 0;
  const recreq::report again = recreq::recall::start_recording.check_body(found.value(), how);
  promise(again.value() == found.value(), "filling in a second time fills nothing in");
  promise(!found.ok() || again.ok(), "the effective value is as good as the input");
  return 0;
}
