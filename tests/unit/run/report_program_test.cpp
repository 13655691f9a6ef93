#include "pulsebench/run/report_program.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "pulsebench/run/engine.hpp"
#include "pulsebench/run/paired_run.hpp"

using namespace pulsebench;
using namespace pulsebench::run;

namespace {

const Workload kWorkload{.metrics = {{.metric = {.name = "load"}, .scale = 1e6},
                                     {.metric = {.name = "rate", .unit = Unit::per_second}},
                                     {.metric = {.name = "faults", .unit = Unit::count}}}};

ProcessSpec shell(const std::string& script) {
  ProcessSpec spec;
  spec.executable = "/bin/sh";
  spec.arguments = {"-c", script};
  return spec;
}

std::string failure_of(const std::string& script, const Workload& workload = kWorkload) {
  const auto visit = report_visit(shell(script), workload);
  REQUIRE_FALSE(visit.has_value());
  return visit.error().reason;
}

/// Two subjects of one workload, whose launches also append a line to `log`.
std::vector<Subject> subjects_of(const std::string& script, std::size_t sides) {
  const auto workload = std::make_shared<Workload>(kWorkload);
  std::vector<Subject> subjects;
  for (const auto& [metric, unused] : workload->metrics) {
    Subject& subject = subjects.emplace_back(
        Subject{.info = {.id = *BenchmarkId::parse("w:" + metric.name), .metric = metric},
                .suite = "w",
                .sides = {},
                .launches = 3,
                .batching = {}});
    for (std::size_t side = 0; side < sides; ++side) {
      subject.sides.push_back({.executable = "/bin/sh",
                               .options = {.arguments = {"-c", script}},
                               .driver = Driver::report,
                               .native_name = metric.name,
                               .workload = workload});
    }
  }
  return subjects;
}

}  // namespace

TEST_CASE("the last line is the report, and each metric is in its unit") {
  const auto visit = report_visit(
      shell(R"(echo hello; echo '{"metrics":{"load":1.5,"rate":[7,8]},"label":"x"}')"), kWorkload);
  REQUIRE(visit.has_value());
  CHECK(visit->label == "x");
  const auto load = visit_of(*visit, kWorkload.metrics[0].metric);
  REQUIRE(load.has_value());
  CHECK(load->slices.size() == 1);
  CHECK(load->slices[0].ns_per_op == 1.5e6);
  const auto rate = visit_of(*visit, kWorkload.metrics[1].metric);
  REQUIRE(rate.has_value());
  CHECK(rate->slices.size() == 2);
  const auto faults = visit_of(*visit, kWorkload.metrics[2].metric);
  REQUIRE_FALSE(faults.has_value());
  CHECK(faults.error().reason == "its report has no metric 'faults'");
}

TEST_CASE("what is written to descriptor 4 comes before stdout") {
  const auto visit = report_visit(
      shell(R"(echo '{"metrics":{"load":2}}' >&4; echo '{"metrics":{"load":1}}')"), kWorkload);
  REQUIRE(visit.has_value());
  CHECK(visit->metrics[0].values[0] == 2e6);
}

TEST_CASE("a launch that reports nothing usable says why") {
  CHECK(failure_of("true").starts_with("it reported nothing"));
  CHECK(failure_of("echo '{}'").starts_with("its report is unusable"));
  CHECK(failure_of(R"(echo '{"metrics":{"lood":1}}')") ==
        "it reports the metric 'lood', and the workload has load, rate, faults");
  CHECK(failure_of("echo no memory >&2; exit 7") ==
        "it exited with code 7, and 0 was expected; last output: no memory");
  CHECK(failure_of("exit 0", {.metrics = kWorkload.metrics, .exit_code = 3}) ==
        "it exited with code 0, and 3 was expected");
  CHECK(failure_of("kill -SEGV $$").find("SIGSEGV") != std::string::npos);
}

TEST_CASE("only a count may be zero") {
  const auto visit = report_visit(shell(R"(echo '{"metrics":{"load":0,"faults":0}}')"), kWorkload);
  REQUIRE(visit.has_value());
  CHECK(visit_of(*visit, kWorkload.metrics[2].metric).has_value());
  const auto load = visit_of(*visit, kWorkload.metrics[0].metric);
  REQUIRE_FALSE(load.has_value());
  CHECK(load.error().reason.find("no change can be told") != std::string::npos);
}

TEST_CASE("a metric keeps its guard and its trials, and not those of another") {
  Visit launch{.operations = 1, .slices = {}};
  launch.metrics = {{.name = "p99", .values = {9.0}, .guard = 4.0},
                    {.name = "errors", .values = {1.0}, .trials = 7}};
  CHECK(visit_of(launch, {.name = "p99"})->guard == 4.0);
  CHECK_FALSE(visit_of(launch, {.name = "errors"})->guard);
  CHECK(visit_of(launch, {.name = "errors"})->trials == 7);
}

TEST_CASE("the metrics of a launch share its time") {
  Visit launch{.operations = 1, .slices = {}, .seconds = 3.0};
  launch.metrics = {{.name = "a", .values = {1.0}}, {.name = "b", .values = {2.0}}};
  CHECK(visit_of(launch, {.name = "a"})->seconds == 1.5);
  CHECK(visit_of(launch, {.name = "b"})->seconds == 1.5);
}

TEST_CASE("a scratch folder is fresh for each launch, and gone afterwards") {
  ProcessSpec spec =
      shell(R"(test -d {scratch} && echo "{\"metrics\":{\"load\":1},\"label\":\"{scratch}\"}")");
  const auto one = report_visit(spec, kWorkload);
  const auto other = report_visit(spec, kWorkload);
  REQUIRE(one.has_value());
  REQUIRE(other.has_value());
  CHECK(one->label != other->label);
  CHECK_FALSE(std::filesystem::exists(one->label));
}

TEST_CASE("one launch measures every metric, and a missing one costs itself") {
  const auto log = std::filesystem::temp_directory_path() / "pulsebench_report_program_test";
  std::filesystem::remove(log);
  const std::string script =
      R"(echo x >> )" + log.string() + R"(; echo '{"metrics":{"load":1,"rate":5}}')";
  const Interrupt interrupt;
  const Settings settings{};
  const auto measured = measure(subjects_of(script, 1), 1, settings, interrupt, {});
  const auto& [load, rate, faults] =
      std::tie(measured.sides[0][0], measured.sides[0][1], measured.sides[0][2]);
  CHECK(load.outcome.status == Status::ok);
  CHECK(load.visits.size() == 3);
  CHECK(rate.visits.size() == 3);
  CHECK(faults.outcome.status == Status::failed);
  CHECK(std::filesystem::file_size(log) == 2 * 4);  // the calibration, and three launches
  std::filesystem::remove(log);
}

TEST_CASE("a block measures both sides of every metric, each until it is judged") {
  const Interrupt interrupt;
  PairedRunSettings settings{};
  settings.effort = plan::exactly(6);
  std::vector<int> judged(3);
  const Judge judge = [&](std::size_t i, const Visit& old_side, const Visit&, bool) {
    CHECK(old_side.slices.size() == 1);
    return ++judged[i] == static_cast<int>(i) + 2;
  };
  const auto run =
      run_paired(subjects_of(R"(echo '{"metrics":{"load":1,"rate":5,"faults":0}}')", 2), settings,
                 interrupt, judge, {});
  CHECK(judged == std::vector{2, 3, 4});
  CHECK(run.subjects[0].blocks == 2);
  CHECK(run.subjects[2].blocks == 4);
  CHECK(run.subjects[2].settled);
  CHECK(run.subjects[2].new_side.visits.size() == 4);
}
