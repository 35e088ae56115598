// Prints what the native engine makes of the vectors in the named files, one JSON object a line, so that another
// runtime can compare its own bytes with them.
#include <exception>
#include <filesystem>
#include <iostream>

#include "match_vectors.hpp"
#include "native_run.hpp"

namespace {

void print(const recreq::vectors::test_vector& given) {
  using recreq::vectors::json;
  const recreq::vectors::outcome made = run(given, recreq::vectors::purpose::build);
  const recreq::vectors::outcome checked = run(given, recreq::vectors::purpose::check);
  // The statuses of the WebAssembly module.
  const int status = made.memory_exhausted ? 2 : made.ok ? 0 : 1;
  const json line{{"provider", given.provider}, {"name", given.name}, {"status", status},      {"method", made.method},
                  {"head", made.head},          {"body", made.body},  {"value", checked.body}, {"report", made.report}};
  std::cout << line.dump() << '\n';
}

void print(const recreq::vectors::match_vector& given) {
  using recreq::vectors::json;
  const recreq::vectors::match_outcome made = run(given);
  const json line{{"provider", given.provider},
                  {"name", given.name},
                  {"status", made.ok ? 0 : 1},
                  {"body", made.body},
                  {"report", made.report}};
  std::cout << line.dump() << '\n';
}

}  // namespace

int main(int count, char** arguments) {
  try {
    for (int i = 1; i < count; ++i) {
      if (std::filesystem::path(arguments[i]).parent_path().filename() == "matching") {
        for (const recreq::vectors::match_vector& each : recreq::vectors::read_match_file(arguments[i])) print(each);
        continue;
      }
      for (const recreq::vectors::test_vector& each : recreq::vectors::read_vector_file(arguments[i])) print(each);
    }
    return 0;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
