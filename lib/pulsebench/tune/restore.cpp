#include "pulsebench/tune/restore.hpp"

#include <algorithm>
#include <system_error>

#include <fmt/format.h>

#include "pulsebench/os/pseudo_file.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::tune {
namespace {

/// All changes of one setting, in their order.
struct History {
  std::string path;
  std::string original;
  std::vector<std::string> ours;
  bool foreign = false;  ///< another program changed or removed it
  std::string failure;   ///< reason why the last try to restore it failed
  bool checked = false;  ///< its value was one that counts as ours
  bool written = false;
};

std::vector<History> histories_of(const std::vector<Change>& changes) {
  std::vector<History> histories;
  for (const auto& change : changes) {
    const auto known = std::find_if(histories.begin(), histories.end(),
                                    [&](const auto& h) { return h.path == change.path; });
    if (known != histories.end()) {
      known->ours.push_back(change.after);
    } else {
      histories.push_back({change.path, change.before, {change.after}, false, "", false, false});
    }
  }
  return histories;
}

std::string shown(const std::string& content) {
  const std::string value = os::chosen(content);
  return printable(value.substr(0, value.find_last_not_of(" \t\r\n") + 1), 60);
}

/// Restores one setting. In the second round any value counts as ours that the first round has
/// checked: a restored setting may have changed another one.
void restore_one(SysIo& io, History& history, Restored& report) {
  const auto now = io.read(history.path);
  const std::string path = printable(history.path);
  if (!now && now.error().code != ErrorCode::not_found) {
    history.failure = now.error().message;
    return;
  }
  if (!now) {
    history.foreign = true;
    report.left_alone.push_back(fmt::format("{} no longer exists", path));
    return;
  }
  history.failure.clear();
  const auto is_now = [&](const auto& value) { return same_value(history.path, *now, value); };
  history.checked = history.checked || is_now(history.original) ||
                    std::any_of(history.ours.begin(), history.ours.end(), is_now);
  if (is_now(history.original)) return;
  if (!history.checked) {
    history.foreign = true;
    report.left_alone.push_back(fmt::format("{} is '{}', changed by another program (it was '{}')",
                                            path, shown(*now), shown(history.original)));
    return;
  }
  const int error = io.write(history.path, value_to_write(history.original));
  const auto then = io.read(history.path);
  history.written = true;
  if (error != 0) {
    history.failure = std::generic_category().message(error);
  } else if (!then) {
    history.failure = then.error().message;
  } else if (!same_value(history.path, *then, history.original)) {
    history.failure = "accepted, but without effect";
  }
}

}  // namespace

Restored restore(SysIo& io, const std::vector<Change>& changes) {
  Restored report;
  auto histories = histories_of(changes);
  for (int round = 0; round < 2; ++round) {
    for (std::size_t i = histories.size(); i-- > 0;) {
      History& history = histories[i];
      if (!io.owns(history.path) || history.foreign) continue;
      restore_one(io, history, report);
    }
  }
  for (const auto& history : histories) {
    const std::string path = printable(history.path);
    if (!io.owns(history.path)) {
      report.left_alone.push_back(fmt::format("{} is not a setting of this machine", path));
    } else if (!history.failure.empty()) {
      report.failed.push_back(fmt::format("{} cannot be restored to '{}': {}", path,
                                          shown(history.original), history.failure));
    } else if (history.written && !history.foreign) {
      report.put_back.push_back(path);
    }
  }
  return report;
}

}  // namespace pulsebench::tune
