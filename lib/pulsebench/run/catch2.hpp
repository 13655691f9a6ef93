#pragma once

#include <string>

#include "pulsebench/run/framework.hpp"

/// Programs with a main of Catch2 2 or 3, and benchmarks in them. Catch2 measures its clock before
/// its first benchmark, so a launch takes about a second. It reports the mean of its samples, which
/// is the one slice of a visit, and no CPU time. A launch runs the test case of its benchmark,
/// within its section.
namespace pulsebench::run {

[[nodiscard]] Listed list_catch2(const ProcessSpec& spec);

[[nodiscard]] tl::expected<Visit, ProcessFailure> catch2_visit(const ProcessSpec& spec,
                                                               const std::string& native_name);

}  // namespace pulsebench::run
