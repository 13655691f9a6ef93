#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "pulsebench/compare/oriented_change.hpp"
#include "pulsebench/json/parse.hpp"
#include "pulsebench/json/reader.hpp"
#include "pulsebench/report/comparison_document.hpp"
#include "pulsebench/report/explanation_json.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::report {
namespace {

using compare::Comparison;
using compare::Judged;
using compare::Reason;
using compare::ReasonCode;
using json::Bounds;
using json::Reader;

constexpr std::size_t kMostBenchmarks = 100'000;
constexpr std::size_t kMostSentences = 1'000;
constexpr std::size_t kLongestSentence = 4096;
constexpr int kMost = 2'147'483'647;
constexpr double kMostPercent = 1e300;
constexpr double kMostLogRatio = 1e3;
constexpr Bounds kCost{1e-9, 1e18};
constexpr Bounds kFromZero{0.0, std::numeric_limits<double>::max()};
constexpr Bounds kPercent{-kMostPercent, kMostPercent};

/// Empty where the field is absent or null.
std::optional<double> number(Reader& fields, const char* key, Bounds bounds) {
  const json::Value* value = fields.find(key);
  if (value == nullptr || value->is_null()) return std::nullopt;
  return fields.real(key, bounds.low, bounds.high);
}

int whole(Reader& fields, const char* key, int least, int otherwise) {
  return fields.has(key) ? fields.small(key, least, kMost) : otherwise;
}

bool flag(Reader& fields, const char* key, bool otherwise = false) {
  fields.read(key, otherwise);
  return otherwise;
}

/// Empty where the field is absent or null.
std::string text(Reader& fields, const char* key) {
  const json::Value* value = fields.find(key);
  return value == nullptr || value->is_null() ? std::string{} : fields.text(key);
}

ReasonCode code_named(Reader& fields, const char* key, const std::string& name) {
  const auto code = value_named<ReasonCode>(name);
  if (!code) fields.note(key, "has a code that this pulsebench does not know; take a newer one");
  return code.value_or(ReasonCode::side_failed);
}

/// What `codes_key` and `sentences_key` list in the same order. A document of an earlier version
/// has one text for all sentences, which the first reason gets.
std::vector<Reason> reasons_of(Reader& fields, const char* codes_key, const char* sentences_key,
                               const std::string& all) {
  std::vector<std::string> codes, sentences;
  fields.read(codes_key, codes, json::TextBounds{1, 60});
  fields.read(sentences_key, sentences, json::TextBounds{});
  const bool joined = !fields.has(sentences_key);
  if (joined && !all.empty()) sentences = {all};
  if (codes.size() > kMostSentences || sentences.size() > kMostSentences) {
    fields.note(sentences_key, fmt::format("has more than {} entries", kMostSentences));
    return {};
  }
  std::vector<Reason> reasons;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    const ReasonCode code =
        i < codes.size() ? code_named(fields, codes_key, codes[i]) : ReasonCode::side_failed;
    const std::string sentence = printable(sentences[i], kLongestSentence);
    reasons.push_back({.code = code, .sentence = sentence.empty() ? spoken(code) : sentence});
  }
  return reasons;
}

std::optional<compare::Approved> approval_of(Reader& fields) {
  const json::Value* value = fields.find("approval");
  if (value == nullptr || value->is_null()) return std::nullopt;
  auto approval = *fields.child("approval");
  return compare::Approved{
      .reason = approval.text("reason"),
      .by = approval.text("by"),
      .on = approval.text("on"),
      .until = text(approval, "until"),
      .up_to = Percent{approval.real("up_to_percent", -kMostPercent, kMostPercent)}};
}

BenchmarkInfo info_of(Reader& fields, BenchmarkId id) {
  BenchmarkInfo info{.id = std::move(id)};
  info.tier = static_cast<Tier>(fields.small("tier", 0, static_cast<int>(kTierCount) - 1));
  info.role = fields.named<Role>("role");
  info.threads = whole(fields, "threads", 1, 1);
  info.tier_declared = flag(fields, "tier_declared", true);
  info.source = read_source(fields);
  if (auto metric = fields.child("metric")) {
    info.metric = Metric{.name = metric->text("name", json::kPrintable),
                         .unit = metric->named<Unit>("unit"),
                         .better = metric->named<Better>("better")};
  }
  return info;
}

