// Blocks of an arena, and text that grows in one.
#include "json/arena.hpp"

#include <algorithm>
#include <utility>

namespace recreq {
namespace {
constexpr std::size_t first_block_size = std::size_t{64} * 1024;
constexpr std::size_t block_alignment = alignof(std::max_align_t);
}  // namespace

void* arena::allocate_in_new_block(std::size_t bytes) noexcept {
  const std::size_t grown = current_ ? current_->size * 2 : first_block_size;
  const std::size_t left = total_ > budget_ ? 0 : budget_ - total_ + first_block_size;
  if (bytes > budget_ || bytes > left) {
    exhausted_ = true;
    return nullptr;
  }
  // The last block is as large as the budget still allows.
  std::size_t size = std::max(std::min(grown, left), bytes);
  size = ((size + block_alignment - 1) & ~(block_alignment - 1)) + block_alignment;
  std::unique_ptr<block> added(new (std::nothrow) block);
  if (added) added->memory.reset(new (std::nothrow) char[size]);
  if (!added || !added->memory) {
    exhausted_ = true;
    return nullptr;
  }
  added->size = size;
  added->previous = std::move(current_);
  current_ = std::move(added);
  total_ += size;
  begin_block();
  next_ += bytes;
  return current_->bytes();
}

void arena::begin_block() noexcept {
  next_ = current_->bytes();
  char* const end = next_ + current_->size;
  end_ = end - reinterpret_cast<std::uintptr_t>(end) % block_alignment;
}

void arena::clear() noexcept {
  while (current_) {
    // Bodies can hold storage secrets: nothing of a call stays readable. Older blocks may be full to their end.
    std::memset(current_->bytes(), 0, static_cast<std::size_t>(next_ - current_->bytes()));
    if (!current_->previous) break;
    std::unique_ptr<block> rest = std::move(current_->previous);
    current_ = std::move(rest);
    next_ = current_->bytes() + current_->size;
  }
  if (current_) {
    total_ = current_->size;
    begin_block();
  }
  exhausted_ = false;
}

bool text_builder::grow(std::size_t more) noexcept {
  const std::size_t wanted = std::max({capacity_ * 2, size_ + more, std::size_t{256}});
  auto* larger = static_cast<char*>(memory_->allocate(wanted, 1));
  if (larger == nullptr) return false;
  if (size_ != 0) std::memcpy(larger, data_, size_);
  data_ = larger;
  capacity_ = wanted;
  return true;
}

void text_builder::append_number(std::uint64_t number) noexcept {
  char digits[20];
  std::size_t count = 0;
  do {
    digits[count++] = static_cast<char>('0' + number % 10);
    number /= 10;
  } while (number != 0);
  while (count != 0) append(digits[--count]);
}

}  // namespace recreq
