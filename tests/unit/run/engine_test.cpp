#include "pulsebench/run/engine.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <filesystem>

#include "scripted_suite.hpp"

using namespace pulsebench;
using namespace pulsebench::run;

namespace {

const std::string kVisited =
    R"(echo '{"event":"visited","id":"ID","operations":10,"ns_per_op":[1.5,2.5],)"
    R"("cpu_ns_per_op":[1.5,1.5],"disturbances":[0,1],"visit_disturbances":0,"memory_unlocked":"",)"
    R"("reference_ns":2.0,"seconds":0.01}' >&4
)";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

/// Answers each visit of benchmark `id` with two slices.
std::string answers(const std::string& id) {
  return kHello + "read request <&3\n" + replaced(kVisited, "ID", id) + "read quit <&3\n";
}

Subject subject(const std::string& id, const ScriptedSuite& suite, int launches) {
  Subject made{.info = {.id = *BenchmarkId::parse(id)},
               .suite = "scripted",
               .sides = {},
               .launches = launches,
               .batching = Batching{.operations = 10, .slices = 2},
               .visit_seconds = 0.01};
  made.sides.emplace_back().executable = suite.executable();
  return made;
}

Measurement measured_by(std::vector<Subject> subjects, const Interrupt& interrupt = Interrupt{}) {
  return measure(std::move(subjects), 1, Settings{}, interrupt, {});
}

}  // namespace

TEST_CASE("every launch is a new process, and its visit has its number") {
  const ScriptedSuite suite{answers("a")};
  const auto measured = measured_by({subject("a", suite, 5)}).sides[0][0];
  CHECK(measured.outcome.status == Status::ok);
  REQUIRE(measured.visits.size() == 5);
  for (int i = 0; i < 5; ++i) CHECK(measured.visits[static_cast<std::size_t>(i)].launch == i);
  CHECK(measured.visits[0].slices[1].ns_per_op == 2.5);
}

TEST_CASE("each subject has its own time, and all together no more than the measurement") {
  const ScriptedSuite one{answers("one")}, other{answers("other")};
  const auto measurement = measured_by({subject("one", one, 1), subject("other", other, 2)});
  REQUIRE(measurement.subject_seconds.size() == 2);
  CHECK(measurement.subject_seconds[0] > 0.0);
  CHECK(measurement.subject_seconds[1] > 0.0);
  CHECK(measurement.subject_seconds[0] + measurement.subject_seconds[1] <= measurement.seconds);
}

TEST_CASE("a suite that does not exit is killed at its limit, before the next one is asked") {
  // Stays until the next process is asked, and would then note the overlap.
  const ScriptedSuite suite{kHello + "read request <&3\necho $$ > \"$0.asked\"\n" +
                            replaced(kVisited, "ID", "a") + "read quit <&3\n" +
                            "while read last < \"$0.asked\" && [ \"$last\" = $$ ]; do :; done\n" +
                            ": > \"$0.overlap\"\n"};
  Settings settings;
  settings.sampling.launch_limit = std::chrono::milliseconds{500};
  const Interrupt interrupt;
  const auto measured = measure({subject("a", suite, 2)}, 1, settings, interrupt, {}).sides[0][0];
  CHECK(measured.outcome.status == Status::ok);
  CHECK(measured.visits.size() == 2);
  CHECK_FALSE(std::filesystem::exists(suite.executable().string() + ".overlap"));
}

TEST_CASE("a crash fails its own benchmark with its signal; the other is measured completely") {
  const ScriptedSuite good{answers("good")};
  const ScriptedSuite bad{kHello + "read request <&3; kill -KILL $$"};
  const auto sides = measured_by({subject("good", good, 3), subject("bad", bad, 3)}).sides;
  CHECK(sides[0][0].visits.size() == 3);
  CHECK(sides[0][1].outcome.status == Status::crashed);
  CHECK(sides[0][1].outcome.reason.find("SIGKILL") != std::string::npos);
}

TEST_CASE("visits before a crash are kept") {
  const ScriptedSuite suite{
      "if [ -e \"$0.second\" ]; then exit 9; fi\n"
      "if [ -e \"$0.first\" ]; then : > \"$0.second\"; fi\n"
      ": > \"$0.first\"\n" +
      answers("a")};
  const auto measured = measured_by({subject("a", suite, 5)}).sides[0][0];
  CHECK(measured.visits.size() == 2);
  CHECK(measured.outcome.status == Status::crashed);
  CHECK(measured.outcome.reason.find("code 9") != std::string::npos);
  CHECK(measured.outcome.reason.find("launch 3") != std::string::npos);
}

TEST_CASE("an answer for another benchmark, or with fewer slices, is rejected") {
  const ScriptedSuite other{answers("b")};
  CHECK(measured_by({subject("a", other, 1)}).sides[0][0].outcome.status == Status::failed);
  const ScriptedSuite suite{answers("a")};
  auto greedy = subject("a", suite, 1);
  greedy.batching->slices = 50;
  const auto measured = measured_by({greedy}).sides[0][0];
  CHECK(measured.outcome.status == Status::failed);
  CHECK(measured.outcome.reason.find("2 slices instead of 50") != std::string::npos);
}

TEST_CASE("a benchmark that measures nothing is an error without launches") {
  const ScriptedSuite suite{
      kHello +
      R"(read request <&3; echo '{"event":"calibrated","id":"a","operations":10,"slices":8,)"
      R"("ns_per_op":0.25,"empty_loop_ns_per_op":0.25,"measured_nothing":true}' >&4; read q <&3)"};
  auto empty = subject("a", suite, 5);
  empty.batching.reset();
  const auto measured = measured_by({empty}).sides[0][0];
  CHECK(measured.outcome.status == Status::measured_nothing);
  CHECK(measured.visits.empty());
}

TEST_CASE("after an interrupt, benchmarks without visits are marked as not measured") {
  const ScriptedSuite suite{answers("a")};
  const Interrupt interrupt;
  int announced = 0;
  const auto result = measure({subject("a", suite, 1), subject("b", suite, 1)}, 1, Settings{},
                              interrupt, [&](const Progress&) {
                                if (++announced == 1) std::raise(SIGINT);
                              });
  CHECK(result.interrupted_by == SIGINT);
  for (const auto& measured : result.sides[0]) {
    CHECK(measured.outcome.status == Status::not_measured);
    CHECK(measured.outcome.reason.find("interrupted") != std::string::npos);
  }
}

TEST_CASE("a time budget reduces the launches by the time of a visit") {
  const ScriptedSuite suite{answers("a")};
  auto slow = subject("a", suite, 20);
  slow.visit_seconds = 0.095;  // and 5 ms for the process: 20 launches are 2 s
  Settings settings;
  settings.budget_seconds = 1.0;
  const Interrupt interrupt;
  const auto result = measure({slow}, 1, settings, interrupt, {});
  CHECK(result.launches == std::vector<int>{10});
  CHECK(result.sides[0][0].visits.size() == 10);
}
