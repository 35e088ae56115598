// read both ▶ ask the document's rules ▶ configuration, made explicit ▶ overrides laid on ▶ check ▶ issues at their
// places
#include "request/matching.hpp"

#include <algorithm>
#include <limits>

#include "json/canonical.hpp"
#include "json/pointer_reading.hpp"
#include "json/snapshot.hpp"
#include "request/document.hpp"
#include "request/matched_issues.hpp"
#include "request/merging.hpp"
#include "schema/checking.hpp"
#include "schema/rules.hpp"
#include "schema/structure.hpp"

namespace recreq {
namespace {

constexpr std::string_view bot_key = "bot";
constexpr std::string_view config_key = "config";
constexpr place overrides_at{nullptr, "overrides"};

options always_filling(const options& how) noexcept {
  options filling = how;
  if (how.defaults == defaults_mode::omit) filling.defaults = defaults_mode::explicit_only;
  return filling;
}

void append_member(node& object, std::string_view key, node& member) noexcept {
  member.key = key;
  member.key_hash = hash_key(key);
  append_child(object, member);
}

void take_out(node& parent, const node& child) noexcept {
  node* before = nullptr;
  for (node* at = parent.first; at != &child; at = at->next) before = at;
  (before == nullptr ? parent.first : before->next) = child.next;
  if (parent.last == &child) parent.last = before;
  --parent.count;
  parent.sorted = parent.all_listed = false;
}

// What a check has left in nodes that are checked again, with something else around them.
void forget_check(node& value) noexcept {
  value.key_string = value.text_string = value.property = not_interned;
  value.invalid = value.mistyped = value.sorted = value.all_listed = false;
}

void list_origins(const node& value, const place* where,  // NOLINT(misc-no-recursion): depth is limited
                  arena_list<placed_origin>& list, arena& memory) noexcept {
  const origin written = value.of_bot ? origin::bot : origin::override_value;
  if (!list.push_back({pointer_text(where, memory), value.from == origin::input ? written : value.from})) return;
  std::uint32_t position = 0;
  for (const node* child = value.first; child != nullptr; child = child->next, ++position) {
    const place here{where, child->key, position, value.type == kind::array};
    list_origins(*child, &here, list, memory);
  }
}

}  // namespace

matching::matching(const image::view& provider, const image::operation_record& operation, const options& how,
                   arena& memory, json_reader& reader) noexcept
    : provider_(provider),
      operation_(operation),
      match_(provider.match(operation.match)),
      body_(provider.body(operation.body)),
      how_(how),
      filling_(always_filling(how)),
      memory_(memory),
      reader_(reader),
      issues_(memory, how.limits.issues, how.messages),
      unsaid_(memory, 0),
      checking_(provider, filling_, memory, reader) {
  // Two documents instead of one, and what each of them makes of a start.
  constexpr std::size_t documents = 4;
  constexpr auto most = static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max());
  const std::size_t one = arena_budget(how.limits);
  memory.set_budget(one > most / documents ? most : one * documents);
}

node* matching::read(const matching_input& input, const place* where) noexcept {
  if (input.as == matching_input::form::text)
    return read_document(input.json, how_.limits, where, input.positions, how_.limits, reader_, issues_);
  if (input.as == matching_input::form::snapshot) {
    node* const root = read_snapshot(input.json, memory_);
    if (root == nullptr && !memory_.exhausted())
      issues_.add(
          finding(issue_code::syntax, where, nullptr).text("problem", issues_.texts().of("problem", "unreadable")));
    return root;
  }
  node* const made = memory_.make<node>();
  if (made != nullptr) made->type = kind::object;
  return made;
}

