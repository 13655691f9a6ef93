#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "pulsebench/render/style.hpp"
#include "pulsebench/session/ab.hpp"
#include "pulsebench/session/approve.hpp"
#include "pulsebench/session/compare.hpp"
#include "pulsebench/session/noise.hpp"
#include "pulsebench/session/run.hpp"
#include "pulsebench/vocabulary/units.hpp"

/// The command line as values: what `arguments.cpp` makes of the words, and the commands take.
namespace pulsebench::app {

enum class Format { text, json, markdown };

struct CommonOptions {
  std::optional<std::string> root;
  render::ColorChoice color = render::ColorChoice::automatic;
};

struct RunOptions {
  session::RunRequest request;
  bool list = false;
  bool dry_run = false;
  std::optional<std::vector<std::string>> counters;  ///< absent: the default set; empty: none
  bool enforce_targets = false;
  Format format = Format::text;
  std::string output;  ///< file; empty or "-": stdout
};

/// How a comparison is shown.
struct ShownOptions {
  bool only_changed = false;
  bool all = false;
  Format format = Format::text;
  std::string output;
};

struct CompareOptions {
  session::CompareRequest request;
  bool strict = false;
  ShownOptions shown;
};

struct AbOptions {
  session::AbRequest request;
  bool strict = false;
  ShownOptions shown;
};

struct NoiseOptions {
  session::NoiseRequest request;
  bool strict = false;
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
  session::ApproveRequest request;
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
