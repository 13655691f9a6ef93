#pragma once

#include <string>

/// Names as Google Benchmark prints them.
namespace pulsebench::wire {

/// A name without what only configures the run (`/iterations:N`, `/min_time:S`, `/repeats:N`,
/// `/real_time`, ...): the benchmark's id. Arguments and `/threads:N` stay.
[[nodiscard]] std::string id_of(const std::string& name);

/// The regular expression that `--benchmark_filter` needs to select `name` alone.
[[nodiscard]] std::string filter_for(const std::string& name);

/// Whether the benchmark sets its time by hand (`/manual_time`): it and one of the same id that
/// does not measure different things.
[[nodiscard]] bool is_timed_by_hand(const std::string& name);

/// The S of `/min_time:S` in a name, which no flag overrides: seconds of a repetition at least;
/// else 0.
[[nodiscard]] double min_time_of(const std::string& name);

/// The N of `/repeats:N` in a name, which no flag overrides: repetitions of a launch; else 0.
[[nodiscard]] int repetitions_of(const std::string& name);

/// The N of `/threads:N` in an id, else 1.
[[nodiscard]] int threads_of(const std::string& id);

}  // namespace pulsebench::wire
