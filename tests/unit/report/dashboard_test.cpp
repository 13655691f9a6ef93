#include "pulsebench/report/dashboard.hpp"

#include <doctest/doctest.h>

#include <sstream>
#include <string>

#include "fixtures.hpp"
#include "golden.hpp"
#include "pulsebench/render/display_width.hpp"

using namespace pulsebench;
using namespace pulsebench::report;

namespace {

std::string first_line(const baseline::Document& document) {
  const std::string screen = dashboard(document, fixtures::options(), render::Style{.width = 200});
  return screen.substr(0, screen.find('\n'));
}

DashboardOptions saved() {
  auto options = fixtures::options();
  options.saved_as = "main";
  options.next_command = "pulsebench run --save pr-123 && pulsebench compare main pr-123";
  return options;
}

}  // namespace

TEST_CASE("a good run is a calm screen at 80 columns") {
  fixtures::check_golden("dashboard_good_80.txt",
                         dashboard(fixtures::tier_0_run(), saved(), render::Style{.width = 80}));
}

TEST_CASE("at 120 columns the interval shows both ends") {
  fixtures::check_golden("dashboard_good_120.txt",
                         dashboard(fixtures::tier_0_run(), saved(), render::Style{.width = 120}));
}

TEST_CASE("failures, misses, doubts and disturbances are on the dashboard with their reasons") {
  fixtures::check_golden("dashboard_troubled_80.txt",
                         dashboard(fixtures::troubled_run(), saved(), render::Style{.width = 80}));
  fixtures::check_golden("dashboard_troubled_120.txt",
                         dashboard(fixtures::troubled_run(), saved(), render::Style{.width = 120}));
}

TEST_CASE("what benchmarks say of themselves, and what limits a figure, is told once for all") {
  auto document = fixtures::run();
  document.benchmarks = {fixtures::result("isolation/create", 200.0),
                         fixtures::result("budget/is_exhausted", 0.27),
                         fixtures::result("isolation/remove", 20.0)};
  document.benchmarks[0].label = document.benchmarks[2].label = "cgroup v1";
  document.benchmarks[1].outcome.reason = "it takes no longer than a turn of the empty loop";
  const auto screen = dashboard(document, fixtures::options(), render::Style{.width = 200});
  CHECK(screen.find("cgroup v1: isolation/create, isolation/remove\n") != std::string::npos);
  CHECK(screen.find("no longer than the empty loop around it: budget/is_exhausted\n") !=
        std::string::npos);
}

TEST_CASE("a disturbed run says for how much of the time, and by what") {
  auto document = fixtures::run();
  document.benchmarks = {fixtures::result("hooks/has_hooks", 0.273)};  // 20 launches of 50 slices
  auto& result = document.benchmarks[0];
  const auto screen = [&] {
    return dashboard(document, fixtures::options(), render::Style{.width = 200});
  };
  CHECK(screen().find("of the measured time") == std::string::npos);
  result.launches.disturbed[3] = 50;
  result.launches.disturbed[4] = 30;
  result.disturbed_run_delay = 75;
  result.disturbed_preempted = 25;
  result.disturbed_slow_core = 76;
  CHECK(screen().find("8.0 % of the measured time was disturbed: 7.6 % on a slowed core, "
                      "7.5 % waited for the CPU, "
                      "2.5 % preempted\n") != std::string::npos);
  result.launches_stolen = 1;  // in one launch of twenty: not worth a line
  result.launches_crowded = 2;
  CHECK(screen().find("2.5 % preempted, more tasks than CPUs in 2 of 20 launches\n") !=
        std::string::npos);
}

TEST_CASE("what happened around the slices is told also where none of them was disturbed") {
  auto document = fixtures::run();
  document.benchmarks = {fixtures::result("hooks/has_hooks", 0.273)};
  document.benchmarks[0].launches_stolen = 7;
  CHECK(dashboard(document, fixtures::options(), render::Style{.width = 200})
            .find("0.0 % of the measured time was disturbed: the host took the CPU in 7 of 20 "
                  "launches\n") != std::string::npos);
}

TEST_CASE("a dumb terminal gets the dashboard in ASCII alone") {
  const std::string screen =
      dashboard(fixtures::troubled_run(), saved(), render::Style{.unicode = false, .width = 80});
  fixtures::check_golden("dashboard_ascii_80.txt", screen);
  for (const char c : screen) REQUIRE(static_cast<unsigned char>(c) < 0x80);
}

TEST_CASE("colour is used where it is on and nowhere else") {
  const auto document = fixtures::troubled_run();
  CHECK(dashboard(document, saved(), render::Style{.color = false}).find('\x1b') ==
        std::string::npos);
  CHECK(dashboard(document, saved(), render::Style{.color = true}).find("\x1b[31m") !=
        std::string::npos);
}

TEST_CASE("the first line is the verdict of the run") {
  CHECK(first_line(fixtures::tier_0_run()) == "tier 0: 9 of 9 within target; spread at most 0.2 %");

  auto missed = fixtures::tier_0_run();
  missed.benchmarks[4].target = NsPerOp{0.5};
  CHECK(first_line(missed) ==
        "tier 0: 8 of 9 within target, 1 over (budget/consume); spread at most 0.2 %");

  auto interrupted = fixtures::tier_0_run();
  interrupted.complete = false;
  interrupted.incomplete_because = "interrupted by SIGINT";
  CHECK(first_line(interrupted).rfind("incomplete: interrupted by SIGINT; tier 0: 9 of 9", 0) == 0);

  auto hasty = fixtures::tier_0_run();
  hasty.benchmarks[0].launches.launch.resize(8);
  CHECK(first_line(hasty) ==
        "tier 0: 9 of 9 within target; spread at most 0.2 %; too few launches to judge by");
}

TEST_CASE("a run that measured nothing says so") {
  CHECK(first_line(fixtures::run()) == "nothing measured");
  auto failed = fixtures::run();
  failed.benchmarks = {fixtures::failure("a", Status::crashed, "crashed")};
  CHECK(first_line(failed) == "nothing measured of 1 benchmark");
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
  const std::string screen = dashboard(document, fixtures::options(), render::Style{.width = 80});
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
  document.benchmarks[1].allocations = Allocations{.per_op = 2.0, .bytes_per_op = 96};
  document.benchmarks[1].max_allocations = 0.0;
  fixtures::check_golden("dashboard_counts_120.txt",
                         dashboard(document, fixtures::options(), render::Style{.width = 120}));
}

TEST_CASE("instructions a cycle and misses are there where hardware counters are") {
  auto document = fixtures::run();
  auto result = fixtures::result("hooks/has_hooks", 0.8, 10);
  result.counters = {{.name = "cycles", .per_op = 4.0},
                     {.name = "instructions", .per_op = 10.0},
                     {.name = "L1-dcache-load-misses", .per_op = 0.125},
                     {.name = "LLC-load-misses", .per_op = 0.0}};
  document.benchmarks = {result};
  const std::string screen = dashboard(document, fixtures::options(), render::Style{.width = 140});
  CHECK(screen.find("2.50") != std::string::npos);  // 10 / 4
  CHECK(screen.find("0.125/0") != std::string::npos);
  CHECK(screen.find("not counted") == std::string::npos);
}
