#include "pulsebench/trend/kept_nights.hpp"

#include <algorithm>
#include <string_view>

#include "pulsebench/trend/calendar.hpp"

namespace pulsebench::trend {
namespace {

constexpr std::size_t kAroundChange = 2;

bool is_sunday(const std::string& day) {
  constexpr std::string_view kSunday = "1970-01-04";
  return days_between(kSunday, day) % 7 == 0;
}

}  // namespace

std::map<std::string, KeptFor> nights_to_keep(const Trend& trend, std::size_t newest) {
  std::map<std::string, KeptFor> kept;
  const auto& nights = trend.nights;
  const std::size_t count = nights.size();
  for (std::size_t i = count - std::min(newest, count); i < count; ++i) {
    kept.emplace(nights[i].day, KeptFor::newest);
  }
  for (const Series& series : trend.series) {
    for (const Epoch& epoch : series.epochs) {
      kept.emplace(nights[series.points[epoch.first].night].day, KeptFor::epoch);
    }
  }
  for (const Series& series : trend.series) {
    for (const Change& change : series.changes) {
      const std::size_t night = series.points[change.first].night;
      const std::size_t end = std::min(count, night + kAroundChange + 1);
      for (std::size_t near = night - std::min(night, kAroundChange); near < end; ++near) {
        kept.emplace(nights[near].day, KeptFor::change);
      }
    }
  }
  for (const TrendNight& night : nights) {
    if (is_sunday(night.day)) kept.emplace(night.day, KeptFor::sunday);
  }
  return kept;
}

}  // namespace pulsebench::trend
