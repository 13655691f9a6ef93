#include "pulsebench/baseline/parametric.hpp"

#include <charconv>
#include <map>
#include <string_view>
#include <tuple>

namespace pulsebench::baseline {
namespace {

constexpr std::size_t kFewestSizes = 3;
constexpr double kLeastSpan = 10.0;
constexpr std::size_t kMostDigits = 9;

/// Benchmarks that differ by their size alone.
struct Family {
  std::string name;
  std::map<double, double> costs = {};  ///< by size

  [[nodiscard]] bool can_tell() const {
    return costs.size() >= kFewestSizes &&
           costs.rbegin()->first >= kLeastSpan * costs.begin()->first;
  }
};

bool counts(const BenchmarkResult& result) {
  return result.outcome.status == Status::ok && result.value && result.value->value > 0.0 &&
         result.info.role == Role::operation && !result.oversubscribed;
}

std::vector<Family> families_of(const Document& document) {
  std::vector<Family> families;
  std::map<std::tuple<std::string, std::string, int, int>, std::size_t> places;
  for (const BenchmarkResult& result : document.benchmarks) {
    const auto name = counts(result) ? sized_name(result.info.id) : std::nullopt;
    if (!name) continue;
    const auto [place, added] = places.try_emplace(
        {name->family, result.suite, result.info.threads, result.info.version}, families.size());
    if (added) families.push_back({.name = name->family});
    families[place->second].costs[static_cast<double>(name->size)] = result.value->value;
  }
  std::erase_if(families, [](const Family& family) { return !family.can_tell(); });
  return families;
}

ParametricGrowth growth_of(const Family& family) {
  ParametricGrowth growth{.family = family.name};
  growth.family.pop_back();
  std::vector<double> costs;
  for (const auto& [size, cost] : family.costs) {
    growth.sizes.push_back(size);
    costs.push_back(cost);
  }
  growth.fit = stats::simplest_growth(growth.sizes, costs, kNoiseBetweenSizes);
  return growth;
}

}  // namespace

std::optional<SizedName> sized_name(const BenchmarkId& id) {
  const std::string& text = id.text();
  const auto before = text.find_last_not_of("0123456789");
  if (before == std::string::npos || before == 0) return std::nullopt;
  const std::string_view family{text.data(), before + 1};
  const std::string_view digits = std::string_view{text}.substr(before + 1);
  const std::string_view part = family.substr(family.rfind('/') + 1);  // a name and a colon, or ""
  const bool named = part.size() > 1 && part.find(':') == part.size() - 1 && part != "threads:";
  if (!named && !part.empty()) return std::nullopt;
  if (digits.empty() || digits.size() > kMostDigits || digits.front() == '0') return std::nullopt;
  SizedName name{.family = std::string{family}};
  std::from_chars(digits.data(), digits.data() + digits.size(), name.size);
  return name;
}

std::vector<ParametricGrowth> growths_of(const Document& document) {
  std::vector<ParametricGrowth> growths;
  for (const Family& family : families_of(document)) growths.push_back(growth_of(family));
  return growths;
}

}  // namespace pulsebench::baseline
