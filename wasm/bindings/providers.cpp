// Loading providers and options: rare calls, which go through embind.
#include <emscripten/bind.h>

#include <cstdint>
#include <memory>
#include <new>
#include <string>
#include <utility>

#include "json/canonical.hpp"
#include "request/call.hpp"
#include "schema/packed_image.hpp"
#include "session.hpp"

namespace recreq {
namespace {

struct loaded_image {
  std::unique_ptr<std::uint32_t[]> words;
  image::opened_image opened;
};

int refuse(std::string_view why) {
  current().error = why;
  return -1;
}

std::uintptr_t allocate_image(std::size_t bytes) {
  session& here = current();
  here.arriving_bytes = bytes;
  here.arriving.reset(new (std::nothrow) char[bytes]{});
  return reinterpret_cast<std::uintptr_t>(here.arriving.get());
}

int load_image(std::uintptr_t pointer, std::size_t bytes) {
  session& here = current();
  if (!here.arriving || pointer != reinterpret_cast<std::uintptr_t>(here.arriving.get()) || bytes > here.arriving_bytes)
    return refuse("load what was allocated");
  image::unpacked_image unpacked = image::unpack({here.arriving.get(), bytes});
  here.arriving.reset();
  if (unpacked.error != image::open_error::none) return refuse(image::open_error_text(unpacked.error));
  auto added = std::make_unique<loaded_image>();
  added->words = std::move(unpacked.words);
  const image::open_error error = added->opened.open({added->words.get(), unpacked.size});
  if (error != image::open_error::none) return refuse(image::open_error_text(error));
  if (!here.providers.push_back(&added->opened.view()))
    return refuse(image::open_error_text(image::open_error::no_memory));
  // Providers stay for as long as the instance.
  static_cast<void>(added.release());
  return static_cast<int>(here.providers.size()) - 1;
}

std::string last_error() { return std::string(current().error); }

void append_limits(text_builder& out) {
  const limits most;
  const auto append = [&out](std::string_view name, std::uint32_t value) {
    out.append(name);
    out.append_number(value);
  };
  append("\"limits\":{\"bytes\":", most.bytes);
  append(",\"depth\":", most.depth);
  append(",\"values\":", most.values);
  append(",\"issues\":", most.issues);
  append("},\"largestDepth\":", largest_depth);
}

void append_operation(text_builder& out, const image::view& view, const image::operation_record& operation) {
  constexpr std::string_view locations[] = {"server", "path", "query", "header"};
  out.append("{\"name\":");
  write_string(out, view.string(operation.name));
  out.append(",\"method\":");
  write_string(out, view.string(operation.method));
  out.append(",\"path\":\"");
  for (const std::uint32_t part : view.list(operation.path, operation.path_count)) {
    if ((part & 1U) == 0) {
      out.append(view.string(part >> 1U));
    } else {
      out.append('{');
      out.append(view.string(view.input(operation.first_input + (part >> 1U)).wire_name));
      out.append('}');
    }
  }
  out.append("\",\"parameters\":[");
  for (std::uint32_t i = 0; i < operation.input_count; ++i) {
    const image::input_record& input = view.input(operation.first_input + i);
    out.append(i == 0 ? std::string_view("{\"name\":") : std::string_view(",{\"name\":"));
    write_string(out, view.string(input.name));
    out.append(",\"in\":\"");
    out.append(locations[input.location & 3U]);
    out.append((input.flags & image::input_record::required) != 0 ? "\",\"required\":true}" : "\",\"required\":false}");
  }
  out.append(operation.body == image::none ? "],\"body\":false" : "],\"body\":true");
  const std::string_view facts = view.string(operation.facts);
  if (facts.size() > 2) {
    out.append(',');
    out.append(facts.substr(1));
  } else {
    out.append('}');
  }
}

std::string describe(std::size_t provider) {
  session& here = current();
  if (provider >= here.providers.size()) return {};
  const image::view& view = *here.providers[provider];
  here.memory.set_budget(arena_budget(limits{}));
  text_builder out(here.memory);
  out.append("{\"provider\":");
  write_string(out, view.provider());
  out.append(',');
  const std::string_view facts = view.facts();
  out.append(facts.substr(1, facts.size() - 2));
  out.append(',');
  append_limits(out);
  out.append(",\"rules\":[");
  for (std::uint32_t i = 0; i < view.size(image::table::rules); ++i) {
    if (i != 0) out.append(',');
    write_string(out, view.string(view.rule(i).id));
  }
  out.append("],\"operations\":[");
  for (std::uint32_t i = 0; i < view.size(image::table::operations); ++i) {
    if (i != 0) out.append(',');
    append_operation(out, view, view.operation(i));
  }
  out.append("],\"schemas\":[");
  for (std::uint32_t i = 0; i < view.size(image::table::bodies); ++i) {
    if (i != 0) out.append(',');
    write_string(out, view.string(view.body(i).name));
  }
  out.append("]}");
  std::string description(out.view());
  here.memory.clear();
  return description;
}

int create_profile(std::size_t provider, const std::string& json) {
  session& here = current();
  if (provider >= here.providers.size()) return refuse("there is no such provider");
  const image::view& view = *here.providers[provider];
  here.memory.clear();
  here.memory.set_budget(arena_budget(limits{}));
  profile tried;
  here.error = read_profile(json, view, here.reader, here.memory, tried);
  if (!here.error.empty()) return -1;
  // What was refused must not stay.
  here.memory.clear();
  auto* const added = here.lasting.make<profile>();
  if (added != nullptr) here.error = read_profile(json, view, here.reader, here.lasting, *added);
  if (added == nullptr || !here.profiles.push_back(added)) here.error = "there is no memory left for options";
  if (!here.error.empty()) return -1;
  return static_cast<int>(here.profiles.size()) - 1;
}

}  // namespace
}  // namespace recreq

EMSCRIPTEN_BINDINGS(recreq) {
  emscripten::function("allocateImage", &recreq::allocate_image);
  emscripten::function("loadImage", &recreq::load_image);
  emscripten::function("lastError", &recreq::last_error);
  emscripten::function("describe", &recreq::describe);
  emscripten::function("createProfile", &recreq::create_profile);
}
