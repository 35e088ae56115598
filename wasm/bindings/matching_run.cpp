// A run that makes a body which matches a bot.
#include "request/matching.hpp"
#include "request/report_text.hpp"
#include "session.hpp"

namespace recreq {

void run_match(const profile& with, const image::operation_record& operation, std::uint32_t flags,
               std::string_view input, std::string_view body) {
  using form = matching_input::form;
  session& here = current();
  const image::view& view = *with.provider;
  matching running(view, operation, with.how, here.memory, here.reader);
  const bool is_text = (flags & run_flag::body_text) != 0;
  const matching_input given{(flags & run_flag::input_text) != 0 ? form::text : form::snapshot, input, true,
                             (flags & run_flag::input_utf16_offsets) != 0};
  const matching_input overrides{is_text        ? form::text
                                 : body.empty() ? form::absent
                                                : form::snapshot,
                                 body, true, (flags & run_flag::utf16_offsets) != 0};
  running.run((flags & run_flag::match_config) != 0 ? matched_kind::config : matched_kind::bot, given, overrides);
  const bool ok = running.finish();
  text_builder made(here.memory);
  running.write_body(made);
  text_builder report(here.memory);
  write_match(report, running.issues(), running.truncated(), running.origins(), running.changes(),
              running.configuration_at());
  run_result& result = here.result;
  if (here.memory.exhausted()) {
    result.status = static_cast<std::uint32_t>(run_status::memory_exhausted);
    return;
  }
  result.status = static_cast<std::uint32_t>(ok ? run_status::ok : run_status::refused);
  result.body = address(made.view().data());
  result.body_bytes = static_cast<std::uint32_t>(made.size());
  result.report = address(report.view().data());
  result.report_bytes = static_cast<std::uint32_t>(report.size());
}

}  // namespace recreq
