#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "pulsebench/profile/heap_events.hpp"

namespace pulsebench::profile {

/// How long blocks live, in operations: 0 is freed in the operation that allocated it. Of the
/// blocks of the first half of the operations, each of which was watched for at least as many
/// operations as it has.
struct Lifetimes {
  std::uint64_t blocks = 0;
  std::uint64_t died_at_once = 0;
  std::uint64_t watched = 0;              ///< a lifetime from here on is "this or longer"
  std::optional<std::uint64_t> p50, p99;  ///< at most `watched`; empty without blocks
};

/// Pure.
[[nodiscard]] Lifetimes lifetimes_of(std::span<const HeapBlock> blocks, std::uint64_t operations);

}  // namespace pulsebench::profile
