// Reading, and wording what is wrong with a text.
#include "request/document.hpp"

#include "schema/message.hpp"

namespace recreq {
namespace {

// What reading found, in the words of an issue.
finding describe(const read_failure& failure, const place* where, const limits& most, const wording& texts) noexcept {
  finding found(failure.code, where, nullptr);
  if (failure.code == issue_code::syntax) found.text("problem", texts.of("problem", failure.detail));
  if (failure.code == issue_code::duplicate_key) found.text("key", failure.detail);
  if (failure.code == issue_code::too_deep) found.number("limit", most.depth);
  if (failure.code == issue_code::number_range) {
    found.variant = failure.detail;
    found.text("problem", failure.detail);
  }
  if (failure.code == issue_code::too_large) {
    found.variant = failure.detail;
    found.number("limit", failure.detail == "values" ? most.values : most.bytes);
  }
  return found;
}

}  // namespace

node* read_document(std::string_view json, const limits& most, const place* where, bool positions, const limits& said,
                    json_reader& reader, report_builder& issues) noexcept {
  arena& memory = issues.memory();
  const read_result result = reader.read(json, most, memory, positions);
  if (result.root != nullptr || memory.exhausted()) return result.root;
  issue* added = issues.add(describe(result.failure, where, said, issues.texts()));
  if (added == nullptr) return nullptr;
  // The reader knows the way from its text's root only: it is put behind the place at which the text stands.
  text_builder pointer(memory);
  pointer.append(added->pointer);
  pointer.append(result.failure.pointer);
  added->pointer = pointer.view();
  text_builder path(memory);
  append_path(path, where);
  path.append(result.failure.path);
  added->path = path_text(path.view(), memory);
  if (positions) issues.set_offset(result.failure.offset);
  return nullptr;
}

}  // namespace recreq
