#pragma once

#include <string>
#include <vector>

#include "console.hpp"
#include "options.hpp"

namespace pulsebench::app {

/// `pulsebench counters list`. Returns the exit code.
[[nodiscard]] int counters_command(const CountersOptions& options, const Console& console);

/// The events of `--counters`: the default set where it was not given, none for "none".
/// `bad_input`, with the likely one meant, where libpfm knows one of them by no name.
[[nodiscard]] Result<std::vector<std::string>> events_of(const RunOptions& options);

}  // namespace pulsebench::app
