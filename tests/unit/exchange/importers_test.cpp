#include "pulsebench/exchange/importers.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "sources.hpp"

using namespace pulsebench;
using namespace pulsebench::exchange;

namespace {

std::string format_of(const Source& source) {
  const auto importer = recognise(source);
  return importer ? std::string{(*importer)->name} : importer.error().message;
}

}  // namespace

TEST_CASE("a format is known by its content") {
  for (const auto& known : {std::pair{"google-benchmark/1.7.1.json", "google-benchmark"},
                            {"google-benchmark/nan.json", "google-benchmark"},
                            {"hyperfine/1.15.json", "hyperfine"},
                            {"pytest-benchmark/5.1.0.json", "pytest-benchmark"},
                            {"cargo-criterion/messages.jsonl", "cargo-criterion"},
                            {"go/bench.txt", "go"},
                            {"jmh/1.37.json", "jmh"},
                            {"benchmarkdotnet/full.json", "benchmarkdotnet"},
                            {"catch2/3.5.2.xml", "catch2"},
                            {"nanobench/template.json", "nanobench"},
                            {"perf-stat/stat.jsonl", "perf-stat"},
                            {"perf-stat/stat.csv", "perf-stat"},
                            {"perf-stat/repeated.csv", "perf-stat"}}) {
    CAPTURE(known.first);
    Source source = sample(known.first);
    source.name = source.files[0].path = "anything";
    CHECK(format_of(source) == known.second);
  }
  CHECK(format_of(criterion_folder()) == "criterion");
}

TEST_CASE("what is not known says what it may be, and what to do") {
  CHECK(has(format_of(sample("hyperfine/without-times.csv")), "--export-json"));
  CHECK(has(format_of(text_source("")), "--from (google-benchmark, hyperfine,"));
  CHECK(has(format_of(text_source(R"({"schema": "pulsebench-result"})")), "needs no import"));
  const std::string both =
      format_of(text_source(R"({"context":{},"machine_info":{},"benchmarks":[]})"));
  CHECK(has(both, "google-benchmark or pytest-benchmark; say which with --from"));
}

TEST_CASE("every importer is found by its name") {
  for (const Importer& importer : importers()) CHECK(find_importer(importer.name) == &importer);
  CHECK(find_importer("lotus") == nullptr);
}

TEST_CASE("a file of one benchmark of Criterion.rs needs its folder") {
  const Source file = sample("criterion/codec/encode/new/sample.json");
  CHECK(has(why_not(file), "give the folder, as in target/criterion"));
}
