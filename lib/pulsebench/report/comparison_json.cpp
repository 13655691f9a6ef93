#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/compare/oriented_change.hpp"
#include "pulsebench/json/write.hpp"
#include "pulsebench/render/text.hpp"
#include "pulsebench/report/comparison_document.hpp"
#include "pulsebench/report/comparison_parts.hpp"
#include "pulsebench/report/explanation_json.hpp"
#include "pulsebench/report/reason_text.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using compare::Judged;
using Json = nlohmann::ordered_json;

Json number(const std::optional<Cost>& cost) { return cost ? Json(cost->value) : Json(nullptr); }

/// Of one side, all threads together.
void add_throughput(Json& json, const std::string& side, const Processed& processed,
                    const std::optional<Cost>& cost, int threads) {
  if (!cost) return;
  if (processed.bytes) {
    json[side + "_bytes_per_second"] = per_second(*processed.bytes, *cost, threads);
  }
  if (processed.items) {
    json[side + "_items_per_second"] = per_second(*processed.items, *cost, threads);
  }
}

/// With four significant digits: below what a block can tell.
double rounded(double log_ratio) { return json::rounded(log_ratio, 4); }

/// The pairs of at most `kMostBlocks` blocks, spread evenly over all.
Json blocks_json(const std::vector<compare::BlockChange>& changes) {
  const std::size_t listed = std::min(changes.size(), kMostBlocks);
  Json pairs = Json::array();
  for (std::size_t i = 0; i < listed; ++i) {
    const compare::BlockChange& change = changes[i * changes.size() / listed];
    pairs.push_back({rounded(change.low_quantile), rounded(change.mean)});
  }
  return pairs;
}

/// Who accepts a regression, and how far.
void add_approval(Json& json, const Judged& judged) {
  if (!judged.approved) return;
  const compare::Approved& approved = *judged.approved;
  json["approval"] = {{"reason", printable(approved.reason, render::kLongestText)},
                      {"by", printable(approved.by)},
                      {"on", printable(approved.on)},
                      {"until", approved.until.empty() ? Json(nullptr) : Json(approved.until)},
                      {"up_to_percent", approved.up_to.value}};
}

Json benchmark_json(const Judged& judged, double interval_level) {
  const bool both = judged.verdict != compare::Verdict::not_judged;
  const bool time = judged.info.unit() == Unit::nanoseconds;
  const compare::ShownChange shown = compare::shown_change(judged);
  Json json = {{"id", judged.info.id.text()},
               {"tier", number_of(judged.info.tier)},
               {"role", name_of(judged.info.role)},
               {"threads", judged.info.threads},
               {"verdict", name_of(judged.verdict)},
               {"gates", judged.gates},
               {"oversubscribed", judged.oversubscribed},
               {"failed", judged.failed},
               {"missing", judged.missing},
               {"approval", nullptr},
               {time ? "base_ns_per_op" : "base_value", number(judged.base)},
               {time ? "candidate_ns_per_op" : "candidate_value", number(judged.candidate)},
               {"change_percent", nullptr},
               {"change_interval_percent", nullptr},
               {"change_interval_level", nullptr},
               {"threshold_percent", judged.threshold.value},
               {"z", nullptr},
               {"p_value", judged.p_value ? Json(*judged.p_value) : Json(nullptr)},
               {"family", judged.family},
               {"launches_paired", judged.pairs},
               {"reason", printable(describe_reasons(judged.reasons), render::kLongestText)},
               {"reason_codes", codes_of(judged.reasons)},
               {"reasons", sentences_of(judged.reasons)}};
  if (!judged.info.tier_declared) json["tier_declared"] = false;
  if (const auto& metric = judged.info.metric) {
    json["metric"] = {{"name", printable(metric->name, render::kLongestText)},
                      {"unit", name_of(metric->unit)},
                      {"better", name_of(metric->better)}};
  }
  if (const auto& source = judged.info.source) {
    json["source"] = {{"file", printable(source->file, render::kLongestText)},
                      {"line", source->line}};
  }
  if (!judged.host.empty()) json["host"] = printable(judged.host);
  if (!judged.base_id.empty()) json["base_id"] = printable(judged.base_id, render::kLongestText);
  add_approval(json, judged);
  add_throughput(json, "base", judged.base_processed, judged.base, judged.info.threads);
  add_throughput(json, "candidate", judged.candidate_processed, judged.candidate,
                 judged.info.threads);
  Json counts = Json::object();
  for (const compare::CountChange& count : judged.counts) {
    counts[printable(count.name)] = {count.base, count.candidate};
  }
  if (!counts.empty()) json["counts_per_op"] = std::move(counts);
  if (judged.explanation) json["explanation"] = explanation_json(judged);
  if (judged.by_instructions) json["by_instructions"] = true;
  if (judged.same_instructions) json["same_instructions"] = true;
  if (judged.shown_only()) json["change_percent"] = shown.change.value;
  if (both) {
    json["change_percent"] = shown.change.value;
    json["change_interval_percent"] = {shown.low.value, shown.high.value};
    json["change_interval_level"] = judged.live ? judged.live->interval_level : interval_level;
    if (!judged.live) json["z"] = judged.z;
  }
  if (judged.run_sigma) {
    json["run_sigma_percent"] = 100.0 * judged.run_sigma->deviation;
    json["run_sigma_learnt_from_runs"] = judged.run_sigma->runs;
    json["confirmed_live"] = judged.confirmed_live();
    json["unconfirmed_because"] =
        judged.unconfirmed
            ? Json(printable(describe_reason(*judged.unconfirmed), render::kLongestText))
            : Json(nullptr);
    json["unconfirmed_code"] =
        judged.unconfirmed ? Json(name_of(judged.unconfirmed->code)) : Json(nullptr);
  }
  if (judged.live) {
    json["median_ratio"] = both ? Json(shown.change.factor()) : Json(nullptr);
    json["blocks"] = judged.live->blocks;
    json["seconds"] = judged.live->seconds;
    json["blocks_log_ratio"] = blocks_json(judged.live->changes);
    json["layout_suspect"] = judged.layout_suspect;
    json["guard"] = judged.live->guard.empty() ? Json(nullptr) : Json(judged.live->guard);
  }
  return json;
}

