// Any bytes as a packed image, and as a compiled one, with the header made right so that the verifier has to find what
// is wrong. An image that opens can be used for everything, whatever stands in it.
#include <algorithm>
#include <cstring>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <string>

#include "fuzz_target.hpp"
#include "recreq/json.hpp"
#include "recreq/operation.hpp"
#include "schema/image.hpp"
#include "schema/packed_image.hpp"

namespace {

namespace image = recreq::image;
using json = nlohmann::json;

// A body of the image's own strings, so that its schemas find their members and values in it.
std::string body_from(const image::view& view) {
  constexpr std::uint32_t most_members = 64;
  constexpr std::uint32_t members_inside = 8;
  const std::uint32_t count = view.size(image::table::strings);
  const auto string = [&](std::uint32_t i) { return std::string(view.string(i % count).substr(0, 100)); };
  const auto value = [&](std::uint32_t i) {
    const json values[] = {string(i + 1), i, i / 4.0, true, nullptr, json::array({string(i + 1), string(i + 1)})};
    return values[i % std::size(values)];
  };
  json body = json::object();
  for (std::uint32_t i = 0; i < std::min(count, most_members); ++i) {
    json inside = json::object();
    for (std::uint32_t j = i; j < i + members_inside; ++j) inside[string(j)] = value(j);
    const json values[] = {value(i / 3), inside, json::array({inside})};
    body[string(i)] = values[i % std::size(values)];
  }
  // Strings of a damaged image need not be UTF-8.
  return body.dump(-1, ' ', false, json::error_handler_t::replace);
}

void use(const recreq::operation& operation, const std::string& body) {
  recreq::options how;
  for (const auto defaults : {recreq::defaults_mode::explicit_only, recreq::defaults_mode::known}) {
    how.defaults = defaults;
    how.unknown = defaults == recreq::defaults_mode::known ? recreq::unknown_mode::warn : recreq::unknown_mode::error;
    for (const std::string_view text : {std::string_view(body), std::string_view("{}"), std::string_view("[1]")}) {
      const recreq::report found = operation.check_body(text, how);
      json_text(found.issues(), found.truncated());
    }
    const recreq::result built =
        operation.build({{{"region", "eu-1"}, {"id", "a b"}, {"idempotencyKey", "k"}}, body}, how);
    json_text(built.issues(), built.truncated());
  }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::unique_ptr<char[]> text(new char[size]);
  std::memcpy(text.get(), data, size);
  const image::unpacked_image unpacked = image::unpack({text.get(), size});
  recreq::fuzz::promise((unpacked.words != nullptr) == (unpacked.error == image::open_error::none),
                        "words or a reason");
  if (unpacked.words) {
    // All of them are there: the checksum reads each.
    const std::span whole(unpacked.words.get(), unpacked.size);
    whole[image::header::checksum_at] = image::checksum(whole.subspan(image::header::size));
    image::opened_image from_packed;
    static_cast<void>(from_packed.open(whole));
  }

  const std::size_t count = size / sizeof(std::uint32_t);
  // Memory that ends where the image does.
  const std::unique_ptr<std::uint32_t[]> held(new std::uint32_t[count]);
  std::memcpy(held.get(), data, count * sizeof(std::uint32_t));
  const std::span words(held.get(), count);
  if (count >= image::header::size) {
    words[image::header::magic_at] = image::magic;
    words[image::header::layout_at] = image::layout;
    words[image::header::words_at] = static_cast<std::uint32_t>(count);
    words[image::header::checksum_at] = image::checksum(words.subspan(image::header::size));
  }
  image::opened_image opened;
  if (opened.open(words) != image::open_error::none) return 0;
  const recreq::provider service(words);
  recreq::fuzz::promise(service.problem().empty(), "an image opens every time");
  if (opened.view().size(image::table::strings) == 0) return 0;
  const std::string body = body_from(opened.view());
  constexpr std::uint32_t most_operations = 3;
  for (std::uint32_t i = 0; i < std::min(opened.view().size(image::table::operations), most_operations); ++i) {
    use({service, i}, body);
  }
  return 0;
}
