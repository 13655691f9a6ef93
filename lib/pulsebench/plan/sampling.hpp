#pragma once

#include "pulsebench/config/config.hpp"

namespace pulsebench::plan {

/// Lengths of a slice, a visit and a warm-up, from the configuration.
using config::Sampling;

}  // namespace pulsebench::plan
