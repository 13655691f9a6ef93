#include "values.hpp"

#include <cctype>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string_view>

#include <fmt/chrono.h>

#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/text.hpp"

namespace pulsebench::app {
namespace {

/// Above `low` and at most `high`; not a number is neither.
std::optional<double> number_within(std::string_view text, double low, double high) {
  const auto value = number_in<double>(text);
  return value && *value > low && *value <= high ? value : std::nullopt;
}

std::optional<Tier> tier(std::string_view text) {
  if (text.size() != 1 || text[0] < '0' || text[0] > '3') return std::nullopt;
  return static_cast<Tier>(text[0] - '0');
}

Failure unusable(const std::string& text, const std::string& way_out) {
  return fail(ErrorCode::bad_input, "not '" + printable(text) + "'; " + way_out);
}

}  // namespace

std::string alternatives(const std::vector<std::string>& words) {
  std::string list;
  for (std::size_t i = 0; i < words.size(); ++i) {
    list += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
  }
  return list;
}

Failure none_of(const std::vector<std::string>& words, const std::string& text) {
  return unusable(text, "give " + alternatives(words));
}

Result<std::set<Tier>> parse_tiers(const std::string& text) {
  std::set<Tier> tiers;
  for (const std::string& part : split(text, ',')) {
    const auto one = tier(part);
    if (!one) return unusable(text, "give numbers from 0 to 3, as in 0,1");
    tiers.insert(*one);
  }
  return tiers;
}

Result<std::vector<std::pair<Tier, Percent>>> parse_thresholds(const std::string& text) {
  constexpr const char* kWayOut =
      "give a percentage above 0 for each tier, as in 0=5,1=10, or one for all, as in 7.5";
  std::vector<std::pair<Tier, Percent>> thresholds;
  for (const std::string& part : split(text, ',')) {
    const auto equals = part.find('=');
    const bool single = equals == std::string::npos;
    const auto percent = number_within(single ? part : part.substr(equals + 1), 0.0, 10'000.0);
    const auto one = single ? std::nullopt : tier(part.substr(0, equals));
    if (!percent || (!single && !one)) return unusable(text, kWayOut);
    for (const Tier each : kTiers) {
      if (single || each == *one) thresholds.emplace_back(each, Percent{*percent});
    }
  }
  return thresholds;
}

Result<std::string> parse_argument(const std::string& text) {
  if (is_printable(text)) return text;
  return unusable(text, "give a printable text");
}

Result<std::string> parse_variable(const std::string& text) {
  const std::string name = text.substr(0, text.find('='));
  if (!is_variable_name(name)) return unusable(text, "give NAME=VALUE, as in DATA_DIR=/tmp/data");
  std::string variable = text;
  if (name == text) {
    const char* const ours = std::getenv(name.c_str());
    if (ours == nullptr) {
      return fail(ErrorCode::bad_input,
                  "the variable " + name + " is not set here; give " + name + "=VALUE");
    }
    variable += std::string{"="} + ours;
  }
  if (is_printable(variable)) return variable;
  return fail(ErrorCode::bad_input, "the value of " + name + " is not a printable text");
}

Result<std::pair<std::string, double>> parse_injection(const std::string& text) {
  const auto equals = text.rfind('=');
  const auto percent = equals == std::string::npos
                           ? std::nullopt
                           : number_in<double>(std::string_view{text}.substr(equals + 1));
  if (equals == 0 || !percent || !(*percent >= 0.0 && *percent <= 10'000.0)) {
    return unusable(text,
                    "give a benchmark and the work to add (percent), as in budget/consume=15");
  }
  return std::pair{text.substr(0, equals), *percent};
}

Result<Percent> parse_percent(const std::string& text) {
  const auto percent = number_within(text, 0.0, 10'000.0);
  if (!percent) return unusable(text, "give a percentage above 0, as in 7");
  return Percent{*percent};
}

Result<double> parse_probability(const std::string& text) {
  const auto probability = number_in<double>(text);
  if (probability && *probability > 0.0 && *probability < 1.0) return *probability;
  return unusable(text, "give a probability between 0 and 1, as in 0.01");
}

Result<double> parse_duration(const std::string& text) {
  constexpr std::pair<std::string_view, double> kUnits[] = {
      {"ms", 0.001}, {"s", 1.0}, {"m", 60.0}, {"min", 60.0}, {"h", 3600.0}};
  const auto digits = text.find_first_not_of("0123456789.");
  const std::string unit = digits == std::string::npos ? "" : text.substr(digits);
  const auto amount = number_in<double>(text.substr(0, digits));
  for (const auto& [name, seconds] : kUnits) {
    if (unit == name && amount && *amount > 0.0) return *amount * seconds;
  }
  return unusable(text, "give an amount and a unit, as in 60s, 500ms or 2m");
}

Result<std::vector<std::string>> parse_names(const std::string& text) {
  return text == "none" ? std::vector<std::string>{} : split(text, ',');
}

Result<std::uint64_t> parse_seed(const std::string& text) {
  const auto seed = number_in<std::uint64_t>(text);
  if (!seed) return unusable(text, "give a whole number, as in 12345");
  return *seed;
}

std::function<Result<int>(const std::string&)> whole_number(int low, int high) {
  return [low, high](const std::string& text) -> Result<int> {
    const auto value = number_in<int>(text);
    if (value && *value >= low && *value <= high) return *value;
    return unusable(
        text, "give a whole number from " + std::to_string(low) + " to " + std::to_string(high));
  };
}

Result<std::string> parse_since(const std::string& text) {
  namespace chrono = std::chrono;
  constexpr int kMostDays = 36'500;
  const auto no_day = [&] {
    return fail(ErrorCode::bad_input, "not '" + printable(text, 60) +
                                          "'; give a day as in 2026-11-01, or a number of days as "
                                          "in 30d");
  };
  if (text.size() > 1 && text.back() == 'd') {
    const auto days = whole_number(0, kMostDays)(text.substr(0, text.size() - 1));
    if (!days) return no_day();
    const auto then = chrono::system_clock::now() - chrono::days{*days};
    return fmt::format("{:%Y-%m-%d}", fmt::gmtime(chrono::system_clock::to_time_t(then)));
  }
  const std::string shape = "dddd-dd-dd";
  if (text.size() != shape.size()) return no_day();
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const bool digit = std::isdigit(static_cast<unsigned char>(text[i])) != 0;
    if (shape[i] == 'd' ? !digit : text[i] != '-') return no_day();
  }
  const chrono::year_month_day day{
      chrono::year{std::stoi(text)},
      chrono::month{static_cast<unsigned>(std::stoi(text.substr(5, 2)))},
      chrono::day{static_cast<unsigned>(std::stoi(text.substr(8, 2)))}};
  if (!day.ok()) return no_day();
  return text;
}

}  // namespace pulsebench::app
