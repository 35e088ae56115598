// Applies the fixes of a report to a body. Every fix speaks of the body as it was checked, so places that earlier ones
// moved are followed, and a fix that does not fit together with them is left for the next check. Only the C++ interface
// links this: JavaScript mends its own values.
#include <algorithm>
#include <limits>
#include <utility>

#include "json/canonical.hpp"
#include "json/pointer_reading.hpp"
#include "json/reading.hpp"
#include "request/report_state.hpp"

namespace recreq {
namespace {

using tokens = std::span<const std::string_view>;

/// A place of the body as it was checked that a fix has changed.
struct touched_place {
  std::string_view pointer;
  std::string_view added;  ///< JSON text; empty when something was taken away
};

/// An element that a fix has put into an array or taken out of it.
struct element_edit {
  tokens array;
  std::uint32_t index = 0;
  bool inserted = false;
};

bool is_below(std::string_view pointer, std::string_view ancestor) noexcept {
  return pointer.size() > ancestor.size() && pointer.starts_with(ancestor) && pointer[ancestor.size()] == '/';
}

void write_in_order(text_builder& out, const node& value) noexcept {  // NOLINT(misc-no-recursion): depth is limited
  if (value.type == kind::string) return write_string(out, value.text);
  if (value.type != kind::object && value.type != kind::array) return out.append(value.text);
  const bool is_object = value.type == kind::object;
  out.append(is_object ? '{' : '[');
  for (const node* child = value.first; child != nullptr; child = child->next) {
    if (child != value.first) out.append(',');
    if (is_object) {
      write_string(out, child->key);
      out.append(':');
    }
    write_in_order(out, *child);
  }
  out.append(is_object ? '}' : ']');
}

class mender {
 public:
  mender(std::string_view body, bool body_alone) noexcept
      : memory_(body.size() * 64 + (std::size_t{64} << 20U)), body_alone_(body_alone) {
    if (body.data() != nullptr) root_ = read(body);
    readable_ = body.data() == nullptr || root_ != nullptr;
  }

  /// Whether anything was applied.
  bool apply(std::span<const issue> issues) noexcept {
    if (!readable_) return false;
    bool applied = false;
    for (const issue& found : issues) {
      if (!found.fix.empty() && fits(found.fix) && apply_whole(found.fix)) applied = true;
    }
    return applied && root_ != nullptr && !memory_.exhausted();
  }

  std::string text() noexcept {
    text_builder out(memory_);
    write_in_order(out, *root_);
    return std::string(out.view());
  }

 private:
  node* read(std::string_view text) noexcept {
    constexpr std::uint32_t unlimited = std::numeric_limits<std::uint32_t>::max();
    text_builder padded(memory_);
    padded.append(text);
    for (std::size_t i = 0; i < text_padding; ++i) padded.append('\0');
    const limits most{unlimited, largest_depth, unlimited, 1};
    return reader_.read(padded.view().substr(0, text.size()), most, memory_).root;
  }

  // Whether a place is as it was when the body was checked, or already what an operation makes of it.
  enum class state { untouched, done, changed };
  state state_of(std::string_view pointer, std::string_view added) const noexcept {
    for (const touched_place& place : touched_.items()) {
      if (place.pointer == pointer) return !added.empty() && place.added == added ? state::done : state::changed;
      // What an earlier fix added as an empty object may be filled.
      if (is_below(place.pointer, pointer) || (is_below(pointer, place.pointer) && place.added != "{}"))
        return state::changed;
    }
    return state::untouched;
  }

  bool fits(std::span<const patch_operation> fix) const noexcept {
    return std::all_of(fix.begin(), fix.end(), [this](const patch_operation& operation) {
      const bool moves = operation.op == patch_operation::kind::move;
      return state_of(operation.path, operation.value) != state::changed &&
             (!moves || state_of(operation.from, {}) != state::changed);
    });
  }

  // All operations or none.
  bool apply_whole(std::span<const patch_operation> fix) noexcept {
    node* const before = root_;
    const std::size_t touched_before = touched_.size();
    const std::size_t edits_before = edits_.size();
    edits_of_others_ = edits_before;
    arena_list<touched_place> touching(memory_);
    for (const patch_operation& operation : fix) {
      if (state_of(operation.path, operation.value) == state::done) continue;
      if (!apply(operation)) {
        root_ = before;
        edits_.truncate(edits_before);
        return false;
      }
      touching.push_back({operation.path, operation.value});
      if (operation.op == patch_operation::kind::move) touching.push_back({operation.from, {}});
    }
    for (const touched_place& place : touching.items()) touched_.push_back(place);
    return touched_.size() != touched_before;
  }

  bool apply(const patch_operation& operation) noexcept {
    tokens path;
    if (!find(operation.path, path)) return false;
    if (operation.op == patch_operation::kind::remove) return take(path) != nullptr;
    node* value = nullptr;
    if (operation.op == patch_operation::kind::move) {
      tokens from;
      if (find(operation.from, from)) value = take(from);
    } else {
      value = read(operation.value);
    }
    return value != nullptr && put(path, *value);
  }

