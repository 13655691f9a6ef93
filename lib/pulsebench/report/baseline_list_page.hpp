#pragma once

#include <string>
#include <vector>

#include "pulsebench/baseline/store.hpp"
#include "pulsebench/render/page.hpp"

namespace pulsebench::report {

/// `baseline list`: name, commit, branch, start, preset, machine; what cannot be read with its
/// reason below. `machine_key` is this machine's: a baseline of another shows its kind, as nothing
/// can be compared with it; empty: every baseline shows its kind. The document has `baselines[]`
/// with `name`, `file`, and either the envelope's facts or `error`: schema id
/// `pulsebench-baselines`, version 1.
[[nodiscard]] render::Page baseline_list_page(const std::vector<baseline::Entry>& entries,
                                              const std::string& machine_key);

}  // namespace pulsebench::report
