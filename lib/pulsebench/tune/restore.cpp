#include "pulsebench/tune/restore.hpp"

#include <algorithm>
#include <system_error>

#include <fmt/format.h>

#include "pulsebench/os/pseudo_file.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::tune {
namespace {

/// All changes of one setting, in the order they were made.
struct History {
  std::string path;
  std::string original;
  std::vector<std::string> ours;
  bool foreign = false;  ///< somebody else changed it, or it is gone: not ours any more
  std::string failure;   ///< why the last try to put it back failed
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
      histories.push_back({change.path, change.before, {change.after}, false, "", false});
    }
  }
  return histories;
}

std::string shown(const std::string& content) {
  const std::string value = os::chosen(content);
  return printable(value.substr(0, value.find_last_not_of(" \t\r\n") + 1), 60);
}

/// Puts one setting back. `trusting` takes any value for ours: in the second round, after we saw it
/// as it should be or failed to write it, a moment ago.
void put_back(SysIo& io, History& history, bool trusting, Restored& report) {
  const auto now = io.read(history.path);
  const std::string path = printable(history.path);
  if (!now) {
    history.foreign = true;
    report.left_alone.push_back(fmt::format("{} is no longer there", path));
    return;
  }
  history.failure.clear();
  if (same_value(history.path, *now, history.original)) return;
  const bool ours = trusting || std::any_of(history.ours.begin(), history.ours.end(), [&](auto& v) {
                      return same_value(history.path, *now, v);
                    });
  if (!ours) {
    history.foreign = true;
    report.left_alone.push_back(fmt::format("{} is '{}', set by somebody else (it was '{}')", path,
                                            shown(*now), shown(history.original)));
    return;
  }
  const int error = io.write(history.path, value_to_write(history.original));
  const auto then = io.read(history.path);
  history.written = true;
  if (error != 0) {
    history.failure = std::generic_category().message(error);
  } else if (!then || !same_value(history.path, *then, history.original)) {
    history.failure = "accepted, but not taken";
  }
}

}  // namespace

Restored restore(SysIo& io, const std::vector<Change>& changes) {
  Restored report;
  auto histories = histories_of(changes);
  for (const bool again : {false, true}) {
    for (std::size_t i = histories.size(); i-- > 0;) {
      History& history = histories[i];
      if (!io.owns(history.path) || history.foreign) continue;
      put_back(io, history, again, report);
    }
  }
  for (const auto& history : histories) {
    const std::string path = printable(history.path);
    if (!io.owns(history.path)) {
      report.left_alone.push_back(fmt::format("{} is not a setting of this machine", path));
    } else if (!history.failure.empty()) {
      report.failed.push_back(fmt::format("{} cannot be set back to '{}': {}", path,
                                          shown(history.original), history.failure));
    } else if (history.written && !history.foreign) {
      report.put_back.push_back(path);
    }
  }
  return report;
}

}  // namespace pulsebench::tune
