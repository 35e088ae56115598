// Finds the places that a rule looks at, asks, and words its issue.
#include "schema/rules.hpp"

#include <algorithm>
#include <array>

#include "json/canonical.hpp"
#include "schema/message.hpp"
#include "schema/predicate.hpp"
#include "schema/value_text.hpp"

namespace recreq {
namespace {

using image::fix_record;
using image::index;
using image::none;
using image::rule_group_record;
using image::rule_record;

constexpr std::size_t most_wildcards = 8;

class rule_runner {
 public:
  rule_runner(const image::view& provider, const options& how, node& body, const place* where,
              report_builder& issues) noexcept
      : image_(provider),
        where_(where),
        issues_(issues),
        checker_(provider, how, issues.memory(), nullptr),
        options_(how),
        pointer_(issues.memory()) {
    scope_.body = &body;
  }

  /// Runs those of a group's rules that have something to say about a body with this evidence.
  void run(const rule_group_record& group, const image::evidence_set& evidence) noexcept {
    scope_.written_only = (group.flags & rule_group_record::over_written) != 0;
    scope_.bound_nodes = {};
    std::array<const rule_record*, rule_group_record::most_rules>
        due;  // NOLINT(cppcoreguidelines-pro-type-member-init): written before it is read
    std::size_t count = 0;
    for (std::uint32_t i = 0; i < group.rule_count; ++i) {
      const rule_record& rule = image_.rule(group.first_rule + i);
      if (evidence.has(rule.needs) && !is_silent_everywhere(rule)) due[count++] = &rule;
    }
    if (count == 0) return;
    rules_ = std::span(due).first(count);
    pattern_ = scope_.way = image_.list(group.where, group.where_count);
    if (pattern_.empty() || pattern_[0] == none) {
      descend(*scope_.body, 0, 0);
      return;
    }
    // Rules about one field stand side by side: it is looked up once for all of them.
    if (pattern_[0] != field_) {
      field_ = pattern_[0];
      value_ = scope_.body->type == kind::object ? image_.find_member(*scope_.body, field_) : nullptr;
    }
    if (value_ != nullptr) descend(*value_, 1, 0);
  }

 private:
  void descend(node& from, std::size_t token,
               std::size_t wildcards) noexcept {  // NOLINT(misc-no-recursion): a step a wildcard
    node* next = &from;
    for (;; ++token) {
      if (next == nullptr || next->mistyped || (scope_.written_only && next->from != origin::input)) return;
      if (token == pattern_.size()) {
        scope_.bound = std::span(bound_).first(wildcards);
        scope_.bound_nodes = std::span(bound_nodes_).first(wildcards);
        look_at(*next);
        return;
      }
      if (pattern_[token] == none) break;
      next = next->type == kind::object ? image_.find_member(*next, pattern_[token]) : nullptr;
    }
    node& at = *next;
    if ((at.type != kind::object && at.type != kind::array) || wildcards == bound_.size()) return;
    std::uint32_t position = 0;
    for (node* child = at.first; child != nullptr; child = child->next, ++position) {
      bound_[wildcards].key = child->key;
      bound_[wildcards].index = position;
      bound_[wildcards].is_index = at.type == kind::array;
      bound_nodes_[wildcards] = child;
      descend(*child, token + 1, wildcards + 1);
    }
  }

  void look_at(node& subject) noexcept {
    for (const rule_record* due : rules_) {
      const rule_record& rule = *due;
      if (!triggers(rule, subject)) continue;
      scope_.touched_error = false;
      if (!pass(rule.first_gate, rule.gate_count) || holds_anyway(rule, subject)) continue;
      const bool decided = (rule.flags & rule_record::trigger_decides) != 0 && subject.text_string != not_interned;
      if (decided && subject.invalid) scope_.touched_error = true;
      if (!decided && rule.condition != none && !checker_.matches(rule.condition, subject, scope_)) continue;
      if (rule.consequence != none && checker_.matches(rule.consequence, subject, scope_)) continue;
      if (scope_.touched_error) continue;
      const std::optional<severity> level = effective_severity(image_, rule, options_);
      if (!level) continue;
      rule_ = &rule;
      speak(subject, *level);
    }
  }

  // Gates that do not depend on what a `*` matches are the same for all of a rule's subjects.
  bool is_silent_everywhere(const rule_record& rule) noexcept {
    const auto is_bound = [this](index gate) { return image_.gate(gate).wildcards != 0; };
    for (index i = rule.first_gate; i != rule.first_gate + rule.gate_count; ++i) {
      if (!is_bound(i) && !pass(image_.gate(i))) return true;
    }
    if (rule.then_gate_count == 0) return false;
    for (index i = rule.first_then_gate; i != rule.first_then_gate + rule.then_gate_count; ++i) {
      if (is_bound(i) || !pass(image_.gate(i))) return false;
    }
    return true;
  }

