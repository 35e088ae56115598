// The compiler stores numbers as their canonical text and members in canonical order, so that writing is all that is
// left.
#include "schema/value_text.hpp"

#include "json/canonical.hpp"
#include "json/node.hpp"

namespace recreq {

void append_json(text_builder& out, const image::view& provider,
                 image::index index) noexcept {  // NOLINT(misc-no-recursion)
  const image::value_record& value = provider.value(index);
  const auto type = static_cast<kind>(value.kind);
  if (type == kind::string) return write_string(out, provider.string(value.text));
  if (type != kind::array && type != kind::object) return out.append(provider.string(value.text));
  out.append(type == kind::array ? '[' : '{');
  for (std::uint32_t i = 0; i < value.child_count; ++i) {
    if (i != 0) out.append(',');
    if (type == kind::object) {
      write_string(out, provider.string(provider.value(value.first_child + i).key));
      out.append(':');
    }
    append_json(out, provider, value.first_child + i);
  }
  out.append(type == kind::array ? ']' : '}');
}

}  // namespace recreq
