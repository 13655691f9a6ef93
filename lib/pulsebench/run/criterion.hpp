#pragma once

#include <string>

#include "pulsebench/run/framework.hpp"

/// Benchmarks of Criterion.rs, as `cargo bench --no-run` builds them. Its samples are the slices of
/// a visit, as it saves them below CRITERION_HOME. It measures no CPU time.
namespace pulsebench::run {

[[nodiscard]] Listed list_criterion(const ProcessSpec& spec);

[[nodiscard]] tl::expected<Visit, ProcessFailure> criterion_visit(const ProcessSpec& spec,
                                                                  const std::string& native_name);

}  // namespace pulsebench::run
