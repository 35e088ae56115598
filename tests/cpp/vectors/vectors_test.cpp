// Runs every vector: what comes out is what the vector expects, in one way and in the other, and the outcome put in
// again stays as it is.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include "expectation.hpp"
#include "match_vectors.hpp"
#include "native_run.hpp"
#include "public_interface.hpp"
#include "vector_file.hpp"

namespace recreq::vectors {
namespace {

struct count {
  std::size_t found = 0;
  std::size_t run = 0;
  std::size_t through_public_interface = 0;
};

count counted;

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += "\n  " + line;
  return text;
}

class vector_run : public testing::Test {
 public:
  explicit vector_run(const test_vector& given) : given_(given) {}

  void TestBody() override {
    ++counted.run;
    const outcome made = run(given_, purpose::build);
    const std::vector<std::string> wrong = differences(given_, made);
    EXPECT_TRUE(wrong.empty()) << joined(wrong);

    const outcome checked = run(given_, purpose::check);
    EXPECT_EQ(checked.ok, made.ok);
    EXPECT_EQ(checked.report, made.report) << "check and build report the same";

    EXPECT_EQ(run(given_, purpose::build, rules_asked::all).report, made.report)
        << "the rules that were left out have nothing to say";

    if (const auto outside = public_differences(given_, made, checked)) {
      ++counted.through_public_interface;
      EXPECT_TRUE(outside->empty()) << joined(*outside);
    }
    // What is laid on is not checked, and laid on again.
    if (made.ok && !made.body.empty() && !given_.options.contains("extraBody")) expect_stable(made);
  }

 private:
  // Filling defaults in is idempotent, and the canonical form of the canonical form is itself.
  void expect_stable(const outcome& made) const {
    if (made.body.empty()) return;  // the operation has none
    const outcome again = run(given_, body_text{made.body, false}, purpose::build);
    EXPECT_TRUE(again.ok) << again.report;
    EXPECT_EQ(again.head, made.head);
    EXPECT_EQ(again.body, made.body);
  }

  const test_vector& given_;
};

class match_run : public testing::Test {
 public:
  explicit match_run(const match_vector& given) : given_(given) {}

  void TestBody() override {
    ++counted.run;
    const std::vector<std::string> wrong = differences(given_, run(given_));
    EXPECT_TRUE(wrong.empty()) << joined(wrong);
  }

 private:
  const match_vector& given_;
};

std::string test_name(std::string name) {
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

// One test a vector, in a suite for each file.
std::vector<std::unique_ptr<test_vector>> register_all() {
  std::vector<std::unique_ptr<test_vector>> kept;
  for (const std::filesystem::path& file : vector_files(RECREQ_VECTORS)) {
    const std::string suite = test_name(file.parent_path().filename().string() + '_' + file.stem().string());
    for (test_vector& each : read_vector_file(file)) {
      kept.push_back(std::make_unique<test_vector>(std::move(each)));
      const test_vector& given = *kept.back();
      testing::RegisterTest(suite.c_str(), test_name(given.name).c_str(), nullptr, given.name.c_str(),
                            file.string().c_str(), 1, [&given]() -> testing::Test* { return new vector_run(given); });
    }
  }
  counted.found = kept.size();
  return kept;
}

std::vector<std::unique_ptr<match_vector>> register_matches() {
  std::vector<std::unique_ptr<match_vector>> kept;
  for (const std::filesystem::path& file : match_files(RECREQ_VECTORS)) {
    for (match_vector& each : read_match_file(file)) {
      const std::string suite = test_name(each.provider + "_matching_" + file.stem().string());
      kept.push_back(std::make_unique<match_vector>(std::move(each)));
      const match_vector& given = *kept.back();
      testing::RegisterTest(suite.c_str(), test_name(given.name).c_str(), nullptr, given.name.c_str(),
                            file.string().c_str(), 1, [&given]() -> testing::Test* { return new match_run(given); });
    }
  }
  counted.found += kept.size();
  return kept;
}

}  // namespace
}  // namespace recreq::vectors

int main(int count, char** arguments) {
  testing::InitGoogleTest(&count, arguments);
  try {
    const auto kept = recreq::vectors::register_all();
    const auto kept_matches = recreq::vectors::register_matches();
    if (kept.empty() || kept_matches.empty()) {
      std::fputs("there are no vectors\n", stderr);
      return 1;
    }
    const int failed = RUN_ALL_TESTS();
    const auto& counted = recreq::vectors::counted;
    std::printf("%zu vectors, %zu skipped; %zu of them through the public interface, too\n", counted.run,
                counted.found - counted.run, counted.through_public_interface);
    return failed;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
