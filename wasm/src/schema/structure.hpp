// What a schema says of the parts of a value, without checking it: which schema a member has, and whether an object is
// a plain one, whose members can be set one by one.
#pragma once

#include <cstdint>

#include "json/node.hpp"
#include "schema/image.hpp"

namespace recreq::structure {

/// Whether members of an object can be set one by one. Not those of an object that takes exactly one key, or that is
/// one of several alternatives: with other members it would mean something else.
bool is_plain(const image::view& provider, image::index schema) noexcept;

/// Whether null may stand where a schema says so.
bool takes_null(const image::view& provider, image::index schema) noexcept;

/// The schema of a member; `image::open_members` where nothing is said of it, `image::closed_members` where it must not
/// stand. A `schema` that is one of these two says nothing.
image::index of_member(const image::view& provider, image::index schema, const node& object,
                       const node& member) noexcept;

/// The schema of an element; `image::open_members` where nothing is said of it.
image::index of_element(const image::view& provider, image::index schema, std::uint32_t position) noexcept;

}  // namespace recreq::structure
