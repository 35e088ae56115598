// Where memory ends, `new (std::nothrow)` gives null, as everywhere else. Emscripten's own form aborts when exceptions
// are off, and the caller would lose the instance instead of reading an issue.
#include <cstddef>
#include <cstdlib>
#include <new>

void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return std::malloc(size == 0 ? 1 : size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return std::malloc(size == 0 ? 1 : size); }