call* matching::run(matched_kind kind, const matching_input& given, const matching_input& overrides) noexcept {
  kind_ = kind;
  given_input_ = given;
  overrides_input_ = overrides;
  const std::string_view key = kind == matched_kind::bot ? bot_key : config_key;
  auto* const given_at = memory_.make<place>();
  if (given_at == nullptr) return nullptr;
  given_at->key = key;
  configuration_at_ = given_at;
  node* const value = read(given, given_at);
  overrides_ = read(overrides, &overrides_at);
  if (value == nullptr || overrides_ == nullptr) return nullptr;
  node both;
  both.type = kind::object;
  append_member(both, key, *value);
  append_member(both, overrides_at.key, *overrides_);
  if (kind == matched_kind::bot) {
    ask(both, match_.first_bot_group, match_.bot_group_count);
  } else {
    ask(both, match_.first_config_group, match_.config_group_count);
  }
  checker plain(provider_, how_, memory_, &issues_);
  if (overrides_->type != kind::object) plain.check(body_.schema, *overrides_, &overrides_at);
  if (!find_configuration(*value) || overrides_->type != kind::object || is_refused()) return nullptr;
  if (kind == matched_kind::bot) leave_out(both);
  fill_configuration();
  if (memory_.exhausted()) return nullptr;
  alone_ = copy(*overrides_, memory_);
  if (alone_ == nullptr) return nullptr;
  merge(provider_, body_.schema, *configuration_, *overrides_);
  configuration_->key = {};
  each_value(*configuration_, forget_check);
  checking_.take_body_node(*configuration_);
  checking_.check(image::body_alone(operation_.body));
  return memory_.exhausted() ? nullptr : &checking_;
}

void matching::ask(node& both, image::index first_group, std::uint32_t count) noexcept {
  image::body_record rules{};
  rules.first_group = first_group;
  rules.group_count = count;
  run_rules(provider_, rules, how_, both, nullptr, issues_, image::all_evidence);
}

// The object that is the configuration. What stands there instead is said, unless a rule has said more.
bool matching::find_configuration(node& given) noexcept {
  const auto way = provider_.list(match_.at, kind_ == matched_kind::bot ? match_.at_count : 0);
  node* at = &given;
  std::string_view missing;
  for (const image::index key : way) {
    node* const inside = at->type == kind::object ? provider_.find_member(*at, key) : nullptr;
    auto* const here = memory_.make<place>();
    if (inside == nullptr || here == nullptr) {
      missing = provider_.string(key);
      break;
    }
    *here = {configuration_at_, provider_.string(key)};
    configuration_at_ = here;
    at = inside;
  }
  configuration_ = at;
  if (at->type == kind::object && missing.empty()) return true;
  const std::span<const issue> said = issues_.issues();
  const std::string_view elsewhere = pointer_text(&overrides_at, memory_);
  if (std::any_of(said.begin(), said.end(), [&](const issue& each) {
        return each.level == severity::error && !each.pointer.starts_with(elsewhere);
      }))
    return false;
  if (at->type == kind::object) {
    issues_.add(finding(issue_code::required, configuration_at_, at).text("key", missing));
  } else {
    checker(provider_, how_, memory_, &issues_).check(body_.schema, *at, configuration_at_);
  }
  return false;
}

// An error about the configuration as a whole, or what it stands in, says that it is none.
bool matching::is_refused() const noexcept {
  const std::string_view configuration = pointer_text(configuration_at_, memory_);
  for (const issue& found : issues_.issues()) {
    if (found.level == severity::error && configuration.starts_with(found.pointer)) return true;
  }
  return memory_.exhausted();
}

void matching::leave_out(node& both) noexcept {
  // What Start Recording does not take is left out whether or not its rule speaks.
  options every_rule = how_;
  every_rule.rules = {};
  report_builder found(memory_, how_.limits.issues, how_.messages);
  image::body_record rules{};
  rules.first_group = match_.first_left_out_group;
  rules.group_count = match_.left_out_group_count;
  run_rules(provider_, rules, every_rule, both, nullptr, found, image::all_evidence);
  for (std::size_t i = 0; i < found.issues().size(); ++i) {
    issue each = found.issues()[i];
    node* parent = &both;
    node* at = &both;
    for (std::string_view rest = each.pointer; !rest.empty() && at != nullptr;) {
      parent = at;
      at = child_at(*at, next_token(rest, memory_));
    }
    if (at == nullptr || at == &both) continue;
    take_out(*parent, *at);
    const image::rule_record* rule = rule_left_out(each.rule);
    const std::optional<severity> level = rule == nullptr ? std::nullopt : effective_severity(provider_, *rule, how_);
    if (!level) continue;
    each.level = *level;
    issues_.add(each, found.offset_at(i));
  }
  leave_out_unlisted(body_.schema, *configuration_, configuration_at_);
}

