// What rules and formats ask about URLs.
#pragma once

#include <optional>
#include <string_view>

namespace recreq {

/// The parts of `scheme://authority/path?query#fragment`, as they are written.
struct url_parts {
  std::string_view scheme;
  std::string_view host;  ///< without user information, port and the brackets of an IPv6 address
  std::string_view rest;  ///< behind the authority
  bool host_is_ipv6 = false;
  bool has_user_info = false;  ///< a name, and maybe a password, stand before the host

  std::string_view path() const noexcept;
  std::string_view query() const noexcept;  ///< with its `?`; empty when there is none
};

/// Nothing when the text is not of that form.
std::optional<url_parts> split_url(std::string_view url) noexcept;

/// The value of the first parameter with a name in a URL's query, as it is spelled there; empty when it has none.
std::optional<std::string_view> query_parameter(std::string_view url, std::string_view name) noexcept;

/// Whether a part of a URL is a text when its percent signs are decoded.
bool equals_decoded(std::string_view part, std::string_view text) noexcept;

/// Where a URL's query begins, or its fragment when it has no query; its size when it has neither.
std::size_t find_query(std::string_view url) noexcept;

/// RFC 3986, section 3: an absolute URI made of the characters that a URI may have.
bool is_uri(std::string_view text) noexcept;

/// Four decimal numbers up to 255, without leading zeros.
bool is_ipv4(std::string_view text) noexcept;

/// RFC 4291, section 2.2: without brackets and zone.
bool is_ipv6(std::string_view text) noexcept;

/// False for loopback, private, link-local and unspecified hosts, in every spelling that a URL parser takes for them.
bool is_public_host(const url_parts& url) noexcept;

}  // namespace recreq
