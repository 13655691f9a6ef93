// What a hostile or broken file may not do.
#include <doctest/doctest.h>

#include <string>

#include "pulsebench/vocabulary/printable.hpp"
#include "sources.hpp"

using namespace pulsebench;
using namespace pulsebench::exchange;

namespace {

Source go_lines(int benchmarks) {
  std::string text;
  for (int i = 0; i < benchmarks; ++i) {
    text += "BenchmarkA" + std::to_string(i) + " 1 5 ns/op\n";
  }
  return text_source(text);
}

/// The source, read by `format` whatever it is.
Result<baseline::Document> read_as(const char* format, const Source& source) {
  const Importer* importer = find_importer(format);
  REQUIRE(importer != nullptr);
  return import_source(source, *importer);
}

}  // namespace

TEST_CASE("no importer accepts an empty, foreign or deeply nested text") {
  for (const Importer& importer : importers()) {
    for (const std::string& text :
         {std::string{}, std::string{"{}"}, std::string{"[]"}, std::string{"\0\xff", 2},
          std::string(1'000'000, '['), std::string(100'000, '[') + std::string(100'000, ']'),
          R"({"benchmarks":[{"run_name":)" + std::string(100'000, '[') + std::string(100'000, ']') +
              "}]}",
          R"({"benchmarks":)" + std::string(1'000'000, '[')}) {
      CAPTURE(importer.name);
      const auto document = import_source(text_source(text), importer);
      REQUIRE_FALSE(document.has_value());
      CHECK(is_printable(document.error().message));
      CHECK(document.error().message.size() < 1000);
    }
  }
}

TEST_CASE("a number that JSON does not have is named with its line") {
  const Source source = text_source(
      "{\"machine_info\": {\"NaN\": 1},\n\"benchmarks\": [{\"stats\": {\"median\": NaN}}]}");
  CHECK(has(why_not(source), "its line 2 has NaN, which is not JSON"));
}

TEST_CASE("a time that is none fails its benchmark, and the others count") {
  const auto document = read_as("go", text_source("BenchmarkA 1 0 ns/op\nBenchmarkB 1 -5 ns/op\n"
                                                  "BenchmarkC 1 nan ns/op\nBenchmarkD 1 7 ns/op\n"
                                                  "BenchmarkE 1 1e300 ns/op\n"));
  REQUIRE(document.has_value());
  REQUIRE(document->benchmarks.size() == 5);
  for (const auto& benchmark : document->benchmarks) {
    const bool good = benchmark.info.id.text() == "BenchmarkD";
    CHECK((benchmark.outcome.status == Status::ok) == good);
    CHECK(benchmark.value.has_value() == good);
  }
}

TEST_CASE("more than 100,000 benchmarks are too many") {
  const auto more = read_as("go", go_lines(100'001));
  REQUIRE_FALSE(more.has_value());
  CHECK(has(more.error().message, "more than 100000 benchmarks"));
}

TEST_CASE("a name that steers a terminal becomes an id that does not") {
  const auto document = read_as("hyperfine", text_source(R"({"results":[{"command":"\u001b[31m\n",)"
                                                         R"("median":1,"times":[1]}]})"));
  REQUIRE(document.has_value());
  CHECK(document->benchmarks[0].info.id.text() == "\\x1b[31m\\x0a");
  CHECK(document->benchmarks[0].foreign_name == "\x1b[31m\n");
}

TEST_CASE("perf stat of intervals, and with a decimal comma, is refused by its line") {
  for (const char* text : {"1.000,5,,cycles,100,100.00,,\n", "0,69,msec,task-clock,1,100.00,,\n",
                           "{\"counter-value\": \"1\"}\n",
                           "{\"interval\": 1.0, \"counter-value\": \"1\", \"event\": \"a\"}\n"}) {
    CAPTURE(text);
    const auto document = read_as("perf-stat", text_source(text));
    REQUIRE_FALSE(document.has_value());
    CHECK(has(document.error().message, "line 1"));
  }
}

TEST_CASE("a Google Benchmark list without times is said to be one") {
  CHECK(has(why_not(text_source(R"({"context":{},"benchmarks":[{"name":"a"}]})")),
            "--benchmark_list_tests"));
}
