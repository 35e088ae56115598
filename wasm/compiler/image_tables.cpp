// Writing tables. The records' layouts are those of schema/image.hpp and stand nowhere else.
#include "image_tables.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <limits>
#include <optional>
#include <stdexcept>

#include "json/canonical.hpp"
#include "json/node.hpp"
#include "json/reading.hpp"

namespace recreq::compiler {
namespace {

kind kind_of(const json& value) {
  if (value.is_null()) return kind::null;
  if (value.is_boolean()) return kind::boolean;
  if (value.is_number()) return kind::number;
  if (value.is_string()) return kind::string;
  return value.is_array() ? kind::array : kind::object;
}

}  // namespace

std::string canonical_text(const json& value) {
  // The engine's own reader and writer, so that both sides have one idea of canonical.
  thread_local json_reader reader;
  const std::string text = value.dump();
  // Documents are no bodies: what limits them is the host's memory, and the depth that `document` lets through.
  constexpr limits most{.bytes = UINT32_MAX, .depth = largest_depth, .values = UINT32_MAX};
  arena memory{std::numeric_limits<std::int32_t>::max()};
  auto* padded = static_cast<char*>(memory.allocate(text.size() + text_padding, 1));
  std::copy(text.begin(), text.end(), padded);
  const read_result read = reader.read({padded, text.size()}, most, memory);
  if (read.root == nullptr) throw std::runtime_error("a value that JSON cannot carry: " + text);
  text_builder out(memory);
  write_canonical(out, *read.root);
  return std::string(out.view());
}

std::uint32_t record_width(image::table which) {
  return static_cast<std::uint32_t>(image::table_fields[static_cast<std::size_t>(which)].size());
}

std::uint32_t image_tables::count(image::table which) const {
  return static_cast<std::uint32_t>(tables_[static_cast<std::size_t>(which)].size()) / record_width(which);
}

image::index image_tables::add(image::table which, const std::vector<std::uint32_t>& record) {
  if (record.size() != record_width(which)) throw std::logic_error("a record of the wrong width");
  const index at = count(which);
  std::vector<std::uint32_t>& table = words(which);
  table.insert(table.end(), record.begin(), record.end());
  return at;
}

image::index image_tables::add_schema() { return add(image::table::schemas, words_of(image::schema_record{})); }

void image_tables::set_schema(index at, const image::schema_record& record) {
  const std::vector<std::uint32_t> written = words_of(record);
  std::copy(written.begin(), written.end(),
            words(image::table::schemas).begin() + static_cast<std::ptrdiff_t>(at * written.size()));
}

void image_tables::add_schema_flags(index at, std::uint32_t flags) {
  constexpr std::size_t flags_at = offsetof(image::schema_record, flags) / sizeof(std::uint32_t);
  words(image::table::schemas)[std::size_t{at} * record_width(image::table::schemas) + flags_at] |= flags;
}

void image_tables::set_property_evidence(index at, index evidence) {
  constexpr std::size_t evidence_at = offsetof(image::property_record, evidence) / sizeof(std::uint32_t);
  words(image::table::properties)[std::size_t{at} * record_width(image::table::properties) + evidence_at] = evidence;
}

image::index image_tables::string(std::string_view text) {
  if (const auto found = strings_.find(text); found != strings_.end()) return found->second;
  const index at = add(image::table::strings, {static_cast<std::uint32_t>(text.size())});
  text_ += text;
  texts_.emplace_back(text);
  strings_.emplace(text, at);
  return at;
}

image::index image_tables::list(const std::vector<std::uint32_t>& entries) {
  std::vector<std::uint32_t>& lists = words(image::table::lists);
  // Short lists repeat a lot: a run that is there already serves again.
  const auto found =
      entries.empty() ? lists.begin() : std::search(lists.begin(), lists.end(), entries.begin(), entries.end());
  if (found != lists.end() || entries.empty()) return static_cast<index>(found - lists.begin());
  const auto at = static_cast<index>(lists.size());
  lists.insert(lists.end(), entries.begin(), entries.end());
  return at;
}

void image_tables::fill_value(index at, const json& from, index key) {
  image::value_record record{};
  record.kind = static_cast<std::uint32_t>(kind_of(from));
  record.text = string(from.is_string()       ? from.get<std::string>()
                       : from.is_structured() ? std::string()
                                              : canonical_text(from));
  record.key = key;
  record.child_count = from.is_structured() ? static_cast<std::uint32_t>(from.size()) : 0;
  record.first_child = count(image::table::values);
  const std::uint32_t first_child = record.first_child;
  for (std::uint32_t i = 0; i < record.child_count; ++i) add(image::table::values, words_of(image::value_record{}));
  const std::vector<std::uint32_t> written = words_of(record);
  std::copy(written.begin(), written.end(),
            words(image::table::values).begin() + static_cast<std::ptrdiff_t>(at * written.size()));
  if (!from.is_structured()) return;
  std::vector<std::pair<std::string, json>> children;
  for (const auto& [name, child] : from.items()) children.emplace_back(name, child);
  if (from.is_object()) {
    std::sort(children.begin(), children.end(),
              [](const auto& a, const auto& b) { return canonical_less(a.first, b.first); });
  }
  for (std::uint32_t i = 0; i < children.size(); ++i) {
    fill_value(first_child + i, children[i].second, from.is_object() ? string(children[i].first) : image::none);
  }
}

image::index image_tables::value(const json& from) {
  const std::string text = canonical_text(from);
  if (const auto found = values_.find(text); found != values_.end()) return found->second;
  const index at = add(image::table::values, words_of(image::value_record{}));
  fill_value(at, from, image::none);
  values_.emplace(text, at);
  return at;
}

std::vector<std::uint32_t> image_tables::finish(index provider, index facts) const {
  std::vector<std::uint32_t> out(image::header::size + 2 * image::table_count);
  for (std::size_t t = 0; t < image::table_count; ++t) {
    out[image::header::size + 2 * t] = static_cast<std::uint32_t>(out.size());
    out[image::header::size + 2 * t + 1] = count(static_cast<image::table>(t));
    out.insert(out.end(), tables_[t].begin(), tables_[t].end());
  }
  out[image::header::magic_at] = image::magic;
  out[image::header::layout_at] = image::layout;
  out[image::header::provider_at] = provider;
  out[image::header::facts_at] = facts;
  out[image::header::text_at] = static_cast<std::uint32_t>(out.size());
  out[image::header::text_bytes_at] = static_cast<std::uint32_t>(text_.size());
  const std::size_t text_words = (text_.size() + 3) / 4;
  out.resize(out.size() + text_words);
  std::memcpy(out.data() + out[image::header::text_at], text_.data(), text_.size());
  out[image::header::words_at] = static_cast<std::uint32_t>(out.size());
  out[image::header::checksum_at] = image::checksum(std::span(out).subspan(image::header::size));
  return out;
}

}  // namespace recreq::compiler
