#include "pulsebench/report/reason_text.hpp"

#include <fmt/args.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "pulsebench/render/quantity.hpp"
#include "pulsebench/render/text.hpp"
#include "pulsebench/report/run_notes.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using compare::Reason;
using Code = compare::ReasonCode;

constexpr std::size_t kLongestText = 400;

/// Of a sentence: {a} to {c} are the reason's numbers, {x} to {z} its texts, {side} is old or new.
constexpr std::array kSentences{
    std::pair{Code::new_benchmark, "new: not in the old result"},
    std::pair{Code::missing, "missing from the new result"},
    std::pair{Code::other_version, "it measures something else: version {a:g} before, {b:g} after"},
    std::pair{Code::other_threads, "it ran with {a:g} threads before, {b:g} after"},
    std::pair{Code::few_pairs, "only {a:g} launches can be paired, and {b:g} are needed"},
    std::pair{Code::timed_by_hand, "it sets its time by hand (manual_time) on one side only"},
    std::pair{Code::skipped, "skipped on both sides: {x}"},
    std::pair{Code::nothing_measured, "no block was measured"},
    std::pair{Code::imported, "imported results are not judged"},
    std::pair{Code::imported_result,
              "the {side} result was imported from {x}: its figures are shown, not judged, and "
              "never gate"},
    std::pair{Code::emulated,
              "an emulator ran both sides ({x}): their times say nothing about a real machine"},
    std::pair{Code::launches_scatter, "too noisy to decide: single launches spread by {a:.1f} %"},
    std::pair{Code::near_threshold,
              "{a:+.1f} % is too close to the threshold of {b:g} % to decide"},
    std::pair{Code::interval_too_wide,
              "the interval from {a:+.1f} % to {b:+.1f} % is too wide for a threshold of {c:g} %"},
    std::pair{Code::undecided, "{a:+.1f} % is too close to the threshold of {b:g} % to decide"},
    std::pair{Code::mean_undecided,
              "the low quantile changed by {a:+.1f} %, but the mean is too noisy to decide"},
    std::pair{Code::other_min_time,
              "its repetitions were of {a:g} s and of {b:g} s, and its cost depends on that"},
    std::pair{Code::out_of_time, "the time ran out before a decision"},
    std::pair{Code::injected, "{a:g} % injected on purpose"},
    std::pair{Code::slices_disturbed, "{a:g} % of the {side} slices were disturbed"},
    std::pair{Code::same_code, "it executes nothing that changed: not measured"},
    std::pair{Code::executes_change, "it executes {x}, which changed"},
    std::pair{Code::control, "a control: it executes nothing that changed"},
    std::pair{Code::code_unknown,
              "it cannot be told what {a:g} of the benchmarks execute, so they were measured: {x}"},
    std::pair{Code::oversubscribed, "it never gates: it has {a:g} threads, more than the CPUs"},
    std::pair{Code::other_tier, "it was in tier {a:g} and is in tier {b:g}"},
    std::pair{Code::other_batch_size, "batch size {a:.0f} before, {b:.0f} after"},
    std::pair{Code::decided_by_instructions, "the time is inconclusive, the instructions are not"},
    std::pair{Code::approval_of_other_baseline, "its approval of {x} was for another baseline"},
    std::pair{Code::approval_of_other_version,
              "its approval of {x} was for version {a:g} of the benchmark"},
    std::pair{Code::approval_expired, "its approval expired on {x}"},
    std::pair{Code::approval_exceeded, "its approval of {a:+.1f} % covers at most {b:+.1f} %"},
    std::pair{Code::other_machine,
              "the {side} side was measured on another machine ({x}, this is {y}); compare on the "
              "machine that measured both"},
    std::pair{Code::suite_unavailable, "{x}"},
    std::pair{Code::not_reached, "the time ran out before it was measured"},
    std::pair{Code::machines_differ, "{x}"},
    std::pair{Code::incomplete, "the {side} result is incomplete: {x}"},
    std::pair{Code::uncommitted, "the {side} result was measured with uncommitted changes"},
    std::pair{Code::fact_changed, "{x} differs: '{y}' before, '{z}' after"},
    std::pair{Code::same_binaries,
              "both results come from the same binaries: the difference is not in the code"},
    std::pair{Code::same_binaries_injected,
              "both results come from the same binaries: the difference was injected, or is noise"},
    std::pair{Code::runs_unreadable,
              "{a:g} of {b:g} stored runs cannot be read, and the run-to-run spread is learned "
              "without them"},
    std::pair{Code::addresses_randomised,
              "address randomisation could not be switched off for the suites, so results spread "
              "more"},
    std::pair{Code::rule_unused, "the rule '{x}' matches no benchmark of the old side"},
    std::pair{Code::not_pinned,
              "the kernel refuses to pin processes to a CPU, so results spread more"},
    std::pair{Code::false_alarm,
              "false alarm: {a:g} of {b:g} decisions called unchanged code "
              "changed"},
    std::pair{Code::few_blocks, "{a:g} blocks are too few to detect anything in a family of {b:g}"},
    std::pair{Code::blocks_scatter,
              "unchanged code scatters too much: the smallest detectable change is {a:.1f} %"},
    std::pair{Code::means_scatter,
              "unchanged code did not pass in {a:g} blocks: its mean scatters too much"}};

