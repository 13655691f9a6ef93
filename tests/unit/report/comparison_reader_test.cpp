#include <doctest/doctest.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <string>

#include <nlohmann/json.hpp>

#include "fixtures.hpp"
#include "golden.hpp"
#include "pulsebench/report/comparison_document.hpp"
#include "pulsebench/report/comparison_page.hpp"
#include "pulsebench/report/comparison_parts.hpp"

using namespace pulsebench;
using namespace pulsebench::report;
using Json = nlohmann::ordered_json;

namespace {

compare::Live live(int blocks) {
  compare::Live made{.blocks = blocks, .seconds = 1.5, .guard = "both"};
  for (int i = 0; i < blocks; ++i) made.changes.push_back({0.01 * i, -0.0123456});
  return made;
}

/// Every verdict, and everything that a benchmark can have beside it.
compare::Comparison full_comparison() {
  auto made = fixtures::mixed_comparison();
  auto& all = made.benchmarks;
  for (auto& one : all) {
    if (one.pairs > 0) one.run_sigma = {.deviation = 0.005, .runs = 7};
  }
  all[2].approved = {{"worth it", "A. N.", "2026-01-31", "2026-12-31", Percent{20.0}}};
  all[2].info.threads = 2;
  all[2].base_processed = {.bytes = 64.0, .items = 1.0};
  all[2].candidate_processed = {.bytes = 64.0, .items = 1.0};
  all[3].live = live(8);
  all[3].layout_suspect = true;
  all[3].base_id = "tier_manager/record";
  all[3].reasons = {{.code = compare::ReasonCode::injected, .numbers = {15.0}},
                    {.code = compare::ReasonCode::undecided, .numbers = {4.9, 5.0}}};
  all[4].counts = {{"instructions", 20.0, 22.0}};
  all[4].by_instructions = true;
  all[5].unconfirmed = {{.code = compare::ReasonCode::not_reached}};
  all[6].info.tier_declared = false;
  all[7].missing = true;
  all[7].gates = true;
  made.base_origin = "commit 1a2b3c4d5e6f";
  made.reference_shift_percent = 2.5;
  made.normalised = true;
  made.history = 7;
  return made;
}

std::string page_text(const compare::Comparison& comparison, int exit_code) {
  const auto page = comparison_page(comparison, {.rows = Rows::all, .exit_code = exit_code});
  return fixtures::as_text(page, 120, true);
}

std::string error_of(const Json& json) {
  const auto read = read_comparison(json.dump(), "verdict.json");
  return read ? std::string{} : read.error().message;
}

Json document() { return Json::parse(comparison_json(full_comparison(), 1)); }

}  // namespace

TEST_CASE("a comparison that is read back says what it said") {
  const auto comparison = full_comparison();
  const std::string text = comparison_json(comparison, 1);
  const auto read = read_comparison(text, "verdict.json");
  REQUIRE_MESSAGE(read, read.error().message);
  CHECK(read->exit_code == 1);
  CHECK(page_text(read->comparison, 1) == page_text(comparison, 1));
  CHECK(comparison_json(read->comparison, 1) == text);
}

TEST_CASE("so does one of ab, and one of rivals") {
  auto comparison = full_comparison();
  for (auto& one : comparison.benchmarks) {
    one.run_sigma.reset();
    one.unconfirmed.reset();
    one.live = live(6);
  }
  comparison.interval_level = compare::Live{}.interval_level;
  comparison.visit_share = 0.25;
  comparison.seed = 18446744073709551615U;
  for (const bool rivals : {false, true}) {
    comparison.rivals = rivals;
    const std::string text = comparison_json(comparison, 0);
    const auto read = read_comparison(text, "verdict.json");
    REQUIRE_MESSAGE(read, read.error().message);
    CHECK(page_text(read->comparison, 0) == page_text(comparison, 0));
    CHECK(comparison_json(read->comparison, 0) == text);
  }
}

TEST_CASE("an explanation is kept, and the reason why there is none") {
  auto comparison = full_comparison();
  comparison.benchmarks[0].explanation = {
      .base = 655.0,
      .candidate = 679.0,
      .operations = 64,
      .functions = {{.name = "leaf(unsigned long)",
                     .object = "bench",
                     .where = SourceLine{"src/victim.cpp", 20},
                     .base = 246.0,
                     .candidate = 270.0,
                     .inlined = InlinedChange{"chain(long)", SourceLine{"a.hpp", 17}, 23.5}},
                    {.name = "fresh()", .base = {}, .candidate = 0.5}}};
  comparison.benchmarks[2].explanation = {.reason = "not counted for several threads"};
  const std::string text = comparison_json(comparison, 1);
  const auto read = read_comparison(text, "verdict.json");
  REQUIRE_MESSAGE(read, read.error().message);
  const auto& explanation = read->comparison.benchmarks[0].explanation;
  REQUIRE(explanation.has_value());
  CHECK(explanation->functions.at(0).where == SourceLine{"src/victim.cpp", 20});
  REQUIRE(explanation->functions.at(0).inlined.has_value());
  CHECK(explanation->functions.at(0).inlined->difference == 23.5);
  CHECK_FALSE(explanation->functions.at(1).base.has_value());
  CHECK(page_text(read->comparison, 1) == page_text(comparison, 1));
  CHECK(comparison_json(read->comparison, 1) == text);
  auto wrong = Json::parse(text);
  wrong["benchmarks"][0]["explanation"]["functions"][0]["base_instructions_per_op"] = "many";
  CHECK(error_of(wrong).find("base_instructions_per_op") != std::string::npos);
}

