// Splitting URLs and telling public hosts from those that only the caller's own machine can reach.
#include "schema/url.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

using namespace std::literals;

namespace recreq {
namespace {

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_letter(char c) noexcept { return lower(c) >= 'a' && lower(c) <= 'z'; }
bool is_hex(char c) noexcept { return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f'); }
int hex_value(char c) noexcept { return is_digit(c) ? c - '0' : lower(c) - 'a' + 10; }

// What a character is to a URI.
namespace uri_class {
constexpr std::uint8_t plain = 1;    // reserved and unreserved characters of RFC 3986 but those below
constexpr std::uint8_t bracket = 2;  // stands around IPv6 addresses only
constexpr std::uint8_t hash = 4;
constexpr std::uint8_t scheme = 8;         // may stand in a scheme, behind its first character
constexpr std::uint8_t divides = 16;       // stands between the parts of an authority
constexpr std::uint8_t ends_host = 32;     // ends an authority; URL parsers of http and ws take a backslash for a slash
constexpr std::uint8_t begins_query = 64;  // or a fragment
}  // namespace uri_class

constexpr std::array<std::uint8_t, 256> uri_classes = [] {
  std::array<std::uint8_t, 256> made{};
  const auto add = [&made](std::string_view characters, std::uint8_t which) {
    for (const char each : characters) made[static_cast<unsigned char>(each)] |= which;
  };
  constexpr auto alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"sv;
  add(alphanumeric, uri_class::plain | uri_class::scheme);
  add("-._~:/?@!$&'()*+,;="sv, uri_class::plain);
  add("+-."sv, uri_class::scheme);
  add("[]"sv, uri_class::bracket);
  add("#"sv, uri_class::hash);
  add("@:"sv, uri_class::divides);
  add("/\\?#"sv, uri_class::ends_host);
  add("?#"sv, uri_class::begins_query);
  return made;
}();

std::uint8_t uri_class_of(char c) noexcept { return uri_classes[static_cast<unsigned char>(c)]; }

// Where a URI's scheme ends: at the colon behind it. The text's size when it does not begin with a scheme.
std::size_t end_of_scheme(std::string_view text) noexcept {
  if (text.empty() || !is_letter(text[0])) return text.size();
  std::size_t at = 1;
  while (at < text.size() && (uri_class_of(text[at]) & uri_class::scheme) != 0) ++at;
  return at < text.size() && text[at] == ':' ? at : text.size();
}

bool equals_ignoring_case(std::string_view a, std::string_view b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

// A domain itself, or one of its subdomains.
bool is_in_domain(std::string_view host, std::string_view domain) noexcept {
  if (host.size() < domain.size()) return false;
  const std::size_t begin = host.size() - domain.size();
  return equals_ignoring_case(host.substr(begin), domain) && (begin == 0 || host[begin - 1] == '.');
}

// The first of a character from a place on; the text's size when there is none. Hosts are too short for memchr to pay.
std::size_t find_first(std::string_view text, char c, std::size_t at = 0) noexcept {
  while (at < text.size() && text[at] != c) ++at;
  return at;
}

// One part of an IPv4 address as URL parsers read it: decimal, 0x hexadecimal or 0 octal.
std::optional<std::uint64_t> ipv4_part(std::string_view part) noexcept {
  if (part.empty()) return std::nullopt;
  unsigned base = 10;
  if (part.size() > 1 && part[0] == '0') {
    base = lower(part[1]) == 'x' ? 16 : 8;
    part.remove_prefix(base == 16 ? 2 : 1);
  }
  std::uint64_t value = 0;
  for (const char c : part) {
    if (!is_hex(c) || static_cast<unsigned>(hex_value(c)) >= base) return std::nullopt;
    value = value * base + static_cast<unsigned>(hex_value(c));
    if (value > UINT32_MAX) return std::nullopt;
  }
  return value;
}

// `127.1`, `0x7f.1` and `2130706433` are all 127.0.0.1: the last part fills what is left.
std::optional<std::uint32_t> ipv4_address(std::string_view host) noexcept {
  std::array<std::uint64_t, 4> parts{};
  std::size_t count = 0;
  while (true) {
    const std::size_t dot = host.find('.');
    const auto part = ipv4_part(host.substr(0, dot));
    if (!part || count == parts.size()) return std::nullopt;
    parts[count++] = *part;
    if (dot == std::string_view::npos) break;
    host.remove_prefix(dot + 1);
  }
  std::uint64_t address = 0;
  for (std::size_t i = 0; i + 1 < count; ++i) {
    if (parts[i] > 255) return std::nullopt;
    address |= parts[i] << (8 * (3 - i));
  }
  const std::uint64_t last = parts[count - 1];
  if (last >= std::uint64_t{1} << (8 * (5 - count))) return std::nullopt;
  return static_cast<std::uint32_t>(address | last);
}

bool is_public_ipv4(std::uint32_t address) noexcept {
  const auto within = [address](std::uint32_t network, unsigned bits) {
    return address >> (32 - bits) == network >> (32 - bits);
  };
  return !(within(0x00000000, 8) || within(0x7F000000, 8) || within(0x0A000000, 8) || within(0xAC100000, 12) ||
           within(0xC0A80000, 16) || within(0xA9FE0000, 16) || within(0x64400000, 10));
}

std::string_view without_zone(std::string_view host) noexcept { return host.substr(0, host.find('%')); }

// `strict`: an IPv4 address at its end is written as RFC 4291 has it, and not in another spelling of `ipv4_address`.
std::optional<std::array<std::uint16_t, 8>> ipv6_address(std::string_view host, bool strict) noexcept {
  std::array<std::uint16_t, 8> groups{};
  std::size_t count = 0;
  std::size_t gap = groups.size() + 1;
  if (host.substr(0, 2) == "::") {
    gap = 0;
    host.remove_prefix(2);
  }
  while (!host.empty()) {
    if (count == groups.size()) return std::nullopt;
    const std::size_t colon = host.find(':');
    const std::string_view group = host.substr(0, colon);
    if (group.find('.') != std::string_view::npos) {
      const auto embedded = ipv4_address(group);
      if (!embedded || (strict && !is_ipv4(group)) || colon != std::string_view::npos || count > 6) return std::nullopt;
      groups[count++] = static_cast<std::uint16_t>(*embedded >> 16U);
      groups[count++] = static_cast<std::uint16_t>(*embedded & 0xFFFFU);
      break;
    }
    if (group.empty() || group.size() > 4 || !std::all_of(group.begin(), group.end(), is_hex)) return std::nullopt;
    std::uint32_t value = 0;
    for (const char c : group) value = value * 16 + static_cast<std::uint32_t>(hex_value(c));
    groups[count++] = static_cast<std::uint16_t>(value);
    if (colon == std::string_view::npos) break;
    host.remove_prefix(colon + 1);
    if (host.empty()) return std::nullopt;
    if (host[0] == ':') {
      if (gap <= groups.size()) return std::nullopt;
      gap = count;
      host.remove_prefix(1);
    }
  }
  if (gap > groups.size()) return count == groups.size() ? std::optional(groups) : std::nullopt;
  if (count == groups.size()) return std::nullopt;
  std::array<std::uint16_t, 8> filled{};
  std::copy(groups.begin(), groups.begin() + static_cast<std::ptrdiff_t>(gap), filled.begin());
  std::copy_backward(groups.begin() + static_cast<std::ptrdiff_t>(gap),
                     groups.begin() + static_cast<std::ptrdiff_t>(count), filled.end());
  return filled;
}

bool is_public_ipv6(const std::array<std::uint16_t, 8>& groups) noexcept {
  const bool leading_zeros =
      std::all_of(groups.begin(), groups.begin() + 5, [](std::uint16_t group) { return group == 0; });
  if (leading_zeros && (groups[5] == 0 || groups[5] == 0xFFFF)) {
    // An IPv4 address in disguise; ::1 and :: are among them.
    return is_public_ipv4(static_cast<std::uint32_t>(groups[6]) << 16U | groups[7]);
  }
  return (groups[0] & 0xFE00U) != 0xFC00U && (groups[0] & 0xFFC0U) != 0xFE80U;
}

// Whether a text has the characters that a URI may have behind its scheme, and no two fragments.
bool has_uri_characters(std::string_view text, bool& brackets) noexcept {
  bool fragment = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::uint8_t is = uri_class_of(text[i]);
    if ((is & uri_class::plain) != 0) continue;
    if ((is & uri_class::bracket) != 0) {
      brackets = true;
    } else if ((is & uri_class::hash) != 0) {
      if (fragment) return false;
      fragment = true;
    } else if (text[i] != '%' || i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2])) {
      return false;
    }
  }
  return true;
}

// [user@]host[:port]
bool is_authority(std::string_view authority) noexcept {
  const std::size_t user = authority.rfind('@');
  if (user != std::string_view::npos) {
    if (authority.substr(0, user).find_first_of("[]@") != std::string_view::npos) return false;
    authority.remove_prefix(user + 1);
  }
  std::string_view port;
  if (!authority.empty() && authority[0] == '[') {
    const std::size_t bracket = find_first(authority, ']');
    if (bracket == authority.size() || !ipv6_address(without_zone(authority.substr(1, bracket - 1)), true))
      return false;
    port = authority.substr(bracket + 1);
    if (!port.empty() && port[0] != ':') return false;
  } else {
    std::size_t colon = authority.size();
    for (std::size_t i = authority.size(); i-- > 0;) {
      if (authority[i] == '[' || authority[i] == ']') return false;
      if (authority[i] == ':') colon = i;
    }
    port = authority.substr(colon);
  }
  return port.empty() || std::all_of(port.begin() + 1, port.end(), is_digit);
}

}  // namespace

