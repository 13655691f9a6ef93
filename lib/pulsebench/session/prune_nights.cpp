#include "pulsebench/session/prune_nights.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "pulsebench/baseline/kind.hpp"
#include "pulsebench/session/nightly.hpp"
#include "pulsebench/trend/decisions.hpp"
#include "pulsebench/trend/history.hpp"
#include "pulsebench/trend/judge.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

namespace fs = std::filesystem;

/// The history of one kind of machine, by day, and the days whose results are kept.
struct Nights {
  std::map<std::string, trend::Night> by_day;
  std::map<std::string, trend::KeptFor> kept;
};

Result<std::map<std::string, Nights>> nights_by_kind(const Session& session, std::size_t newest) {
  const baseline::Store& store = session.workspace.store;
  PB_TRY(const auto kinds, trend::history_kinds(store));
  PB_TRY(const auto decisions, trend::read_decisions(store));
  std::map<std::string, Nights> nights;
  for (const std::string& kind : kinds) {
    PB_TRY(auto history, trend::read_whole_history(store, kind));
    Nights& found = nights[kind];
    found.kept = trend::nights_to_keep(trend::judge(history, decisions, today()), newest);
    for (trend::Night& night : history.nights) {
      std::string day = night.day;
      found.by_day.emplace(std::move(day), std::move(night));
    }
  }
  return nights;
}

/// Why the result is not proven to be that of a night in the history; empty where it is.
std::string why_unproven(const baseline::Document& result, const std::string& day,
                         const std::string& kind, const std::map<std::string, Nights>& nights) {
  if (result.reason != kNightlyReason || !result.complete) return "it is no complete nightly run";
  const auto history = nights.find(kind);
  if (history == nights.end()) return "there is no history of its kind of machine";
  const auto line = history->second.by_day.find(day);
  if (line == history->second.by_day.end()) return "the history has no line of that day";
  const bool same =
      line->second.run_id == result.run_id && line->second.machine_key == result.machine.key;
  return same ? "" : "the line of that day is of another run";
}

/// Removes the file, unless it was replaced since it was read.
Result<void> remove_night(const baseline::Store& store, const baseline::Entry& entry,
                          const std::string& kind) {
  PB_TRY(const auto held, store.lock());
  const fs::path file = entry.file.lexically_relative(store.files().path());
  PB_TRY(const auto now, store.load(entry.name + "/" + kind, baseline::Detail::envelope));
  if (now.run_id != entry.envelope->run_id) {
    return fail(ErrorCode::io, "another run took its place meanwhile");
  }
  PB_CHECK(store.files().remove(file));
  [[maybe_unused]] const auto removed =
      store.files().remove_folder(file.parent_path());  // if empty
  return {};
}

}  // namespace

Result<PrunedNights> prune_nights(const Session& session, std::size_t newest, bool dry_run) {
  const baseline::Store& store = session.workspace.store;
  PB_TRY(const auto nights, nights_by_kind(session, newest));
  PB_TRY(const auto entries, store.list());
  PrunedNights pruned;
  for (const baseline::Entry& entry : entries) {
    const auto day = day_in(entry.name);
    const std::string kind = entry.file.stem().string();
    if (!day || !baseline::is_kind(kind)) continue;
    NightFile file{.name = entry.name, .kind = kind, .why = ""};
    if (entry.envelope) {
      file.why = kind == baseline::kind_of(entry.envelope->machine)
                     ? why_unproven(*entry.envelope, *day, kind, nights)
                     : "it was measured on another kind of machine";
    } else {
      file.why = "it cannot be read: " + entry.envelope.error().message;
    }
    if (!file.why.empty()) {
      pruned.left.push_back(std::move(file));
      continue;
    }
    const auto& kept = nights.at(kind).kept;
    if (const auto reason = kept.find(*day); reason != kept.end()) {
      ++pruned.kept[reason->second];
      continue;
    }
    const auto removed = dry_run ? Result<void>{} : remove_night(store, entry, kind);
    if (!removed) file.why = removed.error().message;
    (removed ? pruned.removed : pruned.left).push_back(std::move(file));
  }
  return pruned;
}

}  // namespace pulsebench::session
