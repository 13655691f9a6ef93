#pragma once

#include <optional>
#include <string>

#include "pulsebench/os/descriptor.hpp"
#include "pulsebench/run/process.hpp"

namespace pulsebench::run {

/// A started process and the orchestrator's ends of its pipes.
struct Spawned {
  int pid = -1;
  bool aslr_off = true;
  os::Descriptor requests, events, stdout_end, stderr_end;
  os::Descriptor held_events{};  ///< in place of `events`: a FIFO that nobody reads yet
};

/// Starts `spec.executable`: own process group, killed with its parent, pinned, without
/// address-space randomisation where the kernel lets us, environment and stack laid out as
/// `spec.layout` says, requests on its descriptor 3 and events on 4. Where the system has no
/// descriptor, memory or process to spare, it tries again for 0.3 s. The error is one line.
[[nodiscard]] tl::expected<Spawned, std::string> spawn(const ProcessSpec& spec);

}  // namespace pulsebench::run
