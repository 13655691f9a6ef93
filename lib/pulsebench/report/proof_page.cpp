#include "pulsebench/report/proof_page.hpp"

#include <fmt/format.h>

#include <string>

#include "pulsebench/json/write.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/render/text.hpp"
#include "pulsebench/report/reason_text.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using compare::Proof;
using compare::ProofRow;
using compare::rate_of;

/// Over all thresholds: decisions on code that is no slower than its threshold allows, and on code
/// that is.
struct Sums {
  int harmless = 0, alarms = 0;
  int slowed = 0, flagged = 0, passed = 0;
};

Sums sums_of(const Proof& proof) {
  Sums sums;
  for (const ProofRow& row : proof.rows) {
    if (row.beyond()) {
      sums.slowed += row.decisions;
      sums.flagged += row.regressed;
      sums.passed += row.unchanged + row.improved;
    } else {
      sums.harmless += row.decisions;
      sums.alarms += row.regressed + row.improved;
    }
  }
  return sums;
}

std::string truth_of(const ProofRow& row) {
  if (row.injected.value <= 0.0) return "unchanged";
  return fmt::format("+{} %", render::format_chosen_percent(row.injected));
}

render::Row row_of(const ProofRow& row) {
  return {.cells = {render::Limit{row.threshold}, truth_of(row), render::Count{row.decisions},
                    render::Count{row.regressed}, rate_text(rate_of(row.regressed, row.decisions)),
                    render::Count{row.inconclusive}, render::Count{row.unchanged},
                    render::Count{row.improved}, fmt::format("{:.2f} s", row.mean_seconds),
                    fmt::format("{:.2f} s", row.worst_seconds)}};
}

render::Table table_of(const Proof& proof) {
  using render::Align;
  render::Table table{.columns = {{.header = "threshold", .align = Align::right},
                                  {.header = "code"},
                                  {.header = "decisions", .align = Align::right},
                                  {.header = "flagged", .align = Align::right},
                                  {.header = "rate"},
                                  {.header = "open", .align = Align::right},
                                  {.header = "passed", .align = Align::right},
                                  {.header = "improved", .align = Align::right, .drop = 1},
                                  {.header = "mean", .align = Align::right, .drop = 2},
                                  {.header = "worst", .align = Align::right, .drop = 3}},
                      .groups = {{}},
                      .legend = {{.text = "rates at level 0.95 (Wilson)"},
                                 {.text = "mean, worst: time to a decision"}}};
  for (const ProofRow& row : proof.rows) table.groups[0].rows.push_back(row_of(row));
  return table;
}

nlohmann::ordered_json rate_json(int n, int all) {
  const auto rate = rate_of(n, all);
  return {{"share", rate.share()}, {"interval", {rate.low, rate.high}}};
}

nlohmann::ordered_json row_json(const ProofRow& row) {
  return {{"threshold_percent", row.threshold.value},
          {"injected_percent", row.injected.value},
          {"decisions", row.decisions},
          {"regressed", row.regressed},
          {"inconclusive", row.inconclusive},
          {"unchanged", row.unchanged},
          {"improved", row.improved},
          {"regressed_rate", rate_json(row.regressed, row.decisions)},
          {"mean_seconds", row.mean_seconds},
          {"worst_seconds", row.worst_seconds}};
}

}  // namespace

std::string headline(const Proof& proof) {
  const Sums sums = sums_of(proof);
  if (sums.harmless + sums.slowed == 0) return "no decision was reached in the time given";
  std::string sentence;
  if (sums.harmless > 0) {
    sentence = fmt::format("{} in {} on code that is not slower ({})",
                           render::format_count(sums.alarms, "false alarm", "false alarms"),
                           render::format_count(sums.harmless, "decision", "decisions"),
                           rate_text(rate_of(sums.alarms, sums.harmless)));
  }
  if (sums.slowed == 0) {
    return sentence + fmt::format("; +{} % is beyond no threshold here",
                                  render::format_chosen_percent(proof.injected));
  }
  return sentence + fmt::format("{}+{} % was flagged in {} of {} ({}) and passed in {}",
                                sentence.empty() ? "" : "; ",
                                render::format_chosen_percent(proof.injected), sums.flagged,
                                sums.slowed, rate_text(rate_of(sums.flagged, sums.slowed)),
                                sums.passed);
}

namespace {

std::string proof_json(const Proof& proof, int exit_code) {
  auto rows = nlohmann::ordered_json::array();
  for (const ProofRow& row : proof.rows) rows.push_back(row_json(row));
  auto failed = nlohmann::ordered_json::array();
  for (const auto& [id, reason] : proof.failed) {
    failed.push_back({{"id", id.text()},
                      {"reason", printable(describe_reason(reason), render::kLongestText)},
                      {"reason_code", name_of(reason.code)}});
  }
  return json::document_text({{"schema", "pulsebench-proof"},
                              {"version", 1},
                              {"kind", "proof"},
                              {"summary", headline(proof)},
                              {"exit_code", exit_code},
                              {"injected_percent", proof.injected.value},
                              {"benchmarks", proof.benchmarks},
                              {"rounds", proof.rounds},
                              {"seed", proof.seed},
                              {"seconds", proof.seconds},
                              {"visit_share", proof.visit_share},
                              {"warnings", sentences_of(proof.warnings)},
                              {"warning_codes", codes_of(proof.warnings)},
                              {"failed", std::move(failed)},
                              {"decisions", std::move(rows)}});
}

}  // namespace

render::Page proof_page(const Proof& proof, int exit_code) {
  const Sums sums = sums_of(proof);
  const bool wrong = sums.alarms + sums.passed > 0;
  render::Page page{.title = "proof of the gate on this machine",
                    .headline = {.tone = wrong ? render::Tone::bad : render::Tone::good,
                                 .clauses = {headline(proof)}},
                    .json = [&proof, exit_code] { return proof_json(proof, exit_code); }};
  if (!proof.rows.empty()) page.add(table_of(proof));
  for (const auto& [id, reason] : proof.failed) {
    page.add(
        render::Note{render::Mark::missed, render::Text{}.add_verbatim(id.text()).add(": ").add(
                                               printable(describe_reason(reason), 400))});
  }
  for (const compare::Reason& warning : proof.warnings) {
    page.add(render::Note{render::Mark::attention, describe_reason(warning)});
  }
  page.add(render::Paragraph{
      {fmt::format("{} in {}", render::format_count(proof.benchmarks, "benchmark", "benchmarks"),
                   render::format_count(proof.rounds, "round", "rounds")),
       render::format_duration(proof.seconds) + " measured",
       fmt::format("{:.0f} % of it inside visits", 100.0 * proof.visit_share),
       fmt::format("seed {}", proof.seed)}});
  return page;
}

}  // namespace pulsebench::report
