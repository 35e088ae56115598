// Issues of a body that matches a bot, as issues of what it was made from.
#pragma once

#include "json/node.hpp"
#include "json/pointer.hpp"
#include "schema/image.hpp"
#include "schema/report.hpp"

namespace recreq {

/// A body and where its parts come from.
struct matched_body {
  node* body;
  image::index schema;
  const place* configuration_at;  ///< where values of the bot stand
  const place* overrides_at;
  const node* overrides;  ///< as a start alone has them, defaults filled in
  const node* overrides_root;
  bool overrides_given;
};

/// Adds the issues of `found`, whose pointers begin at the body. They get pointers into the bot's configuration or the
/// overrides; of their fixes remain those that the overrides can express.
void add_matched_issues(const image::view& provider, const matched_body& of, const report_builder& found,
                        report_builder& issues) noexcept;

}  // namespace recreq
