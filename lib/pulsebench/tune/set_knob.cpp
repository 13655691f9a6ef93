#include "pulsebench/tune/set_knob.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>
#include <variant>

#include <fmt/format.h>

namespace pulsebench::tune {
namespace {

bool is_permission(int error) { return error == EPERM || error == EACCES || error == EROFS; }

/// Result of one setting of a knob.
struct StepResult {
  KnobOutcome outcome = KnobOutcome::set;
  std::string reason;
};

bool as_wanted(const KnobStep& step, const std::string& wanted, const std::string& content) {
  return same_value(step.path, content, wanted) ||
         std::any_of(step.also_fine.begin(), step.also_fine.end(),
                     [&](const auto& fine) { return same_value(step.path, content, fine); });
}

/// Result of a setting that was not changed because a file could not be read.
StepResult not_read(const Error& error) {
  const bool absent = error.code == ErrorCode::not_found;
  return {absent ? KnobOutcome::absent : KnobOutcome::unreadable, error.message};
}

/// A setting to be written.
struct Pending {
  const KnobStep* step;
  std::string wanted;
  std::string now;
  Change change;
};

/// The change to journal for one step, or its result without a write. `original` is its content
/// before any knob was set.
std::variant<Pending, StepResult> prepare(const SysIo& io, const KnobStep& step,
                                          const Result<std::string>& original) {
  if (!original) return not_read(original.error());
  std::string wanted = step.wanted;
  if (!step.like.empty()) {
    const auto model = io.read(step.like);
    if (!model) return not_read(model.error());
    wanted = model->substr(0, model->find_last_not_of(" \t\r\n") + 1);
  }
  const auto now = io.read(step.path);
  if (!now) return not_read(now.error());
  const bool already = as_wanted(step, wanted, *now);
  if (already && same_value(step.path, *now, *original)) {
    return StepResult{KnobOutcome::already, ""};
  }
  // Another knob changed this one too, so it still has to be restored.
  if (already) wanted = *now;
  return Pending{&step, wanted, *now, {step.path, *original, wanted}};
}

/// Writes one setting that is in the journal.
StepResult write_step(SysIo& io, Journal& journal, const Pending& pending) {
  const std::string& path = pending.change.path;
  if (same_value(path, pending.now, pending.wanted)) return {KnobOutcome::set, ""};
  const int error = io.write(path, pending.wanted);
  const auto then = io.read(path);
  if (then && same_value(path, *then, pending.wanted)) return {KnobOutcome::set, ""};
  if (then && !same_value(path, *then, pending.now)) {
    // The kernel stored another value, which counts as ours too.
    if (auto noted = journal.note({{path, pending.change.before, *then}}); !noted) {
      static_cast<void>(io.write(path, value_to_write(pending.change.before)));
      return {KnobOutcome::refused, noted.error().message};
    }
  }
  if (error != 0) {
    return {is_permission(error) ? KnobOutcome::not_permitted : KnobOutcome::refused,
            fmt::format("{}: {}", path, std::generic_category().message(error))};
  }
  if (!then) return not_read(then.error());
  return {KnobOutcome::refused,
          fmt::format("{} accepted '{}' without effect", path, pending.wanted)};
}

/// Writes one setting in a new folder, which is removed with the folder.
StepResult write_in_folder(SysIo& io, const KnobStep& step) {
  int error = 0;
  std::string deviation;
  for (const auto& value : {step.wanted, step.second_best}) {
    if (value.empty()) break;
    error = io.write(step.path, value);
    const auto then = io.read(step.path);
    if (!then) return not_read(then.error());
    if (same_value(step.path, *then, value)) {
      if (deviation.empty()) return {KnobOutcome::set, ""};
      return {KnobOutcome::partly, deviation};
    }
    if (deviation.empty()) {
      deviation = fmt::format("the kernel changed it to '{}'", then->substr(0, then->find('\n')));
    }
  }
  if (error == 0) return {KnobOutcome::refused, deviation};
  return {is_permission(error) ? KnobOutcome::not_permitted : KnobOutcome::refused,
          fmt::format("{}: {}", step.path, std::generic_category().message(error))};
}

/// Journals all settings of a knob together, then writes them one by one.
std::vector<StepResult> set_steps(SysIo& io, Journal& journal, const Knob& knob,
                                  const std::vector<Result<std::string>>& originals) {
  std::vector<StepResult> results;
  std::vector<Pending> pending;
  std::vector<Change> changes;
  for (std::size_t i = 0; i < knob.steps.size(); ++i) {
    if (knob.steps[i].in_made_folder) continue;
    auto prepared = prepare(io, knob.steps[i], originals[i]);
    if (auto* result = std::get_if<StepResult>(&prepared)) {
      results.push_back(std::move(*result));
    } else {
      pending.push_back(std::move(std::get<Pending>(prepared)));
      changes.push_back(pending.back().change);
    }
  }
  if (pending.empty()) return results;
  const auto noted = journal.note(changes);
  for (const auto& each : pending) {
    results.push_back(noted ? write_step(io, journal, each)
                            : StepResult{KnobOutcome::refused, noted.error().message});
  }
  for (const auto& step : knob.steps) {
    if (step.in_made_folder) results.push_back(write_in_folder(io, step));
  }
  return results;
}

/// Derives the outcome. `all_or_nothing`: the steps prepare the last one and are useless without
/// it.
void set_outcome(KnobReport& report, const std::vector<StepResult>& results, bool all_or_nothing) {
  const auto count = [&](KnobOutcome outcome) {
    return std::count_if(results.begin(), results.end(),
                         [&](const auto& result) { return result.outcome == outcome; });
  };
  const auto well = count(KnobOutcome::set) + count(KnobOutcome::already);
  const auto all = static_cast<std::ptrdiff_t>(results.size());
  if (well == all) {
    report.outcome = count(KnobOutcome::set) > 0 ? KnobOutcome::set : KnobOutcome::already;
    return;
  }
  const auto worst = std::find_if(results.begin(), results.end(), [](const auto& result) {
    return result.outcome != KnobOutcome::set && result.outcome != KnobOutcome::already;
  });
  const bool in_part = well > 0 && !all_or_nothing;
  report.outcome = in_part ? KnobOutcome::partly : worst->outcome;
  report.reason = in_part ? fmt::format("{} of {}; {}", well, all, worst->reason) : worst->reason;
}

KnobReport report_of(const SysIo& io, const Knob& knob) {
  const std::string now = shown_as(knob, contents_of(io, knob));
  return {knob.name,
          now,
          knob.requested,
          now,
          knob.unreadable ? KnobOutcome::unreadable : KnobOutcome::absent,
          knob.absent_because};
}

}  // namespace

KnobReport set_knob(SysIo& io, Journal& journal, const Knob& knob,
                    const std::vector<Result<std::string>>& originals) {
  KnobReport report = report_of(io, knob);
  if (knob.steps.empty()) return report;
  std::vector<std::string> known;
  for (const auto& original : originals) {
    if (original) known.push_back(*original);
  }
  report.original = shown_as(knob, known);
  const auto results = set_steps(io, journal, knob, originals);
  report.achieved = shown_as(knob, contents_of(io, knob));
  const bool all_or_nothing = std::any_of(knob.steps.begin(), knob.steps.end(),
                                          [](const auto& step) { return step.is_means; });
  set_outcome(report, results, all_or_nothing);
  return report;
}

KnobReport untouched(const SysIo& io, const Knob& knob) {
  KnobReport report = report_of(io, knob);
  if (knob.steps.empty()) return report;
  report.outcome = KnobOutcome::already;
  for (const auto& step : knob.steps) {
    const auto wanted =
        step.like.empty() ? Result<std::string>{step.wanted} : read_or_empty(io, step.like);
    const auto now = read_or_empty(io, step.path);
    if (!wanted || !now) {
      report.outcome = KnobOutcome::unreadable;
      report.reason = wanted ? now.error().message : wanted.error().message;
      return report;
    }
    if (!as_wanted(step, *wanted, *now)) report.outcome = KnobOutcome::not_asked;
  }
  return report;
}

}  // namespace pulsebench::tune
