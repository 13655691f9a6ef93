#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/os/descriptor.hpp"
#include "pulsebench/run/process.hpp"

namespace pulsebench::run {

/// A started process and the orchestrator's ends of its pipes.
struct Spawned {
  StartedProcess process;
  Granted granted{};
  os::Descriptor requests, events, stdout_end, stderr_end;
  std::size_t held_bytes = 0;  ///< in `events` before anything that a held process writes
};

/// Returns true for the errno of a kernel that does not let processes be pinned, as in a sandbox; a
/// CPU that does not exist is another error.
[[nodiscard]] bool is_refusal_to_pin(int error);

/// Starts `spec.executable` in its own process group, killed with its parent. It is pinned and
/// without address-space randomisation if the kernel permits, and `spec.layout` sets environment
/// and stack. Requests are on descriptor 3, events on 4. If the system lacks a descriptor, memory
/// or a process, it retries for 0.3 s. The error is one line.
[[nodiscard]] tl::expected<Spawned, std::string> spawn(const ProcessSpec& spec);

/// Why a process has an address space of its own layout where `Granted` says so, and what that
/// costs.
[[nodiscard]] std::string why_randomised();

/// Builds the environment of a suite's process: the few variables that a program needs (PATH, HOME,
/// TMPDIR, LD_LIBRARY_PATH, the sanitizers' options) from `inherited` ("NAME=value" each), those of
/// `added`, which win, and a padding. The total bytes of environment, arguments and `path` do not
/// depend on path, arguments, `added` or shell, and the number of entries only on the eights of
/// `added`: `padding` moves the stack.
[[nodiscard]] std::vector<std::string> launch_environment(std::span<const std::string> inherited,
                                                          std::span<const std::string> added,
                                                          std::string_view path,
                                                          std::span<const std::string> arguments,
                                                          std::size_t padding);

/// Whether a program gets the variable `name` of the orchestrator's environment unasked.
[[nodiscard]] bool is_passed_on(std::string_view name);

}  // namespace pulsebench::run