// The rule with an id among those that speak of what is left out.
const image::rule_record* matching::rule_left_out(std::string_view id) const noexcept {
  for (std::uint32_t i = 0; i < match_.left_out_group_count; ++i) {
    const image::rule_group_record& group = provider_.rule_group(match_.first_left_out_group + i);
    for (std::uint32_t rule = 0; rule < group.rule_count; ++rule) {
      const image::rule_record& record = provider_.rule(group.first_rule + rule);
      if (provider_.string(record.id) == id) return &record;
    }
  }
  return nullptr;
}

// NOLINTNEXTLINE(misc-no-recursion): depth is limited
void matching::leave_out_unlisted(image::index schema, node& value, const place* where) noexcept {
  std::uint32_t position = 0;
  for (node* child = value.first; child != nullptr; ++position) {
    node& inside = *child;
    child = child->next;
    const bool element = value.type == kind::array;
    const place here{where, inside.key, position, element};
    const image::index of_inside = element ? structure::of_element(provider_, schema, position)
                                           : structure::of_member(provider_, schema, value, inside);
    if (of_inside == image::closed_members) {
      say_unlisted(inside, &here);
      take_out(value, inside);
    } else if (of_inside != image::open_members) {
      leave_out_unlisted(of_inside, inside, &here);
    }
  }
}

void matching::say_unlisted(const node& member, const place* where) noexcept {
  const image::rule_record& rule = provider_.rule(match_.unlisted);
  const std::optional<severity> level = effective_severity(provider_, rule, how_);
  if (!level) return;
  finding found(issue_code::rule, where, &member);
  found.level = *level;
  found.at_key = true;
  issue* const added = issues_.add(found.text("key", member.key));
  if (added == nullptr) return;
  added->rule = provider_.string(rule.id);
  added->message =
      fill_message(issues_.texts().of_rule(added->rule, provider_.string(rule.message)), added->params, memory_);
  added->certainty = static_cast<confidence>(rule.confidence);
  if (rule.docs != image::none) added->docs = provider_.string(rule.docs);
}

// Everything that the configuration relies on is written out before anything is laid on it.
void matching::fill_configuration() noexcept {
  each_value(*configuration_, [](node& value) { value.of_bot = true; });
  options explicitly = how_;
  explicitly.defaults = defaults_mode::explicit_only;
  checker(provider_, explicitly, memory_, &unsaid_).check(match_.configuration, *configuration_, nullptr);
  if (kind_ == matched_kind::config) return;
  // In a bot, what may be null and is not there was null. Where no default tells the two apart, a rule has spoken.
  for (node* member = configuration_->first; member != nullptr; member = member->next) {
    const image::index schema = structure::of_member(provider_, match_.configuration, *configuration_, *member);
    if (member->from == origin::input || !structure::takes_null(provider_, schema)) continue;
    member->type = kind::null;
    member->text = "null";
    member->first = member->last = nullptr;
    member->count = 0;
    member->from = origin::input;
    member->of_bot = true;
  }
}

bool matching::finish() noexcept {
  if (has_body()) {
    checker(provider_, filling_, memory_, &unsaid_).check(body_.schema, *alone_, nullptr);
    const matched_body of{configuration_,
                          body_.schema,
                          configuration_at_,
                          &overrides_at,
                          alone_,
                          overrides_,
                          overrides_input_.as != matching_input::form::absent};
    add_matched_issues(provider_, of, checking_.issues(), issues_);
  }
  const auto locate = [this](const matching_input& input, const place* where) {
    if (input.as != matching_input::form::text || !input.positions) return;
    issues_.locate(input.json, input.utf16_offsets, pointer_text(where, memory_));
  };
  const place given_at{nullptr, kind_ == matched_kind::bot ? bot_key : config_key};
  locate(given_input_, &given_at);
  locate(overrides_input_, &overrides_at);
  return has_body() && !issues_.has_errors() && !checking_.issues().has_errors();
}

void matching::write_body(text_builder& out) noexcept {
  if (has_body()) write_canonical(out, *configuration_);
}

std::span<const placed_origin> matching::origins() noexcept {
  arena_list<placed_origin> list(memory_);
  if (has_body()) list_origins(*configuration_, nullptr, list, memory_);
  return list.items();
}

std::span<const changed_value> matching::changes() noexcept {
  if (!has_body()) return {};
  return compare(provider_, body_.schema, *configuration_, *alone_, memory_);
}

}  // namespace recreq
