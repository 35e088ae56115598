// In the place of rare_keywords.cpp: no image that needs it is opened, so that nothing here is ever asked.
#include "schema/checking.hpp"
#include "schema/rare_keywords.hpp"

namespace recreq {

const bool rare_keywords_are_linked = false;

bool is_pattern(std::span<const std::uint32_t> /*words*/) noexcept { return false; }

bool has_rare_format(image::format_name /*format*/, std::string_view /*text*/) noexcept { return false; }

bool checker::apply_rare(const image::instruction_record& /*step*/, node& /*value*/, const place* /*where*/) noexcept {
  return false;
}

}  // namespace recreq
