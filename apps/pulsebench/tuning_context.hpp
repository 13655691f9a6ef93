#pragma once

#include "pulsebench/machine/tuning.hpp"

namespace pulsebench::app {

/// The machine whose settings are tuned: this one, or the folder that the variable
/// PULSEBENCH_MACHINE_ROOT names, which stands for another in tests.
[[nodiscard]] machine::TuneContext tuning_context();

/// Whether it is another than this one.
[[nodiscard]] bool tunes_another_machine();

}  // namespace pulsebench::app