Json comparison_object(const compare::Comparison& comparison, int exit_code) {
  Json benchmarks = Json::array();
  for (const Judged& judged : comparison.benchmarks) {
    benchmarks.push_back(benchmark_json(judged, comparison.interval_level));
  }
  Json json = {{"schema", kComparisonSchema},
               {"version", kComparisonVersion},
               {"kind", comparison.visit_share ? "ab" : "compare"},
               {"base", printable(comparison.base_name)},
               {"candidate", printable(comparison.candidate_name)},
               {"verdict", name_of(verdict_of(comparison))},
               {"exit_code", exit_code},
               {"summary", headline(comparison)},
               {"judged", comparison.judged},
               {"history_runs", comparison.history},
               {"normalised", comparison.normalised},
               {"reference_shift_percent", comparison.reference_shift_percent},
               {"warnings", sentences_of(comparison.warnings)},
               {"warning_codes", codes_of(comparison.warnings)},
               {"benchmarks", std::move(benchmarks)}};
  for (const auto& [key, origin] : {std::pair{"base_origin", &comparison.base_origin},
                                    {"candidate_origin", &comparison.candidate_origin}}) {
    if (!origin->empty()) json[key] = printable(*origin);
  }
  if (comparison.rivals) json["rivals"] = true;
  if (!comparison.machine_key.empty()) json["machine_key"] = printable(comparison.machine_key);
  if (comparison.seed) json["seed"] = *comparison.seed;
  if (comparison.visit_share) json["visit_share"] = *comparison.visit_share;
  return json;
}

/// The object with `event` as its first field, on a line.
std::string event_line(const char* event, const Json& object) {
  Json json = {{"event", event}};
  json.update(object);
  return json::line_text(json) + "\n";
}

}  // namespace

std::string comparison_json(const compare::Comparison& comparison, int exit_code) {
  return json::document_text(comparison_object(comparison, exit_code));
}

std::string verdict_event(const Judged& judged, double interval_level) {
  return event_line("verdict", benchmark_json(judged, interval_level));
}

std::string comparison_event(const compare::Comparison& comparison, int exit_code) {
  return event_line("comparison", comparison_object(comparison, exit_code));
}

}  // namespace pulsebench::report
