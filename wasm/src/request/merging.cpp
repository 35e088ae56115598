// Two values side by side, with the schema that both of them have. Members are put in canonical order first, so that
// one walk over both is enough.
#include "request/merging.hpp"

#include "json/canonical.hpp"
#include "schema/structure.hpp"

namespace recreq {
namespace {

using image::index;

// The members of two objects side by side, in canonical order. Those that were given may be chained anew.
class member_pairs {
 public:
  member_pairs(node& one, node& other) noexcept {
    sort_members(one);
    sort_members(other);
    next_left_ = one.first;
    next_right_ = other.first;
  }

  /// False at the end. One of `left` and `right` is null when only the other object has the member.
  bool next() noexcept {
    left = next_left_;
    right = next_right_;
    if (left != nullptr && right != nullptr) {
      if (canonical_less(left->key, right->key)) {
        right = nullptr;
      } else if (canonical_less(right->key, left->key)) {
        left = nullptr;
      }
    }
    if (left != nullptr) next_left_ = left->next;
    if (right != nullptr) next_right_ = right->next;
    return left != nullptr || right != nullptr;
  }

  node* left = nullptr;
  node* right = nullptr;

 private:
  node* next_left_;
  node* next_right_;
};

void replace(node& target, const node& by) noexcept {
  node* const next = target.next;
  target = by;
  target.next = next;
}

class comparison {
 public:
  comparison(const image::view& provider, arena& memory) noexcept
      : provider_(provider), memory_(memory), changes_(memory) {}

  // NOLINTNEXTLINE(misc-no-recursion): depth is limited
  void compare(index schema, node* matched, node* alone, const place* where) noexcept {
    const bool objects = matched != nullptr && alone != nullptr && matched->type == kind::object &&
                         alone->type == kind::object && structure::is_plain(provider_, schema);
    if (!objects) {
      if (canonical(matched) != canonical(alone)) add(schema, matched, alone, where);
      return;
    }
    for (member_pairs pairs(*matched, *alone); pairs.next();) {
      const node& member = pairs.left != nullptr ? *pairs.left : *pairs.right;
      const place here{where, member.key};
      compare(structure::of_member(provider_, schema, *matched, member), pairs.left, pairs.right, &here);
    }
  }

  std::span<const changed_value> changes() const noexcept { return changes_.items(); }

 private:
  void add(index schema, node* matched, node* alone, const place* where) noexcept {
    arena_list<std::string_view> withheld(memory_);
    changed_value made;
    made.pointer = pointer_text(where, memory_);
    made.bot = text_of(schema, matched, where, withheld);
    known_ = withheld.size();
    made.start = text_of(schema, alone, where, withheld);
    known_ = next_known_ = 0;
    made.withheld = withheld.items();
    changes_.push_back(made);
  }

  std::string_view text_of(index schema, const node* value, const place* where,
                           arena_list<std::string_view>& withheld) noexcept {
    if (value == nullptr) return {};
    return canonical(shown(schema, *value, where, withheld));
  }

  std::string_view canonical(node* value) noexcept {
    text_builder out(memory_);
    if (value != nullptr) write_canonical(out, *value);
    return out.view();
  }

  // A copy without what is a secret. What the schema does not list may be one under another name.
  node* shown(index schema, const node& value, const place* where,  // NOLINT(misc-no-recursion): depth is limited
              arena_list<std::string_view>& withheld) noexcept {
    if (value.secret || schema == image::open_members || schema == image::closed_members) {
      const std::string_view pointer = pointer_text(where, memory_);
      // The other side, in the same order, may have said so.
      if (next_known_ < known_ && withheld[next_known_] == pointer) {
        ++next_known_;
      } else {
        withheld.push_back(pointer);
      }
      return nullptr;
    }
    node* const made = memory_.make<node>();
    if (made == nullptr) return nullptr;
    *made = value;
    made->first = made->last = made->next = nullptr;
    made->count = 0;
    std::uint32_t position = 0;
    for (const node* child = value.first; child != nullptr; child = child->next, ++position) {
      const bool element = value.type == kind::array;
      const place here{where, child->key, position, element};
      const index inside = element ? structure::of_element(provider_, schema, position)
                                   : structure::of_member(provider_, schema, value, *child);
      node* seen = shown(inside, *child, &here, withheld);
      if (seen == nullptr && element) seen = make_null(memory_);
      if (seen != nullptr) append_child(*made, *seen);
    }
    return made;
  }

  const image::view& provider_;
  arena& memory_;
  arena_list<changed_value> changes_;
  std::size_t known_ = 0;  ///< how many pointers the bot's side of a change has withheld
  std::size_t next_known_ = 0;
};

}  // namespace

void merge(const image::view& provider, index schema, node& target,  // NOLINT(misc-no-recursion): depth is limited
           node& overrides) noexcept {
  if (target.type != kind::object || overrides.type != kind::object || !structure::is_plain(provider, schema)) {
    replace(target, overrides);
    return;
  }
  node merged = target;
  merged.first = merged.last = nullptr;
  merged.count = 0;
  for (member_pairs pairs(target, overrides); pairs.next();) {
    if (pairs.left != nullptr && pairs.right != nullptr)
      merge(provider, structure::of_member(provider, schema, target, *pairs.left), *pairs.left, *pairs.right);
    append_child(merged, pairs.left != nullptr ? *pairs.left : *pairs.right);
  }
  target = merged;
}

node* make_null(arena& memory) noexcept {
  node* const made = memory.make<node>();
  if (made != nullptr) made->text = "null";
  return made;
}

node* copy(const node& value, arena& memory) noexcept {  // NOLINT(misc-no-recursion): depth is limited
  node* const made = memory.make<node>();
  if (made == nullptr) return nullptr;
  *made = value;
  made->first = made->last = made->next = nullptr;
  made->count = 0;
  for (const node* child = value.first; child != nullptr; child = child->next) {
    node* const inside = copy(*child, memory);
    if (inside == nullptr) return nullptr;
    append_child(*made, *inside);
  }
  return made;
}

std::span<const changed_value> compare(const image::view& provider, index schema, node& matched, node& alone,
                                       arena& memory) noexcept {
  comparison both(provider, memory);
  both.compare(schema, &matched, &alone, nullptr);
  return both.changes();
}

}  // namespace recreq
