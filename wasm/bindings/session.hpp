// What the module remembers between calls, and what a run gives back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "json/arena.hpp"
#include "json/reading.hpp"
#include "profile.hpp"
#include "schema/image.hpp"

namespace recreq {

/// Bits of `run`'s `flags`.
namespace run_flag {
constexpr std::uint32_t body_alone = 1;
constexpr std::uint32_t body_text = 2;
constexpr std::uint32_t utf16_offsets = 4;
constexpr std::uint32_t check = 8;
constexpr std::uint32_t standalone = 16;    ///< the number is that of a schema that stands for itself
constexpr std::uint32_t match_bot = 32;     ///< make a body that matches the input, a bot; the body is the overrides
constexpr std::uint32_t match_config = 64;  ///< the same of what the bot was created with
constexpr std::uint32_t input_text = 128;   ///< what is matched is JSON text
constexpr std::uint32_t input_utf16_offsets = 256;
}  // namespace run_flag

enum class run_status : std::uint32_t { ok, refused, memory_exhausted };

/// What `run` gives back. Pointers are into the module's memory and hold until `clear`.
struct run_result {
  std::uint32_t status;
  std::uint32_t head;  ///< the URL and the headers, a line each
  std::uint32_t head_bytes;
  std::uint32_t body;  ///< directly behind the head
  std::uint32_t body_bytes;
  std::uint32_t report;
  std::uint32_t report_bytes;  ///< 0 when there are no issues
};

/// The one instance's state. JavaScript is single-threaded, and an instance that has trapped is thrown away whole;
/// until then, providers and profiles stay.
struct session {
  arena lasting{std::size_t{64} << 20U};
  arena_list<const image::view*> providers{lasting};
  arena_list<const profile*> profiles{lasting};
  std::unique_ptr<char[]> arriving;
  std::size_t arriving_bytes = 0;
  std::string_view error;
  std::unique_ptr<char[]> buffer;
  std::size_t capacity = 0;
  std::size_t used = 0;
  arena memory{0};
  json_reader reader;
  run_result result{};
};

session& current() noexcept;

inline std::uint32_t address(const void* pointer) noexcept {
  return static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(pointer));
}

/// Makes a body that matches what was given, and puts it into the session's result. Few requests are made so: it stays
/// a function by itself.
[[gnu::noinline]] void run_match(const profile& with, const image::operation_record& operation, std::uint32_t flags,
                                 std::string_view input, std::string_view body);

}  // namespace recreq
