#pragma once

#include <string>
#include <vector>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/baseline/store.hpp"
#include "pulsebench/render/style.hpp"

namespace pulsebench::report {

/// `baseline list`: name, commit, branch, start, preset, machine; what cannot be read with its
/// reason below. `machine_key` is this machine's: a baseline of another is marked, as nothing can
/// be compared with it; empty: not marked. Pure.
[[nodiscard]] std::string baseline_list_text(const std::vector<baseline::Entry>& entries,
                                             const std::string& machine_key,
                                             const render::Style& style);

/// The same for programs: `baselines[]` with `name`, `file`, and either the envelope's facts or
/// `error`. Schema id `pulsebench-baselines`, version 1. Pure.
[[nodiscard]] std::string baseline_list_json(const std::vector<baseline::Entry>& entries,
                                             const std::string& machine_key);

/// `baseline show`: the envelope in full (git, build, machine, state before and after, time). The
/// caller puts `dashboard()` before it. Pure.
[[nodiscard]] std::string envelope_text(const baseline::Document& document,
                                        const render::Style& style);

}  // namespace pulsebench::report
