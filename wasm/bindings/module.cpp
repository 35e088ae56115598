// What JavaScript sees of the engine. Rare calls go through embind; a request goes through three plain functions over
// one buffer that is used again and again.
#include <emscripten/bind.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "json/arena.hpp"
#include "json/canonical.hpp"
#include "json/reading.hpp"
#include "profile.hpp"
#include "recreq/options.hpp"
#include "request/assembling.hpp"
#include "request/call.hpp"
#include "request/matching.hpp"
#include "request/report_text.hpp"
#include "schema/image.hpp"
#include "schema/packed_image.hpp"

namespace recreq {
namespace {

struct loaded_image {
  std::unique_ptr<std::uint32_t[]> words;
  image::opened_image opened;
};

/// Bits of `run`'s `flags`.
namespace run_flag {
constexpr std::uint32_t body_alone = 1;
constexpr std::uint32_t body_text = 2;
constexpr std::uint32_t utf16_offsets = 4;
constexpr std::uint32_t check = 8;
constexpr std::uint32_t standalone = 16;    ///< the number is that of a schema that stands for itself
constexpr std::uint32_t match_bot = 32;     ///< make a body that matches the input, a bot; the body is the overrides
constexpr std::uint32_t match_config = 64;  ///< the same of what the bot was created with
constexpr std::uint32_t input_text = 128;   ///< what is matched is JSON text
constexpr std::uint32_t input_utf16_offsets = 256;
}  // namespace run_flag

enum class run_status : std::uint32_t { ok, refused, memory_exhausted };

/// What `run` gives back. Pointers are into the module's memory and hold until `clear`.
struct run_result {
  std::uint32_t status;
  std::uint32_t head;  ///< the URL and the headers, a line each
  std::uint32_t head_bytes;
  std::uint32_t body;  ///< directly behind the head
  std::uint32_t body_bytes;
  std::uint32_t report;
  std::uint32_t report_bytes;  ///< 0 when there are no issues
};

/// The one instance's state. JavaScript is single-threaded, and an instance that has trapped is thrown away whole.
struct session {
  std::vector<std::unique_ptr<loaded_image>> images;
  std::vector<std::unique_ptr<profile>> profiles;
  std::unique_ptr<char[]> arriving;
  std::size_t arriving_bytes = 0;
  std::string error;
  std::unique_ptr<char[]> buffer;
  std::size_t capacity = 0;
  std::size_t used = 0;
  arena memory{0};
  json_reader reader;
  run_result result{};
};

session& current() noexcept {
  static session only;
  return only;
}

std::uint32_t address(const void* pointer) noexcept {
  return static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(pointer));
}

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
  here.images.push_back(std::move(added));
  return static_cast<int>(here.images.size()) - 1;
}

std::string last_error() { return current().error; }

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
  if (provider >= here.images.size()) return {};
  const image::view& view = here.images[provider]->opened.view();
  arena memory{std::size_t{8} << 20U};
  text_builder out(memory);
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
  return std::string(out.view());
}

int create_profile(std::size_t provider, const std::string& json) {
  session& here = current();
  if (provider >= here.images.size()) return refuse("there is no such provider");
  auto added = std::make_unique<profile>();
  added->provider = provider;
  if (!added->read(json, here.images[provider]->opened.view(), here.reader, here.error)) return -1;
  here.profiles.push_back(std::move(added));
  return static_cast<int>(here.profiles.size()) - 1;
}

void write_head(text_builder& out, const image::view& view, const image::operation_record& operation,
                const node& input) {
  write_url(out, view, operation, input);
  out.append('\n');
  each_header(view, operation, input, [&out](std::string_view name, std::string_view value) {
    out.append_short(name);
    out.append_short(": ");
    out.append_short(value);
    out.append('\n');
  });
}

void run_call(const profile& with, std::uint32_t number, std::uint32_t flags, std::string_view input,
              std::string_view body) {
  session& here = current();
  const image::view& view = here.images[with.provider]->opened.view();
  const image::operation_record alone = image::body_alone(number);
  const image::operation_record& operation = (flags & run_flag::standalone) != 0 ? alone : view.operation(number);
  call running(view, with.how(), here.memory, here.reader);
  const bool utf16 = (flags & run_flag::utf16_offsets) != 0;
  if ((flags & run_flag::body_alone) == 0) {
    running.take_input_snapshot(input);
    if ((flags & run_flag::body_text) != 0) running.take_body_text(body, utf16);
  } else if ((flags & run_flag::body_text) != 0) {
    running.take_body_alone(body, true, utf16);
  } else {
    running.take_body_alone_snapshot(input);
  }
  if (!with.how().extra_body.empty()) running.take_extra_body(with.how().extra_body);
  const bool ok = running.check(operation);
  text_builder out(here.memory);
  // Most bodies get a few defaults and nothing else.
  constexpr std::size_t room_for_more = 1024;
  out.reserve(input.size() + body.size() + room_for_more);
  std::size_t head_bytes = 0;
  if ((flags & run_flag::check) != 0) {
    running.write_value(out);
  } else if (ok) {
    write_head(out, view, operation, running.input());
    head_bytes = out.size();
    if (operation.body != image::none) running.write_body(out);
  }
  const report_builder& issues = running.issues();
  text_builder report(here.memory);
  const auto provenance = with.how().provenance ? running.provenance() : std::span<const placed_origin>();
  if (!issues.issues().empty() || issues.truncated() || !provenance.empty())
    write_report(report, issues.issues(), issues.truncated(), provenance);
  run_result& result = here.result;
  if (here.memory.exhausted()) {
    // What was written may end anywhere.
    result.status = static_cast<std::uint32_t>(run_status::memory_exhausted);
    return;
  }
  result.status = static_cast<std::uint32_t>(ok ? run_status::ok : run_status::refused);
  result.head = address(out.view().data());
  result.head_bytes = static_cast<std::uint32_t>(head_bytes);
  result.body = result.head + result.head_bytes;
  result.body_bytes = static_cast<std::uint32_t>(out.size() - head_bytes);
  result.report = address(report.view().data());
  result.report_bytes = static_cast<std::uint32_t>(report.size());
}

