#include "pulsebench/baseline/codec.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "documents.hpp"

using namespace pulsebench;
using namespace pulsebench::baseline;
using doctest::Approx;

namespace {

Document decoded(const std::string& text, Detail detail = Detail::everything) {
  const auto document = decode(text, "test.json", detail);
  REQUIRE_MESSAGE(document.has_value(), (document ? "" : document.error().message));
  return *document;
}

}  // namespace

TEST_CASE("the envelope comes back as it was written") {
  const Document before = sample_document();
  const Document after = decoded(encode(before));
  CHECK(after.schema_version == kSchemaVersion);
  CHECK(after.tool_version == before.tool_version);
  CHECK(after.kind == "run");
  CHECK(after.run_id == before.run_id);
  CHECK(after.started == before.started);
  CHECK(after.ended == before.ended);
  CHECK(after.reason == "local");
  CHECK(after.complete);
  CHECK(after.seed == before.seed);
  CHECK(after.preset == before.preset);
  CHECK(after.like == before.like);
  CHECK(after.command_line == before.command_line);
  CHECK(after.git.commit == before.git.commit);
  CHECK(after.git.branch == before.git.branch);
  CHECK(after.git.commit_date == before.git.commit_date);
  CHECK(after.git.merge_base == before.git.merge_base);
  CHECK(after.git.dirty);
  REQUIRE(after.suites.size() == 1);
  CHECK(after.suites[0].name == before.suites[0].name);
  CHECK(after.suites[0].sha256 == before.suites[0].sha256);
  CHECK(after.suites[0].facts == before.suites[0].facts);
  CHECK(after.machine.key == before.machine.key);
  CHECK(after.machine.hashed == before.machine.hashed);
  CHECK(after.machine.shown == before.machine.shown);
  REQUIRE(after.state.size() == 2);
  CHECK(after.state[0].reason == "no cpufreq here");
  CHECK(after.state[0].requested == "performance");
  CHECK(after.state[1].before == "0.10");
  CHECK(after.state[1].after == "0.30");
  CHECK(after.time.total == 30.0);
  CHECK(after.time.measuring == 29.0);
  CHECK(after.time.in_visits == 15.5);
}

TEST_CASE("the source line of a benchmark comes back, and one of no file is refused") {
  const auto benchmarks = decoded(encode(sample_document())).benchmarks;
  CHECK(!benchmarks[0].info.source);
  CHECK(benchmarks[1].info.source == SourceLine{"suites/floors.cpp", 7});
  auto json = nlohmann::json::parse(encode(sample_document()));
  json["benchmarks"][1]["source"].erase("file");
  const auto refused = decode(json.dump(), "a.json");
  REQUIRE(!refused);
  CHECK(refused.error().message.find("file") != std::string::npos);
}

TEST_CASE("a metric comes back in its unit, and only a count may be zero") {
  Document document = sample_document();
  BenchmarkResult& result = document.benchmarks[0];
  result.info.metric = Metric{.name = "max_rss", .unit = Unit::bytes};
  result.value->unit = Unit::bytes;
  const std::string text = encode(document);
  CHECK(nlohmann::json::parse(text)["benchmarks"][0].contains("median"));
  CHECK(!nlohmann::json::parse(text)["benchmarks"][0].contains("median_ns_per_op"));
  const auto back = decoded(text).benchmarks[0];
  CHECK(back.info.metric == result.info.metric);
  CHECK(back.value == result.value);
  CHECK(back.launches.p25 == decoded(encode(sample_document())).benchmarks[0].launches.p25);
  CHECK(back.interval.has_value() == result.interval.has_value());

  auto zero = nlohmann::json::parse(text);
  zero["benchmarks"][0]["launches"]["p25"][0] = 0;
  CHECK(!decode(zero.dump(), "a.json"));
  zero["benchmarks"][0]["metric"]["unit"] = "count";
  CHECK(decode(zero.dump(), "a.json"));
}

