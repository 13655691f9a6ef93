#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "pulsebench/profile/frame.hpp"
#include "pulsebench/profile/heap_events.hpp"
#include "pulsebench/profile/symbolizer.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::profile {

/// Who allocates, the innermost function first: from the caller of the allocation function to the
/// operation. What is below the batch is the harness's, and left out.
struct HeapStack {
  std::vector<Frame> frames;
  bool other_thread = false;  ///< only the caller is known

  bool operator==(const HeapStack&) const = default;
};

/// The stacks of blocks. Two that read the same are one.
struct HeapStacks {
  std::vector<HeapStack> stacks;
  std::vector<std::size_t> of_block;      ///< the number of each block's stack
  std::vector<UnnamedFile> unnamed = {};  ///< files of which functions have no names
};

/// Unwinds and names the stacks of `blocks`. Fails where stacks cannot be unwound here at all.
[[nodiscard]] Result<HeapStacks> name_stacks(const HeapRecording& recording,
                                             std::span<const HeapBlock> blocks);

/// The function of the project that allocates: the innermost one that is neither an allocation
/// function nor the standard library's; the innermost of all where there is no such. Null of an
/// empty stack.
[[nodiscard]] const Frame* site_of(std::span<const Frame> frames);

/// `leak() mem.cpp:14`: the short name of the function, and the file without its folder.
[[nodiscard]] std::string site_text(const Frame& frame);

}  // namespace pulsebench::profile
