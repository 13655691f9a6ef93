#pragma once

#include "pulsebench/os/descriptor.hpp"
#include "pulsebench/run/started_process.hpp"

namespace pulsebench::run {

/// A process of Linux.
struct StartedProcess::System {
  int pid;
  os::Descriptor pidfd;  ///< becomes readable at the exit; not open on old kernels
  bool reaped = false;
};

}  // namespace pulsebench::run
