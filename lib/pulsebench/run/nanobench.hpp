#pragma once

#include <string>

#include "pulsebench/run/framework.hpp"

/// Programs that print the JSON of nanobench (`ankerl::nanobench::templates::json`) to stdout.
/// nanobench has no command line, so each launch runs the whole program, and its epochs are the
/// slices of a visit. It measures no CPU time.
namespace pulsebench::run {

[[nodiscard]] Listed list_nanobench(const ProcessSpec& spec);

[[nodiscard]] tl::expected<Visit, ProcessFailure> nanobench_visit(const ProcessSpec& spec,
                                                                  const std::string& native_name);

}  // namespace pulsebench::run
