#include "pulsebench/session/affected.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "pulsebench/code/code_difference.hpp"
#include "pulsebench/os/find_program.hpp"
#include "pulsebench/os/sha256.hpp"
#include "pulsebench/run/launcher.hpp"
#include "pulsebench/run/reach.hpp"
#include "pulsebench/session/project_build.hpp"
#include "pulsebench/session/tuned_machine.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

namespace fs = std::filesystem;
using compare::Reason;
using compare::ReasonCode;

constexpr std::size_t kControls = 3;

/// Why a benchmark has to be measured.
struct Cause {
  bool reached = false;  ///< it executes what changed; otherwise that is unknown
  std::string text;      ///< the function, or why it is unknown
};

/// The files with code that a program loads, each by name and content, apart from its own.
class Libraries {
 public:
  /// The name of a library that is not the same on both sides; empty: none.
  std::string other(const std::vector<fs::path>& before, const std::vector<fs::path>& now) {
    std::set<std::string> known;
    for (const fs::path& path : before) known.insert(identity(path));
    for (const fs::path& path : now) {
      if (known.erase(identity(path)) == 0) return path.filename().string();
    }
    return known.empty() ? "" : known.begin()->substr(0, known.begin()->find('\n'));
  }

 private:
  std::string identity(const fs::path& path) {
    auto& sum = sums_[path];
    if (sum.empty()) sum = os::sha256_of_file(path).value_or("unreadable: " + path.string());
    return path.filename().string() + "\n" + sum;
  }

  std::map<fs::path, std::string> sums_;
};

/// Two builds of one program.
struct Builds {
  code::CodeDifference difference;
  std::vector<run::ReachWatch> watches;  ///< old, new: of the functions that differ
  bool same_functions = false;           ///< each of them is there on both sides, by its name
  bool same_libraries = false;           ///< known to load the same
};

bool have_same_functions(const code::CodeDifference& difference) {
  std::array<std::multiset<std::string>, 2> names;
  for (std::size_t side = 0; side < 2; ++side) {
    for (const auto& function : difference.sides[side]) names[side].insert(function.name);
  }
  return names[0] == names[1];
}

/// Asks of one benchmark after another what it executes.
class Search {
 public:
  Search(const BothSides& sides, const TunedMachine& machine, const plan::Sampling& sampling,
         fs::path watcher)
      : own_words_{words_of(sides.old_side), words_of(sides.new_side)},
        launcher_(plan::Occasion::block, sampling, machine.cpus(), machine.process_settings(),
                  machine.interrupt()),
        watcher_(std::move(watcher)) {}

  /// Why the benchmark has to be measured; nothing where its code is the same on both sides.
  std::optional<Cause> cause_of(const run::Subject& subject) {
    if (subject.sides[1].inject_percent > 0.0) return Cause{false, "work is injected into it"};
    Result<Builds>& builds = builds_of(subject.sides[0].executable, subject.sides[1].executable);
    if (!builds) return Cause{false, builds.error().message};
    // Both sides execute the same up to the first function that differs. So the old side tells
    // where it has each of them too, and where it is known that both load the same libraries.
    const std::size_t last = builds->same_libraries && builds->same_functions ? 1 : 2;
    std::array<std::vector<fs::path>, 2> libraries;
    for (std::size_t side = 0; side < last; ++side) {
      auto seen = builds->watches[side].see(launcher_, subject.sides[side], subject.info.id.text());
      if (!seen) return Cause{false, seen.error()};
      if (seen->address) {
        const auto& changed = builds->difference.sides[side];
        const auto found =
            std::ranges::find(changed, *seen->address, &code::ChangedFunction::address);
        return Cause{true, found == changed.end() ? "" : found->name};
      }
      libraries[side] = std::move(seen->libraries);
    }
    if (last == 1) return std::nullopt;
    const std::string other = libraries_.other(libraries[0], libraries[1]);
    if (!other.empty()) return Cause{false, "it loads another " + printable(other)};
    builds->same_libraries = true;
    return std::nullopt;
  }

 private:
  static std::vector<std::string> words_of(const SideSuites& side) {
    return side.commit.empty() ? std::vector<std::string>{} : std::vector{side.commit};
  }