  // The tokens of a pointer, which speaks of the body as it was checked, in the body as it is now.
  bool find(std::string_view pointer, tokens& found) noexcept {
    if (!body_alone_) {
      if (pointer != "/body" && !pointer.starts_with("/body/")) return false;
      pointer.remove_prefix(std::string_view("/body").size());
    }
    arena_list<std::string_view> list(memory_);
    while (!pointer.empty()) {
      const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
      list.push_back(unescaped_token(pointer.substr(1, end - 1), memory_));
      pointer.remove_prefix(end);
    }
    for (std::size_t i = 0; i < edits_of_others_; ++i) {
      const element_edit& edit = edits_[i];
      if (list.size() <= edit.array.size() || !std::equal(edit.array.begin(), edit.array.end(), list.begin())) continue;
      std::string_view& token = list[edit.array.size()];
      const std::optional<std::uint32_t> index = element_index(token);
      if (!index || *index < edit.index) continue;
      if (*index == edit.index && !edit.inserted) return false;
      token = digits(edit.inserted ? *index + 1 : *index - 1);
    }
    found = list.items();
    return true;
  }

  std::string_view digits(std::uint32_t number) noexcept {
    text_builder out(memory_);
    out.append_number(number);
    return out.view();
  }

  // Containers on the way are copied, so that a fix that fails half-way leaves nothing behind.
  node* copy_of(const node& container) noexcept {
    node* copy = memory_.make<node>();
    if (copy == nullptr) return nullptr;
    *copy = container;
    copy->first = copy->last = nullptr;
    copy->count = 0;
    for (const node* child = container.first; child != nullptr; child = child->next) {
      node* same = memory_.make<node>();
      if (same == nullptr) return nullptr;
      *same = *child;
      append_child(*copy, *same);
    }
    return copy;
  }

  // The container of a place, in a tree that is a copy as far down as that.
  node* own_parent(tokens path) noexcept {
    if (root_ == nullptr) return nullptr;
    node* at = root_ = copy_of(*root_);
    for (const std::string_view token : path.first(path.size() - 1)) {
      if (at == nullptr) return nullptr;
      node* child = child_at(*at, token);
      node* copy = child == nullptr ? nullptr : copy_of(*child);
      if (copy == nullptr) return nullptr;
      replace(*at, *child, *copy);
      at = copy;
    }
    return at != nullptr && (at->type == kind::object || at->type == kind::array) ? at : nullptr;
  }

  static node** link_to(node& parent, const node* child) noexcept {
    node** link = &parent.first;
    while (*link != child) link = &(*link)->next;
    return link;
  }

  static void replace(node& parent, const node& old, node& other) noexcept {
    other.key = old.key;
    other.key_hash = old.key_hash;
    other.next = old.next;
    *link_to(parent, &old) = &other;
    if (parent.last == &old) parent.last = &other;
  }

  node* take(tokens path) noexcept {
    if (path.empty()) return std::exchange(root_, nullptr);
    node* parent = own_parent(path);
    node* taken = parent == nullptr ? nullptr : child_at(*parent, path.back());
    if (taken == nullptr) return nullptr;
    *link_to(*parent, taken) = taken->next;
    --parent->count;
    relink_last(*parent);
    if (parent->type == kind::array)
      edits_.push_back({path.first(path.size() - 1), element_index(path.back()).value_or(0), false});
    return taken;
  }

  bool put(tokens path, node& value) noexcept {
    if (path.empty()) {
      root_ = &value;
      return true;
    }
    node* parent = own_parent(path);
    if (parent == nullptr) return false;
    if (parent->type == kind::object) {
      if (const node* there = child_at(*parent, path.back())) {
        replace(*parent, *there, value);
      } else {
        value.key = path.back();
        value.key_hash = hash_key(value.key);
        append_child(*parent, value);
      }
      return true;
    }
    const std::uint32_t index = path.back() == "-" ? parent->count : element_index(path.back()).value_or(UINT32_MAX);
    if (index > parent->count) return false;
    node** link = &parent->first;
    for (std::uint32_t i = 0; i < index; ++i) link = &(*link)->next;
    value.next = *link;
    *link = &value;
    ++parent->count;
    relink_last(*parent);
    edits_.push_back({path.first(path.size() - 1), index, true});
    return true;
  }

  static void relink_last(node& parent) noexcept {
    parent.last = parent.first;
    while (parent.last != nullptr && parent.last->next != nullptr) parent.last = parent.last->next;
  }

  arena memory_;
  json_reader reader_;
  bool body_alone_;
  bool readable_ = false;
  node* root_ = nullptr;
  arena_list<touched_place> touched_{memory_};
  arena_list<element_edit> edits_{memory_};
  std::size_t edits_of_others_ = 0;
};

std::string mended(std::string_view body, bool body_alone, std::span<const issue> issues) {
  mender mending(body, body_alone);
  return mending.apply(issues) ? mending.text() : std::string(body);
}

}  // namespace

std::string apply_fixes(std::string_view body, const report& of) {
  return mended(body, of.state_ && of.state_->body_alone, of.issues());
}

std::string apply_fixes(std::string_view body, const result& of) { return apply_fixes(body, of.outcome_); }

}  // namespace recreq