double number(const Reason& reason, std::size_t i) {
  return i < reason.numbers.size() ? reason.numbers[i] : 0.0;
}

std::string text(const Reason& reason, std::size_t i) {
  return i < reason.texts.size() ? printable(reason.texts[i], kLongestText) : std::string{};
}

const char* side_of(const Reason& reason) {
  return reason.side == compare::Side::old_side ? "old" : "new";
}

std::string filled_in(const char* sentence, const Reason& reason) {
  fmt::dynamic_format_arg_store<fmt::format_context> store;
  store.push_back(fmt::arg("a", number(reason, 0)));
  store.push_back(fmt::arg("b", number(reason, 1)));
  store.push_back(fmt::arg("c", number(reason, 2)));
  store.push_back(fmt::arg("x", text(reason, 0)));
  store.push_back(fmt::arg("y", text(reason, 1)));
  store.push_back(fmt::arg("z", text(reason, 2)));
  store.push_back(fmt::arg("side", side_of(reason)));
  return fmt::vformat(sentence, store);
}

/// As many digits as tell a count from another.
std::string counted(double count) {
  const double whole = std::round(count);
  return std::abs(count - whole) < 0.0005 ? fmt::format("{:.0f}", whole)
                                          : fmt::format("{:.3g}", count);
}

/// "instructions 20 -> 22 (+10.0 %)"
std::string moved(const std::string& what, double before, double after) {
  if (before <= 0.0) return fmt::format("{} {} -> {}", what, counted(before), counted(after));
  const double percent = 100.0 * (after / before - 1.0);
  const bool shows = std::abs(percent) >= 0.05;  // with one decimal
  return fmt::format("{} {} -> {} ({})", what, counted(before), counted(after),
                     shows ? fmt::format("{:+.1f} %", percent) : fmt::format("{:+.1g} %", percent));
}

std::string all_moved(const Reason& reason) {
  std::vector<std::string> parts;
  for (std::size_t i = 1; i < reason.texts.size(); ++i) {
    parts.push_back(moved(text(reason, i), number(reason, 2 * i - 2), number(reason, 2 * i - 1)));
  }
  return fmt::format("{}: its time did not change, its counts did: {}", text(reason, 0),
                     fmt::join(parts, "; "));
}

/// Three digits, and never a power of ten.
std::string nanoseconds(double ns) {
  return ns < 1000.0 ? fmt::format("{:.3g}", ns) : fmt::format("{:.0f}", ns);
}

