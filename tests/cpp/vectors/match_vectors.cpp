// Runs matchings over opened images, in the way of the WebAssembly module's bindings.
#include "match_vectors.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "expectation.hpp"
#include "json/arena.hpp"
#include "json/reading.hpp"
#include "native_run.hpp"
#include "request/matching.hpp"
#include "request/report_text.hpp"

namespace recreq::vectors {
namespace {

std::optional<match_input> input_at(const json& vector, const std::string& name) {
  if (vector.contains(name)) return match_input{vector.at(name), std::nullopt};
  if (vector.contains(name + "Text")) return match_input{nullptr, vector.at(name + "Text").get<std::string>()};
  return std::nullopt;
}

std::string padded(const std::optional<match_input>& input) {
  if (!input) return {};
  return (input->text ? *input->text : javascript_json(input->value)) + std::string(text_padding, '\0');
}

// Values have no positions; a text's count UTF-16 code units, as it is a string in JavaScript.
matching_input input_of(const std::optional<match_input>& input, const std::string& held) {
  if (!input) return {};
  return {matching_input::form::text, std::string_view(held).substr(0, held.size() - text_padding),
          input->text.has_value(), true};
}

// Objects are compared without the order of their members, issues in theirs.
json sorted(const json& value) { return json(nlohmann::json(value)); }

}  // namespace

std::vector<match_vector> read_match_file(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw std::runtime_error(file.string() + " cannot be read");
  const json written = json::parse(stream);
  std::vector<match_vector> all;
  for (const json& each : written.at("vectors")) {
    match_vector made;
    made.provider = written.at("provider").get<std::string>();
    made.operation = written.at("operation").get<std::string>();
    made.name = each.at("name").get<std::string>();
    const std::optional<match_input> config = input_at(each, "config");
    const std::optional<match_input> given = config ? config : input_at(each, "bot");
    if (!given) throw std::runtime_error(made.name + " has neither a bot nor a config");
    made.of_config = config.has_value();
    made.given = *given;
    made.overrides = input_at(each, "overrides");
    made.options = each.value("options", json::object());
    made.expected = each.at("expect");
    all.push_back(std::move(made));
  }
  return all;
}

std::vector<std::filesystem::path> match_files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& provider : std::filesystem::directory_iterator(folder)) {
    const std::filesystem::path matching = provider.path() / "matching";
    if (!std::filesystem::is_directory(matching)) continue;
    for (const auto& file : std::filesystem::directory_iterator(matching)) files.push_back(file.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

match_outcome run(const match_vector& given) {
  const image::view view = view_of(given.provider);
  const engine_options how(given.options);
  const std::string taken = padded(given.given);
  const std::string laid = padded(given.overrides);
  arena memory{0};
  json_reader reader;
  const image::operation_record operation = operation_of(given.provider, given.operation);
  matching running(view, operation, how.get(), memory, reader);
  running.run(given.of_config ? matched_kind::config : matched_kind::bot, input_of(given.given, taken),
              input_of(given.overrides, laid));
  match_outcome made;
  made.ok = running.finish();
  text_builder body(memory);
  running.write_body(body);
  made.body = body.view();
  text_builder report(memory);
  write_match(report, running.issues(), running.truncated(), running.origins(), running.changes(),
              running.configuration_at());
  made.report = report.view();
  return made;
}

std::vector<std::string> differences(const match_vector& given, const match_outcome& made) {
  std::vector<std::string> found;
  const json& expected = given.expected;
  const json report = json::parse(made.report);
  compare(found, "ok", expected.at("ok"), made.ok);
  if (expected.contains("body")) compare(found, "body", expected.at("body"), made.body);
  if (expected.contains("origins"))
    compare(found, "origins", sorted(expected.at("origins")), sorted(report.at("origins")));
  compare(found, "wouldHaveChanged", sorted(expected.value("wouldHaveChanged", json::array())),
          sorted(report.at("wouldHaveChanged")));
  compare(found, "truncated", expected.value("truncated", false), report.at("truncated"));
  compare_issues(found, expected.value("issues", json::array()), report.at("issues"));
  return found;
}

}  // namespace recreq::vectors
