#include "pulsebench/trend/kept_nights.hpp"

#include <doctest/doctest.h>

#include "nights.hpp"
#include "pulsebench/trend/judge.hpp"

using namespace pulsebench;
using namespace pulsebench::trend;

namespace {

std::map<std::string, KeptFor> kept_of(const History& history, std::size_t newest) {
  const std::string today = history.nights.empty() ? "2026-01-01" : history.nights.back().day;
  return nights_to_keep(judge(history, {}, today), newest);
}

/// The days, as MM-DD, that are kept for one reason.
std::vector<std::string> days(const std::map<std::string, KeptFor>& kept, KeptFor reason) {
  std::vector<std::string> found;
  for (const auto& [day, why] : kept) {
    if (why == reason) found.push_back(day.substr(5));
  }
  return found;
}

using Days = std::vector<std::string>;

}  // namespace

TEST_CASE("the newest nights, the first one and every Sunday are kept") {
  const auto kept = kept_of(history_of_levels({{10, 28}}), 3);
  CHECK(days(kept, KeptFor::newest) == Days{"01-26", "01-27", "01-28"});
  CHECK(days(kept, KeptFor::epoch) == Days{"01-01"});
  CHECK(days(kept, KeptFor::sunday) == Days{"01-04", "01-11", "01-18", "01-25"});  // cal 1 2026
  CHECK(kept.size() == 8);
}

TEST_CASE("the night of a change is kept with the two measured nights on each side") {
  History history = history_of_levels({{10, 30}, {11, 12}});  // the new level begins on 01-31
  CHECK(days(kept_of(history, 0), KeptFor::change) ==
        Days{"01-29", "01-30", "01-31", "02-01", "02-02"});
  history.nights.erase(history.nights.begin() + 29);  // 01-30 was not measured
  CHECK(days(kept_of(history, 0), KeptFor::change) ==
        Days{"01-28", "01-29", "01-31", "02-01", "02-02"});
}

TEST_CASE("the first night of each epoch is kept") {
  History history = history_of_levels({{10, 28}});
  for (std::size_t i = 8; i < 28; ++i) history.nights[i].machine_key = "another";
  for (std::size_t i = 15; i < 28; ++i) history.nights[i].costs[0].version = 7;
  CHECK(days(kept_of(history, 0), KeptFor::epoch) == Days{"01-01", "01-09", "01-16"});
}

TEST_CASE("of few nights, all are kept, and of none, none") {
  CHECK(kept_of(history_of_levels({{10, 28}}), 60).size() == 28);
  CHECK(kept_of(History{}, 60).empty());
}
