// How long each stage of a request's way takes natively, with Google Benchmark. Arguments besides its own: region, bot
// id, body.
#include <benchmark/benchmark.h>

#include <array>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "json/canonical.hpp"
#include "json/reading.hpp"
#include "recreq/recall.hpp"
#include "request/call.hpp"
#include "schema/checking.hpp"
#include "schema/image.hpp"
#include "schema/rules.hpp"

namespace {

// Each stage changes what the one before has made, so that it gets a fresh value in every call. As many are made at
// once as a processor keeps at hand.
constexpr std::size_t batch = 16;

class start {
 public:
  explicit start(std::string_view body) : padded_(body), size_(body.size()) {
    padded_.append(recreq::text_padding, '\0');
    std::ifstream file(RECREQ_IMAGE, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    words_.resize(bytes.size() / sizeof(std::uint32_t));
    std::memcpy(words_.data(), bytes.data(), words_.size() * sizeof(std::uint32_t));
    is_open_ = opened_.open(words_) == recreq::image::open_error::none;
  }

  bool is_open() const { return is_open_; }
  std::size_t size() const { return size_; }
  recreq::arena& memory() { return memory_; }

  recreq::node* read() { return reader_.read({padded_.data(), size_}, how_.limits, memory_).root; }
  bool check(recreq::node& value) {
    recreq::checker schema(opened_.view(), how_, memory_, &issues_);
    const bool fits = schema.check(body().schema, value, nullptr);
    evidence_ = schema.evidence();
    return fits;
  }
  void run_rules(recreq::node& value) {
    recreq::run_rules(opened_.view(), body(), how_, value, nullptr, issues_, evidence_);
  }
  std::size_t write(recreq::node& value) {
    recreq::text_builder out(memory_);
    write_canonical(out, value);
    return out.size();
  }
  /// Forgets all values.
  void clear() {
    issues_ = recreq::report_builder(memory_, how_.limits.issues);
    memory_.clear();
    reader_.clear();
  }

 private:
  const recreq::image::body_record& body() const { return opened_.view().body(opened_.view().operation(0).body); }

  std::string padded_;
  std::size_t size_;
  std::vector<std::uint32_t> words_;
  recreq::image::opened_image opened_;
  bool is_open_ = false;
  recreq::options how_;
  recreq::arena memory_{recreq::arena_budget(how_.limits)};
  recreq::json_reader reader_;
  recreq::report_builder issues_{memory_, how_.limits.issues};
  recreq::image::evidence_set evidence_;  // of the value that was checked last
};

// Times `stage` on values that `before` has made of freshly read ones.
template <class Before, class Stage>
void time_stage(benchmark::State& state, start& given, Before before, Stage stage) {
  std::array<recreq::node*, batch> values{};
  while (state.KeepRunningBatch(batch)) {
    state.PauseTiming();
    given.clear();
    for (recreq::node*& value : values) {
      value = given.read();
      before(*value);
    }
    state.ResumeTiming();
    for (recreq::node* value : values) stage(*value);
  }
}

void time_read(benchmark::State& state, start& given) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(given.read());
    given.clear();
  }
}

void register_all(start& given, const recreq::recall::start_recording_input& input) {
  const auto none = [](recreq::node&) {};
  const auto check = [&given](recreq::node& value) { benchmark::DoNotOptimize(given.check(value)); };
  const auto run_rules = [&given](recreq::node& value) { given.run_rules(value); };
  const auto write = [&given](recreq::node& value) { benchmark::DoNotOptimize(given.write(value)); };
  benchmark::RegisterBenchmark("read", [&given](benchmark::State& state) { time_read(state, given); });
  benchmark::RegisterBenchmark(
      "check", [&given, none, check](benchmark::State& state) { time_stage(state, given, none, check); });
  benchmark::RegisterBenchmark(
      "rules", [&given, check, run_rules](benchmark::State& state) { time_stage(state, given, check, run_rules); });
  benchmark::RegisterBenchmark(
      "write", [&given, check, write](benchmark::State& state) { time_stage(state, given, check, write); });
  benchmark::RegisterBenchmark("build", [&input](benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(recreq::recall::start_recording.build(input)->body.size());
  });
}

}  // namespace

int main(int count, char** values) {
  benchmark::Initialize(&count, values);
  if (count != 4) {
    std::fputs("usage: recreq-bench-stages [--benchmark_…] <region> <bot id> <body>\n", stderr);
    return 2;
  }
  const recreq::recall::start_recording_input input{.region = values[1], .id = values[2], .body = values[3]};
  start given(values[3]);
  if (!given.is_open() || !recreq::recall::start_recording.build(input)) {
    std::fputs("there is no image, or the body is refused\n", stderr);
    return 1;
  }
  register_all(given, input);
  benchmark::RunSpecifiedBenchmarks();
}
