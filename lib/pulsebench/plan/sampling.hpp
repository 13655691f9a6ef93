#pragma once

#include "pulsebench/config/config.hpp"

namespace pulsebench::plan {

/// How long a slice, a visit and a warm-up are: the part of the configuration that the plan is
/// carried out with.
using config::Sampling;

}  // namespace pulsebench::plan
