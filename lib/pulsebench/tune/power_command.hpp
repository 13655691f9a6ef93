#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "pulsebench/os/run_process.hpp"
#include "pulsebench/tune/knob.hpp"
#include "pulsebench/tune/sys_io.hpp"

/// Power settings of macOS and Windows, which have a command instead of files. This room makes the
/// command look like files, so that journal, guardian and restoration are the same as on Linux.
/// Linked on those systems only; elsewhere tests use stub commands. Not tested on real hardware.
namespace pulsebench::tune {

/// Runs a program with its arguments.
using PowerCommand = std::function<Result<os::CommandOutput>(const std::vector<std::string>&)>;

/// `os::run_process` with ten seconds of patience.
[[nodiscard]] Result<os::CommandOutput> run_power_command(const std::vector<std::string>& argv);

/// macOS: `pmset/<power source>/<setting>`, read from `pmset -g custom` and written per power
/// source: "pmset/AC Power/lowpowermode".
[[nodiscard]] std::unique_ptr<SysIo> pmset_settings(PowerCommand run);
[[nodiscard]] std::vector<Knob> mac_knobs(const SysIo& io, const machine::Placement& placement);

/// Windows: `powercfg/active` is the GUID of the active power scheme.
[[nodiscard]] std::unique_ptr<SysIo> powercfg_settings(PowerCommand run);
[[nodiscard]] std::vector<Knob> windows_knobs(const SysIo& io, const machine::Placement& placement);

}  // namespace pulsebench::tune