TEST_CASE("what was counted comes back, and what was not comes back as not counted") {
  const auto counters =
      decoded(encode(sample_document()), Detail::judgement).benchmarks[0].counters;
  REQUIRE(counters.size() == 4);
  CHECK(counters[0].name == "page-faults");
  CHECK(counters[0].per_op == 0.25);
  CHECK(counters[0].enabled_ns == 600'000);
  CHECK(counters[0].running_ns == 300'000);
  CHECK(counters[1].per_op == 0.0);
  CHECK(counters[1].source == "getrusage");
  CHECK(counters[3].name == "instructions");
  CHECK_FALSE(counters[3].per_op.has_value());
  CHECK(counters[3].reason == "this VM exposes no counters");
}

TEST_CASE("exact counts and allocations come back, with their reasons where there are none") {
  const auto benchmarks = decoded(encode(sample_document()), Detail::judgement).benchmarks;
  REQUIRE(benchmarks[0].exact.has_value());
  CHECK(benchmarks[0].exact->instructions_per_op == 21.0);
  CHECK(benchmarks[0].exact->whole());
  CHECK(benchmarks[0].exact->operations == 1000);
  CHECK(benchmarks[0].exact->by == "callgrind");
  CHECK(benchmarks[0].exact->d1_misses_per_op == 0.5);
  CHECK(benchmarks[0].exact->native_per_op == 19.0);
  REQUIRE(benchmarks[0].allocations.has_value());
  CHECK(benchmarks[0].allocations->per_op == 2.0);
  CHECK(benchmarks[0].allocations->bytes_per_op == 96.0);
  CHECK(benchmarks[0].allocations->peak_bytes == 64);
  CHECK(benchmarks[0].max_allocations == 0.0);
  CHECK_FALSE(benchmarks[1].exact->instructions_per_op.has_value());
  CHECK(benchmarks[1].exact->reason == "several threads");
  CHECK_FALSE(benchmarks[1].allocations->per_op.has_value());
  CHECK_FALSE(benchmarks[2].exact.has_value());
}

TEST_CASE("an interrupted run says so and why") {
  Document before = sample_document();
  before.complete = false;
  before.incomplete_because = "interrupted by SIGINT";
  const Document after = decoded(encode(before));
  CHECK_FALSE(after.complete);
  CHECK(after.incomplete_because == before.incomplete_because);
}

TEST_CASE("a benchmark comes back with its numbers to seven digits") {
  const Document before = sample_document();
  const Document after = decoded(encode(before));
  REQUIRE(after.benchmarks.size() == 3);
  for (std::size_t i = 0; i < 2; ++i) {
    const BenchmarkResult& a = before.benchmarks[i];
    const BenchmarkResult& b = after.benchmarks[i];
    CHECK(b.info.id == a.info.id);
    CHECK(b.info.tier == a.info.tier);
    CHECK(b.info.role == a.info.role);
    CHECK(b.info.version == a.info.version);
    CHECK(b.info.threads == a.info.threads);
    CHECK(b.suite == a.suite);
    CHECK(b.outcome.status == Status::ok);
    CHECK(b.batching.operations == a.batching.operations);
    CHECK(b.batching.slices == a.batching.slices);
    CHECK(b.launches_asked == a.launches_asked);
    CHECK(b.disturbed_run_delay == a.disturbed_run_delay);
    CHECK(b.disturbed_slow_core == a.disturbed_slow_core);
    CHECK(b.launches_stolen == a.launches_stolen);
    CHECK(b.launches_crowded == a.launches_crowded);
    CHECK(b.launches.launch == a.launches.launch);
    CHECK(b.launches.slices == a.launches.slices);
    CHECK(b.launches.disturbed == a.launches.disturbed);
    REQUIRE(b.launches.p25.size() == a.launches.p25.size());
    for (std::size_t row = 0; row < a.launches.p25.size(); ++row) {
      CHECK(b.launches.p25[row] == Approx(a.launches.p25[row]).epsilon(1e-7));
      CHECK(b.launches.median[row] == Approx(a.launches.median[row]).epsilon(1e-7));
      CHECK(b.launches.minimum[row] == Approx(a.launches.minimum[row]).epsilon(1e-7));
      CHECK(b.launches.undisturbed_mean[row] ==
            Approx(a.launches.undisturbed_mean[row]).epsilon(1e-7));
      CHECK(b.launches.cpu_p25[row] == Approx(a.launches.cpu_p25[row]).epsilon(1e-7));
      CHECK(b.launches.reference[row] == a.launches.reference[row]);
    }
    REQUIRE(b.quantiles.size() == 101);
    CHECK(b.quantiles[99] == Approx(a.quantiles[99]).epsilon(1e-7));
    CHECK(b.value->value == Approx(a.value->value).epsilon(1e-7));
    CHECK(b.robust_cv->value == Approx(a.robust_cv->value).epsilon(1e-7));
    CHECK(b.raw_cv->value == Approx(a.raw_cv->value).epsilon(1e-7));
    CHECK(b.interval.has_value() == a.interval.has_value());
    CHECK(b.target == a.target);
    CHECK(b.injected_percent == a.injected_percent);
  }
  CHECK(after.benchmarks[0].interval->level == 0.99);
}

TEST_CASE("a benchmark without a measurement has a reason and no number") {
  const std::string text = encode(sample_document());
  const auto json = nlohmann::json::parse(text);
  const auto& crashed = json.at("benchmarks").at(2);
  CHECK(crashed.at("status") == "crashed");
  CHECK(crashed.at("reason") == "died of SIGSEGV in launch 0");
  CHECK_FALSE(crashed.contains("median_ns_per_op"));
  CHECK_FALSE(crashed.contains("launches"));
  const Document after = decoded(text);
  CHECK(after.benchmarks[2].outcome.status == Status::crashed);
  CHECK_FALSE(after.benchmarks[2].value.has_value());
}

TEST_CASE("numbers are written with at most seven significant digits") {
  Document document = sample_document();
  document.benchmarks[0].value = Cost{1.0 / 3.0};
  const auto json = nlohmann::json::parse(encode(document));
  CHECK(json.at("benchmarks").at(0).at("median_ns_per_op").dump() == "0.3333333");
}

TEST_CASE("for a judgement the quantiles stay behind, for a list all benchmarks") {
  const std::string text = encode(sample_document());
  const Document judged = decoded(text, Detail::judgement);
  REQUIRE(judged.benchmarks.size() == 3);
  CHECK(judged.benchmarks[0].quantiles.empty());
  CHECK(judged.benchmarks[0].launches.p25.size() == 20);
  const Document envelope = decoded(text, Detail::envelope);
  CHECK(envelope.benchmarks.empty());
  CHECK(envelope.machine.key == "0011223344556677");
}

TEST_CASE("fields of a newer minor version are passed over, and their order is free") {
  auto json = nlohmann::json::parse(encode(sample_document()));  // sorts its keys
  json["a_new_field"] = {{"deep", {1, 2, {{"x", nullptr}}}}};
  json["benchmarks"][0]["a_counter"] = {{"enabled", 1}};
  json["benchmarks"][0]["launches"]["a_column"] = {1, 2};
  const Document after = decoded(json.dump(2));
  CHECK(after.benchmarks.size() == 3);
  CHECK(after.run_id == "20260101T120000Z-1a2b3c");
}

TEST_CASE("bytes that are not UTF-8 do not make a document that cannot be read") {
  Document document = sample_document();
  document.command_line.push_back("\xff\xfe");
  document.machine.shown.emplace_back("host", "caf\xe9");
  CHECK(decoded(encode(document)).command_line.size() == 5);
}

TEST_CASE("a document without benchmarks is a document") {
  Document document = sample_document();
  document.benchmarks.clear();
  CHECK(decoded(encode(document)).benchmarks.empty());
}

TEST_CASE("what several threads did to each other comes back") {
  const Document before = sample_document();
  const Document after = decoded(encode(before));
  CHECK_FALSE(after.benchmarks[0].fairness);
  CHECK_FALSE(after.benchmarks[0].oversubscribed);
  REQUIRE(after.benchmarks[1].latency);
  CHECK(after.benchmarks[1].latency->p50 == 100.0);
  CHECK(after.benchmarks[1].latency->longest == 900.0);
  REQUIRE(after.benchmarks[1].fairness);
  CHECK(after.benchmarks[1].oversubscribed);
  CHECK(after.benchmarks[1].fairness->min_max_ratio == Approx(0.5));
  CHECK(after.benchmarks[1].fairness->jain == Approx(before.benchmarks[1].fairness->jain));
}

TEST_CASE("a benchmark's label comes back, and is absent where it has none") {
  const Document after = decoded(encode(sample_document()));
  CHECK(after.benchmarks[0].label == "one node here");
  CHECK(after.benchmarks[1].label.empty());
}

TEST_CASE("what an operation goes through comes back, and is absent where nobody said") {
  const Document after = decoded(encode(sample_document()));
  CHECK(after.benchmarks[0].processed.bytes == 1024.0);
  CHECK(after.benchmarks[0].processed.items == 0.5);
  CHECK_FALSE(after.benchmarks[1].processed.any());
}

TEST_CASE("an imported result comes back with its origin, its names and its aggregates") {
  Document document = sample_document();
  document.kind = kImported;
  document.imported_from = {.format = "go",
                            .tool = "go test",
                            .tool_version = "1.22",
                            .file_sha256 = std::string(64, 'b')};
  BenchmarkResult aggregate{.info = {.id = *BenchmarkId::parse("\\x0a")}, .value = Cost{7.5}};
  aggregate.aggregate = {.figure = "median", .count = 3};
  aggregate.foreign_name = "\n";
  document.benchmarks = {aggregate};
  document.benchmarks[0].aggregate->count = 0;
  aggregate.info.id = *BenchmarkId::parse("b");
  document.benchmarks.push_back(aggregate);
  const auto read = decode(encode(document), "x.json");
  REQUIRE(read.has_value());
  CHECK(read->kind == "imported");
  CHECK(read->imported_from->format == "go");
  CHECK(read->imported_from->tool == "go test");
  CHECK(read->imported_from->tool_version == "1.22");
  CHECK(read->imported_from->file_sha256 == std::string(64, 'b'));
  REQUIRE(read->benchmarks.size() == 2);
  CHECK(read->benchmarks[0].foreign_name == "\n");
  CHECK(read->benchmarks[0].value->value == 7.5);
  CHECK(read->benchmarks[0].aggregate->figure == "median");
  CHECK(read->benchmarks[0].aggregate->count == 0);
  CHECK(read->benchmarks[1].aggregate->count == 3);
  CHECK(read->benchmarks[1].launches.launch.empty());
}
