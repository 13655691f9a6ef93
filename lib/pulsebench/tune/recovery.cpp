#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/tune/tuning.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::tune {
namespace {

/// Removes the journal, whose settings are restored or reset.
void remove_journal(const TuneContext& context, Recovery& recovery) {
  std::error_code error;
  std::filesystem::remove(context.journal(), error);
  recovery.pending = static_cast<bool>(error);
  if (error) {
    recovery.notes.push_back(fmt::format("cannot remove the journal {}: {}",
                                         context.journal().string(), error.message()));
  }
}

/// Renames the journal instead of removing it, since it may be a user's file.
void set_aside(const TuneContext& context, Recovery& recovery, const std::string& why) {
  auto aside = context.journal();
  aside += ".unreadable";
  std::error_code error;
  std::filesystem::rename(context.journal(), aside, error);
  recovery.pending = static_cast<bool>(error);
  recovery.notes.push_back(fmt::format(
      "{} {}; {}", context.journal().string(), why,
      error ? "cannot move it away: " + error.message() : "moved to " + aside.string()));
}

/// Adds notes; a restoration that the user `requested` needs none.
void describe(const TuneContext& context, bool requested, Recovery& recovery) {
  const Restored& restored = recovery.restored;
  if (!restored.put_back.empty() && !requested) {
    const auto count = restored.put_back.size();
    recovery.notes.push_back(fmt::format("restored {} setting{} of an earlier pulsebench", count,
                                         count == 1 ? "" : "s"));
  }
  for (const auto& line : restored.left_alone) recovery.notes.push_back("not changed: " + line);
  for (const auto& line : restored.failed) recovery.notes.push_back("not restored: " + line);
  if (!restored.complete()) {
    recovery.notes.push_back(fmt::format("kept the journal {}; try again: pulsebench tune restore",
                                         context.journal().string()));
  }
}

}  // namespace

Recovery recover(const TuneContext& context, bool also_kept) {
  Recovery recovery;
  const auto text = read_journal(context.journal());
  if (text && !*text) return recovery;
  recovery.pending = true;
  if (!text) {
    recovery.notes.push_back(text.error().message);
    return recovery;
  }
  const auto boot_id = context.io->boot_id();
  if (!boot_id) {
    recovery.notes.push_back(fmt::format("kept the journal {}, which may be of this boot: {}",
                                         context.journal().string(), boot_id.error().message));
    return recovery;
  }
  if (journal_header(*boot_id).rfind(**text, 0) == 0) {  // killed before it changed a setting
    remove_journal(context, recovery);
    return recovery;
  }
  const auto account = parse_journal(**text);
  if (!account) {
    set_aside(context, recovery, "is not a journal of this pulsebench");
    return recovery;
  }
  if (*boot_id != account->boot_id) {
    recovery.notes.push_back(
        fmt::format("discarded the journal {}: it is from an earlier boot, and the restart reset "
                    "all settings",
                    context.journal().string()));
    remove_journal(context, recovery);
    return recovery;
  }
  recovery.kept = account->kept && !also_kept;
  if (recovery.kept) return recovery;
  recovery.restored = restore(*context.io, account->changes);
  describe(context, also_kept, recovery);
  // Settings that failed stay in the journal, for a later try.
  if (!recovery.restored.complete()) return recovery;
  if (account->damaged_lines > 0) {
    set_aside(context, recovery, fmt::format("has {} damaged lines", account->damaged_lines));
  } else {
    remove_journal(context, recovery);
  }
  return recovery;
}

void recover_alone(const TuneContext& context, os::Descriptor journal) {
  const auto taken_over = Journal::taken_over(context.journal(), std::move(journal));
  static_cast<void>(taken_over ? put_back(context, *taken_over) : recover(context, false));
}

Recovery put_back(const TuneContext& context, const Journal& journal) {
  Recovery recovery;
  recovery.restored = restore(*context.io, journal.changes());
  describe(context, true, recovery);
  const auto found = read_journal(context.journal());
  const bool gone = found && !*found;
  const bool changed = found && *found && **found != journal.text();
  if (gone || changed) {
    recovery.notes.push_back(
        fmt::format("another program {} the journal {}; the settings were restored without it",
                    gone ? "removed" : "changed", context.journal().string()));
  }
  if (!recovery.restored.complete()) {
    recovery.pending = true;
    if (!gone && !changed) return recovery;
    if (auto written = os::write_whole(context.journal(), journal.text(), 0600); !written) {
      recovery.notes.push_back(written.error().message);
    }
  } else if (!changed) {  // a file that is not ours is for the next start, which moves it away
    remove_journal(context, recovery);
  }
  return recovery;
}

Result<Recovery> tune_restore(const TuneContext& context) {
  PB_TRY(const auto& journal, read_journal(context.journal()));
  if (!journal) return Recovery{};
  PB_TRY(const auto lock, TuneLock::take(context));
  return recover(context, true);
}

}  // namespace pulsebench::tune
