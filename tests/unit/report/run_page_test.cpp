#include "pulsebench/report/run_page.hpp"

#include <doctest/doctest.h>

#include <sstream>
#include <string>

#include "fixtures.hpp"
#include "golden.hpp"
#include "pulsebench/baseline/codec.hpp"
#include "pulsebench/render/text.hpp"

using namespace pulsebench;
using namespace pulsebench::report;
using fixtures::as_markdown;
using fixtures::as_text;

namespace {

std::string first_line(const baseline::Document& document) {
  const std::string screen = as_text(run_page(document, fixtures::options()), 200);
  return screen.substr(0, screen.find('\n'));
}

RunPageOptions saved() {
  auto options = fixtures::options();
  options.saved_as = "main";
  options.next.command = "pulsebench run --save pr-123 && pulsebench compare main pr-123";
  return options;
}

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

}  // namespace

TEST_CASE("a good run is a calm screen at 80 columns") {
  fixtures::check_golden("run_good_80.txt", as_text(run_page(fixtures::tier_0_run(), saved()), 80));
}

TEST_CASE("at 120 columns the interval shows both ends") {
  fixtures::check_golden("run_good_120.txt",
                         as_text(run_page(fixtures::tier_0_run(), saved()), 120));
}

TEST_CASE("failures, misses, doubts and disturbances are on the page with their reasons") {
  fixtures::check_golden("run_troubled_80.txt",
                         as_text(run_page(fixtures::troubled_run(), saved()), 80));
  fixtures::check_golden("run_troubled_120.txt",
                         as_text(run_page(fixtures::troubled_run(), saved()), 120));
}

TEST_CASE("--explain shows the spread of all slices, the causes of disturbance and more facts") {
  auto document = fixtures::troubled_run();
  document.benchmarks[4].disturbed_run_delay = 120;
  fixtures::check_golden("run_explained_120.txt", as_text(run_page(document, saved()), 120, true));
}

TEST_CASE("notes name no tier where the benchmarks declare none") {
  auto document = fixtures::troubled_run();
  for (auto& result : document.benchmarks) result.info.tier_declared = false;
  const std::string screen = as_text(run_page(document, saved()), 200);
  CHECK(screen.find("! noisier than the 5 % limit: budget/remaining") != std::string::npos);
  CHECK(screen.find("! each benchmark requires 16 launches and has 5") != std::string::npos);
}

TEST_CASE("without targets there is no column of them") {
  auto document = fixtures::run();
  document.benchmarks = {fixtures::result("sort/1000", 4100, {}, Tier::system)};
  const std::string screen = as_text(run_page(document, {}), 80);
  CHECK(screen.find("target") == screen.find("targets"));  // in the first line alone
}

TEST_CASE("what benchmarks say of themselves, and what limits a figure, is said once for all") {
  auto document = fixtures::run();
  document.benchmarks = {fixtures::result("isolation/create", 200.0),
                         fixtures::result("budget/is_exhausted", 0.27),
                         fixtures::result("isolation/remove", 20.0)};
  document.benchmarks[0].label = document.benchmarks[2].label = "cgroup v1";
  document.benchmarks[1].outcome.reason = "it takes no longer than a turn of the empty loop";
  const auto screen = as_text(run_page(document, fixtures::options()), 200);
  CHECK(screen.find("cgroup v1: isolation/create, isolation/remove\n") != std::string::npos);
  CHECK(screen.find("too cheap to measure (same as an empty loop): budget/is_exhausted\n") !=
        std::string::npos);
}

TEST_CASE("a disturbed run says for how much of the time, and to whom it asks by what") {
  auto document = fixtures::run();
  document.benchmarks = {fixtures::result("hooks/has_hooks", 0.273)};  // 20 launches of 50 slices
  auto& result = document.benchmarks[0];
  const auto screen = [&](bool explain) {
    return as_text(run_page(document, fixtures::options()), 200, explain);
  };
  CHECK(screen(true).find("of the measured time") == std::string::npos);
  result.launches.disturbed[3] = 50;
  result.launches.disturbed[4] = 30;
  result.disturbed_run_delay = 75;
  result.disturbed_preempted = 25;
  result.disturbed_slow_core = 76;
  CHECK(screen(false).find("8.0 % of the measured time was disturbed") != std::string::npos);
  CHECK(screen(false).find("disturbed by") == std::string::npos);
  CHECK(screen(true).find("disturbed by: 7.6 % core slowed down, 7.5 % waiting for a CPU, "
                          "2.5 % preempted\n") != std::string::npos);
  result.launches_stolen = 1;  // in one launch of twenty: not worth a line
  result.launches_crowded = 2;
  CHECK(screen(true).find("2.5 % preempted, more tasks than CPUs in 2 of 20 launches\n") !=
        std::string::npos);
}