void run_match(const profile& with, const image::operation_record& operation, std::uint32_t flags,
               std::string_view input, std::string_view body) {
  using form = matching_input::form;
  session& here = current();
  const image::view& view = here.images[with.provider]->opened.view();
  matching running(view, operation, with.how(), here.memory, here.reader);
  const bool is_text = (flags & run_flag::body_text) != 0;
  const matching_input given{(flags & run_flag::input_text) != 0 ? form::text : form::snapshot, input, true,
                             (flags & run_flag::input_utf16_offsets) != 0};
  const matching_input overrides{is_text        ? form::text
                                 : body.empty() ? form::absent
                                                : form::snapshot,
                                 body, true, (flags & run_flag::utf16_offsets) != 0};
  running.run((flags & run_flag::match_config) != 0 ? matched_kind::config : matched_kind::bot, given, overrides);
  const bool ok = running.finish();
  text_builder made(here.memory);
  running.write_body(made);
  text_builder report(here.memory);
  write_match(report, running.issues(), running.truncated(), running.origins(), running.changes(),
              running.configuration_at());
  run_result& result = here.result;
  if (here.memory.exhausted()) {
    result.status = static_cast<std::uint32_t>(run_status::memory_exhausted);
    return;
  }
  result.status = static_cast<std::uint32_t>(ok ? run_status::ok : run_status::refused);
  result.body = address(made.view().data());
  result.body_bytes = static_cast<std::uint32_t>(made.size());
  result.report = address(report.view().data());
  result.report_bytes = static_cast<std::uint32_t>(report.size());
}

}  // namespace
}  // namespace recreq

extern "C" {

/// Room for the texts of the next call; null when memory is exhausted.
char* reserve(std::size_t bytes) {
  recreq::session& here = recreq::current();
  // Two texts, each with readable bytes behind it.
  const std::size_t wanted = bytes + 2 * recreq::text_padding;
  if (wanted > here.capacity) {
    const std::size_t larger = std::max(wanted, here.capacity * 2);
    here.buffer.reset(new (std::nothrow) char[larger]{});
    here.capacity = here.buffer ? larger : 0;
  }
  here.used = here.buffer ? bytes : 0;
  return here.buffer.get();
}

const recreq::run_result* run(std::uint32_t profile, std::uint32_t number, std::uint32_t flags, std::size_t input_bytes,
                              std::size_t body_bytes) {
  recreq::session& here = recreq::current();
  const bool standalone = (flags & recreq::run_flag::standalone) != 0;
  const auto numbered = standalone ? recreq::image::table::bodies : recreq::image::table::operations;
  const bool known = profile < here.profiles.size() && (!standalone || (flags & recreq::run_flag::body_alone) != 0) &&
                     number < here.images[here.profiles[profile]->provider]->opened.view().size(numbered);
  if (!known || input_bytes > here.used || body_bytes > here.used - input_bytes) {
    here.result.status = static_cast<std::uint32_t>(recreq::run_status::memory_exhausted);
    return &here.result;
  }
  // What was reserved for texts that might have been longer holds nothing.
  here.used = input_bytes + body_bytes;
  const std::string_view input{here.buffer.get(), input_bytes};
  const std::string_view body{here.buffer.get() + input_bytes, body_bytes};
  if ((flags & (recreq::run_flag::match_bot | recreq::run_flag::match_config)) == 0) {
    recreq::run_call(*here.profiles[profile], number, flags, input, body);
    return &here.result;
  }
  const recreq::image::view& view = here.images[here.profiles[profile]->provider]->opened.view();
  if (standalone || view.operation(number).match == recreq::image::none) {
    here.result.status = static_cast<std::uint32_t>(recreq::run_status::memory_exhausted);
  } else {
    recreq::run_match(*here.profiles[profile], view.operation(number), flags, input, body);
  }
  return &here.result;
}

/// Zeroes what the last call left: bodies can hold storage secrets.
void clear() {
  recreq::session& here = recreq::current();
  here.memory.clear();
  here.reader.clear();
  constexpr std::size_t kept = std::size_t{64} * 1024;
  if (here.buffer) std::memset(here.buffer.get(), 0, here.used);
  if (here.capacity > kept) {
    here.buffer.reset();
    here.capacity = 0;
  }
  here.used = 0;
  here.result = {};
}
}

EMSCRIPTEN_BINDINGS(recreq) {
  emscripten::function("allocateImage", &recreq::allocate_image);
  emscripten::function("loadImage", &recreq::load_image);
  emscripten::function("lastError", &recreq::last_error);
  emscripten::function("describe", &recreq::describe);
  emscripten::function("createProfile", &recreq::create_profile);
}
