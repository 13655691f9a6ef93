#include "values.hpp"

#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::app {
namespace {

std::optional<double> number(std::string_view text) {
  double value = 0.0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (auto end = text.find(at); end != std::string::npos; end = text.find(at, begin)) {
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  parts.push_back(text.substr(begin));
  return parts;
}

std::optional<Tier> tier(std::string_view text) {
  if (text.size() != 1 || text[0] < '0' || text[0] > '3') return std::nullopt;
  return static_cast<Tier>(text[0] - '0');
}

Failure unusable(const char* option, const std::string& text, const char* way_out) {
  return fail(ErrorCode::bad_input, std::string{option} + " '" + printable(text) + "': " + way_out);
}

}  // namespace

Result<std::set<Tier>> parse_tiers(const std::string& text) {
  std::set<Tier> tiers;
  for (const std::string& part : split(text, ',')) {
    const auto one = tier(part);
    if (!one) return unusable("tiers", text, "give numbers from 0 to 3, as in 0,1");
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
    const bool bare = equals == std::string::npos;
    const auto percent = number(bare ? part : part.substr(equals + 1));
    if (!percent || *percent <= 0.0 || *percent > 10'000.0) {
      return unusable("--threshold", text, kWayOut);
    }
    if (bare) {
      for (const Tier each : kTiers) thresholds.emplace_back(each, Percent{*percent});
      continue;
    }
    const auto one = tier(part.substr(0, equals));
    if (!one) return unusable("--threshold", text, kWayOut);
    thresholds.emplace_back(*one, Percent{*percent});
  }
  return thresholds;
}

Result<std::pair<std::string, double>> parse_injection(const std::string& text) {
  const auto equals = text.rfind('=');
  const auto percent = equals == std::string::npos
                           ? std::nullopt
                           : number(std::string_view{text}.substr(equals + 1));
  if (equals == 0 || !percent || *percent < 0.0 || *percent > 10'000.0) {
    return unusable("--inject", text,
                    "give a benchmark and the per cent of work to add, as in budget/consume=15");
  }
  return std::pair{text.substr(0, equals), *percent};
}

Result<Percent> parse_percent(const char* option, const std::string& text) {
  const auto percent = number(text);
  if (!percent || *percent <= 0.0 || *percent > 10'000.0) {
    return unusable(option, text, "give a percentage above 0, as in 7");
  }
  return Percent{*percent};
}

Result<double> parse_duration(const std::string& text) {
  constexpr std::pair<std::string_view, double> kUnits[] = {
      {"ms", 0.001}, {"s", 1.0}, {"m", 60.0}, {"min", 60.0}, {"h", 3600.0}};
  const auto digits = text.find_first_not_of("0123456789.");
  const std::string unit = digits == std::string::npos ? "" : text.substr(digits);
  const auto amount = number(text.substr(0, digits));
  for (const auto& [name, seconds] : kUnits) {
    if (unit == name && amount && *amount > 0.0) return *amount * seconds;
  }
  return unusable("--time-budget", text, "give an amount and a unit, as in 60s, 500ms or 2m");
}

std::vector<std::string> parse_names(const std::string& text) {
  return text == "none" ? std::vector<std::string>{} : split(text, ',');
}

Result<Format> parse_format(const std::string& text, const std::set<Format>& known) {
  constexpr std::pair<const char*, Format> kFormats[] = {
      {"text", Format::text}, {"json", Format::json}, {"markdown", Format::markdown}};
  std::string names;
  for (const auto& [name, format] : kFormats) {
    if (known.count(format) == 0) continue;
    if (text == name) return format;
    names += names.empty() ? name : std::string{", "} + name;
  }
  return fail(ErrorCode::bad_input,
              "--format '" + printable(text) + "': this command writes " + names);
}

}  // namespace pulsebench::app
