#pragma once

#include <string>

#include "pulsebench/machine/roots.hpp"

namespace pulsebench::machine {

/// Name of the program that emulates the processor for this process alone ("qemu-aarch64-static"),
/// as QEMU's user mode does; "something: " and why, where only that is seen; else empty. Two places
/// tell of one: /proc/self/exe, which QEMU answers itself, differs from /proc/thread-self/exe,
/// which it passes on to the kernel; and /proc/cpuinfo describes a processor of another
/// `architecture` (as uname(2) names it). An emulated system with a kernel of its own is a guest,
/// not this. A program of Windows is "wine" where Wine runs it: what it measures is Wine's system
/// calls, scheduler and clocks.
[[nodiscard]] std::string emulator(const Roots& roots, const std::string& architecture);

}  // namespace pulsebench::machine
