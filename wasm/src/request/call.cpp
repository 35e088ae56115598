// The way of a request, stage by stage.
#include "request/call.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "json/canonical.hpp"
#include "json/number.hpp"
#include "json/snapshot.hpp"
#include "json/syntax_error.hpp"
#include "request/assembling.hpp"
#include "request/document.hpp"
#include "schema/checking.hpp"
#include "schema/message.hpp"
#include "schema/rules.hpp"

namespace recreq {
std::size_t arena_budget(const limits& most) noexcept {
  constexpr std::size_t room_for_issues = std::size_t{1} << 20U;
  // Each value may be joined by a default, and the text is copied, unescaped and written again.
  const std::uint64_t wanted = room_for_issues + std::uint64_t{most.bytes} * 8 +
                               std::uint64_t{most.values} * 2 * sizeof(node) + std::uint64_t{most.issues} * 2048;
  return static_cast<std::size_t>(std::min<std::uint64_t>(wanted, std::numeric_limits<std::int32_t>::max()));
}

call::call(const image::view& provider, const options& how, arena& memory, json_reader& reader) noexcept
    : provider_(provider),
      how_(how),
      memory_(memory),
      reader_(reader),
      issues_(memory, how.limits.issues, how.messages) {
  memory_.set_budget(arena_budget(how.limits));
}

node* call::read(std::string_view json, const limits& most, const place* where, bool positions) noexcept {
  node* const root = read_document(json, most, where, positions, how_.limits, reader_, issues_);
  unreadable_ = unreadable_ || root == nullptr;
  return root;
}

limits call::body_limits() const noexcept {
  limits most = how_.limits;
  most.depth = std::min(most.depth, largest_depth);
  return most;
}

void call::take_input_text(std::string_view json) noexcept {
  // The limits are those of a body; here it stands in an object with a few parameters.
  constexpr std::uint32_t room_for_parameters = 4096;
  const auto more = [](std::uint32_t limit, std::uint32_t room) {
    return limit > UINT32_MAX - room ? UINT32_MAX : limit + room;
  };
  limits most = how_.limits;
  most.depth = std::min(most.depth, largest_depth) + 1;
  most.bytes = more(most.bytes, room_for_parameters);
  most.values = more(most.values, room_for_parameters / 4);
  input_ = read(json, most, nullptr, false);
  if (input_ != nullptr && input_->type == kind::object) body_ = find_member(*input_, body_key, hash_key(body_key));
}

node* call::read_snapshot(std::string_view snapshot) noexcept {
  node* root = recreq::read_snapshot(snapshot, memory_);
  if (root != nullptr || memory_.exhausted()) return root;
  unreadable_ = true;
  issues_.add(
      finding(issue_code::syntax, nullptr, nullptr).text("problem", issues_.texts().of("problem", "unreadable")));
  return nullptr;
}

void call::take_input_snapshot(std::string_view snapshot) noexcept {
  input_ = read_snapshot(snapshot);
  if (input_ != nullptr && input_->type == kind::object) body_ = find_member(*input_, body_key, hash_key(body_key));
}

void call::take_body_alone_snapshot(std::string_view snapshot) noexcept {
  body_alone_ = true;
  body_ = read_snapshot(snapshot);
}

node* call::make_text(std::string_view text, const place* where) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = utf8_sequence(text.substr(at));
    if (size == 0) {
      issues_.add(finding(issue_code::encoding, where, nullptr));
      unreadable_ = true;
      return nullptr;
    }
    at += size;
  }
  node* made = memory_.make<node>();
  if (made == nullptr) return nullptr;
  made->type = kind::string;
  made->text = memory_.copy(text);
  made->needs_escape = true;
  return made;
}

node* call::make_argument(const argument_value& value, const place* where) noexcept {
  if (const auto* text = std::get_if<std::string_view>(&value))
    return text->data() == nullptr ? nullptr : make_text(*text, where);
  const auto* texts = std::get_if<std::span<const std::string_view>>(&value);
  if (texts != nullptr && texts->data() == nullptr) return nullptr;
  node* made = memory_.make<node>();
  if (made == nullptr) return nullptr;
  if (texts != nullptr) {
    made->type = kind::array;
    for (const std::string_view each : *texts) {
      node* element = make_text(each, where);
      if (element == nullptr) return nullptr;
      append_child(*made, *element);
    }
  } else if (const bool* on = std::get_if<bool>(&value)) {
    made->type = kind::boolean;
    made->text = *on ? "true" : "false";
  } else {
    const double number = *std::get_if<double>(&value);
    if (!std::isfinite(number)) {
      finding found(issue_code::number_range, where, nullptr);
      found.variant = "overflow";
      issues_.add(found.text("problem", found.variant));
      unreadable_ = true;
      return nullptr;
    }
    std::array<char, longest_printed_number> digits{};
    made->type = kind::number;
    made->text = memory_.copy({digits.data(), print_number(number, digits.data())});
  }
  return made;
}

