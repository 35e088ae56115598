// Any bytes as JSON text: what the engine takes is what another parser takes, and means the same; its canonical form is
// its own.
#include "json/reading.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "fuzz_target.hpp"
#include "json/canonical.hpp"

namespace {

using json = nlohmann::json;
using recreq::fuzz::promise;

// Numbers are doubles to everyone who reads a body, so that 9223372036854775808 and 9223372036854776000 are one.
bool same_value(const json& a, const json& b) {  // NOLINT(misc-no-recursion): depth is limited
  if (a.is_number() && b.is_number()) return a.get<double>() == b.get<double>();
  if (a.type() != b.type() || a.size() != b.size()) return false;
  if (a.is_array()) return std::equal(a.begin(), a.end(), b.begin(), same_value);
  if (!a.is_object()) return a == b;
  for (const auto& [key, value] : a.items()) {
    if (!b.contains(key) || !same_value(value, b.at(key))) return false;
  }
  return true;
}

// A copy with its own memory, so that the sanitizer sees a read behind the padding.
std::string canonical(std::string_view text, recreq::read_failure& failure) {
  std::string padded(text);
  padded.append(recreq::text_padding, '\0');
  recreq::arena memory{std::size_t{256} << 20U};
  recreq::json_reader reader;
  const auto [root, why] = reader.read(std::string_view(padded).substr(0, text.size()), {}, memory);
  promise(!memory.exhausted(), "a text within the limits does not exhaust memory");
  failure = why;
  if (root == nullptr) {
    promise(why.offset <= text.size(), "a problem stands inside its text");
    promise(json::accept(std::string("[0") + std::string(why.path) + "]"), "a problem's path is JSON");
    failure.pointer = failure.path = failure.detail = {};
    return {};
  }
  recreq::text_builder out(memory);
  write_canonical(out, *root);
  return std::string(out.view());
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  recreq::read_failure failure;
  const std::string once = canonical(text, failure);
  // The other parser takes a zero byte for the end of the text.
  const bool ends_early = text.find('\0') != std::string_view::npos;
  const json other = ends_early ? json(json::value_t::discarded) : json::parse(text, nullptr, false);
  if (once.empty()) {
    const bool malformed = failure.code == recreq::issue_code::syntax || failure.code == recreq::issue_code::encoding ||
                           failure.code == recreq::issue_code::lone_surrogate;
    promise(!malformed || other.is_discarded(), "what is refused as no JSON is none");
    return 0;
  }
  promise(!other.is_discarded(), "what is read is JSON");
  const json made = json::parse(once, nullptr, false);
  promise(!made.is_discarded(), "what is written is JSON");
  promise(same_value(other, made), "what is written means what was read");
  promise(canonical(once, failure) == once, "the canonical form of the canonical form is itself");
  return 0;
}
