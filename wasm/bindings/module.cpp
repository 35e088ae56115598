// What every request goes through: three plain functions over one buffer that is used again and again.
#include <algorithm>
#include <cstring>
#include <new>

#include "request/assembling.hpp"
#include "request/call.hpp"
#include "request/report_text.hpp"
#include "session.hpp"

namespace recreq {

session& current() noexcept {
  // Nobody destroys it.
  static session* const only = new session;
  return *only;
}

namespace {

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
  const image::view& view = *with.provider;
  const image::operation_record alone = image::body_alone(number);
  const image::operation_record& operation = (flags & run_flag::standalone) != 0 ? alone : view.operation(number);
  call running(view, with.how, here.memory, here.reader);
  const bool utf16 = (flags & run_flag::utf16_offsets) != 0;
  if ((flags & run_flag::body_alone) == 0) {
    running.take_input_snapshot(input);
    if ((flags & run_flag::body_text) != 0) running.take_body_text(body, utf16);
  } else if ((flags & run_flag::body_text) != 0) {
    running.take_body_alone(body, true, utf16);
  } else {
    running.take_body_alone_snapshot(input);
  }
  if (!with.how.extra_body.empty()) running.take_extra_body(with.how.extra_body);
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
  const auto provenance = with.how.provenance ? running.provenance() : std::span<const placed_origin>();
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
                     number < here.profiles[profile]->provider->size(numbered);
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
  const recreq::image::view& view = *here.profiles[profile]->provider;
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
