#include "pulsebench/report/proof_screen.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "pulsebench/render/json_text.hpp"
#include "pulsebench/render/markdown.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/render/table.hpp"
#include "pulsebench/report/rate.hpp"
#include "pulsebench/report/reason_json.hpp"
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

std::vector<render::Column> proof_columns() {
  return {{.header = "threshold", .align = render::Align::right},
          {.header = "code"},
          {.header = "decisions", .align = render::Align::right},
          {.header = "flagged", .align = render::Align::right},
          {.header = "rate"},
          {.header = "open", .align = render::Align::right},
          {.header = "passed", .align = render::Align::right},
          {.header = "improved", .align = render::Align::right, .drop = 1},
          {.header = "mean", .align = render::Align::right},
          {.header = "worst", .align = render::Align::right}};
}

std::vector<std::string> cells_of(const ProofRow& row) {
  return {render::format_chosen_percent(row.threshold) + " %",
          truth_of(row),
          render::format_count(row.decisions),
          render::format_count(row.regressed),
          rate_text(rate_of(row.regressed, row.decisions)),
          render::format_count(row.inconclusive),
          render::format_count(row.unchanged),
          render::format_count(row.improved),
          fmt::format("{:.2f} s", row.mean_seconds),
          fmt::format("{:.2f} s", row.worst_seconds)};
}

std::string footing(const Proof& proof) {
  return fmt::format(
      "{} in {}, {} measured, {:.0f} % of it inside visits; rates at level 0.95 (Wilson)",
      render::format_count(proof.benchmarks, "benchmark", "benchmarks"),
      render::format_count(proof.rounds, "round", "rounds"), render::format_duration(proof.seconds),
      100.0 * proof.visit_share);
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

std::string proof_table(const Proof& proof, const render::Style& style) {
  const Sums sums = sums_of(proof);
  const render::Tone tone = sums.alarms + sums.passed > 0 ? render::Tone::bad : render::Tone::good;
  std::string screen = render::flowed({render::Text{headline(proof), tone}}, "", 0, style);
  render::TextTable table{proof_columns()};
  for (const ProofRow& row : proof.rows) {
    std::vector<render::Text> cells;
    for (std::string& cell : cells_of(row)) cells.emplace_back(std::move(cell));
    table.row(cells);
  }
  if (!proof.rows.empty()) screen += "\n" + table.plain(style);
  screen += "\n";
  for (const auto& [id, reason] : proof.failed) {
    screen += render::hanging({std::string{render::glyphs(style).missed}, render::Tone::bad},
                              printable(id.text()) + ": " + printable(reason, 400), style);
  }
  for (const compare::Reason& warning : proof.warnings) {
    screen +=
        render::hanging({std::string{render::glyphs(style).attention}, render::Tone::doubtful},
                        printable(describe_reason(warning), 400), style);
  }
  screen += render::flowed({render::Text{footing(proof), render::Tone::quiet}}, "", 0, style);
  return screen + render::painted(fmt::format("seed {}", proof.seed), render::Tone::quiet, style) +
         "\n";
}

std::string proof_markdown(const Proof& proof) {
  std::vector<std::vector<std::string>> lines;
  for (const ProofRow& row : proof.rows) lines.push_back(cells_of(row));
  std::string page = "## " + headline(proof) + "\n\n";
  if (!lines.empty()) page += render::markdown_table(proof_columns(), lines) + "\n";
  for (const auto& [id, reason] : proof.failed) {
    page += "- " + render::code(id.text()) + ": " + render::code(reason) + "\n";
  }
  for (const compare::Reason& warning : proof.warnings)
    page += "- ! " + render::code(describe_reason(warning)) + "\n";
  return page + fmt::format("- {}\n- seed {}\n", footing(proof), proof.seed);
}

std::string proof_json(const Proof& proof, int exit_code) {
  auto rows = nlohmann::ordered_json::array();
  for (const ProofRow& row : proof.rows) rows.push_back(row_json(row));
  auto failed = nlohmann::ordered_json::array();
  for (const auto& [id, reason] : proof.failed) {
    failed.push_back({{"id", id.text()}, {"reason", printable(reason, render::kLongestText)}});
  }
  return render::json_text({{"schema", kProofSchemaId},
                            {"version", kProofSchemaVersion},
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

}  // namespace pulsebench::report
