#pragma once

#include <ucontext.h>

#include <array>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "pulsebench/profile/module_map.hpp"
#include "pulsebench/profile/unwinder.hpp"

namespace pulsebench::profile {

/// The address sanitizer moves the variables of a frame, and the copied stack with them.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr bool kMovesFrames = true;
#else
inline constexpr bool kMovesFrames = false;
#endif
#else
inline constexpr bool kMovesFrames = false;
#endif

/// The files that this process executes.
inline ModuleMap own_modules() {
  std::ifstream file{"/proc/self/maps"};
  return ModuleMap::parse(std::string{std::istreambuf_iterator<char>{file}, {}});
}

/// Byte by byte: between the variables of frames lies what a sanitizer lets no library read.
__attribute__((noinline, no_sanitize("address"))) inline std::vector<char> copy_of_stack(
    std::uint64_t from, std::size_t size) {
  std::vector<char> bytes(size);
  char* const to = bytes.data();
  const auto* const stack = reinterpret_cast<const volatile char*>(from);
  for (std::size_t i = 0; i < size; ++i) to[i] = stack[i];
  return bytes;
}

#if defined(__x86_64__)
/// Registers in the order of DWARF, from those that getcontext(3) stored. Source of the order:
/// x86-64 psABI, figure 3.36.
inline Registers registers_of(const ucontext_t& context) {
  constexpr std::array<int, 17> kOrder{REG_RAX, REG_RDX, REG_RCX, REG_RBX, REG_RSI, REG_RDI,
                                       REG_RBP, REG_RSP, REG_R8,  REG_R9,  REG_R10, REG_R11,
                                       REG_R12, REG_R13, REG_R14, REG_R15, REG_RIP};
  Registers registers{};
  for (std::size_t i = 0; i < kOrder.size(); ++i) {
    registers[i] =
        static_cast<std::uint64_t>(context.uc_mcontext.gregs[static_cast<std::size_t>(kOrder[i])]);
  }
  return registers;
}
#endif

}  // namespace pulsebench::profile
