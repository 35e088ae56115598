// The C++ API over the engine: each call owns its memory, so that operations can be shared between threads.
#include "recreq/operation.hpp"

#include <utility>

#include "recreq/json.hpp"
#include "request/assembling.hpp"
#include "request/call.hpp"
#include "request/call_input.hpp"
#include "request/matching.hpp"
#include "request/report_state.hpp"
#include "request/report_text.hpp"
#include "schema/image.hpp"

namespace recreq {

report::report(std::unique_ptr<state> held) noexcept : state_(std::move(held)) {}
report::report(report&&) noexcept = default;
report& report::operator=(report&&) noexcept = default;
report::~report() = default;
bool report::ok() const noexcept { return state_ && state_->ok; }
std::span<const issue> report::issues() const noexcept { return state_ ? state_->issues : std::span<const issue>(); }
bool report::truncated() const noexcept { return state_ && state_->truncated; }
std::string_view report::value() const noexcept { return state_ ? state_->value : std::string_view(); }
std::span<const placed_origin> report::provenance() const noexcept {
  return state_ ? state_->provenance : std::span<const placed_origin>();
}
bool report::memory_exhausted() const noexcept { return !state_ || state_->memory.exhausted(); }

result::result(report&& outcome) noexcept : outcome_(std::move(outcome)) {}
result::operator bool() const noexcept { return outcome_.state_ && outcome_.state_->request.has_value(); }
const request& result::operator*() const noexcept { return *outcome_.state_->request; }
const request* result::operator->() const noexcept { return &*outcome_.state_->request; }
std::span<const issue> result::issues() const noexcept { return outcome_.issues(); }
bool result::truncated() const noexcept { return outcome_.truncated(); }
bool result::memory_exhausted() const noexcept { return outcome_.memory_exhausted(); }

std::string json_text(std::span<const issue> issues, bool truncated, std::span<const placed_origin> provenance) {
  arena memory{std::size_t{64} << 20U};
  text_builder out(memory);
  write_report(out, issues, truncated, provenance);
  return std::string(out.view());
}

struct provider::opened {
  image::opened_image image;
};

provider::provider(std::span<const std::uint32_t> words) noexcept : opened_(new (std::nothrow) opened) {
  const image::open_error error = opened_ ? opened_->image.open(words) : image::open_error::no_memory;
  problem_ = image::open_error_text(error);
  if (error != image::open_error::none) opened_.reset();
}
provider::~provider() = default;

std::string_view provider::name() const noexcept {
  return opened_ ? opened_->image.view().provider() : std::string_view();
}
std::string_view provider::facts() const noexcept {
  return opened_ ? opened_->image.view().facts() : std::string_view();
}
std::size_t provider::operation_count() const noexcept {
  return opened_ ? opened_->image.view().size(image::table::operations) : 0;
}

std::optional<operation> provider::find(std::string_view name) const noexcept {
  for (std::uint32_t i = 0; i < operation_count(); ++i) {
    if (const operation found{*this, i}; found.name() == name) return found;
  }
  return std::nullopt;
}

std::string_view operation::name() const noexcept {
  const image::view& view = provider_->opened_->image.view();
  return view.string(view.operation(index_).name);
}

std::string_view operation::method() const noexcept {
  const image::view& view = provider_->opened_->image.view();
  return view.string(view.operation(index_).method);
}

report operation::check(const arguments& input, const options& how) const noexcept {
  return run(input, false, false, how);
}

result operation::build(const arguments& input, const options& how) const noexcept {
  return result(run(input, false, true, how));
}

report operation::check_body(std::string_view body, const options& how) const noexcept {
  return run({{}, body}, true, false, how);
}

report operation::run(const arguments& input, bool body_alone, bool build, const options& how) const noexcept {
  std::unique_ptr<report::state> held(new (std::nothrow) report::state);
  if (!held || index_ >= provider_->operation_count()) return report(nullptr);
  const image::view& view = provider_->opened_->image.view();
  const image::operation_record& record = view.operation(index_);
  arena& memory = held->memory;
  call running(view, how, memory, thread_reader());
  const auto text_of = [&](std::string_view text) { return padded_copy(text, how.limits, memory); };
  if (body_alone) {
    running.take_body_alone(text_of(input.body), true, false);
  } else {
    for (const argument& each : input.inputs.items()) {
      running.take_argument(each.name, each.value);
    }
    if (input.body.data() != nullptr) running.take_body_text(text_of(input.body), false);
  }
  if (!how.extra_body.empty()) running.take_extra_body(text_of(how.extra_body));
  held->body_alone = body_alone;
  held->ok = running.check(record);
  if (!how.custom_rules.empty()) held->ok = running.check_custom_rules();
  held->issues = running.issues().issues();
  held->truncated = running.issues().truncated();
  text_builder text(memory);
  if (!build) {
    running.write_value(text);
    held->value = text.view();
    if (how.provenance) held->provenance = running.provenance();
  } else if (held->ok) {
    write_url(text, view, record, running.input());
    request made;
    made.method = view.string(record.method);
    made.url = text.view();
    arena_list<header> headers(memory);
    each_header(view, record, running.input(), [&](std::string_view name, std::string_view value) {
      headers.push_back({name, value});
    });
    made.headers = headers.items();
    text_builder body(memory);
    if (record.body != image::none) running.write_body(body);
    made.body = body.view();
    if (record.credential_header != image::none)
      made.credential = {view.string(record.credential_header), view.string(record.credential_prefix)};
    held->request = made;
  }
  if (memory.exhausted()) {
    // What was written may end anywhere.
    held->ok = false;
    held->value = {};
    held->request.reset();
  }
  return report(std::move(held));
}

struct bot_match::state {
  arena memory{0};
  bool ok = false;
  bool truncated = false;
  std::string_view body;
  std::string_view configuration;
  std::span<const issue> issues;
  std::span<const placed_origin> origins;
  std::span<const changed_value> changes;
};

bot_match::bot_match(std::unique_ptr<state> held) noexcept : state_(std::move(held)) {}
bot_match::bot_match(bot_match&&) noexcept = default;
bot_match& bot_match::operator=(bot_match&&) noexcept = default;
bot_match::~bot_match() = default;
bool bot_match::ok() const noexcept { return state_ && state_->ok; }
std::string_view bot_match::body() const noexcept { return state_ ? state_->body : std::string_view(); }
std::span<const placed_origin> bot_match::origins() const noexcept {
  return state_ ? state_->origins : std::span<const placed_origin>();
}
std::span<const changed_value> bot_match::would_have_changed() const noexcept {
  return state_ ? state_->changes : std::span<const changed_value>();
}
std::span<const issue> bot_match::issues() const noexcept { return state_ ? state_->issues : std::span<const issue>(); }
std::string_view bot_match::configuration() const noexcept {
  return state_ ? state_->configuration : std::string_view();
}
bool bot_match::truncated() const noexcept { return state_ && state_->truncated; }
bool bot_match::memory_exhausted() const noexcept { return !state_ || state_->memory.exhausted(); }

std::string json_text(const bot_match& of) {
  arena memory{std::size_t{64} << 20U};
  text_builder out(memory);
  write_match(out, of.issues(), of.truncated(), of.origins(), of.would_have_changed(), of.configuration());
  return std::string(out.view());
}

bool operation::matches_bots() const noexcept {
  return index_ < provider_->operation_count() &&
         provider_->opened_->image.view().operation(index_).match != image::none;
}

bot_match operation::match_bot(std::string_view bot, std::string_view overrides, const options& how) const noexcept {
  return match(false, bot, overrides, how);
}

bot_match operation::match_config(std::string_view config, std::string_view overrides,
                                  const options& how) const noexcept {
  return match(true, config, overrides, how);
}

bot_match operation::match(bool config, std::string_view given, std::string_view overrides,
                           const options& how) const noexcept {
  std::unique_ptr<bot_match::state> held(new (std::nothrow) bot_match::state);
  if (!held || !matches_bots()) return bot_match(std::move(held));
  const image::view& view = provider_->opened_->image.view();
  arena& memory = held->memory;
  matching running(view, view.operation(index_), how, memory, thread_reader());
  const auto input_of = [&](std::string_view text) {
    if (text.data() == nullptr) return matching_input{};
    return matching_input{matching_input::form::text, padded_copy(text, how.limits, memory)};
  };
  call* const checked =
      running.run(config ? matched_kind::config : matched_kind::bot, input_of(given), input_of(overrides));
  if (checked != nullptr && !how.custom_rules.empty()) checked->check_custom_rules();
  held->ok = running.finish();
  held->issues = running.issues();
  held->truncated = running.truncated();
  text_builder body(memory);
  running.write_body(body);
  held->body = body.view();
  held->configuration = running.configuration_at();
  held->origins = running.origins();
  held->changes = running.changes();
  if (memory.exhausted()) {
    // What was written may end anywhere.
    held->ok = false;
    held->body = {};
  }
  return bot_match(std::move(held));
}

std::string_view standalone_schema::name() const noexcept {
  const image::view& view = service_().opened_->image.view();
  return view.string(view.body(index_).name);
}

report standalone_schema::check(std::string_view json, const options& how) const noexcept {
  const provider& of = service_();
  if (!of.opened_ || index_ >= of.opened_->image.view().size(image::table::bodies)) return report(nullptr);
  return report::state::check_alone(of.opened_->image.view(), index_, json, how);
}

}  // namespace recreq
