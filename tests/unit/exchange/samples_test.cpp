// Each file of tests/formats, and the figures that a reader finds in it by hand.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "pulsebench/baseline/codec.hpp"
#include "sources.hpp"

using namespace pulsebench;
using namespace pulsebench::exchange;
using baseline::BenchmarkResult;
using baseline::Document;
using doctest::Approx;

namespace {

Document document_in(const Source& source) {
  auto document = imported(source);
  CAPTURE(source.name);
  if (!document) FAIL(document.error().message);
  CHECK(document->kind == "imported");
  // What is imported can be stored and read again.
  const auto read = baseline::decode(baseline::encode(*document), "stored");
  if (!read) FAIL(read.error().message);
  CHECK(read->imported_from->tool == document->imported_from->tool);
  CHECK(read->benchmarks.size() == document->benchmarks.size());
  return *std::move(document);
}

const BenchmarkResult& find(const Document& document, std::string_view id) {
  const auto found = std::ranges::find_if(
      document.benchmarks, [&](const BenchmarkResult& one) { return one.info.id.text() == id; });
  CAPTURE(id);
  REQUIRE(found != document.benchmarks.end());
  return *found;
}

double ns(const BenchmarkResult& result) {
  CHECK(result.outcome.status == Status::ok);
  REQUIRE(result.value.has_value());
  return result.value->value;
}

}  // namespace

TEST_CASE(
    "Google Benchmark 1.7.1: three repetitions are slices of one launch, aggregates are not") {
  const Document document = document_in(sample("google-benchmark/1.7.1.json"));
  REQUIRE(document.benchmarks.size() == 1);
  const BenchmarkResult& consume = find(document, "budget/consume");
  CHECK(ns(consume) == Approx(0.87284438892727212));  // that of budget/consume_median
  CHECK(consume.launches.launch.size() == 1);
  CHECK(consume.launches.slices == std::vector{3});
  CHECK_FALSE(consume.robust_cv.has_value());
  CHECK_FALSE(consume.interval.has_value());
  CHECK(document.machine.key == "imported:vm");
  CHECK(document.started == "2026-11-27T21:19:36+00:00");
  CHECK(document.imported_from->tool_version.empty());
}

