#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "pulsebench/profile/module_map.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::profile {

class ElfFiles;

/// Registers of x86-64 by their numbers in DWARF.
using Registers = std::array<std::uint64_t, 17>;
inline constexpr std::size_t kStackPointer = 7, kProgramCounter = 16;

/// A thread at one moment: its registers, and a copy of the stack upwards of `stack_start`.
struct ThreadState {
  Registers registers{};
  std::uint64_t stack_start = 0;  ///< the address of the first byte of `stack`
  std::span<const char> stack = {};
};

/// Why there are no more callers.
enum class StackEnd {
  root,       ///< the first function of the thread
  truncated,  ///< the copy of the stack ends
  no_tables,  ///< the file has no unwind tables for this address, or there is no file
  too_deep,   ///< more than `kMaxStackDepth` frames
};

inline constexpr std::size_t kMaxStackDepth = 256;

/// Program counters of a thread, the innermost first. All but the first are return addresses.
struct Stack {
  std::vector<std::uint64_t> addresses = {};
  StackEnd end = StackEnd::root;
};

/// Finds the callers of a function from a copy of the stack and the tables that the compiler writes
/// for exceptions (.eh_frame). Frame pointers are not needed, nor is debugging information.
/// Source of the rules: DWARF 5, section 6.4, and the x86-64 psABI, section 3.6.
class Unwinder {
 public:
  /// Fails where libdw is not installed or the processor is not an x86-64. `files` outlives the
  /// unwinder.
  [[nodiscard]] static Result<Unwinder> make(ElfFiles& files);
  Unwinder(Unwinder&&) noexcept;
  Unwinder& operator=(Unwinder&&) noexcept;
  ~Unwinder();

  /// `stack` is cleared first, and keeps its memory between calls.
  void unwind(const ModuleMap& modules, const ThreadState& thread, Stack& stack);

 private:
  class Rows;
  explicit Unwinder(ElfFiles& files);

  std::unique_ptr<Rows> rows_;
};

}  // namespace pulsebench::profile
