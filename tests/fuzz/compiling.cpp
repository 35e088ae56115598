// Any text as a provider's document: problems are reported, never thrown, and what compiles without one can be opened
// and used.
#include <string>
#include <string_view>
#include <vector>

#include "cpp_header.hpp"
#include "document.hpp"
#include "fuzz_target.hpp"
#include "image_writer.hpp"
#include "javascript_modules.hpp"
#include "recreq/operation.hpp"
#include "typescript.hpp"

namespace {

using recreq::fuzz::promise;

void use(const std::vector<std::uint32_t>& image) {
  const recreq::provider service(image);
  promise(service.problem().empty(), "what the compiler writes can be opened");
  recreq::options how;
  how.defaults = recreq::defaults_mode::known;
  for (std::uint32_t i = 0; i < service.operation_count(); ++i) {
    const recreq::operation operation(service, i);
    for (const std::string_view body : {"{}", R"({"type":"timed","hours":0,"url":"x","events":[1,1]})", "[]", "null"}) {
      const recreq::report found = operation.check_body(body, how);
      promise(!found.memory_exhausted(), "a small body does not exhaust memory");
    }
    const recreq::result built = operation.build({{{"region", "us-west-2"}, {"id", "1"}}, "{}"}, how);
    promise(!built.memory_exhausted(), "a small body does not exhaust memory");
  }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace compiler = recreq::compiler;
  std::vector<compiler::problem> problems;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto source = compiler::document::parse(text, "example.json", problems);
  promise(source.has_value() || !problems.empty(), "a document that cannot be read has a problem");
  if (!source || !problems.empty()) return 0;
  const std::vector<std::uint32_t> image = compiler::write_image(*source, problems);
  compiler::typescript_module(*source, problems);
  compiler::cpp_header(*source, problems);
  promise(!image.empty() || !problems.empty(), "a document without an image has a problem");
  for (const compiler::problem& found : problems) promise(!found.message.empty(), "a problem says something");
  if (!problems.empty()) return 0;
  compiler::image_module(image);
  compiler::cpp_source(*source, image);
  use(image);
  return 0;
}