std::optional<url_parts> split_url(std::string_view url) noexcept {
  const std::size_t colon = end_of_scheme(url);
  if (url.size() - colon < 3 || url[colon + 1] != '/' || url[colon + 2] != '/') return std::nullopt;
  std::size_t host = colon + 3;
  std::size_t port = 0;  // where the host ends, if not where the authority does
  std::size_t end = host;
  for (; end < url.size(); ++end) {
    const std::uint8_t is = uri_class_of(url[end]);
    if ((is & (uri_class::divides | uri_class::ends_host)) == 0) continue;
    if ((is & uri_class::ends_host) != 0) break;
    if (url[end] == '@') {
      host = end + 1;
      port = 0;
    } else if (port == 0) {
      port = end;
    }
  }
  url_parts parts;
  parts.scheme = url.substr(0, colon);
  parts.host = url.substr(host, (port == 0 ? end : port) - host);
  parts.rest = url.substr(end);
  parts.has_user_info = host != colon + 3;
  if (host < end && url[host] == '[') {
    const std::string_view address = url.substr(host + 1, end - host - 1);
    const std::size_t bracket = find_first(address, ']');
    if (bracket == address.size()) return std::nullopt;
    parts.host = address.substr(0, bracket);
    parts.host_is_ipv6 = true;
  }
  return parts;
}

