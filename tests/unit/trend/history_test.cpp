#include "pulsebench/trend/history.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <utility>

#include "nights.hpp"
#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/temporary_folder.hpp"

using namespace pulsebench;
using namespace pulsebench::trend;

namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE_MESSAGE(at != std::string::npos, from);
  return text.replace(at, from.size(), to);
}

std::string refusal(const std::string& line) {
  const auto night = decode_night(line, "h.jsonl, line 7");
  REQUIRE_FALSE(night.has_value());
  return night.error().message;
}

std::vector<std::string> days_of(const History& history) {
  std::vector<std::string> days;
  for (const Night& night : history.nights) days.push_back(night.day);
  return days;
}

/// A tree with, or without, the history of one machine kind.
class Tree {
 public:
  [[nodiscard]] baseline::Store store() const { return baseline::Store{folder_.path()}; }
  [[nodiscard]] std::filesystem::path file() const {
    return folder_.path() / "baselines/nightly/history/epyc-7763.jsonl";
  }

 private:
  os::TemporaryFolder folder_ = os::TemporaryFolder::make().value();
};

}  // namespace

TEST_CASE("a night is one line, with the values of a benchmark in a list") {
  // Written by hand after docs/trend.md.
  const std::string expected =
      R"({"schema":"pulsebench-night","schema_version":1,"night":"2026-03-01",)"
      R"("run":"20260301T020000Z-1a2b3c","commit":"0123abcd","started":"2026-03-01T02:00:00Z",)"
      R"("complete":true,"machine_key":"00112233aabbccdd","machine_kind":"epyc-7763",)"
      R"("timer":"rdtsc","suites_sha256":")" +
      std::string(64, 'a') + R"(","anchor_sha256":")" + std::string(64, 'b') +
      R"(","facts":{"kernel":"6.1.0-18","compiler":"GNU 12.2.0"},)"
      R"("benchmarks":{"budget/consume":[0.8125,0.75,0.875,1.01562,0.5,2,1]}})"
      "\n";
  CHECK(encode_night(sample_night()) == expected);
}

TEST_CASE("a night is read as it was written") {
  Night night = sample_night();
  night.complete = false;
  night.costs.push_back({.id = *BenchmarkId::parse("a"), .cost = Cost{12345.6}});
  const auto read = decode_night(encode_night(night), "h");
  REQUIRE(read.has_value());
  CHECK(encode_night(*read) == encode_night(*decode_night(encode_night(*read), "h")));
  CHECK(read->day == "2026-03-01");
  CHECK(read->run_id == night.run_id);
  CHECK(read->started == night.started);
  CHECK_FALSE(read->complete);
  CHECK(read->machine_kind == "epyc-7763");
  CHECK(read->timer == "rdtsc");
  CHECK(read->facts.size() == 2);
  REQUIRE(read->costs.size() == 2);
  const NightCost& bare = read->costs[0];  // in the order of names
  CHECK(bare.id.text() == "a");
  CHECK(bare.cost.value == 12345.6);
  CHECK_FALSE(bare.range.has_value());
  CHECK_FALSE(bare.anchor_ratio.has_value());
  CHECK_FALSE(bare.robust_cv.has_value());
  const NightCost& full = read->costs[1];
  CHECK(full.range->high.value == 0.875);
  CHECK(full.robust_cv->value == 0.5);
  CHECK(full.version == 2);
  CHECK(full.tier == Tier::fast);
}

TEST_CASE("a metric has its unit and its direction behind the values, and may be a count of zero") {
  Night night = sample_night();
  night.facts.clear();
  night.costs = {{.id = *BenchmarkId::parse("w:errors"),
                  .cost = Cost{0.0, Unit::count},
                  .range = CostRange{Cost{0.0, Unit::count}, Cost{3.0, Unit::count}}},
                 {.id = *BenchmarkId::parse("w:rate"),
                  .cost = Cost{500.0, Unit::per_second},
                  .better = Better::higher}};
  const std::string line = encode_night(night);
  // Written by hand after docs/trend.md.
  CHECK(line.find(R"("schema_version":2,)") != std::string::npos);
  CHECK(line.find(R"("benchmarks":{"w:errors":[0.0,0.0,3.0,null,null,1,0,"count","lower"],)"
                  R"("w:rate":[500.0,null,null,null,null,1,0,"1/s","higher"]})") !=
        std::string::npos);
  const auto read = decode_night(line, "h");
  REQUIRE(read.has_value());
  CHECK(encode_night(*read) == line);
  CHECK(read->costs[0].cost == Cost{0.0, Unit::count});
  CHECK(read->costs[1].better == Better::higher);
  CHECK(refusal(replaced(line, "1/s", "m/s")) ==
        "h.jsonl, line 7: 'benchmarks.w:rate[7]' (unit) is not known: \"m/s\"");
  CHECK(refusal(replaced(line, "[500.0", "[0.0")).find("must be a positive number") !=
        std::string::npos);
}

