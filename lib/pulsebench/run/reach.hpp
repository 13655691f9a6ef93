#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "pulsebench/run/launcher.hpp"

namespace pulsebench::run {

/// What was seen of a benchmark that ran as long as in a block.
struct Reach {
  std::optional<std::uint64_t> address = {};  ///< the first that it executed, of those asked
  std::vector<std::filesystem::path> libraries = {};  ///< with its code; where it reached none
};

/// Runs a benchmark until it executes an instruction at one of `addresses`, which are those of its
/// program's file. Fails with the reason where that cannot be seen: another kind of program than a
/// suite or one of Google Benchmark, a benchmark that fails, or a kernel that permits no
/// breakpoints. `watcher` is pulsebench-reach.
[[nodiscard]] tl::expected<Reach, std::string> reach(Launcher& launcher, const Source& source,
                                                     const std::string& id,
                                                     const plan::Sampling& sampling,
                                                     const std::vector<std::uint64_t>& addresses,
                                                     const std::filesystem::path& watcher);

/// Reads what pulsebench-reach writes. Fails with the reason where it does not say all.
[[nodiscard]] tl::expected<Reach, std::string> read_reach(std::string_view report);

}  // namespace pulsebench::run
