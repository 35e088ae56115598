// The predicates.
#include "schema/predicate.hpp"

#include <algorithm>

#include "json/number.hpp"
#include "schema/url.hpp"

namespace recreq {
namespace {

using image::predicate_name;

// Whether a URL begins with a scheme, in small or large letters, and `://`.
bool begins_with_scheme(std::string_view url, std::string_view scheme) noexcept {
  if (url.size() < scheme.size() + 3 || url.substr(scheme.size(), 3) != "://") return false;
  for (std::size_t i = 0; i < scheme.size(); ++i) {
    const char c = url[i] >= 'A' && url[i] <= 'Z' ? static_cast<char>(url[i] - 'A' + 'a') : url[i];
    if (c != scheme[i]) return false;
  }
  return true;
}

bool has_scheme(const image::view& provider, image::index argument, std::string_view url) noexcept {
  const image::value_record& schemes = provider.value(argument);
  for (std::uint32_t i = 0; i < schemes.child_count; ++i) {
    if (begins_with_scheme(url, provider.string(provider.value(schemes.first_child + i).text))) return true;
  }
  return false;
}

// Whether a URL's query has one of the parameters.
bool query_has(const image::view& provider, image::index argument, std::string_view url) noexcept {
  if (find_query(url) == url.size()) return false;
  const image::value_record& names = provider.value(argument);
  for (std::uint32_t i = 0; i < names.child_count; ++i) {
    if (query_parameter(url, provider.string(provider.value(names.first_child + i).text))) return true;
  }
  return false;
}

std::size_t path_segments(std::string_view path) noexcept {
  std::size_t segments = 0;
  bool inside = false;
  for (const char c : path) {
    if (c == '/') {
      inside = false;
    } else if (!inside) {
      inside = true;
      ++segments;
    }
  }
  return segments;
}

bool has_slash_before_query(std::string_view url) noexcept {
  const std::size_t query = find_query(url);
  return query == url.size() || url[query] == '#' || query == 0 || url[query - 1] == '/';
}

// A letter, digit or underscore of ASCII, or one of some others.
bool is_word_character(char c, std::string_view others) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         others.find(c) != std::string_view::npos;
}

// Whether segments of dots alone, backslashes and control characters are all that a path is without.
bool is_folder_path(std::string_view path) noexcept {
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= path.size(); ++i) {
    if (i < path.size() && path[i] != '/') {
      const auto unit = static_cast<unsigned char>(path[i]);
      if (unit < 0x20 || unit == 0x7F || unit == '\\') return false;
      continue;
    }
    const std::string_view segment = path.substr(begin, i - begin);
    if (segment == "." || segment == "..") return false;
    begin = i + 1;
  }
  return true;
}

}  // namespace

bool holds(predicate_name predicate, const image::view& provider, image::index argument,
           std::string_view text) noexcept {
  const std::string_view argument_text = provider.string(provider.value(argument).text);
  switch (predicate) {
    case predicate_name::url_scheme:
      return has_scheme(provider, argument, text);
    case predicate_name::url_slash_before_query:
      return has_slash_before_query(text);
    case predicate_name::public_host: {
      const std::optional<url_parts> parts = split_url(text);
      return !parts || is_public_host(*parts);
    }
    case predicate_name::url_path_segments: {
      const std::optional<url_parts> parts = split_url(text);
      return parts && static_cast<double>(path_segments(parts->path())) >= number_value(argument_text);
    }
    case predicate_name::starts_with:
      return text.substr(0, argument_text.size()) == argument_text;
    case predicate_name::ends_with:
      return text.size() >= argument_text.size() && text.substr(text.size() - argument_text.size()) == argument_text;
    case predicate_name::word_characters:
      return std::all_of(text.begin(), text.end(), [&](char c) { return is_word_character(c, argument_text); });
    case predicate_name::url_query_has:
      return query_has(provider, argument, text);
    case predicate_name::without_whitespace:
      return text.find_first_of(" \t\n\v\f\r") == std::string_view::npos;
    case predicate_name::url_without_user_info: {
      const std::optional<url_parts> parts = split_url(text);
      return !parts || !parts->has_user_info;
    }
    case predicate_name::folder_path:
      return is_folder_path(text);
  }
  return true;
}

std::optional<std::string_view> repair(predicate_name predicate, const image::view& provider, image::index argument,
                                       std::string_view text, arena& memory) noexcept {
  text_builder out(memory);
  if (predicate == predicate_name::url_slash_before_query) {
    const std::size_t query = text.substr(0, text.find('#')).find('?');
    if (query == std::string_view::npos) return std::nullopt;
    out.append(text.substr(0, query));
    out.append('/');
    out.append(text.substr(query));
    return out.view();
  }
  if (predicate == predicate_name::url_scheme) {
    const auto parts = split_url(text);
    const image::value_record& schemes = provider.value(argument);
    if (!parts || schemes.child_count == 0) return std::nullopt;
    // The first scheme that is listed is the one to prefer.
    out.append(provider.string(provider.value(schemes.first_child).text));
    out.append(text.substr(parts->scheme.size()));
    return out.view();
  }
  if (predicate == predicate_name::word_characters) {
    const std::string_view others = provider.string(provider.value(argument).text);
    for (const char c : text) {
      const bool continues =
          (static_cast<unsigned char>(c) & 0xC0U) == 0x80;  // a character that began with another byte
      if (!continues) out.append(is_word_character(c, others) ? c : '_');
    }
    return out.view();
  }
  return std::nullopt;
}

std::string_view predicate_text(predicate_name predicate) noexcept {
  switch (predicate) {
    case predicate_name::url_scheme:
      return "url-scheme";
    case predicate_name::url_slash_before_query:
      return "url-slash-before-query";
    case predicate_name::public_host:
      return "public-host";
    case predicate_name::url_path_segments:
      return "url-path-segments";
    case predicate_name::starts_with:
      return "starts-with";
    case predicate_name::ends_with:
      return "ends-with";
    case predicate_name::word_characters:
      return "word-characters";
    case predicate_name::url_query_has:
      return "url-query-has";
    case predicate_name::without_whitespace:
      return "without-whitespace";
    case predicate_name::url_without_user_info:
      return "url-without-user-info";
    case predicate_name::folder_path:
      return "folder-path";
  }
  return "";
}

}  // namespace recreq
