// Tokens of JSON Pointers (RFC 6901).
#include "json/pointer_reading.hpp"

#include <algorithm>

namespace recreq {

std::string_view unescaped_token(std::string_view token, arena& memory) noexcept {
  if (token.find('~') == std::string_view::npos) return memory.copy(token);
  text_builder out(memory);
  for (std::size_t i = 0; i < token.size(); ++i) {
    const bool escaped = token[i] == '~' && i + 1 < token.size() && (token[i + 1] == '0' || token[i + 1] == '1');
    out.append(!escaped ? token[i] : token[++i] == '0' ? '~' : '/');
  }
  return out.view();
}

std::string_view next_token(std::string_view& pointer, arena& memory) noexcept {
  const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
  const std::string_view token = unescaped_token(pointer.substr(1, end - 1), memory);
  pointer.remove_prefix(end);
  return token;
}

std::optional<std::uint32_t> element_index(std::string_view token) noexcept {
  constexpr std::size_t most_digits = 9;
  if (token.empty() || token.size() > most_digits || (token[0] == '0' && token.size() > 1)) return std::nullopt;
  std::uint32_t index = 0;
  for (const char c : token) {
    if (c < '0' || c > '9') return std::nullopt;
    index = index * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return index;
}

node* child_at(const node& parent, std::string_view token) noexcept {
  if (parent.type == kind::object) return find_member(parent, token, hash_key(token));
  if (parent.type != kind::array) return nullptr;
  const std::optional<std::uint32_t> index = element_index(token);
  if (!index) return nullptr;
  node* child = parent.first;
  for (std::uint32_t i = 0; i < *index && child != nullptr; ++i) child = child->next;
  return child;
}

}  // namespace recreq
