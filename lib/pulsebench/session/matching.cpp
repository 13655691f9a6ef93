#include "pulsebench/session/matching.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <utility>

#include "pulsebench/session/selection.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "pulsebench/wire/benchmark_name.hpp"

namespace pulsebench::session {
namespace {

using compare::Judged;
using compare::Reason;
using compare::ReasonCode;
using compare::Verdict;

/// Where a benchmark lives in a side.
struct Place {
  const run::Suite* suite = nullptr;
  std::size_t index = 0;

  [[nodiscard]] const BenchmarkInfo& info() const { return suite->benchmarks[index]; }
};

using Places = std::map<BenchmarkId, Place>;

Places places_of(const std::vector<run::Suite>& suites) {
  Places places;
  for (const run::Suite& suite : suites) {
    for (std::size_t i = 0; i < suite.benchmarks.size(); ++i) {
      places.emplace(suite.benchmarks[i].id, Place{&suite, i});
    }
  }
  return places;
}

Judged unjudged(const BenchmarkInfo& info, Reason why) {
  return {.info = info, .verdict = Verdict::not_judged, .reasons = {std::move(why)}};
}

/// Returns true where the suite says that it was built with aligned code, so that code placement
/// does not decide its figures (`cmake/PulsebenchAddSuite.cmake`). A foreign program says nothing.
bool is_aligned(const run::Suite& suite) {
  return std::any_of(suite.build.begin(), suite.build.end(), [](const auto& fact) {
    return fact.first == "flags" && fact.second.find("-falign-functions=64") != std::string::npos &&
           fact.second.find("-falign-loops=64") != std::string::npos;
  });
}

/// Returns true where code placement cannot be what makes the two differ.
bool are_placed_alike(const run::Suite& before, const run::Suite& now, bool rivals) {
  const bool same_code = before.executable == now.executable && !rivals;
  if (now.workload) return true;  // whole programs: one loop does not decide
  return same_code || (is_aligned(before) && is_aligned(now));
}

/// Why two benchmarks of one id do not measure the same thing; empty where they do. Rivals are two
/// benchmarks, each with versions of its own.
std::optional<Reason> why_not_the_same(const Place& before, const Place& now, bool rivals) {
  if (before.info().threads != now.info().threads) {
    return Reason{.code = ReasonCode::other_threads,
                  .numbers = {static_cast<double>(before.info().threads),
                              static_cast<double>(now.info().threads)}};
  }
  if (!rivals && before.info().version != now.info().version) {
    return Reason{.code = ReasonCode::other_version,
                  .numbers = {static_cast<double>(before.info().version),
                              static_cast<double>(now.info().version)}};
  }
  const auto by_hand = [](const Place& place) {
    return place.suite->driver == run::Driver::foreign &&
           wire::is_timed_by_hand(place.suite->native_names[place.index]);
  };
  if (by_hand(before) == by_hand(now)) return std::nullopt;
  return Reason{.code = ReasonCode::timed_by_hand};
}

Matched match(const std::vector<run::Subject>& wanted, const Places& old_places,
              const Places& new_places, bool rivals) {
  Matched matched;
  for (const run::Subject& subject : wanted) {
    const auto found = old_places.find(subject.info.id);
    if (found == old_places.end()) {
      matched.left_out.push_back(unjudged(subject.info, {.code = ReasonCode::new_benchmark}));
    } else if (auto why = why_not_the_same(found->second, new_places.at(found->first), rivals)) {
      matched.left_out.push_back(unjudged(subject.info, *std::move(why)));
      matched.left_out.back().failed = true;
    } else {
      run::Subject both = subject;
      both.sides.insert(both.sides.begin(),
                        run::source_of(*found->second.suite, found->second.index));
      matched.subjects.push_back(std::move(both));
      matched.alike.push_back(
          are_placed_alike(*found->second.suite, *new_places.at(found->first).suite, rivals));
    }
  }
  return matched;
}

/// Adds what only the old side has.
void add_missing(Matched& matched, const std::vector<run::Suite>& before, const Places& new_places,
                 Selection selection, const config::Config& config, const Session& session) {
  selection.inject.clear();
  auto gone = select(before, selection, config);
  if (!gone) return;  // nothing of it is asked for
  std::erase_if(*gone, [&](const run::Subject& had) { return new_places.count(had.info.id) != 0; });
  if (gone->empty()) return;
  const auto gates = gates_of(session, *gone, config);
  for (std::size_t i = 0; i < gone->size(); ++i) {
    Judged& judged =
        matched.left_out.emplace_back(unjudged((*gone)[i].info, {.code = ReasonCode::missing}));
    judged.missing = true;
    judged.gates = gates[i].gates;
    judged.oversubscribed = gates[i].oversubscribed;
  }
}

Result<void> check_common(const Matched& matched) {
  if (!matched.subjects.empty()) return {};
  for (const Judged& judged : matched.left_out) {
    if (!judged.failed) continue;
    return fail(ErrorCode::nothing_measured,
                "the two sides measure different things under the name '" + judged.info.id.text() +
                    "': another version of it, or another way to time it");
  }
  return fail(ErrorCode::not_comparable,
              "the two sides have no benchmark in common; compare their "
              "names with --benchmark_list_tests");
}

/// The suites with the benchmarks that `keep` returns true for.
template <typename Keep>
std::vector<run::Suite> with_only(std::vector<run::Suite> suites, Keep keep) {
  for (run::Suite& suite : suites) {
    for (std::size_t i = suite.benchmarks.size(); i-- > 0;) {
      if (keep(suite.benchmarks[i].id)) continue;
      suite.benchmarks.erase(suite.benchmarks.begin() + static_cast<std::ptrdiff_t>(i));
      if (suite.native_names.empty()) continue;
      suite.native_names.erase(suite.native_names.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
  return suites;
}

/// Gives the benchmarks their new ids. Their programs go on to know them by the old ones.
void give_new_ids(std::vector<run::Suite>& suites, const Renamed& renamed) {
  std::map<BenchmarkId, BenchmarkId> new_ids;
  for (const auto& [id, old_id] : renamed.old_ids) new_ids.emplace(old_id, id);
  for (run::Suite& suite : suites) {
    const bool has_names = !suite.native_names.empty();
    for (BenchmarkInfo& info : suite.benchmarks) {
      if (!has_names) suite.native_names.push_back(info.id.text());
      const auto found = new_ids.find(info.id);
      if (found != new_ids.end()) info.id = found->second;
    }
  }
}

std::vector<BenchmarkId> ids_of(const std::vector<run::Suite>& suites) {
  std::vector<BenchmarkId> ids;
  for (const run::Suite& suite : suites) {
    for (const BenchmarkInfo& info : suite.benchmarks) ids.push_back(info.id);
  }
  return ids;
}

/// The suites of both sides as they are paired.
struct Paired {
  std::vector<run::Suite> before, now;
  Renamed renamed;
};

Result<Paired> rename(const BothSides& sides, const AbRequest& request) {
  Paired paired{.before = sides.old_side.suites, .now = sides.new_side.suites, .renamed = {}};
  const bool rivals = !request.rivals.empty();
  if (!rivals && request.maps.empty()) return paired;
  PB_TRY(paired.renamed, rename_all(ids_of(paired.before), rivals ? request.rivals : request.maps,
                                    rivals ? Meets::renamed_ids : Meets::every_id));
  const auto& old_ids = paired.renamed.old_ids;
  if (rivals) {
    if (old_ids.empty()) {
      return fail(ErrorCode::bad_input,
                  "no benchmark of '" + printable(request.old_side) +
                      "' matches --rival, which has to match a whole name; see its names with "
                      "--benchmark_list_tests");
    }
    paired.now = with_only(std::move(paired.now),
                           [&](const BenchmarkId& id) { return old_ids.count(id) != 0; });
    std::set<BenchmarkId> matched;
    for (const auto& [id, old_id] : old_ids) matched.insert(old_id);
    paired.before = with_only(std::move(paired.before),
                              [&](const BenchmarkId& id) { return matched.count(id) != 0; });
  }
  give_new_ids(paired.before, paired.renamed);
  return paired;
}

}  // namespace

Result<Matched> match_sides(const BothSides& sides, const AbRequest& request,
                            const config::Config& config, const Session& session) {
  const bool rivals = !request.rivals.empty();
  PB_TRY(Paired paired, rename(sides, request));
  const Selection& selection = request.paired.selection;
  const Places new_places = places_of(paired.now);
  std::vector<run::Subject> wanted;
  if (!rivals || !new_places.empty()) {
    PB_TRY(wanted, select(paired.now, selection, config));
  }
  Matched matched = match(wanted, places_of(paired.before), new_places, rivals);
  add_missing(matched, paired.before, new_places, selection, config, session);
  PB_CHECK(check_common(matched));
  matched.old_ids = std::move(paired.renamed.old_ids);
  matched.unused_rules = std::move(paired.renamed.unused);
  return matched;
}

}  // namespace pulsebench::session
