/// @file
/// Rules of a caller's own, beside those of a provider.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "recreq/issue.hpp"

namespace recreq {

/// What a custom rule says of a body. Pointers begin at the body. Texts are copied when the issue is reported.
struct custom_issue {
  std::string_view pointer{};       ///< JSON Pointer of the value to blame
  std::string_view message{};       ///< what will happen, where, what to write; `{name}` stands for a parameter
  std::optional<severity> level{};  ///< absent: that of the rule
  std::span<const issue_param> params{};
  std::string_view suggestion{};
  std::span<const patch_operation> fix{};
  std::optional<confidence> certainty{};
  std::string_view docs{};
};

/// Takes the issues of a custom rule, one after another.
class custom_findings {
 public:
  custom_findings(const custom_findings&) = delete;
  custom_findings& operator=(const custom_findings&) = delete;
  custom_findings(custom_findings&&) = delete;
  custom_findings& operator=(custom_findings&&) = delete;

  virtual void report(const custom_issue& found) noexcept = 0;

 protected:
  custom_findings() = default;
  ~custom_findings() = default;
};

/// A rule of the caller's own. It runs after the provider's rules, over the body as it will be sent, and only when
/// the body has no structural error: values have the types that the schema gives them.
struct custom_rule {
  std::string_view id;  ///< as issues name it; `options::rules` and `options::messages` know it by this name, too
  /// Looks at the body's canonical JSON and reports what is wrong. It must not throw: the engine has no exceptions.
  std::function<void(std::string_view body, custom_findings& found)> look;
  severity level = severity::error;
};

}  // namespace recreq
