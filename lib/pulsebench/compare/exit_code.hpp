#pragma once

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/compare/noise.hpp"
#include "pulsebench/compare/proof.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"

/// What a command exits with, by what it found. `signal` is the one that interrupted it, or 0, and
/// goes before everything else. Pure.
namespace pulsebench::compare {

/// `strict`: a benchmark that is inconclusive fails, too.
[[nodiscard]] ExitCode exit_code_of(const Comparison& comparison, bool strict, int signal);

/// Of a run: `enforce_targets`: a missed target fails.
[[nodiscard]] ExitCode exit_code_of(const baseline::Document& run, bool enforce_targets,
                                    int signal);

/// `strict`: a threshold that the machine cannot support fails.
[[nodiscard]] ExitCode exit_code_of(const NoiseReport& report, bool strict, int signal);

[[nodiscard]] ExitCode exit_code_of(const Proof& proof, int signal);

}  // namespace pulsebench::compare
