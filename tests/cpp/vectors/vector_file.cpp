// Reading vectors.
#include "vector_file.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include "json/number.hpp"

namespace recreq::vectors {
namespace {

constexpr double largest_safe_integer = 9007199254740991;

// A text, or parts of which each may be repeated.
std::string joined(const json& parts) {
  if (parts.is_string()) return parts.get<std::string>();
  std::string text;
  for (const json& part : parts) {
    const bool repeated = part.is_object();
    const auto piece = (repeated ? part.at("repeat") : part).get<std::string>();
    const std::size_t times = repeated ? part.at("times").get<std::size_t>() : 1;
    for (std::size_t i = 0; i < times; ++i) text += piece;
  }
  return text;
}

std::string bytes_of_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    unsigned byte = 0;
    const char* end = hex.data() + i + 2;
    const auto [stopped, error] = std::from_chars(hex.data() + i, end, byte, 16);
    if (error != std::errc() || stopped != end) throw std::runtime_error("no hexadecimal digits: " + std::string(hex));
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

test_vector read_vector(std::string_view provider, const json& written) {
  test_vector made;
  made.provider = provider;
  made.name = written.at("name").get<std::string>();
  made.operation = written.value("operation", "");
  made.schema = written.value("schema", "");
  made.body_alone = !made.schema.empty() || written.value("subject", "input") == "body";
  if (written.contains("input")) made.input = written.at("input");
  if (written.contains("bodyText")) made.body = {joined(written.at("bodyText")), false};
  if (written.contains("bodyBytes")) made.body = {bytes_of_hex(written.at("bodyBytes").get<std::string>()), true};
  made.options = written.value("options", json::object());
  made.expected = written.at("expect");
  return made;
}

void append_number(std::string& out, double number) {
  std::array<char, longest_printed_number> digits{};
  if (std::fabs(number) > largest_safe_integer) {
    const auto [end, error] =
        std::to_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::scientific);
    out.append(digits.data(), end);
  } else {
    out.append(digits.data(), print_number(number, digits.data()));
  }
}

void append_json(std::string& out, const json& value) {
  if (value.is_number()) {
    append_number(out, value.get<double>());
  } else if (value.is_structured()) {
    const bool object = value.is_object();
    out += object ? '{' : '[';
    bool first = true;
    for (const auto& [key, member] : value.items()) {
      if (!first) out += ',';
      first = false;
      if (object) out += json(key).dump() + ":";
      append_json(out, member);
    }
    out += object ? '}' : ']';
  } else {
    out += value.dump();
  }
}

template <class Value>
struct choice {
  std::string_view name;
  Value value;
};

template <class Value, std::size_t Count>
Value choose(const choice<Value> (&choices)[Count], std::string_view name) {
  const auto* const found =
      std::find_if(std::begin(choices), std::end(choices), [name](const auto& each) { return each.name == name; });
  if (found == std::end(choices)) throw std::runtime_error("no such choice: " + std::string(name));
  return found->value;
}

}  // namespace

std::vector<test_vector> read_vector_file(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw std::runtime_error(file.string() + " cannot be read");
  const json written = json::parse(stream);
  const auto provider = written.at("provider").get<std::string>();
  std::vector<test_vector> all;
  for (const json& each : written.at("vectors")) all.push_back(read_vector(provider, each));
  return all;
}

std::vector<std::filesystem::path> vector_files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& provider : std::filesystem::directory_iterator(folder)) {
    if (!provider.is_directory()) continue;
    for (const auto& file : std::filesystem::directory_iterator(provider.path())) {
      if (file.path().extension() == ".json") files.push_back(file.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string javascript_json(const json& value) {
  std::string out;
  append_json(out, value);
  return out;
}

engine_options::engine_options(const json& written) {
  constexpr choice<defaults_mode> defaults[] = {
      {"explicit", defaults_mode::explicit_only}, {"known", defaults_mode::known}, {"omit", defaults_mode::omit}};
  constexpr choice<unknown_mode> unknown[] = {
      {"error", unknown_mode::error}, {"warn", unknown_mode::warn}, {"allow", unknown_mode::allow}};
  constexpr choice<std::optional<severity>> levels[] = {
      {"error", severity::error}, {"warning", severity::warning}, {"info", severity::info}, {"off", std::nullopt}};
  if (written.contains("defaults")) {
    options_.defaults = choose(defaults, written.at("defaults").get_ref<const std::string&>());
  }
  if (written.contains("unknown")) {
    options_.unknown = choose(unknown, written.at("unknown").get_ref<const std::string&>());
  }
  if (written.contains("rules")) {
    for (const auto& [id, level] : written.at("rules").items()) {
      rules_.push_back({id, choose(levels, level.get_ref<const std::string&>())});
    }
  }
  options_.rules = rules_;
  if (written.contains("limits")) {
    const json& most = written.at("limits");
    options_.limits.bytes = most.value("bytes", options_.limits.bytes);
    options_.limits.depth = most.value("depth", options_.limits.depth);
    options_.limits.values = most.value("values", options_.limits.values);
    options_.limits.issues = most.value("issues", options_.limits.issues);
  }
  if (written.contains("messages")) {
    for (const auto& [key, text] : written.at("messages").items())
      messages_.push_back({key, text.get_ref<const std::string&>()});
  }
  options_.messages = messages_;
  if (written.contains("extraBody")) extra_body_ = javascript_json(written.at("extraBody"));
  options_.extra_body = extra_body_;
  options_.provenance = written.value("provenance", false);
}

}  // namespace recreq::vectors
