#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/baseline/store.hpp"
#include "pulsebench/trend/night.hpp"

/// The nightly history: what each night measured, and what changed in the course of the nights.
namespace pulsebench::trend {

/// The nights of one machine kind.
struct History {
  std::vector<Night> nights;  ///< oldest first, one a day
  /// Why the last line of the file is no night: it is incomplete, as a write that was cut leaves
  /// it. Empty: the file is whole. Names the file and the line.
  std::string incomplete_line = {};
};

/// The nights in `text`, one a line. As `decode_night`; a day that comes twice is `bad_input` too.
/// Only the last line may be incomplete, which it is where no newline ends it and it cannot be
/// read. Pure.
[[nodiscard]] Result<History> decode_history(std::string_view text, std::string_view file_name);

/// The machine kinds that have a history in this tree, by name.
[[nodiscard]] Result<std::vector<std::string>> history_kinds(const baseline::Store& store);

/// The file of a machine kind, `baselines/nightly/history/<kind>.jsonl` below the root of the tree.
/// `bad_input` where `kind` may not name a file.
[[nodiscard]] Result<std::filesystem::path> history_file(std::string_view kind);

/// The history of a machine kind; empty where there is none.
[[nodiscard]] Result<History> read_history(const baseline::Store& store, std::string_view kind);

/// A history keeps at most so many nights, and at most so many bytes of them: a host of
/// repositories refuses a file of 100 MB. The night that is recorded last is kept always.
inline constexpr std::size_t kMostNights = 3660;
inline constexpr std::size_t kLargestHistory = 64U << 20U;

/// The same, and `bad_input` where the last line is incomplete: what is written over it is lost.
[[nodiscard]] Result<History> read_whole_history(const baseline::Store& store,
                                                 std::string_view kind);

/// Adds `night` to the history of its machine kind, in the place of the same day where it is there
/// already. The oldest nights beyond `kMostNights` and `kLargestHistory` are dropped. Holds the
/// lock of the tree, and writes the file whole or not at all. `bad_input` where the last line of
/// the file is incomplete: to write would lose it. Returns the file.
[[nodiscard]] Result<std::filesystem::path> record_night(const baseline::Store& store,
                                                         const Night& night);

}  // namespace pulsebench::trend