  // Most rules about a listed value are about one or two of them: which one it is spares evaluating the schema.
  bool triggers(const rule_record& rule, const node& subject) const noexcept {
    if ((rule.flags & rule_record::has_trigger) == 0 || subject.text_string == not_interned) return true;
    const auto strings = image_.list(rule.trigger, rule.trigger_count);
    return std::find(strings.begin(), strings.end(), subject.text_string) != strings.end();
  }

  // Whether a `then` that is cheap to ask says that nothing is wrong, so that `if` does not matter.
  bool holds_anyway(const rule_record& rule, const node& subject) noexcept {
    if (rule.then_gate_count != 0) return pass(rule.first_then_gate, rule.then_gate_count);
    if (rule.then_predicate == none) return false;
    if (subject.invalid) scope_.touched_error = true;
    return (subject.type != kind::string ||
            holds(static_cast<image::predicate_name>(rule.then_predicate), image_, rule.then_argument, subject.text));
  }

  bool pass(index first_gate, std::uint32_t count) noexcept {
    for (index i = first_gate; i != first_gate + count; ++i) {
      if (!pass(image_.gate(i))) return false;
    }
    return true;
  }

  bool pass(const image::gate_record& gate) noexcept {
    if (gate.wildcards > scope_.bound_nodes.size()) return false;
    const node* at = gate.wildcards == 0 ? scope_.body : scope_.bound_nodes[gate.wildcards - 1];
    for (const std::uint32_t key : image_.list(gate.path, gate.path_count)) {
      at = at->type == kind::object ? image_.find_member(*at, key) : nullptr;
      if (at == nullptr) return false;
    }
    if (scope_.written_only && at->from != origin::input) return false;
    if (at->invalid) scope_.touched_error = true;
    return gate.types != 0 ? (gate.types & type_of(*at)) != 0
                           : is_one_of(*at, image_.list(gate.strings, gate.string_count));
  }

  bool is_one_of(const node& value, std::span<const std::uint32_t> strings) const noexcept {
    if (value.type != kind::string) return false;
    return std::any_of(strings.begin(), strings.end(), [&](index each) {
      return value.text_string == each || (value.text_string == not_interned && value.text == image_.string(each));
    });
  }

  void speak(const node& subject, severity level) noexcept {
    arena& memory = issues_.memory();
    issue made;
    made.code = issue_code::rule;
    made.level = level;
    made.rule = image_.string(rule_->id);
    pointer_.clear();
    append_pointer_of(pointer_, rule_->at, rule_->at_count);
    made.suggestion = issues_.drop_unlisted(pointer_.view());
    if (issues_.full()) {
      issues_.add(made, report_builder::no_offset);
      return;
    }
    made.pointer = memory.copy(pointer_.view());
    made.path = path_of(rule_->at, rule_->at_count);
    const std::span<issue_param> params = memory.make_array<issue_param>(2);
    std::size_t count = 0;
    if (params.size() == 2) {
      const bool shown = !subject.secret && (rule_->flags & rule_record::withholds_value) == 0;
      if (subject.type == kind::string && shown) params[count++] = {"value", memory.copy(subject.text)};
      if (!scope_.bound.empty() && !scope_.bound_nodes.back()->secret) {
        const place& last = scope_.bound.back();
        params[count++] = {"key", last.is_index ? digits(last.index, memory) : memory.copy(last.key), last.is_index};
      }
    }
    made.params = params.first(count);
    made.message = fill_message(issues_.texts().of_rule(made.rule, image_.string(rule_->message)), made.params, memory);
    made.certainty = static_cast<confidence>(rule_->confidence);
    if (rule_->docs != none) made.docs = image_.string(rule_->docs);
    made.fix = fixes();
    issues_.add(made, report_builder::offset_of(blamed(), blames_a_key()));
  }

  // The value that is blamed, or the nearest one above it that somebody wrote.
  const node* blamed() const noexcept {
    for (std::uint32_t count = rule_->at_count;; --count) {
      const node* found = checker::find(image_, image_.list(rule_->at, count), scope_);
      if ((found != nullptr && found->from == origin::input) || count == 0) return found;
    }
  }

  // A rule without `then` is about something that should not be there: its key is what to look at.
  bool blames_a_key() const noexcept {
    const node* found = blamed();
    return (rule_->flags & rule_record::has_then) == 0 && found != nullptr && !found->key.empty() &&
           found == checker::find(image_, image_.list(rule_->at, rule_->at_count), scope_);
  }

  // Calls with each step of a pattern, its `*`s filled in.
  template <class Function>
  void each_step(index first, std::uint32_t count, Function&& function) const {
    std::size_t bound = 0;
    for (const std::uint32_t token : image_.list(first, count)) {
      if (token != none) {
        function(place{nullptr, image_.string(token)});
      } else if (bound < scope_.bound.size()) {
        function(scope_.bound[bound++]);
      }
    }
  }