TEST_CASE("each unusable line is refused with its place and its field") {
  const std::string good = encode_night(sample_night());
  const std::string list = "[0.8125,0.75,0.875,1.01562,0.5,2,1]";
  const std::pair<std::string, const char*> cases[] = {
      {"", "h.jsonl, line 7: torn or not JSON at line 1, column 0"},
      {"[]", "h.jsonl, line 7: must be an object, not a list"},
      {replaced(good, "pulsebench-night", "x"),
       "h.jsonl, line 7: 'schema' must be \"pulsebench-night\": the line is no night of "
       "pulsebench"},
      {replaced(good, "\"schema_version\":1", "\"schema_version\":3"),
       "h.jsonl, line 7: 'schema_version' is 3, and this pulsebench reads up to 2; use a newer "
       "pulsebench"},
      {replaced(good, "2026-03-01", "2026-02-30"),
       "h.jsonl, line 7: 'night' must be a day such as 2026-01-31"},
      {replaced(good, "\"complete\":true", "\"complete\":1"),
       "h.jsonl, line 7: 'complete' must be true or false"},
      {replaced(good, "\"timer\"", "\"tmier\""),
       "h.jsonl, line 7: 'tmier' is not known; did you mean 'timer'"},
      {replaced(good, "\"run\":\"20260301T020000Z-1a2b3c\",", ""),
       "h.jsonl, line 7: 'run' is missing"},
      {replaced(good, "6.1.0-18", "6\\n"),
       "h.jsonl, line 7: 'facts' has an unusable value: 'kernel' must be a printable text that is "
       "not empty"},
      {replaced(good, list, "[1]"),
       "h.jsonl, line 7: 'benchmarks.budget/consume' must be a list of 7 or 9 values"},
      {replaced(good, "[0.8125", "[0"),
       "h.jsonl, line 7: 'benchmarks.budget/consume[0]' (cost) must be a positive number up to "
       "1e+18, not 0"},
      {replaced(good, "0.75,0.875", "0.75,null"),
       "h.jsonl, line 7: 'benchmarks.budget/consume[2]' (high end) must be null if and only if the "
       "low end is"},
      {replaced(good, "0.75,0.875", "0.9,0.875"),
       "h.jsonl, line 7: 'benchmarks.budget/consume[2]' (high end) must not be below the low end"},
      {replaced(good, "1.01562", "\"1\""),
       "h.jsonl, line 7: 'benchmarks.budget/consume[3]' (anchor ratio) must be a number from 1e-06 "
       "to 1e+06, not \"1\""},
      {replaced(good, ",2,1]", ",2,4]"),
       "h.jsonl, line 7: 'benchmarks.budget/consume[6]' (tier) must be a whole number from 0 to 3, "
       "not 4"},
  };
  for (const auto& [line, message] : cases) CHECK(refusal(line) == message);
}

TEST_CASE("nights are in the order of their days, and a day comes once") {
  const std::string text =
      encode_night(sample_night("2026-03-02")) + encode_night(sample_night("2026-03-01"));
  CHECK(days_of(*decode_history(text, "h")) ==
        std::vector<std::string>{"2026-03-01", "2026-03-02"});
  const auto twice = decode_history(text + encode_night(sample_night("2026-03-02")), "h.jsonl");
  REQUIRE_FALSE(twice.has_value());
  CHECK(twice.error().message == "h.jsonl, line 3: 'night' 2026-03-02 is also that of line 1");
}

TEST_CASE("an incomplete last line is reported, and any other one is refused") {
  const std::string whole = encode_night(sample_night("2026-03-01"));
  const std::string cut = encode_night(sample_night("2026-03-02")).substr(0, 90);
  const auto history = decode_history(whole + cut, "h.jsonl");
  REQUIRE(history.has_value());
  CHECK(history->nights.size() == 1);
  CHECK(history->incomplete_line ==
        "h.jsonl, line 2: the line is incomplete, as a cut write leaves it");
  const auto inside = decode_history(cut + "\n" + whole, "h.jsonl");
  REQUIRE_FALSE(inside.has_value());
  CHECK(inside.error().message == "h.jsonl, line 1: torn or not JSON at line 1, column 90");
  // A last line that lacks its newline alone is whole.
  CHECK(decode_history(whole.substr(0, whole.size() - 1), "h")->incomplete_line.empty());
}

TEST_CASE("a recorded night is added, and the same day takes its place") {
  const Tree tree;
  for (const char* day : {"2026-03-02", "2026-03-01", "2026-03-02"}) {
    Night night = sample_night(day);
    night.run_id = std::string{"run-"} + day;
    REQUIRE(record_night(tree.store(), night).has_value());
  }
  Night again = sample_night("2026-03-02");
  again.run_id = "again";
  REQUIRE(record_night(tree.store(), again).has_value());
  const auto history = read_history(tree.store(), "epyc-7763");
  REQUIRE(history.has_value());
  CHECK(days_of(*history) == std::vector<std::string>{"2026-03-01", "2026-03-02"});
  CHECK(history->nights[1].run_id == "again");
  CHECK(*history_kinds(tree.store()) == std::vector<std::string>{"epyc-7763"});
}

TEST_CASE("nothing is recorded behind an incomplete line, nor a night that could not be read") {
  const Tree tree;
  const std::string text = encode_night(sample_night("2026-03-01")) + "{\"schema\"";
  REQUIRE(os::write_whole(tree.file(), text).has_value());
  const auto recorded = record_night(tree.store(), sample_night("2026-03-02"));
  REQUIRE_FALSE(recorded.has_value());
  CHECK(recorded.error().message.ends_with(
      "epyc-7763.jsonl, line 2: the line is incomplete, as a cut write leaves it; remove the line, "
      "or restore the file with git"));
  CHECK(*os::read_file(tree.file()) == text);
  Night senseless = sample_night();
  senseless.costs[0].cost = Cost{0};
  CHECK(
      record_night(tree.store(), senseless)
          .error()
          .message.starts_with("the night to be recorded: 'benchmarks.budget/consume[0]' (cost)"));
}

TEST_CASE("a machine kind that is no file name is refused, and one without nights has none") {
  const Tree tree;
  for (const char* kind : {"", "..", "a/b", "-x", ".hidden", "a b"}) {
    CHECK_MESSAGE(read_history(tree.store(), kind).error().code == ErrorCode::bad_input, kind);
  }
  CHECK(read_history(tree.store(), "unknown")->nights.empty());
  CHECK(history_kinds(tree.store())->empty());
}
