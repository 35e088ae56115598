// The official JSON Schema Test Suite, draft 2020-12, through the public way from a schema's text to a verdict.
// Natively and compiled to WebAssembly. A test passes when the verdict is the suite's; what is not claimed is counted
// by the name under which the compiler refuses it; everything else is a failure.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "recreq/schema.hpp"

namespace {

using json = nlohmann::ordered_json;

// What the compiler may refuse: where, and in which words. Any other refusal is a failure.
struct refusal {
  std::string_view name;
  std::string_view keyword;  // empty: any
  std::string_view message;  // a part of it
};
constexpr std::array refusals{
    refusal{"$dynamicRef", "$dynamicRef", "is not implemented"},
    refusal{"$dynamicAnchor", "$dynamicAnchor", "is not implemented"},
    refusal{"unevaluatedItems", "unevaluatedItems", "is not implemented"},
    refusal{"unevaluatedProperties", "unevaluatedProperties", "is not implemented"},
    refusal{"contentEncoding", "contentEncoding", "is not implemented"},
    refusal{"contentMediaType", "contentMediaType", "is not implemented"},
    refusal{"$schema: another dialect", "$schema", "the only dialect"},
    refusal{"$ref: another document", "$ref", "leaves the document"},
    refusal{"pattern: Unicode property", "pattern", "Unicode properties"},
    refusal{"pattern: Unicode property", "patternProperties", "Unicode properties"},
    refusal{"format: without a check", "format", "is not implemented"},
    refusal{"dependencies (draft 7)", "dependencies", "is not implemented"},
    refusal{"an unknown keyword", "unknown-keyword", "is not implemented"},
    refusal{"an unknown keyword", "unknown~1keyword", "is not implemented"},
    refusal{"an unknown keyword", "$id", "already"},
    refusal{"a number that no double has", "", "does not survive as a double"},
};

// Groups that ask for more than the format claims.
constexpr std::string_view internationalised_group = "validation of A-label (punycode) host names";

class suite_run {
 public:
  /// Every test of a file, with the format either asserted or an annotation.
  void run(const std::filesystem::path& file, recreq::formats_mode formats) {
    std::ifstream in(file);
    const json groups = json::parse(in);
    for (const json& group : groups) run_group(file.filename().string(), group, formats);
  }

  bool print() const {
    std::size_t refused = 0;
    std::printf("refused by name:\n");
    for (const auto& [name, tests] : refused_) {
      std::printf("  %-28s %4zu\n", name.c_str(), tests);
      refused += tests;
    }
    std::printf("images %08x\n%zu passed, %zu refused, %zu failed\n", static_cast<unsigned>(images_), passed_, refused,
                failed_);
    return failed_ == 0 && passed_ > 0;
  }

 private:
  void run_group(const std::string& file, const json& group, recreq::formats_mode formats) {
    const std::string name = file + ": " + group["description"].get<std::string>();
    if (group["description"] == internationalised_group) {
      refused_["hostname: punycode labels"] += group["tests"].size();
      return;
    }
    // As annotations, all formats of the world are welcome.
    const auto unknown =
        formats == recreq::formats_mode::annotation ? recreq::unknown_formats::ignore : recreq::unknown_formats::refuse;
    const recreq::schema_image made = recreq::compile_schema(group["schema"].dump(), unknown);
    if (!made.problems.empty()) {
      const recreq::schema_problem& first = made.problems.front();
      const std::string why = refusal_of(first);
      if (why.empty()) {
        fail(name, "refused at " + first.pointer + ": " + first.message, group["tests"].size());
      } else {
        refused_[why] += group["tests"].size();
      }
      return;
    }
    for (const std::uint32_t word : made.words) images_ = (images_ ^ word) * 0x01000193U;
    const recreq::json_schema schema(made.words);
    if (!schema.problem().empty()) fail(name, std::string(schema.problem()), group["tests"].size());
    recreq::options how;
    how.formats = formats;
    how.defaults = recreq::defaults_mode::omit;
    for (const json& test : group["tests"]) {
      const recreq::report report = schema.check(test["data"].dump(), how);
      if (!report.memory_exhausted() && report.ok() == test["valid"].get<bool>()) {
        ++passed_;
      } else {
        fail(name, test["description"].get<std::string>() + ": " + test["data"].dump(), 1);
      }
    }
  }

  // The name under which a problem is counted; empty when it must not be one.
  static std::string refusal_of(const recreq::schema_problem& found) {
    const std::filesystem::path pointer(found.pointer);
    for (const refusal& each : refusals) {
      const bool stands_there = each.keyword.empty() || pointer.filename() == each.keyword ||
                                pointer.parent_path().filename() == each.keyword;
      if (stands_there && found.message.find(each.message) != std::string::npos) return std::string(each.name);
    }
    return "";
  }

  void fail(const std::string& group, const std::string& what, std::size_t tests) {
    std::printf("FAILED %s: %s\n", group.c_str(), what.c_str());
    failed_ += tests;
  }

  std::size_t passed_ = 0;
  std::size_t failed_ = 0;
  std::map<std::string, std::size_t> refused_;
  std::uint32_t images_ = 0x811C9DC5U;  // FNV-1a over all images, the same on every machine
};

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

int run(const std::filesystem::path& suite) {
  const std::filesystem::path draft = suite / "tests" / "draft2020-12";
  suite_run all;
  for (const auto& file : files_in(draft)) all.run(file, recreq::formats_mode::annotation);
  for (const auto& file : files_in(draft / "optional")) all.run(file, recreq::formats_mode::annotation);
  for (const auto& file : files_in(draft / "optional" / "format")) all.run(file, recreq::formats_mode::assertion);
  return all.print() ? 0 : 1;
}

}  // namespace

int main(int count, char** values) {
  if (count != 2) {
    std::fprintf(stderr,
                 "recreq-json-schema-suite FOLDER\n"
                 "FOLDER is a copy of https://github.com/json-schema-org/JSON-Schema-Test-Suite.\n");
    return 2;
  }
  try {
    return run(values[1]);
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "recreq-json-schema-suite: %s\n", failure.what());
    return 1;
  }
}
