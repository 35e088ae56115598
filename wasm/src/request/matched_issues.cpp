// Nobody changes a bot that is in the call: what is wrong is blamed where it stands, and mended in the overrides.
#include "request/matched_issues.hpp"

#include "json/pointer_reading.hpp"
#include "schema/structure.hpp"

namespace recreq {
namespace {

class relocation {
 public:
  relocation(const image::view& provider, const matched_body& of, arena& memory) noexcept
      : provider_(provider), of_(of), memory_(memory) {}

  void move(issue& found, std::uint32_t& offset) noexcept {
    const node& written = written_at(found.pointer);
    const bool of_bot = &written != of_.body && written.of_bot;
    const node& source = &written == of_.body ? *of_.overrides_root : written;
    const std::uint32_t value = report_builder::offset_of(&source, false);
    if (offset == report_builder::no_offset || offset != report_builder::offset_of(&source, true)) offset = value;
    const place* const at = of_bot ? of_.configuration_at : of_.overrides_at;
    found.pointer = behind(at, found.pointer);
    found.path = path_behind(at, found.path);
    found.fix = mended(found.fix);
  }

 private:
  // The value at a pointer, or the nearest one above it that somebody wrote.
  const node& written_at(std::string_view pointer) noexcept {
    const node* written = of_.body;
    const node* at = of_.body;
    while (at != nullptr && !pointer.empty()) {
      at = child_at(*at, next_token(pointer, memory_));
      if (at != nullptr && at->from == origin::input) written = at;
    }
    return *written;
  }

  std::string_view behind(const place* at, std::string_view pointer) noexcept {
    text_builder out(memory_);
    append_pointer(out, at);
    out.append(pointer);
    return out.view();
  }

  std::string_view path_behind(const place* at, std::string_view path) noexcept {
    text_builder steps(memory_);
    append_path(steps, at);
    if (path.size() > 2) steps.append(',');
    if (path.size() > 2) steps.append(path.substr(1, path.size() - 2));
    return path_text(steps.view(), memory_);
  }

  // A fix as one of the overrides; none where they cannot express it.
  std::span<const patch_operation> mended(std::span<const patch_operation> fix) noexcept {
    arena_list<patch_operation> made(memory_);
    if (!fix.empty() && !of_.overrides_given) add(made, "");
    for (const patch_operation& each : fix) {
      if (each.op != patch_operation::kind::add &&
          !is_written(each.op == patch_operation::kind::move ? each.from : each.path))
        return {};
      if (each.op != patch_operation::kind::remove && !add_parents(each.path, made)) return {};
      patch_operation moved = each;
      moved.path = behind(of_.overrides_at, each.path);
      if (each.op == patch_operation::kind::move) moved.from = behind(of_.overrides_at, each.from);
      made.push_back(moved);
    }
    return made.items();
  }

  bool is_written(std::string_view pointer) noexcept {
    const node* at = of_.overrides;
    while (at != nullptr && !pointer.empty()) at = written_child(at, next_token(pointer, memory_));
    return at != nullptr;
  }

  static const node* written_child(const node* parent, std::string_view token) noexcept {
    const node* child = parent == nullptr ? nullptr : child_at(*parent, token);
    return child != nullptr && child->from == origin::input ? child : nullptr;
  }

  // The objects on the way to a place that the overrides do not have. Below what is not merged with the bot's part
  // there is no such way.
  bool add_parents(std::string_view pointer, arena_list<patch_operation>& made) noexcept {
    const node* in_overrides = of_.overrides;
    const node* in_body = of_.body;
    image::index schema = of_.schema;
    for (std::string_view rest = pointer; !rest.empty();) {
      if (in_overrides == nullptr && in_body != nullptr &&
          (in_body->type != kind::object || !structure::is_plain(provider_, schema)))
        return false;
      const std::string_view token = next_token(rest, memory_);
      if (rest.empty()) break;
      const node* inside = in_body == nullptr ? nullptr : child_at(*in_body, token);
      schema = inside == nullptr               ? image::open_members
               : in_body->type == kind::object ? structure::of_member(provider_, schema, *in_body, *inside)
                                               : structure::of_element(provider_, schema, 0);
      in_body = inside;
      in_overrides = written_child(in_overrides, token);
      if (in_overrides == nullptr) add(made, pointer.substr(0, pointer.size() - rest.size()));
    }
    return true;
  }

  // An object, unless an operation before this one has put something there.
  void add(arena_list<patch_operation>& made, std::string_view pointer) noexcept {
    patch_operation object;
    object.path = behind(of_.overrides_at, pointer);
    object.value = "{}";
    for (const patch_operation& each : made.items()) {
      if (each.path == object.path) return;
    }
    made.push_back(object);
  }

  const image::view& provider_;
  const matched_body& of_;
  arena& memory_;
};

}  // namespace

void add_matched_issues(const image::view& provider, const matched_body& of, const report_builder& found,
                        report_builder& issues) noexcept {
  relocation to_inputs(provider, of, issues.memory());
  for (std::size_t i = 0; i < found.issues().size(); ++i) {
    issue moved = found.issues()[i];
    std::uint32_t offset = found.offset_at(i);
    to_inputs.move(moved, offset);
    issues.add(moved, offset);
  }
}

}  // namespace recreq