/// By an operation, from what it is in a second.
Processed processed_of(Reader& fields, const std::string& side, const std::optional<Cost>& cost,
                       int threads) {
  Processed processed;
  const auto take = [&](const char* unit, std::optional<double>& amount) {
    const auto rate = number(fields, (side + unit).c_str(), kFromZero);
    if (rate && cost) amount = *rate / per_second(1.0, *cost, threads);
  };
  take("_bytes_per_second", processed.bytes);
  take("_items_per_second", processed.items);
  return processed;
}

void read_costs(Reader& fields, Judged& judged) {
  const auto cost = [&](const char* key) -> std::optional<Cost> {
    const bool positive = judged.info.unit() != Unit::count;
    const auto value = number(fields, key, positive ? kCost : kFromZero);
    return value ? std::optional{Cost{*value, judged.info.unit()}} : std::nullopt;
  };
  const bool time = judged.info.unit() == Unit::nanoseconds;
  judged.base = cost(time ? "base_ns_per_op" : "base_value");
  judged.candidate = cost(time ? "candidate_ns_per_op" : "candidate_value");
  const int threads = judged.info.threads;
  judged.base_processed = processed_of(fields, "base", judged.base, threads);
  judged.candidate_processed = processed_of(fields, "candidate", judged.candidate, threads);
}

void read_change(Reader& fields, Judged& judged) {
  const json::Value* interval = fields.find("change_interval_percent");
  std::vector<double> ends;
  if (interval != nullptr && !interval->is_null()) {
    fields.read("change_interval_percent", ends, kPercent);
    if (ends.size() != 2) fields.note("change_interval_percent", "must have two ends");
  }
  judged.threshold = Percent{fields.real("threshold_percent", 0.0, kMostPercent)};
  ends.resize(2);
  compare::take_shown_change(
      {.change = Percent{number(fields, "change_percent", kPercent).value_or(0.0)},
       .low = Percent{ends[0]},
       .high = Percent{ends[1]}},
      judged);
  judged.z = number(fields, "z", kPercent).value_or(0.0);
  judged.p_value = number(fields, "p_value", {0.0, 1.0});
  judged.family = whole(fields, "family", 0, 0);
  judged.pairs = whole(fields, "launches_paired", 0, 0);
}

void read_counts(Reader& fields, Judged& judged) {
  auto counts = fields.child("counts_per_op");
  if (!counts) return;
  for (const auto& [name, unused] : counts->value().items()) {
    std::vector<double> sides;
    counts->read(name.c_str(), sides, kFromZero);
    if (sides.size() != 2) return counts->note(name, "must have two numbers");
    judged.counts.push_back({.name = name, .base = sides[0], .candidate = sides[1]});
  }
}

std::vector<compare::BlockChange> blocks_of(Reader& fields) {
  std::vector<compare::BlockChange> changes;
  if (!fields.has("blocks_log_ratio")) return changes;
  for (const json::Value& pair : fields.list("blocks_log_ratio", kMostBlocks)) {
    const auto is_ratio = [](const json::Value& one) {
      return one.is_number() && one.get<double>() >= -kMostLogRatio &&
             one.get<double>() <= kMostLogRatio;
    };
    if (!pair.is_array() || pair.size() != 2 || !is_ratio(pair[0]) || !is_ratio(pair[1])) {
      fields.note("blocks_log_ratio", "must be a list of pairs of numbers");
      return {};
    }
    changes.push_back({.low_quantile = pair[0].get<double>(), .mean = pair[1].get<double>()});
  }
  return changes;
}

void read_live(Reader& fields, Judged& judged) {
  if (fields.has("run_sigma_percent")) {
    judged.run_sigma = {.deviation = fields.real("run_sigma_percent", 0.0, 1e6) / 100.0,
                        .runs = whole(fields, "run_sigma_learnt_from_runs", 0, 0)};
  }
  if (const std::string why = text(fields, "unconfirmed_because"); !why.empty()) {
    const std::string name = text(fields, "unconfirmed_code");
    judged.unconfirmed = Reason{.code = name.empty() ? ReasonCode::suite_unavailable
                                                     : code_named(fields, "unconfirmed_code", name),
                                .sentence = printable(why, kLongestSentence)};
  }
  if (!fields.has("blocks")) return;
  compare::Live& live = judged.live.emplace();
  live.blocks = fields.small("blocks", 0, kMost);
  live.seconds = number(fields, "seconds", kFromZero).value_or(0.0);
  live.guard = text(fields, "guard");
  live.interval_level =
      number(fields, "change_interval_level", {0.0, 1.0}).value_or(live.interval_level);
  live.changes = blocks_of(fields);
  judged.layout_suspect = flag(fields, "layout_suspect");
}

