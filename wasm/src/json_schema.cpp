// Checking against a schema that stands for itself: the way of a body that no operation is around.
#include <new>
#include <utility>

#include "recreq/schema.hpp"
#include "request/call.hpp"
#include "request/call_input.hpp"
#include "request/report_state.hpp"
#include "schema/image.hpp"

namespace recreq {

struct json_schema::opened {
  image::opened_image image;
};

json_schema::json_schema(std::span<const std::uint32_t> words) noexcept : opened_(new (std::nothrow) opened) {
  image::open_error error = opened_ ? opened_->image.open(words) : image::open_error::no_memory;
  if (error == image::open_error::none && opened_->image.view().size(image::table::bodies) == 0)
    error = image::open_error::not_an_image;
  problem_ = image::open_error_text(error);
  if (error != image::open_error::none) opened_.reset();
}
json_schema::json_schema(json_schema&&) noexcept = default;
json_schema& json_schema::operator=(json_schema&&) noexcept = default;
json_schema::~json_schema() = default;

report json_schema::check(std::string_view json, const options& how) const noexcept {
  return opened_ ? report::state::check_alone(opened_->image.view(), 0, json, how) : report(nullptr);
}

report report::state::check_alone(const image::view& image, std::uint32_t body, std::string_view json,
                                  const options& how) noexcept {
  std::unique_ptr<report::state> held(new (std::nothrow) report::state);
  if (!held) return report(nullptr);
  arena& memory = held->memory;
  call running(image, how, memory, thread_reader());
  running.take_body_alone(padded_copy(json, how.limits, memory), true, false);
  if (!how.extra_body.empty()) running.take_extra_body(padded_copy(how.extra_body, how.limits, memory));
  held->body_alone = true;
  held->ok = running.check(image::body_alone(body));
  if (!how.custom_rules.empty()) held->ok = running.check_custom_rules();
  held->issues = running.issues().issues();
  held->truncated = running.issues().truncated();
  text_builder text(memory);
  running.write_value(text);
  held->value = text.view();
  if (how.provenance) held->provenance = running.provenance();
  if (memory.exhausted()) {
    // What was written may end anywhere.
    held->ok = false;
    held->value = {};
  }
  return report(std::move(held));
}

}  // namespace recreq
