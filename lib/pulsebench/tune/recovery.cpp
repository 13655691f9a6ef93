#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "pulsebench/tune/tuning.hpp"

namespace pulsebench::tune {
namespace {

void discard(const TuneContext& context, Recovery& recovery, const std::string& why) {
  std::error_code error;
  std::filesystem::remove(context.journal(), error);
  recovery.notes.push_back(fmt::format("discarded the journal {}: {}", context.journal().string(),
                                       error ? error.message() : why));
}

/// Renames the journal instead of removing it, since it may be a user's file.
void set_aside(const TuneContext& context, Recovery& recovery, const std::string& why) {
  auto aside = context.journal();
  aside += ".unreadable";
  std::error_code error;
  std::filesystem::rename(context.journal(), aside, error);
  recovery.notes.push_back(fmt::format(
      "{} {}; {}", context.journal().string(), why,
      error ? "cannot move it away: " + error.message() : "moved to " + aside.string()));
}

/// Adds notes; a restoration that the user `requested` needs none.
void describe(const Account& account, bool requested, Recovery& recovery) {
  const Restored& restored = recovery.restored;
  if (!restored.put_back.empty() && !requested) {
    const auto count = restored.put_back.size();
    recovery.notes.push_back(fmt::format("restored {} setting{} of an earlier pulsebench", count,
                                         count == 1 ? "" : "s"));
  }
  for (const auto& line : restored.left_alone) recovery.notes.push_back("not changed: " + line);
  for (const auto& line : restored.failed) recovery.notes.push_back("not restored: " + line);
  if (account.damaged_lines > 0) {
    recovery.notes.push_back(
        fmt::format("{} damaged lines of the journal were ignored", account.damaged_lines));
  }
}

}  // namespace

Recovery recover(const TuneContext& context, bool also_kept) {
  Recovery recovery;
  const auto text = read_journal(context.journal());
  if (!text) {
    recovery.notes.push_back(text.error().message);
    return recovery;
  }
  if (!*text) return recovery;
  const auto account = parse_journal(**text);
  if (!account) {
    set_aside(context, recovery, "is not a journal of this pulsebench");
    return recovery;
  }
  const auto boot_id = context.io->boot_id();
  if (!boot_id || *boot_id != account->boot_id) {
    discard(context, recovery, "it is from an earlier boot, and the restart reset all settings");
    return recovery;
  }
  recovery.kept = account->kept && !also_kept;
  if (recovery.kept) return recovery;
  recovery.restored = restore(*context.io, account->changes);
  describe(*account, also_kept, recovery);
  // Settings that the kernel refused stay in the journal, for a later try with permission.
  std::error_code ignored;
  if (recovery.restored.complete()) std::filesystem::remove(context.journal(), ignored);
  return recovery;
}

Result<Recovery> tune_restore(const TuneContext& context) {
  std::error_code error;
  if (!std::filesystem::exists(context.journal(), error)) return Recovery{};
  auto lock = TuneLock::take(context);
  if (!lock) return Failure{std::move(lock.error())};
  return recover(context, true);
}

}  // namespace pulsebench::tune
