#include "values.hpp"
#include "pulsebench/vocabulary/printable.hpp"

#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>
#include "pulsebench/vocabulary/printable.hpp"

#include "pulsebench/vocabulary/printable.hpp"
namespace pulsebench::app {
#include "pulsebench/vocabulary/printable.hpp"
namespace {
#include "pulsebench/vocabulary/printable.hpp"

#include "pulsebench/vocabulary/printable.hpp"
std::optional<double> number(std::string_view text) {
#include "pulsebench/vocabulary/printable.hpp"
  double value = 0.0;
#include "pulsebench/vocabulary/printable.hpp"
  const char* const end = text.data() + text.size();
#include "pulsebench/vocabulary/printable.hpp"
  const auto [stop, error] = std::from_chars(text.data(), end, value);
#include "pulsebench/vocabulary/printable.hpp"
  if (error != std::errc{} || stop != end || !std::isfinite(value)) return std::nullopt;
#include "pulsebench/vocabulary/printable.hpp"
  return value;
#include "pulsebench/vocabulary/printable.hpp"
}
#include "pulsebench/vocabulary/printable.hpp"

#include "pulsebench/vocabulary/printable.hpp"
std::vector<std::string> split(const std::string& text, char at) {
#include "pulsebench/vocabulary/printable.hpp"
  std::vector<std::string> parts;
#include "pulsebench/vocabulary/printable.hpp"
  std::size_t begin = 0;
#include "pulsebench/vocabulary/printable.hpp"
  for (auto end = text.find(at); end != std::string::npos; end = text.find(at, begin)) {
#include "pulsebench/vocabulary/printable.hpp"
    parts.push_back(text.substr(begin, end - begin));
#include "pulsebench/vocabulary/printable.hpp"
    begin = end + 1;
#include "pulsebench/vocabulary/printable.hpp"
  }
#include "pulsebench/vocabulary/printable.hpp"
  parts.push_back(text.substr(begin));
#include "pulsebench/vocabulary/printable.hpp"
  return parts;
#include "pulsebench/vocabulary/printable.hpp"
}
#include "pulsebench/vocabulary/printable.hpp"

#include "pulsebench/vocabulary/printable.hpp"
std::optional<Tier> tier(std::string_view text) {
#include "pulsebench/vocabulary/printable.hpp"
  if (text.size() != 1 || text[0] < '0' || text[0] > '3') return std::nullopt;
#include "pulsebench/vocabulary/printable.hpp"
  return static_cast<Tier>(text[0] - '0');
#include "pulsebench/vocabulary/printable.hpp"
}
#include "pulsebench/vocabulary/printable.hpp"

#include "pulsebench/vocabulary/printable.hpp"
Failure unusable(const char* option, const std::string& text, const char* way_out) {
#include "pulsebench/vocabulary/printable.hpp"
  return fail(ErrorCode::bad_input, std::string{option} + " '" + printable(text) + "': " + way_out);
#include "pulsebench/vocabulary/printable.hpp"
}
#include "pulsebench/vocabulary/printable.hpp"

#include "pulsebench/vocabulary/printable.hpp"
}  // namespace
#include "pulsebench/vocabulary/printable.hpp"

#include "pulsebench/vocabulary/printable.hpp"
Result<std::set<Tier>> parse_tiers(const std::string& text) {
#include "pulsebench/vocabulary/printable.hpp"
  std::set<Tier> tiers;
#include "pulsebench/vocabulary/printable.hpp"
  for (const std::string& part : split(text, ',')) {
#include "pulsebench/vocabulary/printable.hpp"
    const auto one = tier(part);
#include "pulsebench/vocabulary/printable.hpp"
    if (!one) return unusable("tiers", text, "give numbers from 0 to 3, as in 0,1");
#include "pulsebench/vocabulary/printable.hpp"
    tiers.insert(*one);
#include "pulsebench/vocabulary/printable.hpp"
  }
#include "pulsebench/vocabulary/printable.hpp"
  return tiers;
#include "pulsebench/vocabulary/printable.hpp"
}
#include "pulsebench/vocabulary/printable.hpp"

#include "pulsebench/vocabulary/printable.hpp"
Result<std::vector<std::pair<Tier, Percent>>> parse_thresholds(const std::string& text) {
#include "pulsebench/vocabulary/printable.hpp"
  constexpr const char* kWayOut =
#include "pulsebench/vocabulary/printable.hpp"
      "give a percentage above 0 for each tier, as in 0=5,1=10, or one for all, as in 7.5";
#include "pulsebench/vocabulary/printable.hpp"
  std::vector<std::pair<Tier, Percent>> thresholds;
#include "pulsebench/vocabulary/printable.hpp"
  for (const std::string& part : split(text, ',')) {
#include "pulsebench/vocabulary/printable.hpp"
    const auto equals = part.find('=');
#include "pulsebench/vocabulary/printable.hpp"
    const bool bare = equals == std::string::npos;
#include "pulsebench/vocabulary/printable.hpp"
    const auto percent = number(bare ? part : part.substr(equals + 1));
#include "pulsebench/vocabulary/printable.hpp"
    if (!percent || *percent <= 0.0 || *percent > 10'000.0) {
#include "pulsebench/vocabulary/printable.hpp"
      return unusable("--threshold", text, kWayOut);
#include "pulsebench/vocabulary/printable.hpp"
    }
#include "pulsebench/vocabulary/printable.hpp"
    if (bare) {
#include "pulsebench/vocabulary/printable.hpp"
      for (const Tier each : kTiers) thresholds.emplace_back(each, Percent{*percent});
#include "pulsebench/vocabulary/printable.hpp"
      continue;
#include "pulsebench/vocabulary/printable.hpp"
    }
#include "pulsebench/vocabulary/printable.hpp"
    const auto one = tier(part.substr(0, equals));
#include "pulsebench/vocabulary/printable.hpp"
    if (!one) return unusable("--threshold", text, kWayOut);
#include "pulsebench/vocabulary/printable.hpp"
    thresholds.emplace_back(*one, Percent{*percent});
#include "pulsebench/vocabulary/printable.hpp"
  }
#include "pulsebench/vocabulary/printable.hpp"
  return thresholds;
#include "pulsebench/vocabulary/printable.hpp"
}
#include "pulsebench/vocabulary/printable.hpp"

#include "pulsebench/vocabulary/printable.hpp"
Result<std::pair<std::string, double>> parse_injection(const std::string& text) {
#include "pulsebench/vocabulary/printable.hpp"
  const auto equals = text.rfind('=');
#include "pulsebench/vocabulary/printable.hpp"
  const auto percent = equals == std::string::npos
#include "pulsebench/vocabulary/printable.hpp"
                           ? std::nullopt
#include "pulsebench/vocabulary/printable.hpp"
                           : number(std::string_view{text}.substr(equals + 1));
#include "pulsebench/vocabulary/printable.hpp"
  if (equals == 0 || !percent || *percent < 0.0 || *percent > 10'000.0) {
#include "pulsebench/vocabulary/printable.hpp"
    return unusable("--inject", text,
#include "pulsebench/vocabulary/printable.hpp"
                    "give a benchmark and the per cent of work to add, as in budget/consume=15");
#include "pulsebench/vocabulary/printable.hpp"
  }
#include "pulsebench/vocabulary/printable.hpp"
  return std::pair{text.substr(0, equals), *percent};
#include "pulsebench/vocabulary/printable.hpp"
}
#include "pulsebench/vocabulary/printable.hpp"

#include "pulsebench/vocabulary/printable.hpp"
Result<Percent> parse_percent(const char* option, const std::string& text) {
#include "pulsebench/vocabulary/printable.hpp"
  const auto percent = number(text);
#include "pulsebench/vocabulary/printable.hpp"
  if (!percent || *percent <= 0.0 || *percent > 10'000.0) {
#include "pulsebench/vocabulary/printable.hpp"
    return unusable(option, text, "give a percentage above 0, as in 7");
#include "pulsebench/vocabulary/printable.hpp"
  }
#include "pulsebench/vocabulary/printable.hpp"
  return Percent{*percent};
#include "pulsebench/vocabulary/printable.hpp"
}
#include "pulsebench/vocabulary/printable.hpp"

#include "pulsebench/vocabulary/printable.hpp"
Result<double> parse_duration(const std::string& text) {
#include "pulsebench/vocabulary/printable.hpp"
  constexpr std::pair<std::string_view, double> kUnits[] = {
#include "pulsebench/vocabulary/printable.hpp"
      {"ms", 0.001}, {"s", 1.0}, {"m", 60.0}, {"min", 60.0}, {"h", 3600.0}};
#include "pulsebench/vocabulary/printable.hpp"
  const auto digits = text.find_first_not_of("0123456789.");
#include "pulsebench/vocabulary/printable.hpp"
  const std::string unit = digits == std::string::npos ? "" : text.substr(digits);
#include "pulsebench/vocabulary/printable.hpp"
  const auto amount = number(text.substr(0, digits));
#include "pulsebench/vocabulary/printable.hpp"
  for (const auto& [name, seconds] : kUnits) {
#include "pulsebench/vocabulary/printable.hpp"
    if (unit == name && amount && *amount > 0.0) return *amount * seconds;
#include "pulsebench/vocabulary/printable.hpp"
  }
#include "pulsebench/vocabulary/printable.hpp"
  return unusable("--time-budget", text, "give an amount and a unit, as in 60s, 500ms or 2m");
#include "pulsebench/vocabulary/printable.hpp"
}
#include "pulsebench/vocabulary/printable.hpp"

#include "pulsebench/vocabulary/printable.hpp"
std::vector<std::string> parse_names(const std::string& text) {
#include "pulsebench/vocabulary/printable.hpp"
  return text == "none" ? std::vector<std::string>{} : split(text, ',');
#include "pulsebench/vocabulary/printable.hpp"
}
#include "pulsebench/vocabulary/printable.hpp"

#include "pulsebench/vocabulary/printable.hpp"
Result<Format> parse_format(const std::string& text, const std::set<Format>& known) {
#include "pulsebench/vocabulary/printable.hpp"
  constexpr std::pair<const char*, Format> kFormats[] = {
#include "pulsebench/vocabulary/printable.hpp"
      {"text", Format::text}, {"json", Format::json}, {"markdown", Format::markdown}};
#include "pulsebench/vocabulary/printable.hpp"
  std::string names;
#include "pulsebench/vocabulary/printable.hpp"
  for (const auto& [name, format] : kFormats) {
#include "pulsebench/vocabulary/printable.hpp"
    if (known.count(format) == 0) continue;
#include "pulsebench/vocabulary/printable.hpp"
    if (text == name) return format;
#include "pulsebench/vocabulary/printable.hpp"
    names += names.empty() ? name : std::string{", "} + name;
#include "pulsebench/vocabulary/printable.hpp"
  }
#include "pulsebench/vocabulary/printable.hpp"
  return fail(ErrorCode::bad_input,
#include "pulsebench/vocabulary/printable.hpp"
              "--format '" + printable(text) + "': this command writes " + names);
#include "pulsebench/vocabulary/printable.hpp"
}
#include "pulsebench/vocabulary/printable.hpp"

#include "pulsebench/vocabulary/printable.hpp"
}  // namespace pulsebench::app
#include "pulsebench/vocabulary/printable.hpp"