TEST_CASE("Google Benchmark 1.9.4: threads, errors, and fits that are left out") {
  const Document document = document_in(sample("google-benchmark/1.9.4-errors.json"));
  REQUIRE(document.benchmarks.size() == 3);
  const BenchmarkResult& threaded = find(document, "BM_a/8/threads:2");
  CHECK(ns(threaded) == Approx(12'500));  // 12.5 us, no longer divided by the threads
  CHECK(threaded.info.threads == 2);
  CHECK(threaded.processed.bytes.value() == Approx(19'200));  // 8e8 a second in 24 us of CPU time
  CHECK(threaded.label == "x");
  CHECK(find(document, "BM_err").outcome.status == Status::skipped);
  CHECK(find(document, "BM_err").outcome.reason == "it skipped: no device");
  CHECK(find(document, "BM_skip").outcome.reason == "it skipped: not here");
  CHECK(document.imported_from->tool_version == "v1.9.4");
}

TEST_CASE("Google Benchmark: a time that is NaN is a failure of its benchmark alone") {
  const Document document = document_in(sample("google-benchmark/nan.json"));
  const Outcome& outcome = find(document, "x").outcome;
  CHECK(outcome.status == Status::failed);
  CHECK(has(outcome.reason, "'real_time'"));
}

TEST_CASE("Google Benchmark: aggregates alone are their median") {
  const Document document = document_in(text_source(
      R"({"context":{},"benchmarks":[{"name":"a_mean","run_name":"a","run_type":"aggregate",)"
      R"("aggregate_name":"mean","iterations":5,"real_time":9.0,"cpu_time":1.0,"time_unit":"ns"},)"
      R"({"name":"a_median","run_name":"a","run_type":"aggregate","aggregate_name":"median",)"
      R"("iterations":5,"real_time":7.0,"cpu_time":1.0,"time_unit":"us"}]})"));
  CHECK(ns(find(document, "a")) == 7000.0);
  CHECK(find(document, "a").aggregate->figure == "median");
  CHECK(find(document, "a").aggregate->count == 5);
}

// The middle two of six: 0.000712107 and 0.000712548 s.
TEST_CASE("hyperfine: a run of the command is a launch") {
  const Document document = document_in(sample("hyperfine/1.15.json"));
  const BenchmarkResult& command = find(document, "true");
  CHECK(ns(command) == Approx(712'327.5));
  CHECK(command.launches.launch.size() == 6);
  CHECK(command.robust_cv.has_value());
}

TEST_CASE("hyperfine: without times it is the median, a failed run fails it, parameters name it") {
  const Document document = document_in(
      text_source(R"({"results":[{"command":"c","median":0.5,"stddev":null},)"
                  R"({"command":"bad","median":1,"times":[1,1],"exit_codes":[0,3]},)"
                  R"({"command":"n","median":1,"times":[1],"parameters":{"size":"1"}},)"
                  R"({"command":"n","median":2,"times":[2],"parameters":{"size":"2"}}]})"));
  CHECK(ns(find(document, "c")) == Approx(5e8));
  CHECK(find(document, "c").aggregate->count == 0);
  CHECK(find(document, "bad").outcome.reason == "1 of its 2 runs failed");
  CHECK(ns(find(document, "n/size=2")) == Approx(2e9));
  CHECK(find(document, "n/size=2").foreign_name == "n");
}

TEST_CASE("pytest-benchmark: rounds are slices, by their full name") {
  const Document document = document_in(sample("pytest-benchmark/5.1.0.json"));
  const BenchmarkResult& test = find(document, "tests/test_enc.py::test_enc[4096]");
  CHECK(ns(test) == Approx(11'800));  // data: 11, 11.8 and 12.5 us
  CHECK(test.launches.slices == std::vector{3});
  CHECK(document.git.commit == "abc1234");
  CHECK(document.machine.key == "imported:ci");
  CHECK(document.imported_from->tool_version == "5.1.0");
}

TEST_CASE("pytest-benchmark: without data it is the median of the rounds") {
  const Document document =
      document_in(text_source(R"({"machine_info":{},"benchmarks":[{"fullname":"t","stats":)"
                              R"({"median":2e-6,"rounds":40,"iterations":1}}]})"));
  CHECK(ns(find(document, "t")) == Approx(2000));
  CHECK(find(document, "t").aggregate->count == 40);
}

// 8120 / 10, 16260 / 20 and 24380 / 30 ns: 812, 813 and 812.667.
TEST_CASE("Criterion.rs and cargo-criterion: a sample is its time divided by its iterations") {
  for (const Source& source : {criterion_folder(), sample("cargo-criterion/messages.jsonl")}) {
    const Document document = document_in(source);
    CHECK(ns(find(document, "codec/encode/4096")) == Approx(24380.0 / 30));
    CHECK(find(document, "codec/encode/4096").launches.slices == std::vector{3});
  }
}

TEST_CASE("cargo-criterion: another unit is no time, and other messages pass by") {
  const Document document = document_in(text_source(
      "{\"reason\":\"group-complete\",\"group_name\":\"g\"}\n"
      R"({"reason":"benchmark-complete","id":"a","iteration_count":[1],"measured_values":[5],)"
      "\"unit\":\"cycles\"}\n"));
  REQUIRE(document.benchmarks.size() == 1);
  CHECK(has(find(document, "a").outcome.reason, "'cycles', which is no time"));
}

TEST_CASE("Go: lines of one name are slices, with what else was counted") {
  const Document document = document_in(sample("go/bench.txt"));
  const BenchmarkResult& encode =
      find(document, "example.org/codec/BenchmarkEncode/size=4096/gzip-8");
  CHECK(ns(encode) == Approx(25'365.5));  // between 25321 and 25410
  CHECK(encode.launches.slices == std::vector{2});
  CHECK(encode.allocations->per_op.value() == 2.0);
  CHECK(encode.allocations->bytes_per_op == 4864.0);
  CHECK(encode.processed.bytes.value() == Approx(161.20e6 * 25410e-9));
  REQUIRE(encode.counters.size() == 1);
  CHECK(encode.counters[0].name == "misses/op");
  CHECK(encode.counters[0].per_op.value() == Approx(12.2));
  CHECK(encode.foreign_name == "BenchmarkEncode/size=4096/gzip-8");
  const BenchmarkResult& size = find(document, "example.org/codec/BenchmarkSize-8");
  CHECK(size.outcome.status == Status::not_measured);
  CHECK(size.counters[0].per_op.value() == 18'432.0);
}

TEST_CASE("the distribution of eight samples is kept, that of fewer is not") {
  const auto lines = [](int count) {
    std::string text;
    for (int i = 1; i <= count; ++i) text += "BenchmarkA 1 " + std::to_string(i) + " ns/op\n";
    return text_source(text);
  };
  const Document eight = document_in(lines(8));
  REQUIRE(eight.benchmarks[0].quantiles.size() == 101);
  CHECK(eight.benchmarks[0].quantiles[50] == 4.5);
  CHECK(document_in(lines(7)).benchmarks[0].quantiles.empty());
}

TEST_CASE("Go: a bare name is no result, a test that failed is one without a time") {
  const Document document = document_in(
      text_source("BenchmarkA\nBenchmarkA-2   10   5 ns/op\n--- FAIL: BenchmarkB\nPASS\n"));
  REQUIRE(document.benchmarks.size() == 2);
  CHECK(ns(find(document, "BenchmarkA-2")) == 5.0);
  CHECK(find(document, "BenchmarkB").outcome.status == Status::failed);
}

TEST_CASE("JMH: a fork is a launch, and a rate is turned round") {
  const Document document = document_in(sample("jmh/1.37.json"));
  const BenchmarkResult& average = find(document, "org.example.Codec.encode/avgt/n=4096");
  CHECK(ns(average) == Approx(25'400));  // us/op; the median of both forks is 25.4
  CHECK(average.launches.launch.size() == 2);
  // 79.1 operations a ms of two threads: 2e6 / 79.1 ns of each.
  const BenchmarkResult& rate = find(document, "org.example.Codec.encode/thrpt/threads:2");
  CHECK(ns(rate) == Approx(2e6 / 79.1));
  CHECK(rate.info.threads == 2);
  CHECK(document.imported_from->tool_version == "1.37");
}

// The mean of 3 times 10 us and once 30 us.
TEST_CASE("JMH: an iteration of mode sample is the mean of its histogram") {
  const Document document = document_in(
      text_source(R"([{"benchmark":"b","mode":"sample","primaryMetric":{"scoreUnit":"us/op",)"
                  R"("rawDataHistogram":[[[[10.0,3],[30.0,1]]]]}}])"));
  CHECK(ns(find(document, "b/sample")) == Approx(15'000));
}

TEST_CASE("BenchmarkDotNet: results without the overhead, and a brief file's median") {
  const Document document = document_in(sample("benchmarkdotnet/full.json"));
  const BenchmarkResult& encode = find(document, "Ex.Codec.Encode(N: 4096)");
  CHECK(ns(encode) == Approx(26'007'952.0 / 1024));
  CHECK(encode.launches.slices == std::vector{1});
  CHECK(encode.counters[0].per_op.value() == 4864.0);
  const Document brief = document_in(
      text_source(R"({"HostEnvironmentInfo":{},"Benchmarks":[{"FullName":"a","Statistics":)"
                  R"({"N":3,"Median":25400.0}},{"FullName":"b","Statistics":null}]})"));
  CHECK(ns(find(brief, "a")) == 25'400.0);
  CHECK(find(brief, "b").outcome.status == Status::failed);
}

TEST_CASE("Catch2: a mean of its samples, and the message of what threw") {
  const Document document = document_in(sample("catch2/3.5.2.xml"));
  CHECK(ns(find(document, "codec/encode 4096")) == 43'186.0);
  CHECK(find(document, "codec/encode 4096").aggregate->figure == "mean");
  CHECK(find(document, "codec/encode 4096").aggregate->count == 100);
  CHECK(find(document, "codec/throws").outcome.reason == "it failed: boom");
  CHECK(document.imported_from->tool_version == "3.5.2");
}

// Seconds of 4096 bytes: the median epoch is 2.54e-05 s.
TEST_CASE("nanobench: an epoch is divided by its batch") {
  const Document document = document_in(sample("nanobench/template.json"));
  CHECK(ns(find(document, "encode 4096")) == Approx(25'400.0 / 4096));
  CHECK(find(document, "encode 4096").launches.slices == std::vector{3});
}

TEST_CASE("perf stat: the time of a command, and its counts or why they are absent") {
  const Document lines = document_in(sample("perf-stat/stat.jsonl"));
  CHECK(ns(find(lines, "command")) == Approx(604'848));
  CHECK(find(lines, "command").counters[0].per_op.value() == 0.0);
  const Document text = document_in(sample("perf-stat/stat.csv"));
  const BenchmarkResult& command = find(text, "command");
  CHECK(ns(command) == Approx(690'000));  // of two decimals
  REQUIRE(command.counters.size() == 3);
  CHECK(command.counters[1].reason == "not supported");
  CHECK(command.counters[2].name == "page-faults");
  CHECK(command.counters[2].per_op.value() == 49.0);
  CHECK(command.counters[2].running_ns == 686'218);
  CHECK(command.aggregate->count == 1);
  const Document metrics = document_in(
      text_source("0.5,msec,task-clock,1,100.00,,\n,,,1,100.00,0.36,frontend cycles idle\n"));
  CHECK(find(metrics, "command").counters.empty());
  const Document repeated = document_in(sample("perf-stat/repeated.csv"));
  CHECK(ns(find(repeated, "command")) == Approx(530'000));
  CHECK(find(repeated, "command").counters[0].reason == "not supported");
}
