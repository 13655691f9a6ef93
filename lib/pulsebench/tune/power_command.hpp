#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "pulsebench/os/run_process.hpp"
#include "pulsebench/tune/knob.hpp"
#include "pulsebench/tune/sys_io.hpp"

/// macOS and Windows keep their power settings behind a command. Here such a command looks like
/// files, so that the journal, the guardian and the restoration are the same ones as on Linux.
/// Linked on those systems only; elsewhere the tests drive it with stub commands. What they do on
/// real hardware has not been seen.
namespace pulsebench::tune {

/// Runs a program with its arguments.
using PowerCommand = std::function<Result<os::CommandOutput>(const std::vector<std::string>&)>;

/// `os::run_process` with ten seconds of patience.
[[nodiscard]] Result<os::CommandOutput> run_power_command(const std::vector<std::string>& argv);

/// macOS: `pmset/<power source>/<setting>`, read from `pmset -g custom` and written per power
/// source: "pmset/AC Power/lowpowermode".
[[nodiscard]] std::unique_ptr<SysIo> pmset_settings(PowerCommand run);
[[nodiscard]] std::vector<Knob> mac_knobs(const SysIo& io, const machine::Placement& placement);

/// Windows: `powercfg/active`, the GUID of the active power scheme.
[[nodiscard]] std::unique_ptr<SysIo> powercfg_settings(PowerCommand run);
[[nodiscard]] std::vector<Knob> windows_knobs(const SysIo& io, const machine::Placement& placement);

}  // namespace pulsebench::tune
