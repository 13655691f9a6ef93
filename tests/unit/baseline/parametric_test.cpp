#include "pulsebench/baseline/parametric.hpp"

#include <doctest/doctest.h>

#include <utility>

using namespace pulsebench;
using namespace pulsebench::baseline;
using doctest::Approx;

namespace {

BenchmarkResult costing(const char* id, double ns) {
  BenchmarkResult result{.info = {.id = *BenchmarkId::parse(id)}, .suite = "s"};
  result.value = Cost{ns};
  return result;
}

Document holding(std::initializer_list<std::pair<const char*, double>> costs) {
  Document document;
  for (const auto& [id, ns] : costs) document.benchmarks.push_back(costing(id, ns));
  return document;
}

std::string family_of(const char* id) {
  const auto name = sized_name(*BenchmarkId::parse(id));
  return name ? name->family + "|" + std::to_string(name->size) : "none";
}

}  // namespace

TEST_CASE("the size is the last part of an id, a whole number, alone or after a name") {
  CHECK(family_of("registry/lookup/1000") == "registry/lookup/|1000");
  CHECK(family_of("sort/n:8") == "sort/n:|8");
  CHECK(family_of("matrix/8/64") == "matrix/8/|64");
  CHECK(family_of("sort/1") == "sort/|1");
}

TEST_CASE("what only ends in digits, or counts threads, is no size") {
  for (const char* id :
       {"contention/xadd/threads:4", "slow_queue/process_10", "sort/-8", "sort/0", "sort/007",
        "sort/1.5", "sort/n:", "sort", "12", "sort/:8", "sort/a:b:8", "sort/1234567890"}) {
    CHECK_MESSAGE(family_of(id) == "none", id);
  }
}

TEST_CASE("benchmarks that differ by their size alone have one growth, in ascending sizes") {
  const auto growths = growths_of(holding({{"json/parse/1000", 2010.0},
                                           {"registry/lookup/10", 8.0},
                                           {"json/parse/10", 30.0},
                                           {"registry/lookup/1000", 8.2},
                                           {"registry/lookup/100", 8.1},
                                           {"json/parse/100", 210.0},
                                           {"hooks/has_hooks", 0.3}}));
  REQUIRE(growths.size() == 2);
  CHECK(growths[0].family == "json/parse");
  CHECK(growths[0].sizes == std::vector<double>{10, 100, 1000});
  CHECK(growths[0].fit.growth == stats::Growth::linear);  // 10 + 2 n
  CHECK(growths[0].fit.offset == Approx(10.0));
  CHECK(growths[0].fit.slope == Approx(2.0));
  CHECK(growths[1].family == "registry/lookup");
  CHECK(growths[1].fit.growth == stats::Growth::constant);
}

TEST_CASE("two sizes, or sizes that lie near each other, tell no growth") {
  CHECK(growths_of(holding({{"herd/2", 1.0}, {"herd/16", 1.0}})).empty());
  CHECK(growths_of(holding({{"a/10", 1.0}, {"a/50", 1.0}, {"a/99", 1.0}})).empty());
  CHECK(growths_of(holding({{"a/10", 1.0}, {"a/50", 1.0}, {"a/100", 1.0}})).size() == 1);
}

TEST_CASE("only measured operations of one kind count") {
  const auto without = [](auto change) {
    Document document = holding({{"a/10", 1.0}, {"a/50", 1.0}, {"a/100", 1.0}});
    change(document.benchmarks[1]);
    return growths_of(document).empty();
  };
  CHECK_FALSE(without([](BenchmarkResult&) {}));
  CHECK(without([](BenchmarkResult& result) { result.value.reset(); }));
  CHECK(without([](BenchmarkResult& result) { result.outcome.status = Status::crashed; }));
  CHECK(without([](BenchmarkResult& result) { result.oversubscribed = true; }));
  CHECK(without([](BenchmarkResult& result) { result.info.role = Role::floor; }));
  CHECK(without([](BenchmarkResult& result) { result.info.version = 2; }));
  CHECK(without([](BenchmarkResult& result) { result.info.threads = 2; }));
  CHECK(without([](BenchmarkResult& result) { result.suite = "other"; }));
}
