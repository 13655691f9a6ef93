#include "pulsebench/report/scaling_table.hpp"

#include <doctest/doctest.h>

#include "fixtures.hpp"
#include "golden.hpp"
#include "pulsebench/report/dashboard.hpp"

using namespace pulsebench;
using namespace pulsebench::report;

namespace {

baseline::BenchmarkResult threaded(const std::string& name, int threads, double ns, double target,
                                   int cpus = 2) {
  auto result =
      fixtures::result(name + "/threads:" + std::to_string(threads), ns, target, Tier::concurrent);
  result.info.threads = threads;
  result.oversubscribed = threads > cpus;
  if (threads > 1) result.fairness = baseline::Fairness{.min_max_ratio = 0.87, .jain = 0.99};
  return result;
}

baseline::Document threaded_run() {
  auto document = fixtures::run();
  document.benchmarks = {fixtures::result("hooks/has_hooks", 0.273, 10.0),
                         threaded("contention/shared_xadd", 1, 4.9, 10),
                         threaded("contention/shared_xadd", 2, 9.85, 50),
                         threaded("contention/shared_xadd", 4, 19.8, 100),
                         threaded("contention/shared_xadd", 16, 78.8, 400),
                         threaded("fairness/ticket", 1, 5.15, 20),
                         threaded("fairness/ticket", 2, 49.6, 20),
                         threaded("queue/spsc/boost", 2, 6.2, 100)};
  return document;
}

}  // namespace

TEST_CASE("a row a benchmark, a column a number of threads, marked where there were too many") {
  fixtures::check_golden("scaling_100.txt",
                         scaling_table(threaded_run(), render::Style{.width = 100}));
}

TEST_CASE("a benchmark with one number of threads stays among the others") {
  const auto document = threaded_run();
  CHECK(is_scaled(document.benchmarks[1], document));
  CHECK_FALSE(is_scaled(document.benchmarks[0], document));
  CHECK_FALSE(is_scaled(document.benchmarks.back(), document));
  CHECK(scaling_table(fixtures::tier_0_run(), render::Style{.width = 100}).empty());
}

TEST_CASE("the dashboard shows what is scaled once, in its own table") {
  const std::string screen =
      dashboard(threaded_run(), fixtures::options(), render::Style{.width = 120});
  CHECK(screen.find("shared_xadd/threads:") == std::string::npos);
  CHECK(screen.find("queue/spsc/boost/threads:2") != std::string::npos);
  CHECK(screen.find("Contention scaling") != std::string::npos);
}
