// Issues as JSON, members in one order.
#include "request/report_text.hpp"

#include "json/canonical.hpp"

namespace recreq {
namespace {

void write_member(text_builder& out, std::string_view name) noexcept {
  out.append(',');
  write_string(out, name);
  out.append(':');
}

void write_text_member(text_builder& out, std::string_view name, std::string_view text) noexcept {
  write_member(out, name);
  write_string(out, text);
}

void write_optional_text(text_builder& out, std::string_view name, std::string_view text) noexcept {
  if (!text.empty()) write_text_member(out, name, text);
}

std::string_view operation_name(patch_operation::kind op) noexcept {
  switch (op) {
    case patch_operation::kind::add:
      return "add";
    case patch_operation::kind::remove:
      return "remove";
    case patch_operation::kind::move:
      return "move";
  }
  return "";
}

void write_fix(text_builder& out, std::span<const patch_operation> fix) noexcept {
  write_member(out, "fix");
  out.append('[');
  for (const patch_operation& operation : fix) {
    if (&operation != fix.data()) out.append(',');
    out.append("{\"op\":");
    write_string(out, operation_name(operation.op));
    if (operation.op == patch_operation::kind::move) write_text_member(out, "from", operation.from);
    write_text_member(out, "path", operation.path);
    if (operation.op == patch_operation::kind::add) {
      write_member(out, "value");
      out.append(operation.value);
    }
    out.append('}');
  }
  out.append(']');
}

void write_params(text_builder& out, std::span<const issue_param> params) noexcept {
  write_member(out, "params");
  out.append('{');
  for (const issue_param& param : params) {
    if (&param != params.data()) out.append(',');
    write_string(out, param.name);
    out.append(':');
    if (param.is_number) {
      out.append(param.value);
    } else {
      write_string(out, param.value);
    }
  }
  out.append('}');
}

void write_number_member(text_builder& out, std::string_view name, std::uint32_t number) noexcept {
  write_member(out, name);
  out.append_number(number);
}

void write_issue(text_builder& out, const issue& found) noexcept {
  out.append("{\"code\":");
  write_string(out, code_name(found.code));
  write_optional_text(out, "rule", found.rule);
  write_text_member(out, "severity", severity_name(found.level));
  write_member(out, "path");
  out.append(found.path);
  write_text_member(out, "pointer", found.pointer);
  write_text_member(out, "message", found.message);
  write_params(out, found.params);
  if (!found.expected.empty()) {
    write_member(out, "expected");
    out.append(found.expected);
  }
  write_optional_text(out, "suggestion", found.suggestion);
  if (!found.fix.empty()) write_fix(out, found.fix);
  if (found.certainty) write_text_member(out, "confidence", confidence_name(*found.certainty));
  write_optional_text(out, "docs", found.docs);
  if (found.position) {
    write_number_member(out, "offset", found.position->offset);
    write_number_member(out, "line", found.position->line);
    write_number_member(out, "column", found.position->column);
  }
  out.append('}');
}

void write_issues(text_builder& out, std::span<const issue> issues, bool truncated) noexcept {
  out.append("{\"issues\":[");
  for (const issue& found : issues) {
    if (&found != issues.data()) out.append(',');
    write_issue(out, found);
  }
  out.append(truncated ? "],\"truncated\":true" : "],\"truncated\":false");
}

void write_origins(text_builder& out, std::string_view name, std::span<const placed_origin> origins) noexcept {
  write_member(out, name);
  out.append('{');
  for (const placed_origin& placed : origins) {
    if (&placed != origins.data()) out.append(',');
    write_string(out, placed.pointer);
    out.append(':');
    write_string(out, origin_name(placed.from));
  }
  out.append('}');
}

void write_change(text_builder& out, const changed_value& change) noexcept {
  out.append("{\"pointer\":");
  write_string(out, change.pointer);
  if (!change.bot.empty()) write_member(out, "bot");
  out.append(change.bot);
  if (!change.start.empty()) write_member(out, "start");
  out.append(change.start);
  for (const std::string_view& pointer : change.withheld) {
    out.append(&pointer == change.withheld.data() ? std::string_view(",\"withheld\":[") : std::string_view(","));
    write_string(out, pointer);
  }
  out.append(change.withheld.empty() ? "}" : "]}");
}

}  // namespace

void write_report(text_builder& out, std::span<const issue> issues, bool truncated,
                  std::span<const placed_origin> provenance) noexcept {
  write_issues(out, issues, truncated);
  if (!provenance.empty()) write_origins(out, "provenance", provenance);
  out.append('}');
}

void write_match(text_builder& out, std::span<const issue> issues, bool truncated,
                 std::span<const placed_origin> origins, std::span<const changed_value> changes,
                 std::string_view configuration) noexcept {
  write_issues(out, issues, truncated);
  write_text_member(out, "configuration", configuration);
  write_origins(out, "origins", origins);
  write_member(out, "wouldHaveChanged");
  out.append('[');
  for (const changed_value& change : changes) {
    if (&change != changes.data()) out.append(',');
    write_change(out, change);
  }
  out.append("]}");
}

}  // namespace recreq
