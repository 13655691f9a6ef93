#include "pulsebench/session/trend.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <regex>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/machine/fingerprint.hpp"
#include "pulsebench/machine/git.hpp"
#include "pulsebench/session/reason.hpp"
#include "pulsebench/session/selection.hpp"
#include "pulsebench/trend/judge.hpp"
#include "pulsebench/vocabulary/nearest.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

using trend::Change;
using trend::Decision;
using trend::Decisions;
using trend::Series;
using trend::Trend;

constexpr int kMostCounted = 20;  // changes whose commits are counted: each starts a git

/// A history, and the machine kind whose it is.
struct KindHistory {
  std::string kind;
  trend::History history;
};

Result<std::vector<KindHistory>> read_histories(const baseline::Store& store) {
  PB_TRY(const auto kinds, trend::history_kinds(store));
  std::vector<KindHistory> all;
  for (const std::string& kind : kinds) {
    PB_TRY(auto history, trend::read_history(store, kind));
    const bool empty = history.nights.empty() && history.incomplete_line.empty();
    if (!empty) all.push_back({kind, std::move(history)});
  }
  if (all.empty()) {
    return fail(ErrorCode::not_found,
                fmt::format("no nightly history in {}; record a night with: pulsebench run "
                            "--reason nightly --save nightly/today",
                            printable(store.baselines_folder().string())));
  }
  return all;
}

bool has_key(const KindHistory& one, const std::string& key) {
  return std::ranges::any_of(one.history.nights,
                             [&](const trend::Night& night) { return night.machine_key == key; });
}

/// Keeps the histories that `machine` asks for.
Result<void> keep_machine(std::vector<KindHistory>& all, const std::string& machine,
                          const std::string& own_key) {
  if (machine == "all") return {};
  const auto asked = [&](const KindHistory& one) {
    return machine.empty() ? has_key(one, own_key) : one.kind == machine || has_key(one, machine);
  };
  if (std::ranges::any_of(all, asked)) {
    std::erase_if(all, [&](const KindHistory& one) { return !asked(one); });
    return {};
  }
  if (machine.empty()) return {};
  std::vector<std::string> kinds;
  for (const KindHistory& one : all) kinds.push_back(one.kind);
  return fail(ErrorCode::not_found,
              fmt::format("no nightly history of the machine '{}'; there is one of {}",
                          printable(machine, 60), fmt::join(kinds, ", ")));
}

std::vector<std::string_view> ids_in(const std::vector<Trend>& all) {
  std::vector<std::string_view> ids;
  for (const Trend& one : all) {
    for (const Series& series : one.series) ids.emplace_back(series.id.text());
  }
  return ids;
}

Failure no_such_series(const std::string& id, const std::vector<Trend>& all) {
  const auto near = nearest(id, ids_in(all));
  return fail(ErrorCode::not_found,
              fmt::format("no nightly history has a benchmark '{}'{}", printable(id, 100),
                          near ? fmt::format("; did you mean {}?", *near)
                               : "; see pulsebench trend --all"));
}

/// Keeps the series that are asked for by name and by expression.
Result<void> keep_series(std::vector<Trend>& all, const TrendRequest& request) {
  const auto ids = ids_in(all);
  for (const std::string& name : request.names) {
    if (std::ranges::find(ids, name) == ids.end()) return no_such_series(name, all);
  }
  PB_TRY(const auto pattern, compile_filter(request.filter));
  const auto unwanted = [&](const Series& series) {
    const std::string& id = series.id.text();
    const bool named =
        request.names.empty() || std::ranges::find(request.names, id) != request.names.end();
    return !named || (pattern && !std::regex_search(id, *pattern));
  };
  std::size_t kept = 0;
  for (Trend& one : all) {
    std::erase_if(one.series, unwanted);
    kept += one.series.size();
  }
  if (kept > 0 || !pattern) return {};
  return fail(ErrorCode::not_found, fmt::format("no benchmark of the nightly history matches '{}'",
                                                printable(request.filter)));
}

/// How many commits `after` has that `before` lacks; empty where git does not know both.
std::optional<int> count_commits(const std::filesystem::path& root, const std::string& before,
                                 const std::string& after) {
  if (!trend::is_commit_hash(before) || !trend::is_commit_hash(after)) return std::nullopt;
  const auto counted = machine::run_git(root, {"rev-list", "--count", before + ".." + after});
  if (!counted) return std::nullopt;
  int count = 0;
  const auto [end, error] =
      std::from_chars(counted->data(), counted->data() + counted->size(), count);
  return error == std::errc{} ? std::optional{count} : std::nullopt;
}

