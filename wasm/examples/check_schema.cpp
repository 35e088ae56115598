// Checks a JSON file against a JSON Schema that is compiled on the spot, and says what is wrong where.
//
//   recreq-example-check-schema schema.json value.json
#include <fstream>
#include <iostream>
#include <iterator>
#include <recreq/schema.hpp>
#include <string>

namespace {

std::string read_file(const char* name) {
  std::ifstream file(name, std::ios::binary);
  if (!file) std::cerr << name << " cannot be read\n";
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

int main(int count, char** values) {
  if (count != 3) {
    std::cerr << "usage: " << values[0] << " SCHEMA.json VALUE.json\n";
    return 2;
  }
  const std::string schema_text = read_file(values[1]);
  const std::string value_text = read_file(values[2]);

  const recreq::schema_image image = recreq::compile_schema(schema_text);
  for (const auto& [pointer, message] : image.problems) std::cerr << '#' << pointer << ": " << message << '\n';
  if (!image.problems.empty()) return 2;

  const recreq::json_schema schema(image.words);
  const recreq::report report = schema.check(value_text);
  for (const recreq::issue& issue : report.issues()) std::cout << '#' << issue.pointer << ": " << issue.message << '\n';
  return report.ok() ? 0 : 1;
}
