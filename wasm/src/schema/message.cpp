// What will happen, where, what to write: in one or two plain sentences, all of them in wasm/messages/en.json.
#include "schema/message.hpp"

namespace recreq {
namespace {

// Two bytes, the lengths of a key and of its text, then both, and so on: a table of views would be larger by a fifth.
constexpr std::string_view catalogue =
#include "message_catalogue.inc"
    ;

bool is_key(std::string_view key, std::string_view name, std::string_view variant) noexcept {
  if (variant.empty() || !key.starts_with(name)) return key == name;
  return key.size() == name.size() + 1 + variant.size() && key[name.size()] == '.' && key.ends_with(variant);
}

const message* find(std::span<const message> texts, std::string_view name, std::string_view variant) noexcept {
  for (const message& text : texts) {
    if (is_key(text.key, name, variant)) return &text;
  }
  return nullptr;
}

// Empty when there is none: no text of the catalogue is.
std::string_view find_english(std::string_view name, std::string_view variant) noexcept {
  for (std::string_view rest = catalogue; !rest.empty();) {
    const std::size_t key_size = static_cast<unsigned char>(rest[0]);
    const std::size_t text_size = static_cast<unsigned char>(rest[1]);
    rest.remove_prefix(2);
    if (is_key(rest.substr(0, key_size), name, variant)) return rest.substr(key_size, text_size);
    rest.remove_prefix(key_size + text_size);
  }
  return {};
}

}  // namespace

std::string_view wording::of(std::string_view name, std::string_view variant) const noexcept {
  std::string_view english = find_english(name, variant);
  // Not every variant needs a sentence of its own.
  if (english.empty()) english = find_english(name, variant = {});
  const message* translated = find(translated_, name, variant);
  return translated == nullptr ? english : translated->text;
}

std::string_view wording::of_rule(std::string_view id, std::string_view own) const noexcept {
  const message* translated = find(translated_, id, {});
  return translated == nullptr ? own : translated->text;
}

bool is_message_key(std::string_view key) noexcept { return !find_english(key, {}).empty(); }

std::string_view fill_message(std::string_view message, std::span<const issue_param> params, arena& memory) noexcept {
  text_builder out(memory);
  while (!message.empty()) {
    const std::size_t open = message.find('{');
    out.append(message.substr(0, open));
    if (open == std::string_view::npos) break;
    message.remove_prefix(open);
    const std::size_t close = message.find('}');
    const issue_param* filled = nullptr;
    for (const issue_param& param : params) {
      if (close != std::string_view::npos && param.name == message.substr(1, close - 1)) filled = &param;
    }
    const std::size_t taken = filled != nullptr ? close + 1 : 1;
    out.append(filled != nullptr ? filled->value : message.substr(0, taken));
    message.remove_prefix(taken);
  }
  return out.view();
}

}  // namespace recreq
