#pragma once

#include "console.hpp"
#include "options.hpp"

namespace pulsebench::app {

/// `pulsebench doctor`. Returns the exit code.
[[nodiscard]] int doctor_command(const DoctorOptions& options, const Console& console);

}  // namespace pulsebench::app
