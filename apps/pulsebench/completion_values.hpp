#pragma once

#include <optional>
#include <string>
#include <vector>

namespace pulsebench::app {

struct Candidate {
  std::string text;
  std::string description;
};

using Candidates = std::vector<Candidate>;

inline constexpr std::size_t kMostCandidates = 1000;

/// Those that begin with `typed`, at most `kMostCandidates` of them.
[[nodiscard]] Candidates beginning_with(const std::string& typed, Candidates all);

/// The option or argument whose value is to be completed.
struct WantedValue {
  std::string command;              ///< "run"
  std::string option;               ///< "--preset"; empty of an argument
  std::string metavariable;         ///< "NAME"
  std::vector<std::string> words;   ///< from which it is chosen; else from what the project has
  std::optional<std::string> root;  ///< of `--root`
};

/// Values that begin with `typed`, at most `kMostCandidates` of them.
[[nodiscard]] Candidates values_for(const WantedValue& wanted, const std::string& typed);

}  // namespace pulsebench::app
