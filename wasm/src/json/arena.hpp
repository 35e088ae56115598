// Memory of one call: everything that a request needs on its way lives here and is zeroed and forgotten at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>

namespace recreq {

/// Hands out memory from a few large blocks, up to a budget. Never throws and never aborts: where the budget or the
/// machine's memory ends, `allocate` gives null and `exhausted()` stays true until the next `clear()`.
class arena {
 public:
  explicit arena(std::size_t budget) noexcept : budget_(budget) {}
  arena(const arena&) = delete;
  arena& operator=(const arena&) = delete;
  arena(arena&&) = delete;
  arena& operator=(arena&&) = delete;
  ~arena() { clear(); }

  void* allocate(std::size_t bytes, std::size_t alignment) noexcept {
    // The end is aligned for everything, so that aligning does not lead behind it.
    char* const start = next_ + (-reinterpret_cast<std::uintptr_t>(next_) & (alignment - 1));
    if (bytes > static_cast<std::size_t>(end_ - start)) return allocate_in_new_block(bytes);
    next_ = start + bytes;
    return start;
  }

  /// A zero-initialised array; empty when memory is exhausted.
  template <class T>
  std::span<T> make_array(std::size_t count) noexcept {
    static_assert(std::is_trivially_destructible_v<T>);
    if (count > budget_ / sizeof(T)) {
      exhausted_ = true;
      return {};
    }
    void* memory = allocate(count * sizeof(T), alignof(T));
    if (memory == nullptr) return {};
    T* first = static_cast<T*>(memory);
    for (std::size_t i = 0; i < count; ++i) new (first + i) T{};
    return {first, count};
  }

  /// One value-initialised object; null when memory is exhausted.
  template <class T>
  T* make() noexcept {
    static_assert(std::is_trivially_destructible_v<T>);
    void* memory = allocate(sizeof(T), alignof(T));
    return memory == nullptr ? nullptr : new (memory) T{};
  }

  /// A copy of `text` that lives as long as the arena; empty when memory is exhausted.
  std::string_view copy(std::string_view text) noexcept {
    if (text.empty()) return "";
    auto* memory = static_cast<char*>(allocate(text.size(), 1));
    if (memory == nullptr) return {};
    std::memcpy(memory, text.data(), text.size());
    return {memory, text.size()};
  }

  bool exhausted() const noexcept { return exhausted_; }
  void set_budget(std::size_t budget) noexcept { budget_ = budget; }

  /// Zeroes what was used, keeps the first block and gives the others back.
  void clear() noexcept;

 private:
  struct block {
    std::unique_ptr<block> previous;
    std::size_t size = 0;
    std::unique_ptr<char[]> memory;
    char* bytes() const noexcept { return memory.get(); }
  };

  void* allocate_in_new_block(std::size_t bytes) noexcept;
  void begin_block() noexcept;

  std::unique_ptr<block> current_;
  char* next_ = nullptr;  ///< free, up to the end of the current block
  char* end_ = nullptr;
  std::size_t total_ = 0;
  std::size_t budget_;
  bool exhausted_ = false;
};

/// A list that grows inside an arena. A failed `push_back` leaves the list as it was and the arena exhausted.
template <class T>
class arena_list {
 public:
  explicit arena_list(arena& memory) noexcept : memory_(&memory) {}

  bool push_back(const T& value) noexcept {
    if (size_ == storage_.size() && !grow()) return false;
    storage_[size_++] = value;
    return true;
  }
  void pop_back() noexcept { --size_; }
  void truncate(std::size_t size) noexcept { size_ = size; }
  std::size_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }
  T& operator[](std::size_t i) noexcept { return storage_[i]; }
  const T& operator[](std::size_t i) const noexcept { return storage_[i]; }
  T& back() noexcept { return storage_[size_ - 1]; }
  T* begin() noexcept { return storage_.data(); }
  T* end() noexcept { return storage_.data() + size_; }
  std::span<T> items() const noexcept { return storage_.first(size_); }

 private:
  bool grow() noexcept {
    std::span<T> larger = memory_->make_array<T>(storage_.empty() ? 8 : storage_.size() * 2);
    if (larger.empty()) return false;
    for (std::size_t i = 0; i < size_; ++i) larger[i] = storage_[i];
    storage_ = larger;
    return true;
  }

  arena* memory_;
  std::span<T> storage_;
  std::size_t size_ = 0;
};

/// Copies a text that is mostly too short for a call of memcpy to pay: whole words, the last one overlapping. Gives the
/// end of the copy.
inline char* copy_short(char* out, std::string_view text) noexcept {
  const char* in = text.data();
  const std::size_t size = text.size();
  if (size > 64) {
    std::memcpy(out, in, size);
  } else if (size >= 8) {
    for (std::size_t i = 0; i + 8 < size; i += 8) std::memcpy(out + i, in + i, 8);
    std::memcpy(out + size - 8, in + size - 8, 8);
  } else if (size >= 4) {
    std::memcpy(out, in, 4);
    std::memcpy(out + size - 4, in + size - 4, 4);
  } else {
    for (std::size_t i = 0; i < size; ++i) out[i] = in[i];
  }
  return out + size;
}

/// Text that grows inside an arena.
class text_builder {
 public:
  explicit text_builder(arena& memory) noexcept : memory_(&memory) {}

  void append(char c) noexcept {
    if (size_ == capacity_ && !reserve(1)) return;
    data_[size_++] = c;
  }
  void append(std::string_view text) noexcept {
    if (text.size() > capacity_ - size_ && !reserve(text.size())) return;
    if (!text.empty()) std::memcpy(data_ + size_, text.data(), text.size());
    size_ += text.size();
  }
  /// The same without a call: for the short texts of a request that there is nothing wrong with.
  void append_short(std::string_view text) noexcept {
    if (text.size() > capacity_ - size_ && !reserve(text.size())) return;
    copy_short(data_ + size_, text);
    size_ += text.size();
  }
  void append_number(std::uint64_t number) noexcept;

  /// Room for `more` bytes at `end()`, to be taken by `advance`; false when memory is exhausted.
  bool reserve(std::size_t more) noexcept { return more <= capacity_ - size_ || grow(more); }
  char* end() noexcept { return data_ + size_; }
  void advance(std::size_t bytes) noexcept { size_ += bytes; }
  /// Begins anew in the same room.
  void clear() noexcept { size_ = 0; }
  std::size_t size() const noexcept { return size_; }
  /// Valid until the next `append`, and then for as long as the arena when nothing more is appended.
  std::string_view view() const noexcept { return {size_ == 0 ? "" : data_, size_}; }

 private:
  bool grow(std::size_t more) noexcept;

  arena* memory_;
  char* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace recreq
