// Fields that the provider's document does not have, laid on the body after the check; and what came from where.
#include "json/pointer.hpp"
#include "request/call.hpp"

namespace recreq {
namespace {

// Objects are merged, anything else replaces what was there.
void lay(node& target, node& extra) noexcept {  // NOLINT(misc-no-recursion): depth is limited by the reader
  if (target.type != kind::object || extra.type != kind::object) {
    extra.key = target.key;
    extra.key_hash = target.key_hash;
    extra.key_needs_escape = target.key_needs_escape;
    extra.next = target.next;
    extra.from = origin::extra;
    target = extra;
    return;
  }
  for (node* member = extra.first; member != nullptr;) {
    node& laid = *member;
    member = member->next;
    node* there = find_member(target, laid.key, laid.key_hash);
    if (there != nullptr) {
      lay(*there, laid);
    } else {
      laid.from = origin::extra;
      append_child(target, laid);
    }
  }
}

// What stands in a value that was filled in or laid on came with it.
void list_origins(const node& value, origin around, const place* where,  // NOLINT(misc-no-recursion): depth is limited
                  arena_list<placed_origin>& list, arena& memory) noexcept {
  const origin from = value.from == origin::input ? around : value.from;
  if (!list.push_back({pointer_text(where, memory), from})) return;
  std::uint32_t position = 0;
  for (const node* child = value.first; child != nullptr; child = child->next, ++position) {
    const place here{where, child->key, position, value.type == kind::array};
    list_origins(*child, from, &here, list, memory);
  }
}

}  // namespace

void call::lay_extra_body() noexcept {
  const read_result extra = reader_.read(extra_body_, body_limits(), memory_);
  if (extra.root != nullptr && extra.root->type == kind::object) {
    lay(*body_, *extra.root);
    return;
  }
  const place inside{nullptr, body_key};
  if (!memory_.exhausted()) issues_.add(finding(issue_code::extra_body, body_alone_ ? nullptr : &inside, nullptr));
}

std::span<const placed_origin> call::provenance() noexcept {
  if (body_ == nullptr || unreadable_) return {};
  arena_list<placed_origin> list(memory_);
  const place inside{nullptr, body_key};
  list_origins(*body_, origin::input, body_alone_ ? nullptr : &inside, list, memory_);
  return list.items();
}

}  // namespace recreq