TEST_CASE("a run by an emulator says so") {
  auto document = fixtures::run();
  document.machine.hashed.emplace_back("emulator", "qemu-aarch64-static");
  const auto screen = as_text(run_page(document, fixtures::options()), 200, false);
  CHECK(screen.find("an emulator ran it (qemu-aarch64-static): its times say nothing") !=
        std::string::npos);
}

TEST_CASE("a fact of the machine that could not be read is said, and an absent one is not") {
  auto document = fixtures::run();
  document.machine.hashed = {{"caches", "unknown: cannot read /sys/x: Input/output error"},
                             {"numa_nodes", "unknown: no /sys/y"}};
  const auto screen = as_text(run_page(document, fixtures::options()), 200, false);
  CHECK(screen.find("'caches' of the machine is unknown: cannot read /sys/x: Input/output error; "
                    "so the result counts as another machine's") != std::string::npos);
  CHECK(screen.find("/sys/y") == std::string::npos);
}

TEST_CASE("what happened around the slices is said also where none of them was disturbed") {
  auto document = fixtures::run();
  document.benchmarks = {fixtures::result("hooks/has_hooks", 0.273)};
  document.benchmarks[0].launches_stolen = 7;
  CHECK(as_text(run_page(document, fixtures::options()), 200, true)
            .find("disturbed by: the host took the CPU in 7 of 20 launches\n") !=
        std::string::npos);
}

TEST_CASE("a dumb terminal gets the run in ASCII alone") {
  const std::string screen = as_text(run_page(fixtures::troubled_run(), saved()),
                                     render::Style{.unicode = false, .width = 80});
  fixtures::check_golden("run_ascii_80.txt", screen);
  for (const char c : screen) REQUIRE(static_cast<unsigned char>(c) < 0x80);
}

TEST_CASE("colour is used where it is on and nowhere else") {
  const auto document = fixtures::troubled_run();
  CHECK(as_text(run_page(document, saved()), render::Style{.color = false}).find('\x1b') ==
        std::string::npos);
  CHECK(as_text(run_page(document, saved()), render::Style{.color = true}).find("\x1b[31m") !=
        std::string::npos);
}

TEST_CASE("the first line is the verdict of the run") {
  CHECK(first_line(fixtures::tier_0_run()) == "tier 0: 9 of 9 within target; noise at most 0.2 %");

  auto missed = fixtures::tier_0_run();
  missed.benchmarks[4].target = Cost{0.5};
  CHECK(first_line(missed) ==
        "tier 0: 8 of 9 within target, 1 over (budget/consume); noise at most 0.2 %");

  auto interrupted = fixtures::tier_0_run();
  interrupted.complete = false;
  interrupted.incomplete_because = "interrupted by SIGINT";
  CHECK(first_line(interrupted).rfind("incomplete: interrupted by SIGINT; tier 0: 9 of 9", 0) == 0);

  auto hasty = fixtures::tier_0_run();
  hasty.benchmarks[0].launches.launch.resize(8);
  CHECK(first_line(hasty) ==
        "tier 0: 9 of 9 within target; noise at most 0.2 %; too few launches to judge by");
}

TEST_CASE("a run that measured nothing says so") {
  CHECK(first_line(fixtures::run()) == "nothing measured");
  auto failed = fixtures::run();
  failed.benchmarks = {fixtures::failure("a", Status::crashed, "crashed")};
  CHECK(first_line(failed) == "nothing measured: 1 of 1 benchmark has no measurement");
}

TEST_CASE("a run of floors alone names them") {
  auto floors = fixtures::run();
  floors.benchmarks = {fixtures::floor("floors/relaxed_load", 0.273),
                       fixtures::floor("floors/lock_xadd", 2.06)};
  CHECK(first_line(floors) == "2 floors measured");
}

TEST_CASE("a name that steers terminals is shown without its teeth, and the box stays straight") {
  auto document = fixtures::tier_0_run();
  // BenchmarkId refuses control characters, so the hostile text comes by the other ways in.
  document.benchmarks.push_back(
      fixtures::failure("hooks/基準/é", Status::failed, "said \x1b[2J and \r\n more"));
  document.git.branch = "\x1b]0;owned\x07";
  document.preset = "\x1b[31m";
  document.machine.key =
      "\x9b"
      "1m";
  const std::string screen = as_text(run_page(document, fixtures::options()), 80);
  CHECK(screen.find('\x1b') == std::string::npos);
  CHECK(screen.find('\r') == std::string::npos);
  CHECK(screen.find('\x07') == std::string::npos);
  std::istringstream lines{screen};
  int box = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("│", 0) != 0) continue;
    ++box;
    if (box > 1)
      CHECK(render::display_width(line) ==
            render::display_width(screen.substr(
                screen.find("┌"), screen.find('\n', screen.find("┌")) - screen.find("┌"))));
  }
  CHECK(box > 15);
}