  std::string_view pointer_of(index first, std::uint32_t count) const noexcept {
    text_builder out(issues_.memory());
    append_pointer_of(out, first, count);
    return out.view();
  }

  void append_pointer_of(text_builder& out, index first, std::uint32_t count) const noexcept {
    append_pointer(out, where_);
    each_step(first, count, [&out](const place& step) { append_pointer(out, &step); });
  }

  std::string_view path_of(index first, std::uint32_t count) const noexcept {
    text_builder out(issues_.memory());
    append_path(out, where_);
    each_step(first, count, [&out](const place& step) { append_path_step(out, step); });
    return path_text(out.view(), issues_.memory());
  }

  std::span<const patch_operation> fixes() noexcept {
    arena& memory = issues_.memory();
    arena_list<patch_operation> made(memory);
    std::optional<std::span<const std::uint32_t>> parents;
    for (std::uint32_t i = 0; i < rule_->fix_count; ++i) {
      const fix_record& fix = image_.fix(rule_->first_fix + i);
      patch_operation operation;
      operation.op = static_cast<patch_operation::kind>(fix.op);
      if (operation.op != patch_operation::kind::remove) add_parents(fix, parents, made);
      operation.path = pointer_of(fix.path, fix.path_count);
      if (operation.op == patch_operation::kind::move) operation.from = pointer_of(fix.from, fix.from_count);
      if (operation.op == patch_operation::kind::add) {
        const auto value = value_of(fix);
        if (!value) return {};
        operation.value = *value;
      }
      made.push_back(operation);
    }
    return made.items();
  }

  // The objects on the way to a fix's place that nobody wrote. `added` is the way to the last of them that an earlier
  // operation has added.
  void add_parents(const fix_record& fix, std::optional<std::span<const std::uint32_t>>& added,
                   arena_list<patch_operation>& made) noexcept {
    const std::span<const std::uint32_t> path = image_.list(fix.path, fix.path_count);
    for (std::uint32_t count = where_ == nullptr ? 1 : 0; count < path.size(); ++count) {
      const node* parent = checker::find(image_, path.first(count), scope_);
      if (parent != nullptr && parent->from == origin::input) continue;
      if (added && count <= added->size() && std::equal(path.begin(), path.begin() + count, added->begin())) continue;
      patch_operation object;
      object.path = pointer_of(fix.path, count);
      object.value = "{}";
      made.push_back(object);
      added = path.first(count);
    }
  }

  // The JSON text of what a fix puts in; nothing when a repair does not know.
  std::optional<std::string_view> value_of(const fix_record& fix) noexcept {
    arena& memory = issues_.memory();
    text_builder value(memory);
    if (fix.repair == none) {
      append_json(value, image_, fix.value);
      return value.view();
    }
    const node* broken = checker::find(image_, image_.list(fix.path, fix.path_count), scope_);
    if (broken == nullptr || broken->type != kind::string || broken->secret) return std::nullopt;
    const auto mended =
        repair(static_cast<image::predicate_name>(fix.repair), image_, fix.repair_argument, broken->text, memory);
    if (!mended) return std::nullopt;
    write_string(value, *mended);
    return value.view();
  }

  const image::view& image_;
  const place* where_;
  report_builder& issues_;
  checker checker_;
  rule_scope scope_;
  const options& options_;
  std::span<const rule_record* const> rules_;
  text_builder pointer_;               ///< of the issue that is being worded: most room is needed once
  const rule_record* rule_ = nullptr;  ///< the one that speaks
  std::span<const std::uint32_t> pattern_;
  index field_ = none;  ///< the last field of the body that was looked up
  node* value_ = nullptr;
  std::array<place, most_wildcards> bound_{};
  std::array<node*, most_wildcards> bound_nodes_{};
};

}  // namespace

std::optional<severity> effective_severity(const image::view& provider, const rule_record& rule,
                                           const options& how) noexcept {
  const std::string_view id = provider.string(rule.id);
  for (const rule_setting& setting : how.rules) {
    if (setting.id == id) return setting.level;
  }
  return static_cast<severity>(rule.severity);
}

void run_rules(const image::view& provider, const image::body_record& body, const options& how, node& value,
               const place* where, report_builder& issues, const image::evidence_set& evidence) noexcept {
  rule_runner runner(provider, how, value, where, issues);
  const image::evidence_set proved = evidence;  // a copy, which nothing that a rule does can change
  const auto run = [&](index first, std::uint32_t count) {
    for (index i = first; i != first + count; ++i) {
      const rule_group_record& group = provider.rule_group(i);
      if (proved.has(group.needs)) runner.run(group, proved);
    }
  };
  run(body.first_group, body.group_count);
  run(body.first_shared_group, body.shared_group_count);
}

}  // namespace recreq
