#include "pulsebench/report/run_tables.hpp"

#include <doctest/doctest.h>

#include "fixtures.hpp"
#include "golden.hpp"
#include "pulsebench/report/run_page.hpp"

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

/// The table alone, with its details.
std::string drawn(render::Table table) {
  render::Page page;
  page.add(std::move(table));
  return fixtures::as_text(page, 100, true);
}

}  // namespace

TEST_CASE("a row for each benchmark that timed its operations one by one, and no table else") {
  auto document = fixtures::tier_0_run();
  CHECK(latency_table(document).groups[0].rows.empty());
  document.benchmarks.push_back(fixtures::result("thundering_herd/first/16", 410'000));
  document.benchmarks.back().latency = baseline::Latency{
      .p50 = 12'300, .p90 = 45'000, .p99 = 120'000, .p99_9 = 900'000, .longest = 4'200'000};
  fixtures::check_golden("latency_100.txt", drawn(latency_table(document)));
}

TEST_CASE("a row for each benchmark that says how much it processes, and no table else") {
  auto document = fixtures::tier_0_run();
  CHECK(throughput_table(document).groups[0].rows.empty());
  // By hand: 1024 bytes in 8000 ns are 128,000,000 a second, 122.07 MiB.
  document.benchmarks.push_back(fixtures::result("json/parse/1024", 8'000));
  document.benchmarks.back().processed = {.bytes = 1024.0, .items = 20.0};
  // Two threads, 20 ns each and half an item: 50,000,000 a second.
  document.benchmarks.push_back(fixtures::result("queue/threads:2", 20));
  document.benchmarks.back().info.threads = 2;
  document.benchmarks.back().oversubscribed = true;
  document.benchmarks.back().interval.reset();
  document.benchmarks.back().processed.items = 0.5;
  document.benchmarks.push_back(fixtures::failure("json/crash", Status::crashed, "SIGSEGV"));
  document.benchmarks.back().processed.bytes = 1.0;
  fixtures::check_golden("throughput_100.txt", drawn(throughput_table(document)));
}

TEST_CASE("a row for each family of sizes, and no table else") {
  auto document = fixtures::tier_0_run();
  CHECK(complexity_table(document).groups[0].rows.empty());
  const auto add = [&](const char* id, double ns) {
    document.benchmarks.push_back(fixtures::result(id, ns));
  };
  add("registry/lookup/10", 8.0), add("registry/lookup/100", 8.1), add("registry/lookup/1000", 8.2);
  add("list/find/10", 60), add("list/find/100", 240), add("list/find/1000", 2040);  // 40 + 2 n
  add("odd/10", 10), add("odd/100", 13), add("odd/1000", 10);
  fixtures::check_golden("complexity_100.txt", drawn(complexity_table(document)));
}

TEST_CASE("a row for each benchmark that takes anything from the heap, and no table else") {
  auto document = fixtures::tier_0_run();
  CHECK(allocations_table(document).groups[0].rows.empty());
  const auto add = [&](const char* id, Allocations allocations) {
    document.benchmarks.push_back(fixtures::result(id, 100));
    document.benchmarks.back().allocations = std::move(allocations);
  };
  add("budget/counted", {.per_op = 0.0});
  CHECK(allocations_table(document).groups[0].rows.empty());
  add("json/parse/1024", {.per_op = 103.0, .bytes_per_op = 6079.0, .peak_bytes = 6688});
  add("hooks/leaky", {.per_op = 0.125, .bytes_per_op = 8.0, .peak_bytes = 64});
  document.benchmarks.back().max_allocations = 0.0;
  add("contended", {.per_op = std::nullopt, .reason = "not counted for several threads"});
  fixtures::check_golden("allocations_100.txt", drawn(allocations_table(document)));
}

TEST_CASE("a peak that an imported result does not have is not called zero") {
  auto document = fixtures::tier_0_run();
  document.benchmarks.push_back(fixtures::result("BenchmarkEncode-8", 25'321));
  document.benchmarks.back().allocations = {.per_op = 2.0, .bytes_per_op = 4864.0};
  const std::string table = drawn(allocations_table(document));
  CHECK(table.find("4.75 KiB") != std::string::npos);  // 4864 / 1024
  CHECK(table.find("0 B") == std::string::npos);
}

TEST_CASE("a row a benchmark, a column a number of threads, marked where there were too many") {
  fixtures::check_golden("scaling_100.txt", drawn(scaling_table(threaded_run())));
}

TEST_CASE("a benchmark with one number of threads stays among the others") {
  const auto document = threaded_run();
  CHECK(is_scaled(document.benchmarks[1], document));
  CHECK_FALSE(is_scaled(document.benchmarks[0], document));
  CHECK_FALSE(is_scaled(document.benchmarks.back(), document));
  CHECK(scaling_table(fixtures::tier_0_run()).groups[0].rows.empty());
}

TEST_CASE("a run shows what is scaled once, in its own table") {
  const auto document = threaded_run();
  const std::string screen = fixtures::as_text(run_page(document, fixtures::options()), 120);
  CHECK(screen.find("shared_xadd/threads:") == std::string::npos);
  CHECK(screen.find("queue/spsc/boost/threads:2") != std::string::npos);
  CHECK(screen.find("Contention scaling") != std::string::npos);
}