TEST_CASE("both log-ratios of each block are kept with four digits") {
  const auto read = read_comparison(comparison_json(full_comparison(), 1), "verdict.json");
  REQUIRE(read);
  const auto& changes = read->comparison.benchmarks[3].live->changes;
  REQUIRE(changes.size() == 8);
  CHECK(changes[7] == compare::BlockChange{0.07, -0.01235});
  CHECK(read->comparison.benchmarks[2].live == std::nullopt);
}

TEST_CASE("of more than 256 blocks 256 are kept, spread evenly") {
  auto comparison = full_comparison();
  comparison.benchmarks[3].live = live(1024);
  const auto json = Json::parse(comparison_json(comparison, 1))["benchmarks"][3];
  CHECK(json["blocks"] == 1024);
  REQUIRE(json["blocks_log_ratio"].size() == 256);
  CHECK(json["blocks_log_ratio"][255][0] == 10.2);  // the block 1020
}

TEST_CASE("a document of version 0.2 is read, and has no blocks") {
  std::ifstream file{PULSEBENCH_GOLDEN_FOLDER "/comparison_0_2.json"};
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  const auto read = read_comparison(text, "old.json");
  REQUIRE_MESSAGE(read, read.error().message);
  REQUIRE(read->comparison.benchmarks.size() == 2);
  const compare::Judged& regressed = read->comparison.benchmarks[0];
  CHECK(regressed.verdict == compare::Verdict::regressed);
  CHECK(regressed.candidate == Cost{0.99});
  CHECK(regressed.info.threads == 1);
  CHECK(!regressed.live);
  CHECK(page_text(read->comparison, 1).find("only in pr-123") != std::string::npos);
  CHECK(verdict_of(read->comparison) == compare::RunVerdict::regressed);
}

TEST_CASE("a text of a document cannot steer a terminal") {
  auto json = document();
  json["benchmarks"][3]["reasons"] = {"\x1b[2J", ""};
  const auto read = read_comparison(json.dump(), "verdict.json");
  REQUIRE_MESSAGE(read, read.error().message);
  CHECK(read->comparison.benchmarks[3].reasons[0].sentence == "?[2J");
  CHECK(read->comparison.benchmarks[3].reasons[1].sentence == "undecided");
}

TEST_CASE("what is no comparison is refused in one line that names the field") {
  CHECK(error_of(document()).empty());
  const auto damaged = [](const char* pointer, const Json& value) {
    Json json = document();
    json[Json::json_pointer(pointer)] = value;
    return error_of(json);
  };
  CHECK(damaged("/schema", "pulsebench-result") ==
        "verdict.json: 'schema' must be 'pulsebench-comparison', as compare and ab write it with "
        "--format json");
  CHECK(damaged("/version", 2) ==
        "verdict.json: 'version' is 2, and this pulsebench reads up to 1; take a newer one");
  CHECK(damaged("/benchmarks/3/blocks_log_ratio", Json::array({Json::array({1, 2, 3})})) ==
        "verdict.json: 'benchmarks[3].blocks_log_ratio' must be a list of pairs of numbers");
  CHECK(damaged("/benchmarks/3/blocks_log_ratio", Json(std::vector<int>(257))) ==
        "verdict.json: 'benchmarks[3].blocks_log_ratio' has more than 256 entries");
  CHECK(damaged("/benchmarks/3/reason_codes/0", "novel") ==
        "verdict.json: 'benchmarks[3].reason_codes' has a code that this pulsebench does not know; "
        "take a newer one");
  CHECK(damaged("/benchmarks/3/id", "x\ny") ==
        "verdict.json: 'benchmarks[3].id' is not the id of a benchmark");
  CHECK(damaged("/benchmarks/2/change_interval_percent", Json::array({1})) ==
        "verdict.json: 'benchmarks[2].change_interval_percent' must have two ends");
  CHECK(damaged("/benchmarks/4/counts_per_op/instructions", Json::array({1})) ==
        "verdict.json: 'benchmarks[4].counts_per_op.instructions' must have two numbers");
  for (const auto& damage : std::vector<std::pair<const char*, Json>>{
           {"/base", 1},
           {"/verdict", "fine"},
           {"/exit_code", 256},
           {"/seed", -1},
           {"/benchmarks", Json::object()},
           {"/benchmarks/0", 1},
           {"/benchmarks/0/tier", 4},
           {"/benchmarks/0/threads", 0},
           {"/benchmarks/0/verdict", "fine"},
           {"/benchmarks/0/base_ns_per_op", 0},
           {"/benchmarks/0/p_value", 2},
           {"/benchmarks/2/approval", 1},
           {"/benchmarks/3/blocks", -1},
           {"/benchmarks/3/blocks_log_ratio", Json::array({Json::array({1, "a"})})}}) {
    CAPTURE(damage.first);
    CHECK(damaged(damage.first, damage.second).starts_with("verdict.json: '"));
  }
  const auto torn = read_comparison(document().dump().substr(0, 500), "verdict.json");
  REQUIRE(!torn);
  CHECK(torn.error().message.starts_with("verdict.json: torn or not JSON at line 1, column "));
}
