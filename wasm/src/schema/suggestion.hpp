// Did you mean: the listed name that a person most likely meant.
#pragma once

#include <cstdint>
#include <string_view>

namespace recreq {

/// Collects candidates one by one and keeps the best. The cost is linear in the candidates; long texts match nothing.
class suggestion {
 public:
  explicit suggestion(std::string_view written) noexcept : written_(written) {}

  void consider(std::string_view candidate) noexcept;

  /// Empty when nothing comes close.
  std::string_view best() const noexcept { return best_; }

 private:
  std::string_view written_;
  std::string_view best_;
  std::uint32_t best_distance_ = UINT32_MAX;
};

}  // namespace recreq
