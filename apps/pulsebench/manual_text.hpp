#pragma once

#include <span>

/// The parts of the help and of the manual pages that the tree of options does not have.
namespace pulsebench::app {

/// An entry of a list: "0", "nothing that gates".
struct Term {
  const char* name;
  const char* meaning;
};

inline constexpr const char* kAbout =
    "The program measures benchmarks of Google Benchmark and other frameworks in many short "
    "processes "
    "on one prepared CPU, and stores results as JSON. It judges a difference by a rule whose "
    "probability of a false alarm is bounded for the whole suite. Its exit code gates a build.";

inline constexpr Term kExitCodes[] = {
    {"0", "nothing that gates"},
    {"1", "a regression, or a missing benchmark"},
    {"2", "bad usage or input"},
    {"3", "a benchmark failed or measured nothing"},
    {"4", "results not comparable"},
    {"5", "inconclusive, with --strict"},
    {"6", "a target was missed, with --enforce-targets"},
    {"70", "an internal error"},
    {"129, 130, 143", "interrupted; what was measured is kept"},
};

inline constexpr Term kFiles[] = {
    {"pulsebench.json, config/pulsebench.json",
     "the configuration of the project; pulsebench init writes one"},
    {"baselines/NAME/KIND.json",
     "the baselines, one result for each kind of machine, to be kept in the repository"},
    {"baselines/approved.json", "the regressions that were accepted, each with its reason"},
    {".pulsebench/runs/", "the last results, with all samples"},
    {".pulsebench/bin/", "the measured executables, to measure a doubtful benchmark again"},
};

inline constexpr Term kVariables[] = {
    {"NO_COLOR", "where it is set, the output has no colors, unless --color always is given"},
    {"TERM", "dumb: no colors, and no progress line that is redrawn"},
    {"TMPDIR", "the folder for temporary files (default /tmp)"},
    {"PULSEBENCH_MACHINE_ROOT",
     "a folder that stands for / where settings of the machine are read and changed; for tests"},
};

inline constexpr const char* kExamples[] = {
    "pulsebench run --tier 0 --save main",
    "pulsebench run --tier 0 --save pr-123",
    "pulsebench compare main pr-123",
};

}  // namespace pulsebench::app
