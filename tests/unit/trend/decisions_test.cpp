#include "pulsebench/trend/decisions.hpp"

#include <doctest/doctest.h>

#include <string>

#include "pulsebench/os/temporary_folder.hpp"

using namespace pulsebench;
using namespace pulsebench::trend;

namespace {

Decision decision(const char* id, const char* night, const char* reason = "worth it") {
  return {.id = *BenchmarkId::parse(id),
          .night = night,
          .reason = reason,
          .by = "A. N.",
          .on = "2026-03-05"};
}

const std::string kFile = R"({
  "schema": "pulsebench-trend-decisions",
  "schema_version": 1,
  "accepted": [
    {
      "id": "a",
      "night": "2026-03-01",
      "reason": "worth it",
      "by": "A. N.",
      "on": "2026-03-05"
    }
  ],
  "resets": []
}
)";

std::string refusal_with(const std::string& from, const std::string& to) {
  std::string text = kFile;
  text.replace(text.find(from), from.size(), to);
  const auto read = decode_decisions(text, "trend.json");
  REQUIRE_FALSE(read.has_value());
  return read.error().message;
}

}  // namespace

TEST_CASE("decisions are written for review and read as they were written") {
  const Decisions decisions{.accepted = {decision("a", "2026-03-01")}, .resets = {}};
  CHECK(encode_decisions(decisions) == kFile);
  CHECK(encode_decisions(*decode_decisions(kFile, "f")) == kFile);
}

TEST_CASE("a decision takes the place of that on the same benchmark and night, in order") {
  std::vector<Decision> list;
  for (const char* night : {"2026-03-02", "2026-03-01", "2026-03-02"}) {
    list = with_decision(std::move(list), decision("b", night, "again"));
  }
  list = with_decision(std::move(list), decision("a", "2026-03-03"));
  REQUIRE(list.size() == 3);
  CHECK(list[0].id.text() == "a");
  CHECK(list[1].night == "2026-03-01");
}

TEST_CASE("an unusable file of decisions is refused with its field") {
  CHECK(refusal_with("-decisions", "") ==
        "trend.json: 'schema' must be \"pulsebench-trend-decisions\": the file has no decisions "
        "about trends");
  CHECK(refusal_with("\"schema_version\": 1", "\"schema_version\": 2") ==
        "trend.json: 'schema_version' is 2, and this pulsebench reads up to 1; use a newer "
        "pulsebench");
  CHECK(refusal_with("2026-03-01", "2026-3-1") ==
        "trend.json: 'accepted[0].night' must be a day such as 2026-01-31");
  CHECK(refusal_with("worth it", "") == "trend.json: 'accepted[0].reason' is empty");
  CHECK(refusal_with("\"by\"", "\"buy\"") ==
        "trend.json: 'accepted[0].buy' is not known; did you mean 'by'");
}

TEST_CASE("decisions are changed under the lock of the tree, or not at all") {
  const auto folder = os::TemporaryFolder::make().value();
  const baseline::Store store{folder.path()};
  CHECK(read_decisions(store)->accepted.empty());
  REQUIRE(change_decisions(store, [](Decisions all) -> Result<Decisions> {
            all.resets.push_back(decision("a", "2026-03-01"));
            return all;
          }).has_value());
  CHECK(read_decisions(store)->resets.size() == 1);
  const auto refused = change_decisions(store, [](const Decisions&) -> Result<Decisions> {
    return fail(ErrorCode::bad_input, "no");
  });
  CHECK(refused.error().message == "no");
  CHECK(read_decisions(store)->resets.size() == 1);
}
