#include "pulsebench/trend/night.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "pulsebench/baseline/approvals.hpp"
#include "pulsebench/json/reader.hpp"
#include "pulsebench/json/write.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::trend {
namespace {

using Json = nlohmann::ordered_json;

constexpr json::Format kNightFormat{.schema = kNightSchemaId,
                                    .version_key = "schema_version",
                                    .newest = kNightSchemaVersion,
                                    .otherwise = "the line is no night of pulsebench"};
constexpr std::size_t kMostBenchmarks = 100'000;
constexpr std::size_t kMostFacts = 64;
constexpr int kMostVersions = 1'000'000;
constexpr json::Bounds kCost{json::kAboveZero, 1e18};  // ns: 30 years
constexpr json::Bounds kRatio{1e-6, 1e6};
constexpr json::Bounds kSpread{0, 1e6};  // per cent
constexpr json::TextBounds kText{.least = 0, .most = 200, .printable = true};
constexpr json::TextBounds kName{.least = 1, .most = 200, .printable = true};
constexpr int kDigits = 6;

/// The values of a cost in its list, in this order.
enum Place : std::size_t {
  kValue,
  kLow,
  kHigh,
  kAnchorRatio,
  kRobustCv,
  kVersion,
  kTier,
  kUnit,  ///< this and the next: absent where it is the time of an operation
  kBetter,
  kPlaces
};
constexpr std::array<const char*, kPlaces> kPlaceNames{"cost",         "low end",   "high end",
                                                       "anchor ratio", "robust cv", "version",
                                                       "tier",         "unit",      "better"};
constexpr std::size_t kPlacesOfTime = kUnit;

bool is_time(const NightCost& cost) {
  return cost.cost.unit == Unit::nanoseconds && cost.better == Better::lower;
}

json::Bounds bounds_of(Unit unit) {
  return unit == Unit::count ? json::Bounds{0.0, kCost.high} : kCost;
}

Json json_of(const NightCost& cost) {
  const auto& range = cost.range;
  Json list = Json::array(
      {json::rounded(cost.cost.value, kDigits),
       json::rounded_or_null(range ? std::optional{range->low.value} : std::nullopt, kDigits),
       json::rounded_or_null(range ? std::optional{range->high.value} : std::nullopt, kDigits),
       json::rounded_or_null(cost.anchor_ratio, kDigits),
       json::rounded_or_null(cost.robust_cv ? std::optional{cost.robust_cv->value} : std::nullopt,
                             kDigits),
       cost.version, number_of(cost.tier)});
  if (is_time(cost)) return list;
  list.push_back(name_of(cost.cost.unit));
  list.push_back(name_of(cost.better));
  return list;
}

/// Reads the list of one benchmark by place, and notes the first value that is wrong.
class CostReader {
 public:
  CostReader(const json::Value& list, json::Reader& fields, std::string id)
      : list_(list), fields_(fields), id_(std::move(id)) {}

  double number(Place place, json::Bounds bounds) {
    const json::Value& value = list_[place];
    const double read = value.is_number() ? value.get<double>() : bounds.low - 1.0;
    if (read >= bounds.low && read <= bounds.high) return read;
    note(place, json::must_be_number(bounds, shown(value)));
    return bounds.high;
  }

  std::optional<double> number_if_any(Place place, json::Bounds bounds) {
    if (list_[place].is_null()) return std::nullopt;
    return number(place, bounds);
  }

  int whole(Place place, int low, int high) {
    const json::Bounds bounds{static_cast<double>(low), static_cast<double>(high)};
    const json::Value& value = list_[place];
    const double read = value.is_number_integer() ? value.get<double>() : bounds.low - 1.0;
    if (read >= bounds.low && read <= bounds.high) return static_cast<int>(read);
    note(place, json::must_be_whole(bounds, shown(value)));
    return low;
  }

  /// A word of the enum; its first value where the list is too short for it.
  template <class Enum>
  Enum word(Place place) {
    if (list_.size() <= place) return Enum{};
    const auto* const text = list_[place].get_ptr<const std::string*>();
    const auto known = text == nullptr ? std::nullopt : value_named<Enum>(*text);
    if (!known) note(place, "is not known: " + shown(list_[place]));
    return known.value_or(Enum{});
  }

  void note(Place place, const std::string& fact) {
    fields_.note(fmt::format("benchmarks.{}[{}]", id_, static_cast<std::size_t>(place)),
                 fmt::format("({}) {}", kPlaceNames[place], fact));
  }

 private:
  static std::string shown(const json::Value& value) {
    return printable(json::line_text(value), 60);
  }

