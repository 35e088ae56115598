// A JSON text that a call is given: its nodes, or the issue that says why it has none.
#pragma once

#include <string_view>

#include "json/node.hpp"
#include "json/pointer.hpp"
#include "json/reading.hpp"
#include "recreq/options.hpp"
#include "schema/report.hpp"

namespace recreq {

/// Null when the text cannot be read, which `issues` then says of `where`, or memory is exhausted. `most` limits the
/// text, `said` is what issues say of limits.
node* read_document(std::string_view json, const limits& most, const place* where, bool positions, const limits& said,
                    json_reader& reader, report_builder& issues) noexcept;

}  // namespace recreq
