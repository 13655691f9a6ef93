#include "pulsebench/report/baseline_table.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "fixtures.hpp"
#include "golden.hpp"

using namespace pulsebench;
using namespace pulsebench::report;

namespace {

baseline::Document envelope() {
  auto document = fixtures::run();
  document.run_id = "20260101-123005-1a2b";
  document.started = "2026-01-01T12:30:05Z";
  document.ended = "2026-01-01T12:30:17Z";
  document.tool_version = "0.1.0";
  document.command_line = {"pulsebench", "run", "--tier", "0"};
  document.suites = {{"tier0_critical", "9f86d081884c7d65", {{"compiler", "GNU 12.2.0"}}}};
  document.machine.hashed = {{"cpu model", "AMD EPYC 9R14"}, {"microcode", "0xa101148"}};
  document.machine.shown = {{"kernel", "6.1.0-18-amd64"}};
  document.state = {{"governor", "performance", "", "", "no cpufreq in this virtual machine"},
                    {"affinity", "1", "1", "1", ""},
                    {"load_1min", "", "0.12", "1.04", ""}};
  return document;
}

std::vector<baseline::Entry> entries() {
  std::vector<baseline::Entry> list;
  list.push_back({"main", "baselines/main.json", envelope()});
  auto other = envelope();
  other.machine.key = "0011223344556677";
  other.git.dirty = true;
  other.complete = false;
  list.push_back({"nightly/2026-01-01", "baselines/nightly/2026-01-01.json", other});
  list.push_back({"torn", "baselines/torn.json",
                  fail(ErrorCode::bad_input,
                       "baselines/torn.json ends in the middle of 'benchmarks'; "
                       "remove it with: pulsebench baseline rm torn")});
  return list;
}

}  // namespace

TEST_CASE("the list of baselines marks those of other machines and explains what is unreadable") {
  const std::string here = envelope().machine.key;
  fixtures::check_golden("baselines_80.txt",
                         baseline_list_text(entries(), here, render::Style{.width = 80}));
  fixtures::check_golden("baselines_120.txt",
                         baseline_list_text(entries(), here, render::Style{.width = 120}));
}

TEST_CASE("an empty list says how to begin") {
  CHECK(baseline_list_text({}, "", render::Style{}) ==
        "no baselines yet; save one with: pulsebench run --save main\n");
}

TEST_CASE("an unreadable baseline is in the JSON with its error") {
  const auto json =
      nlohmann::json::parse(baseline_list_json(entries(), envelope().machine.key))["baselines"];
  REQUIRE(json.size() == 3);
  CHECK(json[0]["this_machine"] == true);
  CHECK(json[1]["this_machine"] == false);
  CHECK(json[2].contains("error"));
  CHECK_FALSE(json[2].contains("commit"));
}

TEST_CASE("the envelope shows every fact, asked for and achieved") {
  fixtures::check_golden("envelope_80.txt", envelope_text(envelope(), render::Style{.width = 80}));
}
