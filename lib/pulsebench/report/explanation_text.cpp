#include "pulsebench/report/explanation_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <filesystem>
#include <utility>

#include "pulsebench/profile/short_name.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

constexpr double kSame = 0.01;         // instructions per operation, or less
constexpr double kTooLittle = 0.1;     // of the change of the time
constexpr std::size_t kNamed = 3;      // functions in the clause
constexpr double kWorthNaming = 0.05;  // of the largest difference

/// "leaf()" for `unsigned long leaf<int>(unsigned long) [clone .isra.0]`.
std::string spoken(const std::string& function) {
  std::string name = profile::matching_name(function);
  if (name.ends_with(" const")) name.resize(name.size() - 6);
  std::size_t depth = 0, begin = 0;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '(' || name[i] == '{') ++depth;
    if ((name[i] == ')' || name[i] == '}') && depth > 0) --depth;
    const bool is_operator = name.compare(begin, 8, "operator") == 0;
    if (name[i] == ' ' && depth == 0 && !is_operator) begin = i + 1;  // behind the return type
  }
  return printable(name.substr(begin), 100) + "()";
}

/// "+24.0", "+0.12".
std::string signed_count(double difference) {
  return fmt::format("{:+.{}f}", difference, std::abs(difference) < 10.0 ? 2 : 1);
}

std::string count(double number) {
  return fmt::format("{:.{}f}", std::abs(number), std::abs(number) < 10.0 ? 2 : 1);
}

/// "victim.cpp:20"; empty without a line.
std::string spoken(const std::optional<SourceLine>& where) {
  if (!where) return {};
  const auto name = std::filesystem::path{where->file}.filename().string();
  return fmt::format("{}:{}", printable(name, 100), where->line);
}

/// "victim.cpp:20"; else the library, where it is known.
std::string place_of(const FunctionChange& function) {
  return function.where ? spoken(function.where) : printable(function.object, 60);
}

/// "inlined chain() +24.0, victim.cpp:17"; empty where no inlined function has most of it.
std::string inlined_in(const FunctionChange& function) {
  if (!function.inlined) return {};
  const std::string place = spoken(function.inlined->where);
  return fmt::format("inlined {} {}{}", spoken(function.inlined->name),
                     signed_count(function.inlined->difference), place.empty() ? "" : ", " + place);
}

/// "leaf() has +24.0 (victim.cpp:20)"; where functions moved, the largest differences.
std::string largest(const Explanation& explanation, const char* verb) {
  std::vector<std::string> parts;
  const bool grew = explanation.difference() > kSame;
  double first = 0.0;
  for (const FunctionChange& function : explanation.functions) {
    const double difference = function.difference();
    if (parts.size() == kNamed) break;
    if (grew && difference < 0.0) continue;
    if (parts.empty()) first = std::abs(difference);
    if (std::abs(difference) < kWorthNaming * first) break;
    std::string place = place_of(function);
    if (const std::string inlined = inlined_in(function); !inlined.empty()) {
      place += (place.empty() ? "" : "; ") + inlined;
    }
    parts.push_back(fmt::format("{}{} {}{}", spoken(function.name), parts.empty() ? verb : "",
                                signed_count(difference), place.empty() ? "" : " (" + place + ")"));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

/// "; leaf() takes 4.01 ns longer (95 % interval +3.88 to +4.14 ns)".
std::string timed(const Explanation& explanation) {
  if (!explanation.not_timed.empty()) {
    return "; by samples: " + printable(explanation.not_timed, 300);
  }
  if (!explanation.time) return {};
  const FunctionTime& time = *explanation.time;
  return fmt::format("; {} takes {} longer (95 % interval {:+.2f} to {:+.2f} ns)",
                     spoken(time.name), render::format_cost(Cost{time.change_ns}), time.low_ns,
                     time.high_ns);
}

std::string counted(const compare::Judged& judged) {
  const Explanation& explanation = *judged.explanation;
  if (!explanation.counted()) return "not explained: " + printable(explanation.reason, 300);
  const double difference = explanation.difference();
  const std::string functions = largest(explanation, " has");
  if (difference > kSame && explanation.base > 0.0) {
    const double percent = 100.0 * difference / explanation.base;
    std::string text = fmt::format("of {} more instructions {}", count(difference), functions);
    if (percent < kTooLittle * judged.change.value) {
      text += fmt::format("; that is {} of them, so layout, cache or data may matter more",
                          render::format_change(Percent{percent}));
    }
    return text;
  }
  const std::string moved = functions.empty() ? "" : ": " + largest(explanation, "");
  const char* const why =
      ", so layout, cache or data made it slower (profile cpu --against shows where)";
  if (difference < -kSame) {
    return fmt::format("{} fewer instructions{}{}", count(difference), why, moved);
  }
  return fmt::format("the same number of instructions{}{}", why, moved);
}

}  // namespace

std::string describe_explanation(const compare::Judged& judged) {
  return judged.explanation ? counted(judged) + timed(*judged.explanation) : std::string{};
}

render::Table explanations_table(const compare::Comparison& comparison) {
  using render::Align;
  render::Table table{
      .heading = {"Why it regressed: instructions per operation", render::Tone::strong},
      .columns = {{.header = "function", .elastic = true},
                  {.header = "old", .align = Align::right},
                  {.header = "new", .align = Align::right},
                  {.header = "difference", .align = Align::right},
                  {.header = "where"}},
      .groups_are = "benchmark",
      .detail = true};
  for (const compare::Judged& judged : comparison.benchmarks) {
    if (!judged.explanation || !judged.explanation->counted()) continue;
    render::Group group{.title = {judged.info.id.text(), render::Tone::strong}};
    const auto cell = [](const std::optional<double>& count) {
      return count ? render::Cell{render::PerOperation{*count}} : render::Cell{"–"};
    };
    for (const FunctionChange& function : judged.explanation->functions) {
      group.rows.push_back({.cells = {render::Text{}.add_verbatim(spoken(function.name)),
                                      cell(function.base), cell(function.candidate),
                                      signed_count(function.difference()), place_of(function)},
                            .note = {inlined_in(function), render::Tone::quiet}});
    }
    group.rows.push_back({.cells = {{render::Text{"all functions"}},
                                    cell(judged.explanation->base),
                                    cell(judged.explanation->candidate),
                                    signed_count(judged.explanation->difference())}});
    table.groups.push_back(std::move(group));
  }
  return table;
}

}  // namespace pulsebench::report