void count_commits_of_open_changes(std::vector<Trend>& all, const std::filesystem::path& root) {
  int counted = 0;
  for (Trend& one : all) {
    for (Series& series : one.series) {
      for (Change& change : series.changes) {
        const bool open = change.status == trend::ChangeStatus::open && change.slower();
        if (!open || ++counted > kMostCounted) continue;
        change.commits = count_commits(root, commit_before(one, series, change),
                                       commit_after(one, series, change));
      }
    }
  }
}

Result<std::vector<Trend>> judge_histories(const Session& session,
                                           const std::vector<KindHistory>& histories) {
  PB_TRY(const Decisions decisions, trend::read_decisions(session.workspace.store));
  std::vector<Trend> all;
  for (const KindHistory& one : histories) {
    all.push_back(trend::judge(one.history, decisions, today()));
    all.back().machine_kind = one.kind;
  }
  return all;
}

/// "2026-08-09 (+6.0 %)" of each change.
std::string changes_text(const std::vector<Trend>& all, const std::string& id) {
  std::vector<std::string> texts;
  for (const Trend& one : all) {
    for (const Series& series : one.series) {
      if (series.id.text() != id) continue;
      for (const Change& change : series.changes) {
        texts.push_back(fmt::format("{} ({:+.1f} %)", first_night(one, series, change),
                                    change.percent().value));
      }
    }
  }
  return texts.empty() ? "it has no change"
                       : fmt::format("its changes began in {}", fmt::join(texts, ", "));
}

Result<void> check_change(const std::vector<Trend>& all, const AcceptRequest& request) {
  const auto ids = ids_in(all);
  if (std::ranges::find(ids, request.id) == ids.end()) return no_such_series(request.id, all);
  for (const Trend& one : all) {
    for (const Series& series : one.series) {
      const auto asked = [&](const Change& change) {
        return first_night(one, series, change) == request.night;
      };
      if (series.id.text() == request.id && std::ranges::any_of(series.changes, asked)) return {};
    }
  }
  return fail(ErrorCode::bad_input,
              fmt::format("no change of {} began in the night '{}': {}", request.id,
                          printable(request.night, 40), changes_text(all, request.id)));
}

Result<Decision> decision_of(const Session& session, const std::string& id,
                             const std::string& night, const std::string& reason) {
  PB_TRY(const BenchmarkId parsed, BenchmarkId::parse(id));
  return Decision{.id = parsed,
                  .night = night,
                  .reason = reason,
                  .by = git_user_name(session, "the decision"),
                  .on = today()};
}

}  // namespace

Result<std::vector<Trend>> trends(const Session& session, const TrendRequest& request) {
  PB_TRY(auto histories, read_histories(session.workspace.store));
  PB_CHECK(keep_machine(histories, request.machine,
                        machine::fingerprint(session.environment.machine).key));
  PB_TRY(auto all, judge_histories(session, histories));
  PB_CHECK(keep_series(all, request));
  count_commits_of_open_changes(all, session.workspace.root);
  return all;
}

Result<Decision> accept_change(const Session& session, const AcceptRequest& request) {
  PB_CHECK(check_reason(request.reason, "an accepted change"));
  PB_TRY(const auto histories, read_histories(session.workspace.store));
  PB_TRY(const auto all, judge_histories(session, histories));
  PB_CHECK(check_change(all, request));
  PB_TRY(const Decision made, decision_of(session, request.id, request.night, request.reason));
  PB_CHECK(trend::change_decisions(session.workspace.store, [&](Decisions decisions) {
    decisions.accepted = with_decision(std::move(decisions.accepted), made);
    return Result<Decisions>{std::move(decisions)};
  }));
  return made;
}

Result<Decision> reset_trend(const Session& session, const std::string& id,
                             const std::string& reason) {
  PB_CHECK(check_reason(reason, "a reset"));
  PB_TRY(auto histories, read_histories(session.workspace.store));
  std::string newest;
  for (const KindHistory& one : histories) {
    if (!one.history.nights.empty()) newest = std::max(newest, one.history.nights.back().day);
  }
  PB_TRY(const auto all, judge_histories(session, histories));
  const auto ids = ids_in(all);
  if (std::ranges::find(ids, id) == ids.end()) return no_such_series(id, all);
  PB_TRY(const Decision made, decision_of(session, id, newest, reason));
  PB_CHECK(trend::change_decisions(session.workspace.store, [&](Decisions decisions) {
    decisions.resets = with_decision(std::move(decisions.resets), made);
    return Result<Decisions>{std::move(decisions)};
  }));
  return made;
}

}  // namespace pulsebench::session
