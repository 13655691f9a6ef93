#include "pulsebench/trend/calendar.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <vector>

namespace pulsebench::trend {
namespace {

std::chrono::sys_days day_of(std::string_view text) {
  const auto number = [&](std::size_t from, std::size_t digits) {
    unsigned value = 0;
    std::from_chars(text.data() + from, text.data() + from + digits, value);
    return value;
  };
  return std::chrono::year_month_day{std::chrono::year{static_cast<int>(number(0, 4))},
                                     std::chrono::month{number(5, 2)},
                                     std::chrono::day{number(8, 2)}};
}

}  // namespace

int days_between(std::string_view from, std::string_view to) {
  return static_cast<int>((day_of(to) - day_of(from)).count());
}

int rhythm_of(std::span<const TrendNight> nights) {
  std::vector<int> gaps;
  for (std::size_t i = 1; i < nights.size(); ++i) {
    gaps.push_back(days_between(nights[i - 1].day, nights[i].day));
  }
  if (gaps.empty()) return 1;
  const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
  std::ranges::nth_element(gaps, middle);
  return std::max(*middle, 1);
}

int note_missing(std::span<TrendNight> nights, int rhythm) {
  int all = 0;
  for (std::size_t i = 1; i < nights.size(); ++i) {
    const int gap = days_between(nights[i - 1].day, nights[i].day);
    nights[i].missing_before = std::max((gap + rhythm / 2) / rhythm - 1, 0);
    all += nights[i].missing_before;
  }
  return all;
}

int days_late(std::span<const TrendNight> nights, int rhythm, std::string_view today) {
  if (nights.empty()) return 0;
  const int days = days_between(nights.back().day, today);
  return days > std::max(2, 3 * rhythm) ? days : 0;
}

}  // namespace pulsebench::trend
