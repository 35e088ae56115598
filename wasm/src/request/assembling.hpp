// The last stage of a request's way: method, URL and headers out of an operation and its checked input.
#pragma once

#include <cstdint>
#include <string_view>

#include "json/arena.hpp"
#include "json/node.hpp"
#include "schema/image.hpp"
#include "schema/report.hpp"

namespace recreq {

/// Refuses parameters that would leave their place in the URL or that no header can carry. The schema has been checked
/// before.
void check_transport(const image::view& provider, const image::operation_record& operation, const node& input,
                     report_builder& issues) noexcept;

/// Appends the URL: each parameter percent-encoded, so that it stays in its segment.
void write_url(text_builder& out, const image::view& provider, const image::operation_record& operation,
               const node& input) noexcept;

/// Calls `sink(name, value)` for each header but the credential's.
template <class Sink>
void each_header(const image::view& provider, const image::operation_record& operation, const node& input,
                 Sink&& sink) {
  using namespace std::literals;
  sink("Accept"sv, "application/json"sv);
  if (operation.body != image::none) sink("Content-Type"sv, "application/json"sv);
  for (std::uint32_t i = 0; i < operation.input_count; ++i) {
    const image::input_record& parameter = provider.input(operation.first_input + i);
    if (parameter.location != image::input_record::header) continue;
    const node* value = provider.find_member(input, parameter.name);
    if (value != nullptr) sink(provider.string(parameter.wire_name), value->text);
  }
}

}  // namespace recreq
