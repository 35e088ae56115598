// The formats, each in one pass over the text.
#include "schema/format.hpp"

#include <array>

#include "schema/rare_keywords.hpp"
#include "schema/url.hpp"

namespace recreq {
namespace {

bool is_uuid(std::string_view text) noexcept {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (dash ? c != '-' : !hex) return false;
  }
  return true;
}

}  // namespace

bool has_format(image::format_name format, std::string_view text) noexcept {
  switch (format) {
    case image::format_name::uuid:
      return is_uuid(text);
    case image::format_name::uri:
      return is_uri(text);
    default:
      return has_rare_format(format, text);
  }
}

std::string_view format_text(image::format_name format) noexcept {
  constexpr std::array<std::string_view, image::format_count> names{"uuid",  "uri",  "date-time", "hostname",
                                                                    "email", "ipv4", "ipv6"};
  return names[static_cast<std::size_t>(format)];
}

}  // namespace recreq