  const json::Value& list_;
  json::Reader& fields_;
  std::string id_;
};

std::optional<CostRange> read_range(CostReader& reader, Unit unit) {
  const auto low = reader.number_if_any(kLow, bounds_of(unit));
  const auto high = reader.number_if_any(kHigh, bounds_of(unit));
  if (low.has_value() != high.has_value()) {
    reader.note(kHigh, "must be null if and only if the low end is");
  } else if (low && *high < *low) {
    reader.note(kHigh, "must not be below the low end");
  }
  if (!low || !high) return std::nullopt;
  return CostRange{Cost{*low, unit}, Cost{*high, unit}};
}

void read_cost(json::Reader& fields, const std::string& name, const json::Value& list,
               std::vector<NightCost>& costs) {
  const auto id = BenchmarkId::parse(name);
  if (!id) return fields.note("benchmarks", "has an unusable name: " + id.error().message);
  if (!list.is_array() || (list.size() != kPlacesOfTime && list.size() != kPlaces)) {
    return fields.note("benchmarks." + name,
                       fmt::format("must be a list of {} or {} values", +kPlacesOfTime, +kPlaces));
  }
  CostReader reader{list, fields, name};
  const auto unit = reader.word<Unit>(kUnit);
  const auto cv = [&]() -> std::optional<Percent> {
    const auto percent = reader.number_if_any(kRobustCv, kSpread);
    return percent ? std::optional{Percent{*percent}} : std::nullopt;
  };
  costs.push_back(
      {.id = *id,
       .cost = Cost{reader.number(kValue, bounds_of(unit)), unit},
       .range = read_range(reader, unit),
       .anchor_ratio = reader.number_if_any(kAnchorRatio, kRatio),
       .robust_cv = cv(),
       .version = reader.whole(kVersion, 1, kMostVersions),
       .tier = static_cast<Tier>(reader.whole(kTier, 0, static_cast<int>(kTierCount) - 1)),
       .better = reader.word<Better>(kBetter)});
}

void read_costs(json::Reader& fields, std::vector<NightCost>& costs) {
  const json::Value* all = fields.require("benchmarks");
  if (all == nullptr) return;
  if (!all->is_object() || all->size() > kMostBenchmarks) {
    return fields.note("benchmarks",
                       fmt::format("must be an object of at most {} entries", kMostBenchmarks));
  }
  costs.reserve(all->size());
  for (const auto& [id, list] : all->items()) {
    read_cost(fields, id, list, costs);
    if (fields.failed()) return;
  }
}

void read_facts(json::Reader& fields, NamedFacts& facts) {
  const json::Value* all = fields.require("facts");
  if (all == nullptr) return;
  if (!all->is_object() || all->size() > kMostFacts) {
    return fields.note("facts", fmt::format("must be an object of at most {} texts", kMostFacts));
  }
  json::Problem problem;
  json::Reader reader{*all, problem};
  for (const auto& [name, value] : all->items()) {
    if (!is_printable(name) || name.empty()) return fields.note("facts", "has an unusable name");
    facts.emplace_back(name, reader.text(name.c_str(), kText));
    if (problem.noted()) return fields.note("facts", "has an unusable value: " + problem.text());
  }
}

Night read_night(json::Reader& fields) {
  Night night{.day = fields.text("night"),
              .run_id = fields.text("run", kName),
              .commit = fields.text("commit", kText),
              .started = fields.text("started", kName),
              .complete = fields.flag("complete"),
              .machine_key = fields.text("machine_key", kName),
              .machine_kind = fields.text("machine_kind", kName),
              .timer = fields.text("timer", kText),
              .suites_sha256 = fields.text("suites_sha256", kText),
              .anchor_sha256 = fields.text("anchor_sha256", kText),
              .facts = {},
              .costs = {}};
  if (!baseline::is_day(night.day)) fields.note("night", "must be a day such as 2026-01-31");
  read_facts(fields, night.facts);
  read_costs(fields, night.costs);
  return night;
}

}  // namespace

std::string encode_night(const Night& night) {
  Json costs = Json::object();
  for (const NightCost& cost : night.costs) costs[cost.id.text()] = json_of(cost);
  Json facts = Json::object();
  for (const auto& [name, value] : night.facts) facts[name] = value;
  const bool times_alone = std::ranges::all_of(night.costs, is_time);
  const Json line{{"schema", kNightSchemaId},
                  {"schema_version", times_alone ? 1 : kNightSchemaVersion},
                  {"night", night.day},
                  {"run", night.run_id},
                  {"commit", night.commit},
                  {"started", night.started},
                  {"complete", night.complete},
                  {"machine_key", night.machine_key},
                  {"machine_kind", night.machine_kind},
                  {"timer", night.timer},
                  {"suites_sha256", night.suites_sha256},
                  {"anchor_sha256", night.anchor_sha256},
                  {"facts", std::move(facts)},
                  {"benchmarks", std::move(costs)}};
  return json::line_text(line) + "\n";
}

Result<Night> decode_night(std::string_view line, std::string_view where) {
  return json::read_document<Night>(
      line, where, kNightFormat, [](json::Reader& fields, Night& night) {
        fields.know_only({"schema", "schema_version", "night", "run", "commit", "started",
                          "complete", "machine_key", "machine_kind", "timer", "suites_sha256",
                          "anchor_sha256", "facts", "benchmarks"});
        night = read_night(fields);
      });
}

}  // namespace pulsebench::trend