TEST_CASE("what a tier demands comes from its gate and the default preset") {
  config::Config config;
  config.default_preset = "standard";
  config.presets["standard"].launches = {20, 16, 16, 16};
  config.gates[0].max_robust_cv = Percent{5};
  const TierDemands demands = demands_of(config);
  CHECK(demands.launches[0] == 20);
  CHECK(demands.launches[3] == 16);
  CHECK(demands.robust_cv[0] == Percent{5});
  CHECK(demands.robust_cv[1] == Percent{0});
}

TEST_CASE("what was counted stands beside the time, and what was not has one line") {
  auto document = fixtures::run();
  const std::string reason = "this VM exposes no hardware counters; use --instructions";
  for (const char* id : {"hooks/has_hooks", "budget/consume"}) {
    auto result = fixtures::result(id, 0.8, 10);
    result.counters = {{.name = "cycles", .per_op = std::nullopt, .reason = reason},
                       {.name = "branches", .per_op = std::nullopt, .reason = reason},
                       {.name = "page-faults", .per_op = 0.0}};
    result.exact = ExactCount{.instructions_per_op = 21.0, .by = "callgrind"};
    result.allocations = Allocations{.per_op = 0.0};
    document.benchmarks.push_back(result);
  }
  document.benchmarks[1].exact->instructions_per_op = 21.37;
  document.benchmarks[1].allocations =
      Allocations{.per_op = 2.0, .bytes_per_op = 96, .peak_bytes = 64};
  document.benchmarks[1].max_allocations = 0.0;
  fixtures::check_golden("run_counts_120.txt",
                         as_text(run_page(document, fixtures::options()), 120));
}

TEST_CASE("instructions a cycle and misses are there where hardware counters are") {
  auto document = fixtures::run();
  auto result = fixtures::result("hooks/has_hooks", 0.8, 10);
  result.counters = {{.name = "cycles", .per_op = 4.0},
                     {.name = "instructions", .per_op = 10.0},
                     {.name = "L1-dcache-load-misses", .per_op = 0.125},
                     {.name = "LLC-load-misses", .per_op = 0.0}};
  document.benchmarks = {result};
  const std::string screen = as_text(run_page(document, fixtures::options()), 140);
  CHECK(screen.find("2.50") != std::string::npos);  // 10 / 4
  CHECK(screen.find("0.125/0") == std::string::npos);
  CHECK(as_text(run_page(document, fixtures::options()), 140, true).find("0.125/0") !=
        std::string::npos);
  CHECK(screen.find("not counted") == std::string::npos);
}

TEST_CASE("a stored baseline shows the run, and every fact asked for and achieved") {
  fixtures::check_golden("baseline_80.txt", as_text(baseline_page(envelope(), {}), 80));
}

TEST_CASE("a run as Markdown") {
  fixtures::check_golden("run.md", as_markdown(run_page(fixtures::troubled_run(), saved())));
}

TEST_CASE("the document of a run is the stored one") {
  const auto document = fixtures::tier_0_run();
  CHECK(run_page(document, {}).json() == baseline::encode(document));
}

TEST_CASE("a server that grows worse with its age is marked, and one that does not is said") {
  auto document = fixtures::run();
  for (const auto& [id, low] : {std::pair{"http/soak:max_rss", 1.5}, {"http/soak:p50", -0.5}}) {
    auto result = fixtures::result(id, 100.0);
    result.growth =
        baseline::Growth{.percent_per_minute = 2.0, .interval = {low, 2.5, 0.95}, .seconds = 25.0};
    document.benchmarks.push_back(result);
  }
  const std::string screen = as_text(run_page(document, fixtures::options()), 200);
  CHECK(screen.find("! http/soak:max_rss grows with the age of the server: +2.0 % a minute (+1.5 % "
                    "to +2.5 %), over 25 s") != std::string::npos);
  CHECK(screen.find("http/soak:p50 shows no trend over the age of the server: +2.0 % a minute "
                    "(-0.5 % to +2.5 %), over 25 s") != std::string::npos);
}
