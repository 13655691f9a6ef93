#pragma once

#include <span>
#include <string_view>

#include "pulsebench/trend/trend.hpp"

namespace pulsebench::trend {

/// Days from one day to another, YYYY-MM-DD each. Precondition: both are days of the calendar.
[[nodiscard]] int days_between(std::string_view from, std::string_view to);

/// Days from one night to the next: the median, at least 1. A history of fewer than two nights has
/// a rhythm of 1.
[[nodiscard]] int rhythm_of(std::span<const TrendNight> nights);

/// Notes how many nights are missing before each night, at that rhythm, and returns their sum.
int note_missing(std::span<TrendNight> nights, int rhythm);

/// Days from the newest night to `today` where they are more than two, and more than three times
/// the rhythm; else 0.
[[nodiscard]] int days_late(std::span<const TrendNight> nights, int rhythm, std::string_view today);

}  // namespace pulsebench::trend
