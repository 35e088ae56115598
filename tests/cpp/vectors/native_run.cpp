// Opens images and runs vectors over them.
#include "native_run.hpp"

#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <span>
#include <stdexcept>
#include <utility>

#include "json/arena.hpp"
#include "json/reading.hpp"
#include "request/assembling.hpp"
#include "request/call.hpp"
#include "request/report_text.hpp"
#include "schema/image.hpp"

namespace recreq::vectors {
namespace {

class provider_image {
 public:
  provider_image(const std::string& name, rules_asked asked) {
    std::ifstream file(RECREQ_IMAGES "/" + name + ".image", std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    words_.resize(bytes.size() / sizeof(std::uint32_t));
    std::memcpy(words_.data(), bytes.data(), words_.size() * sizeof(std::uint32_t));
    if (asked == rules_asked::all) forget_needs();
    if (opened_.open(words_) != image::open_error::none) throw std::runtime_error("no image of " + name);
  }

  image::view view() const noexcept { return opened_.view(); }

  image::operation_record operation(std::string_view name) const {
    for (std::uint32_t i = 0; i < view().size(image::table::operations); ++i) {
      const image::operation_record record = view().operation(i);
      if (view().string(record.name) == name) return record;
    }
    throw std::runtime_error("no operation " + std::string(name));
  }

  image::operation_record schema(std::string_view name) const {
    for (std::uint32_t i = 0; i < view().size(image::table::bodies); ++i) {
      if (view().string(view().body(i).name) == name) return image::body_alone(i);
    }
    throw std::runtime_error("no schema " + std::string(name));
  }

 private:
  // Without needs, every rule is asked about every body.
  void forget_needs() {
    forget_needs<image::rule_group_record>(image::table::rule_groups);
    forget_needs<image::rule_record>(image::table::rules);
    words_[image::header::checksum_at] = image::checksum(std::span(words_).subspan(image::header::size));
  }

  template <class Record>
  void forget_needs(image::table which) {
    const std::size_t table = image::header::size + 2 * static_cast<std::size_t>(which);
    auto* first = reinterpret_cast<Record*>(words_.data() + words_[table]);
    for (std::uint32_t i = 0; i < words_[table + 1]; ++i) first[i].needs = {};
  }

  std::vector<std::uint32_t> words_;
  image::opened_image opened_;
};

const provider_image& image_of(const std::string& provider, rules_asked asked) {
  static std::map<std::pair<std::string, rules_asked>, std::unique_ptr<provider_image>> opened;
  std::unique_ptr<provider_image>& found = opened[{provider, asked}];
  if (!found) found = std::make_unique<provider_image>(provider, asked);
  return *found;
}

// A text with the readable bytes behind it that the engine wants.
class padded {
 public:
  explicit padded(std::string text) : text_(std::move(text)), size_(text_.size()) { text_.append(text_padding, '\0'); }
  std::string_view view() const noexcept { return std::string_view(text_).substr(0, size_); }

 private:
  std::string text_;
  std::size_t size_;
};

void append_head(text_builder& out, const image::view& view, const image::operation_record& operation,
                 const node& input) {
  write_url(out, view, operation, input);
  out.append('\n');
  each_header(view, operation, input, [&out](std::string_view name, std::string_view value) {
    out.append(name);
    out.append(": ");
    out.append(value);
    out.append('\n');
  });
}

outcome run(const test_vector& given, const body_text* body, purpose wanted, rules_asked asked) {
  const provider_image& provider = image_of(given.provider, asked);
  const image::view view = provider.view();
  const image::operation_record operation =
      given.schema.empty() ? provider.operation(given.operation) : provider.schema(given.schema);
  const engine_options how(given.options);
  const padded input(javascript_json(given.input.is_null() && body != nullptr ? json::object() : given.input));
  const padded text(body == nullptr ? std::string() : body->text);
  arena memory{0};
  json_reader reader;
  call running(view, how.get(), memory, reader);
  if (given.body_alone) {
    running.take_body_alone(body == nullptr ? input.view() : text.view(), body != nullptr,
                            body != nullptr && !body->is_bytes);
  } else {
    running.take_input_text(input.view());
    if (body != nullptr) running.take_body_text(text.view(), !body->is_bytes);
  }
  const padded extra(std::string(how.get().extra_body));
  running.take_extra_body(extra.view());
  outcome made;
  made.ok = running.check(operation);
  text_builder head(memory);
  text_builder out(memory);
  if (wanted == purpose::check || given.body_alone) {
    running.write_value(out);
  } else if (made.ok) {
    append_head(head, view, operation, running.input());
    if (operation.body != image::none) running.write_body(out);
  }
  text_builder report(memory);
  const report_builder& issues = running.issues();
  const auto provenance = how.get().provenance ? running.provenance() : std::span<const placed_origin>();
  if (!issues.issues().empty() || issues.truncated() || !provenance.empty())
    write_report(report, issues.issues(), issues.truncated(), provenance);
  if (given.schema.empty()) made.method = view.string(operation.method);
  made.head = head.view();
  made.body = out.view();
  made.report = report.view();
  made.memory_exhausted = memory.exhausted();
  return made;
}

}  // namespace

image::view view_of(const std::string& provider) { return image_of(provider, rules_asked::as_needed).view(); }

image::operation_record operation_of(const std::string& provider, std::string_view name) {
  return image_of(provider, rules_asked::as_needed).operation(name);
}

outcome run(const test_vector& given, purpose wanted, rules_asked asked) {
  return run(given, given.body ? &*given.body : nullptr, wanted, asked);
}

outcome run(const test_vector& given, const body_text& other, purpose wanted) {
  test_vector changed = given;
  if (changed.input.is_object()) changed.input.erase("body");
  if (changed.options.contains("limits")) {
    for (const char* name : {"bytes", "values", "issues"}) changed.options["limits"].erase(name);
  }
  return run(changed, &other, wanted, rules_asked::as_needed);
}

}  // namespace recreq::vectors
