// How long the native engine takes from a body's text to its request: prints nanoseconds per call, the median of many
// short rounds. Arguments: region, bot id, body; with a number of calls behind them, only makes so many.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "recreq/recall.hpp"

namespace {

using seconds = std::chrono::duration<double>;

constexpr int warm_up_rounds = 5;
constexpr double round_seconds = 0.03;

struct round_result {
  double seconds_per_call;
  bool built;
};

round_result time_calls(const recreq::recall::start_recording_input& input, int calls) {
  std::size_t bytes = 0;
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < calls; ++i) {
    const auto request = recreq::recall::start_recording.build(input);
    if (!request) return {.seconds_per_call = 0, .built = false};
    bytes += request->body.size();
  }
  const seconds taken = std::chrono::steady_clock::now() - start;
  return {.seconds_per_call = taken.count() / calls, .built = bytes > 0};
}

}  // namespace

int main(int count, char** values) {
  if (count != 4 && count != 5) {
    std::fputs("usage: recreq-bench <region> <bot id> <body> [<calls>]\n", stderr);
    return 2;
  }
  const recreq::recall::start_recording_input input{.region = values[1], .id = values[2], .body = values[3]};
  if (count == 5) return time_calls(input, std::atoi(values[4])).built ? 0 : 1;
  int calls = 100;
  for (int round = 0; round < warm_up_rounds; ++round) {
    const auto [time, built] = time_calls(input, calls);
    if (!built) {
      std::fputs("the body is refused\n", stderr);
      return 1;
    }
    calls = std::max(10, static_cast<int>(round_seconds / time));
  }
  std::array<double, 25> rounds{};
  for (double& round : rounds) round = time_calls(input, calls).seconds_per_call * 1e9;
  std::sort(rounds.begin(), rounds.end());
  std::printf("%.0f\n", rounds[rounds.size() / 2]);
}
