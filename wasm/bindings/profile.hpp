// Options that calls refer to by number.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "json/node.hpp"
#include "json/reading.hpp"
#include "recreq/options.hpp"
#include "schema/image.hpp"

namespace recreq {

/// Options as JavaScript gives them, with the texts that they point into.
class profile {
 public:
  std::size_t provider = 0;

  /// Takes the options over. False, and the reason in `error`, when they are refused.
  bool read(std::string_view json, const image::view& view, json_reader& reader, std::string& error);

  const options& how() const noexcept { return how_; }

 private:
  bool take_rules(const node& written, const image::view& view, std::string& error);
  bool take_messages(const node& written, const image::view& view, std::string& error);
  bool take_extra_body(const node& written);
  std::string_view keep(std::string_view text);

  options how_;
  std::vector<rule_setting> rules_;
  std::vector<message> messages_;
  std::unique_ptr<char[]> texts_;  ///< no text is longer than the JSON that they all stand in
  std::size_t used_ = 0;
};

}  // namespace recreq
