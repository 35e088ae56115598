// recreq-compile: reads a provider's document and writes everything that is made from it. Files are only touched when
// their content changes, so that builds stay small.
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "answer_table.hpp"
#include "cpp_header.hpp"
#include "document.hpp"
#include "image_writer.hpp"
#include "javascript_modules.hpp"
#include "service_module.hpp"
#include "typescript.hpp"

namespace {

constexpr std::string_view usage =
    "recreq-compile DOCUMENT DIRECTORY\n"
    "Writes what is made from a provider's OpenAPI document:\n"
    "  DIRECTORY/js/PROVIDER.ts, PROVIDER.answers.ts, PROVIDER.image.ts, PROVIDER.service.ts,\n"
    "  issue-code.ts, limits.ts\n"
    "  DIRECTORY/include/recreq/PROVIDER.hpp, DIRECTORY/PROVIDER.cpp, DIRECTORY/PROVIDER.image\n";

std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

bool write_file(const std::filesystem::path& file, const std::string& text) {
  if (std::filesystem::exists(file) && read_file(file) == text) return true;
  std::filesystem::create_directories(file.parent_path());
  std::ofstream out(file, std::ios::binary);
  out << text;
  out.close();
  if (out) return true;
  std::cerr << "recreq-compile: " << file.string() << " cannot be written\n";
  return false;
}

int run(const std::filesystem::path& file, const std::filesystem::path& directory) {
  using namespace recreq::compiler;
  std::vector<problem> problems;
  const std::optional<document> source = document::load(file, problems);
  std::vector<std::uint32_t> image;
  std::string types;
  std::string answers;
  std::string service;
  std::string header;
  if (source && problems.empty()) {
    image = write_image(*source, problems);
    types = typescript_module(*source, problems);
    answers = answer_module(*source, problems);
    service = service_module(*source, problems);
    header = cpp_header(*source, problems);
  }
  for (const problem& found : problems) std::cerr << problem_line(file, found) << '\n';
  if (!source || !problems.empty()) return 1;
  const std::string name = source->provider();
  std::string bytes(image.size() * sizeof(image[0]), '\0');
  std::memcpy(bytes.data(), image.data(), bytes.size());
  const bool written = write_file(directory / "js" / (name + ".ts"), types) &&
                       write_file(directory / "js" / (name + ".answers.ts"), answers) &&
                       write_file(directory / "js" / (name + ".image.ts"), image_module(image)) &&
                       write_file(directory / "js" / (name + ".service.ts"), service) &&
                       write_file(directory / "js" / "issue-code.ts", issue_code_module()) &&
                       write_file(directory / "js" / "limits.ts", limits_module()) &&
                       write_file(directory / "include" / "recreq" / (name + ".hpp"), header) &&
                       write_file(directory / (name + ".cpp"), cpp_source(*source, image)) &&
                       write_file(directory / (name + ".image"), bytes);
  return written ? 0 : 1;
}

}  // namespace

int main(int count, char** values) {
  const std::vector<std::string> arguments(values + 1, values + count);
  if (arguments.size() != 2) {
    std::cerr << usage;
    return 2;
  }
  try {
    return run(arguments[0], arguments[1]);
  } catch (const std::exception& failure) {
    std::cerr << "recreq-compile: " << arguments[0] << ": " << failure.what() << '\n';
    return 1;
  }
}