  Result<Builds>& builds_of(const fs::path& before, const fs::path& now) {
    const auto known = builds_.find({before, now});
    if (known != builds_.end()) return known->second;
    return builds_.emplace(std::pair{before, now}, read(before, now)).first->second;
  }

  [[nodiscard]] Result<Builds> read(const fs::path& before, const fs::path& now) const {
    PB_TRY(auto difference,
           code::difference_of({before.string(), own_words_[0]}, {now.string(), own_words_[1]}));
    Builds builds{.difference = std::move(difference), .watches = {}};
    builds.same_functions = have_same_functions(builds.difference);
    for (const auto& changed : builds.difference.sides) {
      std::vector<std::uint64_t> addresses;
      for (const auto& function : changed) addresses.push_back(function.address);
      PB_TRY(auto watch, run::ReachWatch::make(addresses, watcher_));
      builds.watches.push_back(std::move(watch));
    }
    return builds;
  }

  std::array<std::vector<std::string>, 2> own_words_;
  run::Launcher launcher_;
  fs::path watcher_;
  std::map<std::pair<fs::path, fs::path>, Result<Builds>> builds_;
  Libraries libraries_;
};

/// One for each reason why it is unknown what benchmarks execute.
std::vector<Reason> reasons_to_measure(const std::map<std::string, int>& unknown) {
  std::vector<Reason> warnings;
  for (const auto& [why, number] : unknown) {
    warnings.push_back({.code = ReasonCode::code_unknown,
                        .numbers = {static_cast<double>(number)},
                        .texts = {why}});
  }
  return warnings;
}

/// A few of `same`, drawn by the seed, with one thread where there are such: they scatter least.
std::set<std::size_t> draw_controls(std::vector<std::size_t> same, const Matched& matched,
                                    std::uint64_t seed) {
  std::mt19937_64 random{seed};
  std::ranges::shuffle(same, random);
  std::stable_partition(same.begin(), same.end(),
                        [&](std::size_t i) { return matched.subjects[i].info.threads == 1; });
  same.resize(std::min(same.size(), kControls));
  return {same.begin(), same.end()};
}

/// Takes out of `matched` those of `same` that are no controls.
void leave_out(Matched& matched, const std::vector<std::size_t>& same,
               const std::set<std::size_t>& controls, Affected& affected) {
  std::vector<std::size_t> gone;
  for (const std::size_t i : same) {
    const BenchmarkInfo& info = matched.subjects[i].info;
    if (controls.contains(i)) {
      affected.controls.insert(info.id);
    } else {
      matched.left_out.push_back({.info = info, .reasons = {{.code = ReasonCode::same_code}}});
      gone.push_back(i);
    }
  }
  for (; !gone.empty(); gone.pop_back()) {
    const auto place = static_cast<std::ptrdiff_t>(gone.back());
    matched.subjects.erase(matched.subjects.begin() + place);
    matched.alike.erase(matched.alike.begin() + place);
  }
}

}  // namespace

Result<Affected> keep_affected(Matched& matched, const BothSides& sides, const PairedPlan& plan,
                               const Session& session) {
  PB_TRY(auto watcher, os::find_own_program("pulsebench-reach"));
  const TunedMachine machine{session, plan.placement, /*no_tune=*/true};
  Search search{sides, machine, session.workspace.config.sampling, std::move(watcher)};
  const auto progress = session.progress("benchmarks searched");
  Affected affected;
  std::map<std::string, int> unknown;
  std::vector<std::size_t> same;
  for (std::size_t i = 0; i < matched.subjects.size(); ++i) {
    if (const int signal = machine.interrupt().signal(); signal != 0) {
      return interrupted_build("the search for what the change reaches", signal);
    }
    const run::Subject& subject = matched.subjects[i];
    progress({.done = i, .total = matched.subjects.size(), .current = subject.info.id.text()});
    const auto cause = search.cause_of(subject);
    if (!cause) {
      same.push_back(i);
    } else if (cause->reached) {
      affected.reached.emplace(subject.info.id, cause->text);
    } else {
      ++unknown[cause->text];
    }
  }
  affected.warnings = reasons_to_measure(unknown);
  leave_out(matched, same, draw_controls(same, matched, plan.seed), affected);
  return affected;
}

}  // namespace pulsebench::session