Judged judged_of(Reader& fields, BenchmarkId id) {
  Judged judged{.info = info_of(fields, std::move(id))};
  judged.base_id = text(fields, "base_id");
  judged.host = text(fields, "host");
  judged.verdict = fields.named<compare::Verdict>("verdict");
  judged.gates = fields.flag("gates");
  judged.failed = fields.flag("failed");
  judged.oversubscribed = flag(fields, "oversubscribed");
  judged.missing = flag(fields, "missing");
  judged.by_instructions = flag(fields, "by_instructions");
  judged.same_instructions = flag(fields, "same_instructions");
  judged.reasons = reasons_of(fields, "reason_codes", "reasons", fields.text("reason"));
  judged.approved = approval_of(fields);
  read_costs(fields, judged);
  read_change(fields, judged);
  read_counts(fields, judged);
  judged.explanation = read_explanation(fields);
  read_live(fields, judged);
  return judged;
}

/// The level of the intervals that no block decided; of `ab`, where all are of blocks, of those.
double interval_level_of(const Reader& fields, const Comparison& comparison) {
  const json::Value& list = *fields.find("benchmarks");
  for (std::size_t i = 0; i < comparison.benchmarks.size(); ++i) {
    if (comparison.benchmarks[i].live && !comparison.visit_share) continue;
    const auto level = list[i].find("change_interval_level");
    if (level != list[i].end() && level->is_number()) return level->get<double>();
  }
  return comparison.visit_share ? compare::Live{}.interval_level : Comparison{}.interval_level;
}

void check_kind(Reader& fields) {
  if (fields.text("schema") != kComparisonSchema) {
    fields.note("schema", fmt::format("must be '{}', as compare and ab write it with --format json",
                                      kComparisonSchema));
  }
  const int version = fields.small("version", 1, kMost);
  if (version > kComparisonVersion) {
    fields.note("version",
                fmt::format("is {}, and this pulsebench reads up to {}; take a newer one", version,
                            kComparisonVersion));
  }
}

void read_summary(Reader& fields, Comparison& comparison) {
  comparison.base_name = fields.text("base");
  comparison.candidate_name = fields.text("candidate");
  comparison.base_origin = text(fields, "base_origin");
  comparison.candidate_origin = text(fields, "candidate_origin");
  comparison.rivals = flag(fields, "rivals");
  // Missing benchmarks that gate make this verdict, unless they are allowed.
  comparison.missing_allowed =
      fields.named<compare::RunVerdict>("verdict") != compare::RunVerdict::missing;
  comparison.judged = whole(fields, "judged", 0, 0);
  comparison.history = whole(fields, "history_runs", 0, 0);
  comparison.normalised = flag(fields, "normalised");
  comparison.reference_shift_percent =
      number(fields, "reference_shift_percent", kPercent).value_or(0.0);
  comparison.visit_share = number(fields, "visit_share", {0.0, 1.0});
  comparison.machine_key = text(fields, "machine_key");
  if (fields.has("seed")) comparison.seed = fields.whole("seed", 0, UINT64_MAX);
  comparison.warnings = reasons_of(fields, "warning_codes", "warnings", "");
}

}  // namespace

Result<StoredComparison> read_comparison(std::string_view text, std::string_view file_name) {
  PB_TRY(const json::Value document, json::parse(text, file_name));
  json::Problem problem;
  Reader fields{document, problem};
  check_kind(fields);
  StoredComparison stored;
  if (!problem.noted()) {
    read_summary(fields, stored.comparison);
    stored.exit_code = fields.small("exit_code", 0, 255);
    fields.each("benchmarks", kMostBenchmarks, [&](Reader& benchmark) {
      auto id = BenchmarkId::parse(benchmark.text("id"));
      if (!id) return benchmark.note("id", "is not the id of a benchmark");
      stored.comparison.benchmarks.push_back(judged_of(benchmark, *std::move(id)));
    });
  }
  if (problem.noted()) return problem.in(file_name);
  stored.comparison.interval_level = interval_level_of(fields, stored.comparison);
  return stored;
}

}  // namespace pulsebench::report
