// JSON Pointers out of places.
#include "json/pointer.hpp"

#include "json/canonical.hpp"

namespace recreq {

void append_pointer_token(text_builder& out, std::string_view token) noexcept {
  out.append('/');
  for (const char c : token) {
    if (c == '~') {
      out.append("~0");
    } else if (c == '/') {
      out.append("~1");
    } else {
      out.append(c);
    }
  }
}

// Depth is limited by the reader, so that recursion is, too.
void append_pointer(text_builder& out, const place* where) noexcept {  // NOLINT(misc-no-recursion)
  if (where == nullptr) return;
  append_pointer(out, where->parent);
  if (where->is_index) {
    out.append('/');
    out.append_number(where->index);
  } else {
    append_pointer_token(out, where->key);
  }
}

void append_path_step(text_builder& out, const place& step) noexcept {
  out.append(',');
  if (step.is_index) {
    out.append_number(step.index);
  } else {
    write_string(out, step.key);
  }
}

void append_path(text_builder& out, const place* where) noexcept {  // NOLINT(misc-no-recursion): see append_pointer
  if (where == nullptr) return;
  append_path(out, where->parent);
  append_path_step(out, *where);
}

std::string_view pointer_text(const place* where, arena& memory) noexcept {
  text_builder out(memory);
  append_pointer(out, where);
  return out.view();
}

}  // namespace recreq
