#pragma once

#include <optional>
#include <string>

#include "pulsebench/session/run.hpp"
#include "pulsebench/session/tuned_machine.hpp"

namespace pulsebench::session {

/// The reason of a run that is a night.
inline constexpr const char* kNightlyReason = "nightly";

/// The day of the baseline `nightly/DATE`; empty: it is another name.
[[nodiscard]] std::optional<std::string> day_in(const std::string& name);

/// The name that `--save` means: `nightly/today` is that of today's date, UTC. `bad_input` where a
/// run of reason "nightly" is to be saved below `nightly/` and not under a date.
[[nodiscard]] Result<std::string> nightly_name(const std::string& save, const std::string& reason);

/// The day, YYYY-MM-DD, whose line in the nightly history the run of `request` is to be; empty
/// where it is no night: its reason is not "nightly", or it is not saved as `nightly/DATE`.
[[nodiscard]] std::optional<std::string> day_of(const RunRequest& request);

/// Notices where the run of `request` looks like a night and is none that is added to the history.
void note_unrecorded(const Session& session, const RunRequest& request);

/// Measures the night `day` against the anchor, and adds it to the history of its kind of machine,
/// `baselines/nightly/history/KIND.jsonl`, in the place of the same day. What failed or was left
/// out has no entry there. A run that was interrupted, into which work was injected or that
/// measured nothing is not added, nor is one that could not be saved to a day that has a line.
/// Notices say what was added, or why not; a failure to write is in `result.not_kept`.
void record_nightly(const Session& session, const RunRequest& request, const PreparedRun& prepared,
                    const TunedMachine& machine, const std::string& day, RunResult& result);

}  // namespace pulsebench::session