std::size_t find_query(std::string_view url) noexcept {
  std::size_t at = 0;
  while (at < url.size() && (uri_class_of(url[at]) & uri_class::begins_query) == 0) ++at;
  return at;
}

std::string_view url_parts::path() const noexcept { return rest.substr(0, find_query(rest)); }

std::string_view url_parts::query() const noexcept {
  const std::string_view found = rest.substr(find_query(rest));
  return found.substr(0, found.find('#'));
}

bool is_ipv4(std::string_view text) noexcept {
  for (int parts = 1;; ++parts) {
    const std::size_t size = std::min(text.find('.'), text.size());
    const std::string_view part = text.substr(0, size);
    if (part.empty() || part.size() > 3 || !std::all_of(part.begin(), part.end(), is_digit)) return false;
    if (part.size() > 1 && part[0] == '0') return false;
    if (part.size() == 3 && part > "255"sv) return false;
    if (size == text.size()) return parts == 4;
    text.remove_prefix(size + 1);
  }
}

std::optional<std::string_view> query_parameter(std::string_view url, std::string_view name) noexcept {
  const std::optional<url_parts> parts = split_url(url);
  if (!parts) return std::nullopt;
  std::string_view query = parts->query();
  while (!query.empty()) {
    query.remove_prefix(1);  // `?` or `&`
    const std::string_view pair = query.substr(0, query.find('&'));
    const std::size_t end = std::min(pair.find('='), pair.size());
    if (pair.substr(0, end) == name) return pair.substr(std::min(end + 1, pair.size()));
    query.remove_prefix(pair.size());
  }
  return std::nullopt;
}

