// Resolving references, in the steps of RFC 3986, section 5.2.
#include "uri_reference.hpp"

#include <algorithm>
#include <vector>

namespace recreq::compiler {
namespace {

// With their delimiters, so that an empty part and none are different.
struct uri_parts {
  std::string scheme;     // https:
  std::string authority;  // //example.com
  std::string path;
  std::string query;     // ?a=b
  std::string fragment;  // #c
};

uri_parts parts_of(std::string_view uri) {
  uri_parts parts;
  const auto cut = [&uri](std::size_t size) {
    std::string taken(uri.substr(0, size));
    uri.remove_prefix(taken.size());
    return taken;
  };
  const std::size_t colon = uri.find(':');
  if (colon < uri.find_first_of("/?#")) parts.scheme = cut(colon + 1);
  if (uri.starts_with("//")) parts.authority = cut(std::min(uri.find_first_of("/?#", 2), uri.size()));
  parts.path = cut(std::min(uri.find_first_of("?#"), uri.size()));
  parts.query = cut(std::min(uri.find('#'), uri.size()));
  parts.fragment = std::string(uri);
  return parts;
}

std::string without_dot_segments(const std::string& path) {
  std::vector<std::string> kept;
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t end = std::min(path.find('/', at + 1), path.size());
    const std::string segment = path.substr(at, end - at);  // with the slash before it
    const bool is_last = end == path.size();
    if (segment == "/..") {
      if (!kept.empty()) kept.pop_back();
      if (is_last) kept.emplace_back("/");
    } else if (segment != "/.") {
      kept.push_back(segment);
    } else if (is_last) {
      kept.emplace_back("/");
    }
    at = end;
  }
  std::string joined;
  for (const std::string& segment : kept) joined += segment;
  return joined;
}

}  // namespace

std::string resolve_uri(std::string_view base, std::string_view reference) {
  if (base.empty()) return std::string(reference);
  const uri_parts from = parts_of(base);
  uri_parts to = parts_of(reference);
  if (to.scheme.empty()) {
    to.scheme = from.scheme;
    if (to.authority.empty()) {
      to.authority = from.authority;
      if (to.path.empty()) {
        to.path = from.path;
        if (to.query.empty()) to.query = from.query;
      } else if (!to.path.starts_with('/')) {
        const bool is_bare = from.path.empty() && !from.authority.empty();
        to.path = (is_bare ? "/" : from.path.substr(0, from.path.rfind('/') + 1)) + to.path;
      }
    }
  }
  return to.scheme + to.authority + without_dot_segments(to.path) + to.query + to.fragment;
}

std::pair<std::string, std::string> split_fragment(std::string_view uri) {
  const std::size_t hash = uri.find('#');
  if (hash == std::string_view::npos) return {std::string(uri), ""};
  return {std::string(uri.substr(0, hash)), std::string(uri.substr(hash + 1))};
}

}  // namespace recreq::compiler
