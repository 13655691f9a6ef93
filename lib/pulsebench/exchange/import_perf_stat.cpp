#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "pulsebench/exchange/foreign.hpp"
#include "pulsebench/exchange/json_text.hpp"
#include "pulsebench/exchange/lines.hpp"
#include "pulsebench/exchange/time_units.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::exchange {
namespace {

constexpr double kMostCounted = 1e15;

/// One line of `perf stat`.
struct PerfCount {
  std::string value, unit, event;  ///< value: "0.69", "<not supported>"
  double running_ns = 0.0, running_percent = 0.0;
  bool is_mean = false;  ///< of `-r`
};

double number_at(const json::Value& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_number() ? found->get<double>() : 0.0;
}

/// Of `-j`; older versions write numbers as texts. Nothing for a line that has a metric alone.
Result<std::optional<PerfCount>> read_json_line(std::string_view line, const std::string& place) {
  PB_TRY(const auto object, parse_text(line, place));
  if (object.is_object() && (object.contains("interval") || object.contains("cpu"))) {
    return fail(ErrorCode::bad_input,
                printable(place, 250) + ": it is of an interval or a CPU; count without -I and -A");
  }
  const auto value = object.is_object() ? object.find("counter-value") : object.end();
  if (value == object.end() && object.is_object() && object.contains("metric-value")) {
    return std::nullopt;
  }
  if (value == object.end() || text_at(object, "event").empty()) {
    return fail(ErrorCode::bad_input,
                printable(place, 250) + ": it has no event and counter-value");
  }
  return PerfCount{.value = value->is_string()
                                ? value->get<std::string>()
                                : fmt::format("{}", number_at(object, "counter-value")),
                   .unit = text_at(object, "unit"),
                   .event = text_at(object, "event"),
                   .running_ns = number_at(object, "event-runtime"),
                   .running_percent = number_at(object, "pcnt-running"),
                   .is_mean = object.contains("variance")};
}

/// Of `-x,`: value, unit, event, with `-r` the deviation in per cent, time running, per cent of the
/// time, metric, its unit. Nothing for a line that has a metric alone.
Result<std::optional<PerfCount>> read_csv_line(std::string_view line, const std::string& place) {
  const std::vector<std::string> fields = split(line, ',');
  if (fields.size() > 3 && fields[0].empty() && fields[2].empty()) return std::nullopt;
  const bool repeated = fields.size() > 3 && fields[3].ends_with('%');
  const std::size_t after = repeated ? 4 : 3;
  const bool fits = fields.size() >= after + 2 && number_in<double>(fields[after]) &&
                    number_in<double>(fields[after + 1]) && !fields[2].empty();
  if (!fits) {
    return fail(ErrorCode::bad_input,
                printable(place, 250) +
                    ": it is not value, unit, event, time and share; count with "
                    "LC_ALL=C, and without -I and -A");
  }
  return PerfCount{.value = fields[0],
                   .unit = fields[1],
                   .event = fields[2],
                   .running_ns = *number_in<double>(fields[after]),
                   .running_percent = *number_in<double>(fields[after + 1]),
                   .is_mean = repeated};
}

/// The time of the command where the event is one; the wall time before the CPU time.
int rank_of_time(const std::string& event) {
  constexpr std::array<std::string_view, 3> kTimes{"cpu-clock", "task-clock", "duration_time"};
  for (std::size_t i = 0; i < kTimes.size(); ++i) {
    if (event.starts_with(kTimes[i])) return static_cast<int>(i) + 1;
  }
  return 0;
}

Counter counter_of(const PerfCount& count) {
  Counter counter{.name = printable(count.event, 100), .per_op = number_in<double>(count.value)};
  if (!counter.per_op) {
    counter.reason = count.value == "<not counted>" ? "not counted" : "not supported";
    return counter;
  }
  const double enabled =
      count.running_percent > 0.0 ? count.running_ns * 100.0 / count.running_percent : 0.0;
  const auto whole = [](double ns) {
    return ns >= 0.0 && ns < kMostNs ? static_cast<std::uint64_t>(ns) : 0;
  };
  counter.running_ns = whole(count.running_ns);
  counter.enabled_ns = whole(enabled);
  return counter;
}

/// Follows the lines of one command.
class PerfReading {
 public:
  Result<void> take(const PerfCount& count, const std::string& place) {
    const auto value = number_in<double>(count.value);
    const bool absent = count.value.starts_with('<');
    if ((!value && !absent) || (value && !(*value >= 0.0 && *value <= kMostCounted))) {
      return fail(ErrorCode::bad_input, printable(place, 250) + ": '" + printable(count.value, 40) +
                                            "' is not a count; count with LC_ALL=C");
    }
    const double in_ns = ns_in_unit(count.unit);
    const int rank = value && in_ns > 0.0 ? rank_of_time(count.event) : 0;
    if (rank == 0) {
      command_.counters.push_back(counter_of(count));
    } else if (rank > rank_) {
      rank_ = rank;
      command_.aggregate = {.figure = printable(count.event, 100),
                            .count = count.is_mean ? 0U : 1U};
      command_.aggregate_ns = *value * in_ns;
    }
    return {};
  }

  /// The command, or nothing where there was no line.
  std::vector<ForeignBenchmark> finish() && {
    if (!command_.aggregate && command_.counters.empty()) return {};
    return {std::move(command_)};
  }

 private:
  ForeignBenchmark command_{.name = "command"};  // which perf stat does not name
  int rank_ = 0;
};

}  // namespace

/// The events of one command, and its time where that was counted.
Result<ForeignReport> read_perf_stat(const Source& source) {
  PerfReading reading;
  PB_CHECK(each_line(source, [&](std::string_view line, std::size_t number) -> Result<void> {
    if (is_blank(line) || line.starts_with('#')) return {};
    const std::string place = source.name + ", line " + std::to_string(number);
    const bool is_json = line.starts_with('{');
    PB_TRY(const auto& count, is_json ? read_json_line(line, place) : read_csv_line(line, place));
    return count ? reading.take(*count, place) : Result<void>{};
  }));
  ForeignReport report;
  report.benchmarks = std::move(reading).finish();
  return report;
}

}  // namespace pulsebench::exchange
