#include "pulsebench/run/foreign.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "pulsebench/run/suite.hpp"
#include "scripted_suite.hpp"

using namespace pulsebench;
using namespace pulsebench::run;

namespace {

/// Behaves like a Google Benchmark 1.7.1 program with one benchmark: refuses unknown flags.
const std::string kProgram = R"(case "$1" in
  --benchmark_list_tests=true) echo 'sort/8/min_time:0.100'; exit 0;;
  --benchmark_filter=*) ;;
  *) echo "error: unrecognized command-line flag: $1" >&2; exit 1;;
esac
echo 'this program also talks'
echo '{"context":{},"benchmarks":[{"run_name":"sort/8","run_type":"iteration","iterations":7,
"real_time":3.5,"cpu_time":3.25,"time_unit":"ns"}]}' > /dev/fd/4
)";

constexpr Batching kTwelve{.operations = 1, .slices = 12, .min_time = 0.0003};

ProcessSpec spec_of(const ScriptedSuite& program) {
  ProcessSpec spec;
  spec.executable = program.executable();
  return spec;
}

tl::expected<Visit, ProcessFailure> visit_of(const ScriptedSuite& program, const std::string& name,
                                             const Batching& batching = kTwelve) {
  auto process = begin_foreign(spec_of(program), name, batching);
  if (!process) return tl::unexpected{process.error()};
  process->wait_until_held();
  return foreign_visit(*std::move(process), name, batching.slices, false);
}

}  // namespace

TEST_CASE("a plain Google Benchmark program is a suite") {
  const ScriptedSuite program{kProgram};
  const auto suite = open_suite({program.executable()}, std::chrono::seconds{10});
  REQUIRE(suite.has_value());
  CHECK(suite->driver == Driver::foreign);
  REQUIRE(suite->benchmarks.size() == 1);
  CHECK(suite->benchmarks[0].id.text() == "sort/8");
  CHECK(suite->native_names[0] == "sort/8/min_time:0.100");
}

TEST_CASE("repetitions are slices, also if the program prints other output") {
  const ScriptedSuite program{kProgram};
  const auto visit = visit_of(program, "sort/8/min_time:0.100");
  REQUIRE(visit.has_value());
  CHECK(visit->operations == 7);
  REQUIRE(visit->slices.size() == 1);
  CHECK(visit->slices[0].ns_per_op == 3.5);
}

TEST_CASE("a launch has the repetitions, and the minimum time, that were calibrated") {
  const ScriptedSuite program{kProgram + "echo \"$@\" > \"$0.flags\"\n"};
  REQUIRE(
      visit_of(program, "sort/8", {.operations = 1, .slices = 5, .min_time = 0.003}).has_value());
  std::ifstream flags{program.executable().string() + ".flags"};
  const std::string text{std::istreambuf_iterator<char>{flags}, {}};
  CHECK(text.find("--benchmark_repetitions=5 ") != std::string::npos);
  CHECK(text.find("--benchmark_min_time=0.003000 ") != std::string::npos);
}

TEST_CASE("a benchmark that skips itself is skipped, with its words") {
  for (const char* const words : {R"("error_occurred":true,"error_message":"no device")",
                                  R"("skipped":true,"skip_message":"no device")"}) {
    CAPTURE(words);
    const ScriptedSuite program{
        "echo '{\"context\":{},\"benchmarks\":[{\"run_name\":\"a\",\"run_type\":\"iteration\"," +
        std::string{words} + "}]}' > /dev/fd/4\n"};
    const auto visit = visit_of(program, "a");
    REQUIRE_FALSE(visit.has_value());
    CHECK(visit.error().status == Status::skipped);
    CHECK(visit.error().reason == "it skipped: no device");
  }
}

TEST_CASE("a report with more repetitions than were requested is refused") {
  const auto reporting = [](int repetitions, const std::string& name) {
    std::string runs;
    for (int i = 0; i < repetitions; ++i) {
      runs +=
          R"(,{"run_name":"sort/8","iterations":7,"real_time":3.5,"cpu_time":3,"time_unit":"ns"})";
    }
    const ScriptedSuite program{"echo '{\"benchmarks\":[" + runs.substr(1) + "]}' > /dev/fd/4\n"};
    return visit_of(program, name);
  };
  CHECK(reporting(12, "sort/8"));
  const auto refused = reporting(13, "sort/8");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason ==
        "its report has 13 repetitions, and at most 12 were requested; two benchmarks "
        "of one name make it so");
  CHECK(reporting(13, "sort/8/repeats:13"));
}

TEST_CASE("a crash of a foreign program is reported with its signal") {
  const ScriptedSuite program{"kill -ABRT $$"};
  const auto visit = visit_of(program, "sort/8");
  REQUIRE_FALSE(visit.has_value());
  CHECK(visit.error().status == Status::crashed);
  CHECK(visit.error().reason == "killed by SIGABRT");
}