void call::take_argument(std::string_view name, const argument_value& value) noexcept {
  if (input_ == nullptr) {
    input_ = memory_.make<node>();
    if (input_ == nullptr) return;
    input_->type = kind::object;
  }
  const place here{nullptr, name};
  node* member = make_argument(value, &here);
  if (member == nullptr) return;
  member->key = name;
  member->key_hash = hash_key(name);
  member->key_needs_escape = true;
  append_child(*input_, *member);
}

void call::take_body_text(std::string_view json, bool utf16_offsets) noexcept {
  positions_ = true;
  positions_text_ = json;
  utf16_offsets_ = utf16_offsets;
  const place where{nullptr, body_key};
  body_ = read(json, body_limits(), &where, true);
  if (body_ == nullptr) return;
  if (input_ == nullptr) {
    input_ = memory_.make<node>();
    if (input_ == nullptr) return;
    input_->type = kind::object;
  }
  if (input_->type != kind::object) return;
  body_->key = body_key;
  body_->key_hash = hash_key(body_key);
  append_child(*input_, *body_);
}

void call::take_body_alone(std::string_view json, bool positions, bool utf16_offsets) noexcept {
  body_alone_ = true;
  positions_ = positions;
  positions_text_ = json;
  utf16_offsets_ = utf16_offsets;
  body_ = read(json, body_limits(), nullptr, positions);
}

bool call::check(const image::operation_record& operation) noexcept {
  if (!body_alone_) {
    if (input_ == nullptr && !unreadable_) {
      input_ = memory_.make<node>();
      if (input_ != nullptr) input_->type = kind::object;
    }
    if (input_ != nullptr && !memory_.exhausted()) {
      checker inputs(provider_, how_, memory_, &issues_);
      inputs.check(operation.input_schema, *input_, nullptr);
      if (input_->type == kind::object) check_transport(provider_, operation, *input_, issues_);
    }
  }
  if (operation.body != image::none && !memory_.exhausted()) check_body(operation);
  if (!extra_body_.empty() && body_ != nullptr) lay_extra_body();
  if (memory_.exhausted()) return false;
  locate();
  return !issues_.has_errors();
}

bool call::requires_body(const image::operation_record& operation) const noexcept {
  const image::schema_record& inputs = provider_.schema(operation.input_schema);
  for (std::uint32_t i = 0; i < inputs.instruction_count; ++i) {
    const image::instruction_record& step = provider_.instruction(inputs.first_instruction + i);
    if (static_cast<image::keyword>(step.keyword) != image::keyword::members) continue;
    const image::shape_record& shape = provider_.shape(step.a);
    for (std::uint32_t j = 0; j < shape.property_count; ++j) {
      const image::property_record& property = provider_.property(shape.first_property + j);
      if (provider_.string(property.name) == body_key) return (property.flags & image::property_record::required) != 0;
    }
  }
  return false;
}

void call::check_body(const image::operation_record& operation) noexcept {
  const place inside{nullptr, body_key};
  const place* where = body_alone_ ? nullptr : &inside;
  if (body_ == nullptr) {
    // An absent body means all defaults; they are written out like those of a given one. Of one that must not be
    // absent, everything has been said.
    if (unreadable_ || body_alone_ || input_ == nullptr || input_->type != kind::object) return;
    if (requires_body(operation)) return;
    body_ = memory_.make<node>();
    if (body_ == nullptr) return;
    body_->type = kind::object;
    body_->from = origin::default_value;
    body_->key = body_key;
    body_->key_hash = hash_key(body_key);
    append_child(*input_, *body_);
  }
  const image::body_record& body = provider_.body(operation.body);
  checker schema(provider_, how_, memory_, &issues_);
  schema.check(body.schema, *body_, where);
  if (memory_.exhausted()) return;
  const bool fits = issues_.issues().empty() && !issues_.truncated();
  run_rules(provider_, body, how_, *body_, where, issues_, fits ? schema.evidence() : image::all_evidence);
}

void call::locate() noexcept {
  if (positions_ && !issues_.issues().empty()) issues_.locate(positions_text_, utf16_offsets_);
}

void call::write_value(text_builder& out) noexcept {
  node* value = body_alone_ ? body_ : input_;
  if (value != nullptr && !unreadable_) write_canonical(out, *value);
}

void call::write_body(text_builder& out) noexcept {
  if (body_ != nullptr) write_canonical(out, *body_);
}

}  // namespace recreq
