// Builds a Recall.ai start request from a file, or says what is wrong with it and where.
//
//   recreq-example-start-recording us-west-2 00000000-0000-4000-8000-000000000000 configuration.json
#include <fstream>
#include <iostream>
#include <iterator>
#include <recreq/recall.hpp>
#include <string>

int main(int count, char** values) {
  if (count != 4) {
    std::cerr << "usage: " << values[0] << " REGION BOT_ID CONFIGURATION.json\n";
    return 2;
  }
  std::ifstream file(values[3], std::ios::binary);
  if (!file) {
    std::cerr << values[3] << " cannot be read\n";
    return 2;
  }
  const std::string configuration{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};

  const auto request =
      recreq::recall::start_recording.build({.region = values[1], .id = values[2], .body = configuration});

  for (const recreq::issue& issue : request.issues()) {
    std::cerr << recreq::severity_name(issue.level) << ' ' << issue.pointer;
    if (issue.position) std::cerr << " (line " << issue.position->line << ", column " << issue.position->column << ')';
    std::cerr << ": " << issue.message << '\n';
  }
  if (!request) return 1;

  std::cout << request->method << ' ' << request->url << '\n';
  for (const recreq::header& header : request->headers) std::cout << header.name << ": " << header.value << '\n';
  std::cout << request->credential.name << ": " << request->credential.prefix << "<your key>\n\n"
            << request->body << '\n';
}
