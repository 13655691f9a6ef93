#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "pulsebench/render/style.hpp"
#include "pulsebench/vocabulary/tier.hpp"
#include "pulsebench/vocabulary/units.hpp"

/// The command line as values: what `arguments.cpp` makes of the words, and the commands take.
namespace pulsebench::app {

enum class Format { text, json, markdown };

struct CommonOptions {
  std::optional<std::string> root;
  render::ColorChoice color = render::ColorChoice::automatic;
};

struct RunOptions {
  std::set<Tier> tiers;  ///< empty: all
  std::string filter;    ///< regular expression over ids; empty: all
  std::string preset;    ///< empty: the configured default
  std::string save;      ///< baseline name; empty: not saved as one
  std::string like;      ///< reference whose batching is reused; empty: main, where it fits
  bool list = false;
  bool dry_run = false;
  std::optional<std::string> cpus;
  bool no_tune = false;
  std::vector<std::string> executables;
  std::vector<std::pair<std::string, double>> inject;  ///< id, per cent
  std::optional<std::uint64_t> seed;
  std::optional<double> budget_seconds;
  std::optional<std::vector<std::string>> counters;  ///< absent: the default set; empty: none
  bool instructions = false;                         ///< count them exactly
  bool allocations = false;
  bool enforce_targets = false;
  std::string reason = "local";
  Format format = Format::text;
  std::string output;  ///< file; empty or "-": stdout
};

/// What of a comparison fails the run.
struct GateOptions {
  std::vector<std::pair<Tier, Percent>> thresholds;
  std::optional<std::set<Tier>> fail_on;
  bool strict = false;
  bool allow_missing = false;  ///< of benchmarks that only the old side has
};

/// How a comparison is shown.
struct ShownOptions {
  bool only_changed = false;
  bool all = false;
  Format format = Format::text;
  std::string output;
};

/// How the suspects of a stored comparison are measured again.
struct ConfirmOptions {
  bool no_confirm = false;
  std::optional<std::string> cpus;
  bool no_tune = false;
  std::optional<double> budget_seconds;
};

struct CompareOptions {
  std::string base, candidate;
  ConfirmOptions confirm;
  GateOptions gates;
  bool warn_on_mismatch = false;
  ShownOptions shown;
};

/// How two sides are measured against each other, whatever they are.
struct ContestOptions {
  std::set<Tier> tiers;
  std::string filter;
  GateOptions gates;
  double family_alpha = 0.01;
  std::optional<int> max_blocks;
  std::optional<double> budget_seconds;
  std::optional<std::string> cpus;
  bool no_tune = false;
  std::optional<std::uint64_t> seed;
};

struct AbOptions {
  std::string old_side, new_side;  ///< folders, executables or git revisions
  ContestOptions contest;
  std::vector<std::pair<std::string, double>> inject;  ///< into the new side
  ShownOptions shown;
};

struct NoiseOptions {
  ContestOptions contest;
  std::vector<std::string> executables;
  std::optional<Percent> inject;  ///< the self-proof: into half of the decisions
  std::optional<int> rounds;      ///< of the self-proof; a decision a benchmark and round
  Format format = Format::text;
  std::string output;
};

struct BaselineSaveOptions {
  std::string name;
  bool force = false;  ///< also where benchmarks failed
};
struct BaselineListOptions {
  Format format = Format::text;
};
struct BaselineShowOptions {
  std::string reference;
  Format format = Format::text;
};
struct BaselineRemoveOptions {
  std::string name;
};

struct BaselineApproveOptions {
  std::string id;
  std::string reason;
  std::string until;  ///< as written; empty: without end
  std::string base = "main", candidate = "last";
  bool list = false;
  bool remove = false;
};

struct DoctorOptions {
  bool strict = false;
  bool all = false;
  std::optional<std::string> cpus;
  Format format = Format::text;
};

struct CountersOptions {
  bool all = false;
  Format format = Format::text;
};

struct TuneOptions {
  enum class Action { show, apply, restore };
  Action action = Action::show;
  std::optional<std::string> cpus;
  Format format = Format::text;
};

using CommandOptions =
    std::variant<RunOptions, CompareOptions, AbOptions, NoiseOptions, BaselineSaveOptions,
                 BaselineListOptions, BaselineShowOptions, BaselineRemoveOptions,
                 BaselineApproveOptions, DoctorOptions, TuneOptions, CountersOptions>;

struct Invocation {
  CommonOptions common;
  CommandOptions command;
  std::vector<std::string> words;  ///< as typed, for the result document
};

}  // namespace pulsebench::app