std::string few_launches(const Reason& reason) {
  std::vector<std::string> tiers;
  for (std::size_t i = 0; i + 2 < reason.numbers.size(); i += 3) {
    tiers.push_back(fmt::format("{} of {} in tier {}", number(reason, i), number(reason, i + 1),
                                number(reason, i + 2)));
  }
  return fmt::format("the {} result has fewer launches than its tiers ask for: {}", side_of(reason),
                     fmt::join(tiers, ", "));
}

std::string no_measurement(const Reason& reason) {
  const std::string why = text(reason, 0);
  return fmt::format("the {} side {}{}{}", side_of(reason), spoken(reason.status),
                     why.empty() ? "" : ": ", why);
}

constexpr double kLeastShown = 1e-4;

/// With two significant digits.
std::string shown(double p) {
  if (p < kLeastShown) return "p < 0.0001";
  const int decimals = std::max(1, 1 - static_cast<int>(std::floor(std::log10(p))));
  return fmt::format("p = {:.{}f}", p, decimals);
}

}  // namespace

std::string describe_reason(const Reason& reason) {
  if (!reason.sentence.empty()) return reason.sentence;
  switch (reason.code) {
    case Code::no_measurement:
      return no_measurement(reason);
    case Code::side_failed:
      return reason.side ? fmt::format("the {} side failed: {}", side_of(reason), text(reason, 0))
                         : text(reason, 0);
    case Code::two_modes:
      return fmt::format("{} launches fall into two modes: {} near {} ns, {} near {} ns",
                         side_of(reason), number(reason, 0), nanoseconds(number(reason, 1)),
                         number(reason, 2), nanoseconds(number(reason, 3)));
    case Code::count_moved:
      return moved(text(reason, 0), number(reason, 0), number(reason, 1));
    case Code::counts_moved:
      return all_moved(reason);
    case Code::same_instructions:
      return fmt::format(
          "layout suspect: the same {} instructions per operation, so code or data "
          "moved, or the clock changed",
          counted(number(reason, 0)));
    case Code::few_launches:
      return few_launches(reason);
    default:
      break;
  }
  const auto sentence =
      std::ranges::find(kSentences, reason.code, [](const auto& row) { return row.first; });
  if (sentence == kSentences.end()) return std::string{name_of(reason.code)};
  return filled_in(sentence->second, reason);
}

std::string describe_reasons(const std::vector<Reason>& reasons) {
  std::vector<std::string> sentences;
  for (const Reason& reason : reasons) sentences.push_back(describe_reason(reason));
  return fmt::format("{}", fmt::join(sentences, "; "));
}

nlohmann::ordered_json sentences_of(const std::vector<compare::Reason>& reasons) {
  auto sentences = nlohmann::ordered_json::array();
  for (const compare::Reason& reason : reasons) {
    sentences.push_back(printable(describe_reason(reason), render::kLongestText));
  }
  return sentences;
}

nlohmann::ordered_json codes_of(const std::vector<compare::Reason>& reasons) {
  auto codes = nlohmann::ordered_json::array();
  for (const compare::Reason& reason : reasons) codes.push_back(name_of(reason.code));
  return codes;
}

std::string describe_p_value(const compare::Judged& judged) {
  if (!judged.p_value) return {};
  return fmt::format("{}, family of {}", shown(*judged.p_value),
                     render::format_count(judged.family));
}

std::string rate_text(const compare::Rate& rate) {
  if (rate.all == 0) return "";
  if (rate.n == 0) return fmt::format("0 %, at most {:.1f} %", 100.0 * rate.high);
  if (rate.n == rate.all) return fmt::format("100 %, at least {:.1f} %", 100.0 * rate.low);
  return fmt::format("{:.1f} % ({:.1f} to {:.1f})", 100.0 * rate.share(), 100.0 * rate.low,
                     100.0 * rate.high);
}

}  // namespace pulsebench::report
