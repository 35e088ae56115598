// The tables of an image while they grow, and their last step into words.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "document.hpp"
#include "schema/image.hpp"

namespace recreq::compiler {

class image_tables {
 public:
  using index = image::index;

  /// Equal strings are stored once.
  index string(std::string_view text);
  const std::string& text_of_string(index at) const { return texts_[at]; }
  /// A JSON value with everything in it; equal values are stored once.
  index value(const json& from);
  index list(const std::vector<std::uint32_t>& entries);

  template <class Record>
  static std::vector<std::uint32_t> words_of(const Record& record) {
    static_assert(sizeof(Record) % sizeof(std::uint32_t) == 0);
    std::vector<std::uint32_t> words(sizeof(Record) / sizeof(std::uint32_t));
    std::memcpy(words.data(), &record, sizeof(Record));
    return words;
  }

  index add(image::table which, const std::vector<std::uint32_t>& record);
  index add_schema();
  void set_schema(index at, const image::schema_record& record);
  void add_schema_flags(index at, std::uint32_t flags);
  void set_property_evidence(index at, index evidence);
  std::uint32_t count(image::table which) const;

  /// The image. `provider` and `facts` are strings of the header.
  std::vector<std::uint32_t> finish(index provider, index facts) const;

 private:
  void fill_value(index at, const json& from, index key);

  std::vector<std::uint32_t>& words(image::table which) { return tables_[static_cast<std::size_t>(which)]; }

  std::array<std::vector<std::uint32_t>, image::table_count> tables_;
  std::string text_;
  std::vector<std::string> texts_;
  std::map<std::string, index, std::less<>> strings_;
  std::map<std::string, index> values_;
};

/// RFC 8785 text of a value.
std::string canonical_text(const json& value);

/// Words in a record of a table.
std::uint32_t record_width(image::table which);

}  // namespace recreq::compiler
