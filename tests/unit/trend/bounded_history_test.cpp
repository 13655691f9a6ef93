#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "nights.hpp"
#include "pulsebench/os/temporary_folder.hpp"

using namespace pulsebench;
using namespace pulsebench::trend;

TEST_CASE("a history keeps the newest 3660 nights, and drops the oldest as one is recorded") {
  const os::TemporaryFolder folder = os::TemporaryFolder::make().value();
  const baseline::Store store{folder.path()};
  const std::string kind = plain_night(0, 10).machine_kind;
  std::string text;
  for (int i = 0; i < 3665; ++i) text += encode_night(plain_night(i, 10));
  REQUIRE(store.files().write("baselines/nightly/history/" + kind + ".jsonl", text).has_value());
  REQUIRE(record_night(store, plain_night(4000, 10)).has_value());
  const auto history = read_history(store, kind);
  REQUIRE(history.has_value());
  CHECK(history->nights.size() == 3660);
  CHECK(history->nights.front().day == day_after_new_year(6));
  CHECK(history->nights.back().day == day_after_new_year(4000));
}
