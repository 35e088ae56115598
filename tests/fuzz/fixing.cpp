// Any text as a body that is mended: fixes apply to the input that they were made for, the issue of one that stands
// alone is gone afterwards, and mending comes to an end.
#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include "fuzz_target.hpp"
#include "recreq/recall.hpp"

namespace {

using recreq::fuzz::promise;

bool has_fix(const recreq::issue& found) { return !found.fix.empty(); }

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
  std::string body = text;
  // Every fix that succeeds takes its issue away; a body has no more of them than it has values, a few for each.
  std::size_t rounds_left = 4 * text.size() + 100;
  for (;;) {
    const auto issues = found.issues();
    const auto fixes = std::count_if(issues.begin(), issues.end(), has_fix);
    if (fixes == 0) return 0;
    promise(rounds_left-- != 0, "mending comes to an end");
    std::string mended = recreq::apply_fixes(body, found);
    promise(mended != body, "a fix applies to its body");
    recreq::report after = recreq::recall::start_recording.check_body(mended, how);
    promise(!after.value().empty(), "a mended body can be read");
    const recreq::issue& first = *std::find_if(issues.begin(), issues.end(), has_fix);
    const auto left = after.issues();
    promise(
        fixes > 1 || std::none_of(left.begin(), left.end(), [&](const auto& each) { return same_issue(each, first); }),
        "a fix mends its issue");
    body = std::move(mended);
    found = std::move(after);
  }
}
