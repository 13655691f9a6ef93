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

/// Set aside rather than removed: it may be somebody's file, and it may be worth a look.
void set_aside(const TuneContext& context, Recovery& recovery, const std::string& why) {
  auto aside = context.journal();
  aside += ".unreadable";
  std::error_code error;
  std::filesystem::rename(context.journal(), aside, error);
  recovery.notes.push_back(fmt::format(
      "{} {}; {}", context.journal().string(), why,
      error ? "cannot move it away: " + error.message() : "moved to " + aside.string()));
}

/// Putting back needs no note where the user `asked` for it.
void describe(const Account& account, bool asked, Recovery& recovery) {
  const Restored& restored = recovery.restored;
  if (!restored.put_back.empty() && !asked) {
    recovery.notes.push_back(fmt::format("put back {} settings that an earlier pulsebench left",
                                         restored.put_back.size()));
  }
  for (const auto& line : restored.left_alone) recovery.notes.push_back("left alone: " + line);
  for (const auto& line : restored.failed) recovery.notes.push_back("not put back: " + line);
  if (account.damaged_lines > 0) {
    recovery.notes.push_back(
        fmt::format("{} damaged lines of the journal were left out", account.damaged_lines));
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
    discard(context, recovery, "it is of another boot, which undid everything");
    return recovery;
  }
  recovery.kept = account->kept && !also_kept;
  if (recovery.kept) return recovery;
  recovery.restored = restore(*context.io, account->changes);
  describe(*account, also_kept, recovery);
  // What the kernel refused stays in the journal, for whoever is permitted to try again.
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
