#pragma once

#include "pulsebench/os/windows_process.hpp"
#include "pulsebench/run/started_process.hpp"

namespace pulsebench::run {

/// A process of Windows.
struct StartedProcess::System {
  os::WindowsProcess process;
};

}  // namespace pulsebench::run