TEST_CASE("a held program waits at its first write to the report until its release") {
  const ScriptedSuite program{
      "exec 5>/dev/fd/4; touch \"$0.opened\"; echo >&5; touch \"$0.measured\"\n" + kProgram};
  const std::filesystem::path opened{program.executable().string() + ".opened"};
  const std::filesystem::path measured{program.executable().string() + ".measured"};
  auto process = begin_foreign(spec_of(program), "sort/8", kTwelve);
  REQUIRE(process.has_value());
  for (int i = 0; i < 500 && !std::filesystem::exists(opened); ++i) usleep(10'000);
  process->wait_until_held();
  CHECK_FALSE(std::filesystem::exists(measured));
  CHECK(foreign_visit(*std::move(process), "sort/8", 12, false).has_value());
  CHECK(std::filesystem::exists(measured));
}

TEST_CASE("a program that exits without a report is not waited for") {
  const ScriptedSuite program{"exit 0"};
  const auto visit = visit_of(program, "sort/8");
  REQUIRE_FALSE(visit.has_value());
  CHECK(visit.error().status == Status::failed);
}

TEST_CASE("a visit ends with the program, and ends its child that keeps the report open") {
  const ScriptedSuite program{kProgram + "sleep 60 5>/dev/fd/4 &\necho $! > \"$0.child\"\n"};
  CHECK(visit_of(program, "sort/8").has_value());
  std::ifstream file{program.executable().string() + ".child"};
  int child = 0;
  file >> child;
  REQUIRE(child > 0);
  for (int i = 0; i < 500 && kill(child, 0) == 0; ++i) usleep(10'000);
  CHECK(kill(child, 0) != 0);
}

TEST_CASE("a listed name that cannot be an id refuses the program") {
  for (const auto& [name, why] : {std::pair{std::string(1001, 'T'), "is longer than 1000 bytes"},
                                  {"tab\\there", "has control characters"}}) {
    const ScriptedSuite program{R"(case "$1" in
  --benchmark_list_tests=true) printf 'steady\n)" +
                                name + R"(\n';;
  *) exit 1;;
esac
)"};
    const auto suite = open_suite({program.executable()}, std::chrono::seconds{10});
    REQUIRE_FALSE(suite.has_value());
    CHECK(suite.error().code == ErrorCode::child_failed);
    CHECK(suite.error().message.find(why) != std::string::npos);
  }
}

TEST_CASE("a long name of a template is kept completely") {
  const std::string name = "convert<" + std::string(200, 'T') + ">/1024";
  const ScriptedSuite program{R"(case "$1" in
  --benchmark_list_tests=true) printf 'steady\n\n)" +
                              name + R"(\n';;
  *) exit 1;;
esac
)"};
  const auto listed = list_foreign(spec_of(program));
  REQUIRE(listed.has_value());
  CHECK(listed->names == std::vector<std::string>{"steady", name});
  CHECK_FALSE(listed->exits_with_count);
}

// `return benchmark::RunSpecifiedBenchmarks()` (google/benchmark#1007).
TEST_CASE("a program may exit with the number of its benchmarks") {
  const ScriptedSuite program{R"(case "$*" in
  *'filter=^$'*) exit 0;;
  --benchmark_list_tests=true) printf 'a\nb\n'; exit 2;;
  --benchmark_filter=*) echo '{"context":{},"benchmarks":[{"run_name":"a","iterations":7,
"real_time":3.5,"cpu_time":3.25,"time_unit":"ns"}]}' > /dev/fd/4; exit 1;;
esac
exit 1
)"};
  const auto suite = open_suite({program.executable()}, std::chrono::seconds{10});
  REQUIRE(suite.has_value());
  CHECK(suite->benchmarks.size() == 2);
  CHECK(suite->exits_with_count);
  auto process = begin_foreign(spec_of(program), "a", kTwelve);
  REQUIRE(process.has_value());
  process->wait_until_held();
  CHECK(foreign_visit(*std::move(process), "a", 12, true).has_value());
  CHECK_FALSE(visit_of(program, "a").has_value());
}

TEST_CASE("a program that fails after a word or two has no benchmarks") {
  for (const char* script :
       {"echo usage; exit 1", "echo a; echo b; exit 1", "echo a; kill -9 $$"}) {
    CAPTURE(script);
    const ScriptedSuite program{script};
    CHECK_FALSE(list_foreign(spec_of(program)).has_value());
  }
}

TEST_CASE("a name keeps what only configures a run where another has the same id without it") {
  const ScriptedSuite program{R"(case "$1" in
  --benchmark_list_tests=true)
    printf '%s\n' f f/real_time f/process_time g/min_time:0.100 h/4/real_time h/4/process_time i i;;
  *) exit 1;;
esac
)"};
  const auto suite = open_suite({program.executable()}, std::chrono::seconds{10});
  REQUIRE(suite.has_value());
  std::vector<std::string> ids;
  for (const BenchmarkInfo& info : suite->benchmarks) ids.push_back(info.id.text());
  CHECK(ids == std::vector<std::string>{"f", "f/real_time", "f/process_time", "g", "h/4/real_time",
                                        "h/4/process_time", "i"});
}

TEST_CASE("two programs with a benchmark of one name are told apart by their names") {
  const ScriptedSuite one{kProgram};
  const std::filesystem::path other = one.folder() / "other";
  std::filesystem::copy_file(one.executable(), other);
  const auto suites = open_suites({{one.executable()}, {other}}, std::chrono::seconds{10});
  REQUIRE(suites.has_value());
  CHECK(suites->front().benchmarks[0].id.text() == "suite/sort/8");
  CHECK(suites->back().benchmarks[0].id.text() == "other/sort/8");
  CHECK(suites->back().native_names[0] == "sort/8/min_time:0.100");
}

TEST_CASE("a program that is neither suite nor Google Benchmark is refused") {
  const ScriptedSuite program{"exit 0"};
  const auto listed = list_foreign(spec_of(program));
  REQUIRE_FALSE(listed.has_value());
  CHECK(listed.error().reason ==
        "it is neither a suite of pulsebench nor a Google Benchmark program");
}
