#pragma once

#include "console.hpp"
#include "pulsebench/tune/process_knobs.hpp"
#include "pulsebench/tune/tuning.hpp"

namespace pulsebench::app {

/// The machine whose settings are tuned: this one, or the folder that the variable
/// PULSEBENCH_MACHINE_ROOT names, which stands for another in tests.
[[nodiscard]] tune::TuneContext tuning_context();

/// Whether it is another than this one.
[[nodiscard]] bool tunes_another_machine();

/// The machine as far as it lets itself be tuned, for as long as the result lives; with `no_tune`
/// only what an earlier pulsebench left behind is put back. Says on the console what the user
/// should know.
[[nodiscard]] tune::Tuning tune(bool no_tune, const machine::Placement& placement,
                                const Console& console);

/// What each benchmark's process is to have beside its layout, which the engine sees to itself, as
/// to its CPUs: those are asked for here only within a partition, where only such a process sees
/// whether they can be had.
[[nodiscard]] tune::ProcessSettings process_settings_for(const tune::Tuning& tuning, bool no_tune,
                                                         const machine::Placement& placement);

/// Where benchmarks with several threads run: on all CPUs of the placement, but for a single
/// measuring CPU that a partition has taken from everybody else.
[[nodiscard]] machine::CpuList thread_cpus_for(const tune::Tuning& tuning,
                                               const machine::Placement& placement);

}  // namespace pulsebench::app