bool equals_decoded(std::string_view part, std::string_view text) noexcept {
  std::size_t i = 0;
  for (const char c : text) {
    if (i == part.size()) return false;
    const bool escape = part[i] == '%' && i + 2 < part.size() && is_hex(part[i + 1]) && is_hex(part[i + 2]);
    const char decoded = escape ? static_cast<char>(hex_value(part[i + 1]) * 16 + hex_value(part[i + 2])) : part[i];
    if (decoded != c) return false;
    i += escape ? 3 : 1;
  }
  return i == part.size();
}

bool is_ipv6(std::string_view text) noexcept { return ipv6_address(text, true).has_value(); }

bool is_uri(std::string_view text) noexcept {
  const std::size_t colon = end_of_scheme(text);
  if (colon == text.size()) return false;
  const std::string_view rest = text.substr(colon + 1);
  std::uint8_t all = uri_class::plain;
  for (const char c : rest) all &= uri_class_of(c);
  const bool plain = all != 0;
  bool brackets = false;
  if (!plain && !has_uri_characters(rest, brackets)) return false;
  if (rest.substr(0, 2) != "//"sv) return !rest.empty() && !brackets;
  std::size_t end = 2;
  std::uint8_t any = 0;
  for (; end < rest.size(); ++end) {
    const std::uint8_t is = uri_class_of(rest[end]);
    if ((is & uri_class::ends_host) != 0) break;
    any |= is;
  }
  if (plain && (any & uri_class::divides) == 0) return true;
  return (!brackets || rest.find_first_of("[]", end) == std::string_view::npos) &&
         is_authority(rest.substr(2, end - 2));
}

namespace {

// What a host's percent signs stand for; nothing when it is too long for any host to have them.
std::optional<std::string_view> decoded_host(std::string_view host, std::array<char, 256>& room) noexcept {
  if (find_first(host, '%') == host.size()) return host;
  if (host.size() > room.size()) return std::nullopt;
  std::size_t size = 0;
  for (std::size_t i = 0; i < host.size(); ++i) {
    const bool escape = host[i] == '%' && i + 2 < host.size() && is_hex(host[i + 1]) && is_hex(host[i + 2]);
    room[size++] = escape ? static_cast<char>(hex_value(host[i + 1]) * 16 + hex_value(host[i + 2])) : host[i];
    if (escape) i += 2;
  }
  return std::string_view(room.data(), size);
}

}  // namespace

bool is_public_host(const url_parts& url) noexcept {
  if (url.host_is_ipv6) {
    const auto address = ipv6_address(without_zone(url.host), false);
    return !address || is_public_ipv6(*address);
  }
  std::array<char, 256> room{};
  const std::optional<std::string_view> decoded = decoded_host(url.host, room);
  if (!decoded) return false;
  std::string_view host = *decoded;
  while (!host.empty() && host.back() == '.') host.remove_suffix(1);
  if (host.empty()) return false;
  // Each part of an address begins with a digit.
  if (is_digit(host[0])) {
    if (const auto address = ipv4_address(host)) return is_public_ipv4(*address);
  }
  for (const std::string_view name : {"localhost"sv, "local"sv, "internal"sv}) {
    if (is_in_domain(host, name)) return false;
  }
  return true;
}

}  // namespace recreq
