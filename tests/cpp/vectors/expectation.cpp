// Expectations hold what they name: members of an issue that a vector leaves out are not compared, issues that it
// leaves out are a difference.
#include "expectation.hpp"

#include <string_view>

namespace recreq::vectors {
namespace {

using lines = std::vector<std::string>;

std::string places(const json& issues) {
  std::string text;
  for (const json& issue : issues) {
    text += "\n      " + issue.value("severity", "") + ' ' + issue.value("rule", issue.value("code", "")) + " at \"" +
            issue.value("pointer", "") + '"';
  }
  return text.empty() ? " none" : text;
}

// The head's lines as a request has them: the URL, and the headers as an object.
json request_of(const outcome& made) {
  const std::size_t end = made.head.find('\n');
  json headers = json::object();
  for (std::size_t begin = end + 1; begin < made.head.size(); begin = made.head.find('\n', begin) + 1) {
    const std::size_t colon = made.head.find(": ", begin);
    headers[made.head.substr(begin, colon - begin)] =
        made.head.substr(colon + 2, made.head.find('\n', begin) - colon - 2);
  }
  json request{{"method", made.method}, {"url", made.head.substr(0, end)}, {"headers", headers}};
  if (!made.body.empty()) request["body"] = made.body;
  return request;
}

}  // namespace

void compare(std::vector<std::string>& found, std::string_view what, const json& expected, const json& actual) {
  if (expected == actual) return;
  found.push_back(std::string(what) + "\n    expected " + expected.dump() + "\n    but was  " + actual.dump());
}

void compare_issues(std::vector<std::string>& found, const json& expected, const json& actual) {
  if (expected.size() != actual.size()) {
    found.push_back("issues\n    expected" + places(expected) + "\n    but were" + places(actual));
    return;
  }
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const std::string number = "issue " + std::to_string(i) + ": ";
    if (!expected[i].contains("rule") && actual[i].contains("rule"))
      compare(found, number + "rule", {}, actual[i]["rule"]);
    for (const auto& [name, value] : expected[i].items()) {
      compare(found, number + name, value, actual[i].contains(name) ? actual[i][name] : json());
    }
  }
}

std::vector<std::string> differences(const test_vector& given, const outcome& made) {
  lines found;
  const json& expected = given.expected;
  const bool wants_request = expected.contains("request");
  const bool wants_value = expected.contains("value");
  compare(found, "is without errors", wants_request || wants_value, made.ok);
  compare(found, "memory is exhausted", false, made.memory_exhausted);
  if (wants_request && made.ok) {
    const json request = request_of(made);
    for (const char* part : {"method", "url", "headers", "body"})
      compare(found, part, expected["request"].value(part, json()), request.value(part, json()));
  }
  if (wants_value && made.ok) compare(found, "value", expected["value"], made.body);
  const json report =
      made.report.empty() ? json{{"issues", json::array()}, {"truncated", false}} : json::parse(made.report);
  const json& listed = wants_request ? expected["request"] : expected;
  compare_issues(found, listed.value("issues", json::array()), report["issues"]);
  if (expected.contains("provenance")) compare(found, "provenance", expected["provenance"], report["provenance"]);
  compare(found, "truncated", expected.value("truncated", false), report["truncated"]);
  return found;
}

}  // namespace recreq::vectors
