// Any inputs: a request that is built goes where it should and nowhere else, and building it from its own body gives it
// again. The bytes are lines: region, bot, idempotency key; all that follows is the body.
#include <algorithm>
#include <string>
#include <string_view>

#include "fuzz_target.hpp"
#include "recreq/recall.hpp"

namespace {

using recreq::fuzz::promise;

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

bool is_plain(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'; }

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

void require_safe_head(const recreq::request& built, const recreq::recall::start_recording_input& input) {
  promise(std::all_of(input.region.begin(), input.region.end(), is_plain), "a region is one label of a host");
  promise(std::all_of(input.id.begin(), input.id.end(), is_plain), "a bot is one segment of a path");
  const std::string url =
      "https://" + std::string(input.region) + ".recall.ai/api/v1/bot/" + std::string(input.id) + "/start_recording/";
  promise(built.url == url, "a request goes to its region and its bot");
  for (const recreq::header& each : built.headers) {
    promise(std::none_of(each.value.begin(), each.value.end(), is_control), "a header stays one line");
  }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FuzzedDataProvider bytes(data, size);
  const auto [how, tight_limits] = recreq::fuzz::take_options(bytes);
  const std::string text = bytes.ConsumeRemainingBytesAsString();
  std::string_view rest = text;
  recreq::recall::start_recording_input input;
  input.region = take_line(rest);
  input.id = take_line(rest);
  input.idempotency_key = take_line(rest);
  if (input.idempotency_key.empty()) input.idempotency_key = {};
  input.body = rest;

  const recreq::report found = recreq::recall::start_recording.check(input, how);
  const recreq::result built = recreq::recall::start_recording.build(input, how);
  promise(!built.memory_exhausted(), "inputs within the limits do not exhaust memory");
  promise(found.ok() == static_cast<bool>(built), "what checks well can be built, and nothing else");
  promise(found.issues().size() == built.issues().size(), "check and build report the same");
  if (!built) return 0;
  require_safe_head(*built, input);
  if (tight_limits) return 0;
  input.body = built->body;
  const recreq::result again = recreq::recall::start_recording.build(input, how);
  promise(again && again->body == built->body && again->url == built->url, "a request's body builds the same request");
  return 0;
}
