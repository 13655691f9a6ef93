#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "pulsebench/vocabulary/result.hpp"
#include "pulsebench/vocabulary/tier.hpp"
#include "pulsebench/vocabulary/units.hpp"

/// The values of options, read strictly: what is not wholly understood is `bad_input`. A message
/// stands behind the option's name and a colon.
namespace pulsebench::app {

/// "0,1": tiers 0 and 1.
[[nodiscard]] Result<std::set<Tier>> parse_tiers(const std::string& text);

/// "0=5,1=10": tier 0 at 5 %, tier 1 at 10 %. A single "7.5" is for every tier.
[[nodiscard]] Result<std::vector<std::pair<Tier, Percent>>> parse_thresholds(
    const std::string& text);

/// Any printable text.
[[nodiscard]] Result<std::string> parse_argument(const std::string& text);

/// "NAME=value", or "NAME" for a variable that this process has: "NAME=value".
[[nodiscard]] Result<std::string> parse_variable(const std::string& text);

/// "budget/consume=15": benchmark and percent, 0 to 10,000.
[[nodiscard]] Result<std::pair<std::string, double>> parse_injection(const std::string& text);

/// "7" or "7.5": percent, above 0 and at most 10,000.
[[nodiscard]] Result<Percent> parse_percent(const std::string& text);

/// "0.01": above 0 and below 1.
[[nodiscard]] Result<double> parse_probability(const std::string& text);

/// "60s", "500ms", "2m": seconds, above 0.
[[nodiscard]] Result<double> parse_duration(const std::string& text);

/// "cycles,page-faults": the names between the commas; "none": no name.
[[nodiscard]] Result<std::vector<std::string>> parse_names(const std::string& text);

/// "2026-11-01", or "30d" for that many days ago: the day as RFC 3339 has it.
[[nodiscard]] Result<std::string> parse_since(const std::string& text);

/// "12345": 64 bits without a sign.
[[nodiscard]] Result<std::uint64_t> parse_seed(const std::string& text);

/// Reads a whole number from `low` to `high`.
[[nodiscard]] std::function<Result<int>(const std::string&)> whole_number(int low, int high);

/// A parser of texts that are, or begin with, one of these words. Completion offers them.
template <class Parse>
struct Choice {
  std::vector<std::string> words;
  Parse parse;

  [[nodiscard]] auto operator()(const std::string& text) const { return parse(text); }
};

template <class Parse>
Choice(std::vector<std::string>, Parse) -> Choice<Parse>;

/// Reads one of `words`, each with its value.
template <class T>
[[nodiscard]] auto one_of(std::initializer_list<std::pair<const char*, T>> words);

/// "text, json or markdown"
[[nodiscard]] std::string alternatives(const std::vector<std::string>& words);

/// "not 'x'; give refuse or warn"
[[nodiscard]] Failure none_of(const std::vector<std::string>& words, const std::string& text);

template <class T>
auto one_of(std::initializer_list<std::pair<const char*, T>> words) {
  std::vector<std::string> known;
  std::vector<T> values;
  for (const auto& [word, value] : words) {
    known.emplace_back(word);
    values.push_back(value);
  }
  const auto read = [known, values](const std::string& text) -> Result<T> {
    for (std::size_t i = 0; i < known.size(); ++i) {
      if (text == known[i]) return values[i];
    }
    return none_of(known, text);
  };
  return Choice{std::move(known), read};
}

}  // namespace pulsebench::app
