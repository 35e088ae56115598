// The caller's own rules, over the body as it will be sent. Only the C++ interface links this: JavaScript runs its
// functions itself.
#include <algorithm>

#include "json/canonical.hpp"
#include "json/pointer.hpp"
#include "json/pointer_reading.hpp"
#include "recreq/custom_rule.hpp"
#include "request/call.hpp"

namespace recreq {
namespace {

// The severity of a rule after the caller's settings; none where it is off.
std::optional<severity> level_of(const custom_rule& rule, const options& how) noexcept {
  for (const rule_setting& setting : how.rules) {
    if (setting.id == rule.id) return setting.level;
  }
  return rule.level;
}

/// Makes issues of what one rule finds.
class findings final : public custom_findings {
 public:
  findings(node& body, const place* where, report_builder& issues) noexcept
      : body_(body), where_(where), issues_(issues), memory_(issues.memory()) {}

  void begin(const custom_rule& rule, severity level) noexcept {
    rule_ = &rule;
    level_ = level;
  }

  void report(const custom_issue& found) noexcept override {
    issue made;
    made.code = issue_code::rule;
    made.level = found.level.value_or(level_);
    made.rule = memory_.copy(rule_->id);
    made.pointer = below_body(found.pointer);
    const std::span<issue_param> params = memory_.make_array<issue_param>(found.params.size());
    for (std::size_t i = 0; i < params.size(); ++i) {
      const issue_param& given = found.params[i];
      params[i] = {memory_.copy(given.name), memory_.copy(given.value), given.is_number};
    }
    made.params = params;
    made.message = fill_message(issues_.texts().of_rule(rule_->id, found.message), params, memory_);
    made.suggestion = memory_.copy(found.suggestion);
    const std::span<patch_operation> fix = memory_.make_array<patch_operation>(found.fix.size());
    for (std::size_t i = 0; i < fix.size(); ++i) {
      const patch_operation& given = found.fix[i];
      const bool moves = given.op == patch_operation::kind::move;
      fix[i] = {given.op, below_body(given.path), moves ? below_body(given.from) : "", memory_.copy(given.value)};
    }
    made.fix = fix;
    made.certainty = found.certainty;
    made.docs = memory_.copy(found.docs);
    const node* blamed = walk(found.pointer, made.path);
    issues_.add(made, report_builder::offset_of(blamed, false));
  }

 private:
  std::string_view below_body(std::string_view pointer) noexcept {
    text_builder out(memory_);
    append_pointer(out, where_);
    out.append(pointer);
    return out.view();
  }

  // Follows a pointer. Gives the value there, or the nearest one above it that somebody wrote, and the way as a path.
  const node* walk(std::string_view pointer, std::string_view& path) noexcept {
    text_builder steps(memory_);
    append_path(steps, where_);
    const node* written = &body_;
    for (const node* at = &body_; !pointer.empty();) {
      const std::string_view key = next_token(pointer, memory_);
      const bool in_array = at != nullptr && at->type == kind::array;
      const std::optional<std::uint32_t> index = in_array ? element_index(key) : std::nullopt;
      append_path_step(steps, index ? place{nullptr, {}, *index, true} : place{nullptr, key});
      at = at == nullptr ? nullptr : child_at(*at, key);
      if (at != nullptr && at->from == origin::input) written = at;
    }
    path = path_text(steps.view(), memory_);
    return written;
  }

  node& body_;
  const place* where_;
  report_builder& issues_;
  arena& memory_;
  const custom_rule* rule_ = nullptr;
  severity level_ = severity::error;
};

}  // namespace

// A key or a value that is merely unlisted leaves the body's other values what their schema says.
bool call::is_sound() const noexcept {
  if (body_ == nullptr || unreadable_ || (issues_.truncated() && issues_.has_errors())) return false;
  const std::span<const issue> found = issues_.issues();
  return std::none_of(found.begin(), found.end(), [this](const issue& each) {
    const bool structural = each.code != issue_code::rule && each.code != issue_code::unknown_key &&
                            each.code != issue_code::unknown_value && each.level == severity::error;
    return structural && (body_alone_ || each.pointer == "/body" || each.pointer.starts_with("/body/"));
  });
}

bool call::check_custom_rules() noexcept {
  if (memory_.exhausted() || !is_sound()) return !memory_.exhausted() && !issues_.has_errors();
  text_builder body(memory_);
  write_canonical(body, *body_);
  const place inside{nullptr, body_key};
  findings found(*body_, body_alone_ ? nullptr : &inside, issues_);
  for (const custom_rule& rule : how_.custom_rules) {
    const std::optional<severity> level = level_of(rule, how_);
    if (!level || !rule.look) continue;
    found.begin(rule, *level);
    rule.look(body.view(), found);
  }
  if (memory_.exhausted()) return false;
  locate();
  return !issues_.has_errors();
}

}  // namespace recreq
