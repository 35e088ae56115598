// Laying overrides on a configuration, and comparing what comes of it.
#pragma once

#include <span>

#include "json/arena.hpp"
#include "json/node.hpp"
#include "json/pointer.hpp"
#include "recreq/match.hpp"
#include "schema/image.hpp"

namespace recreq {

/// Lays `overrides` on `target`, a value of `schema`: plain objects are merged member by member, everything else takes
/// the place of what was there; null is a value like any other. Takes the nodes of `overrides` over.
void merge(const image::view& provider, image::index schema, node& target, node& overrides) noexcept;

/// null as a value.
node* make_null(arena& memory) noexcept;

/// A value with everything in it; null when memory is exhausted.
node* copy(const node& value, arena& memory) noexcept;

/// Calls with a value and everything in it.
template <class Function>
void each_value(node& value, Function&& function) noexcept {  // NOLINT(misc-no-recursion): depth is limited
  function(value);
  for (node* child = value.first; child != nullptr; child = child->next) each_value(*child, function);
}

/// Where a body that matches a bot differs from the one that a start makes of the overrides alone. Both were checked
/// against `schema`, so that their secrets are known; what is one, or may be one, is withheld.
std::span<const changed_value> compare(const image::view& provider, image::index schema, node& matched, node& alone,
                                       arena& memory) noexcept;

}  // namespace recreq
