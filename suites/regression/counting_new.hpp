#pragma once

#include <cstdint>

/// Calls of operator new by the calling thread so far; the whole suite is built with one that
/// counts.
[[nodiscard]] std::uint64_t allocations();

/// Bytes asked of it by the calling thread so far.
[[nodiscard]] std::uint64_t allocated_bytes();
