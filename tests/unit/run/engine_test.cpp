#include "pulsebench/run/engine.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <fstream>
#include <iterator>

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

TEST_CASE("every launch is a process of its own, and its visit is kept under its number") {
  const ScriptedSuite suite{answers("a")};
  const auto measured = measured_by({subject("a", suite, 5)}).sides[0][0];
  CHECK(measured.outcome.status == Status::ok);
  REQUIRE(measured.visits.size() == 5);
  for (int i = 0; i < 5; ++i) CHECK(measured.visits[static_cast<std::size_t>(i)].launch == i);
  CHECK(measured.visits[0].slices[1].ns_per_op == 2.5);
}

TEST_CASE("a process has gone before the next one is asked for its visit") {
  const ScriptedSuite suite{kHello + "read request <&3\necho asked >> \"$0.log\"\n" +
                            replaced(kVisited, "ID", "a") +
                            "read quit <&3\nsleep 0.05\necho left >> \"$0.log\"\n"};
  CHECK(measured_by({subject("a", suite, 3)}).sides[0][0].visits.size() == 3);
  std::ifstream log{suite.executable().string() + ".log"};
  const std::string said{std::istreambuf_iterator<char>{log}, {}};
  CHECK(said == "asked\nleft\nasked\nleft\nasked\nleft\n");
}

TEST_CASE("a suite that does not leave is killed at its limit, and costs the next launch nothing") {
  const ScriptedSuite suite{answers("a") + "sleep 1000\n"};
  Settings settings;
  settings.sampling.launch_limit = std::chrono::milliseconds{500};
  const Interrupt interrupt;
  const auto measured = measure({subject("a", suite, 3)}, 1, settings, interrupt, {}).sides[0][0];
  CHECK(measured.outcome.status == Status::ok);
  CHECK(measured.visits.size() == 3);
}

TEST_CASE("a crash costs its own benchmark, in its own words; the other is measured whole") {
  const ScriptedSuite good{answers("good")};
  const ScriptedSuite bad{kHello + "read request <&3; kill -KILL $$"};
  const auto sides = measured_by({subject("good", good, 3), subject("bad", bad, 3)}).sides;
  CHECK(sides[0][0].visits.size() == 3);
  CHECK(sides[0][1].outcome.status == Status::crashed);
  CHECK(sides[0][1].outcome.reason == "killed by SIGKILL");
}

TEST_CASE("what was measured before a crash is kept") {
  const ScriptedSuite suite{
      "if [ -e \"$0.second\" ]; then exit 9; fi\n"
      "if [ -e \"$0.first\" ]; then : > \"$0.second\"; fi\n"
      ": > \"$0.first\"\n" +
      answers("a")};
  const auto measured = measured_by({subject("a", suite, 5)}).sides[0][0];
  CHECK(measured.visits.size() == 2);
  CHECK(measured.outcome.status == Status::crashed);
  CHECK(measured.outcome.reason == "it left with exit code 9 instead of answering (in launch 3)");
}

TEST_CASE("a suite that answers for another benchmark, or with fewer slices, is not believed") {
  const ScriptedSuite other{answers("b")};
  CHECK(measured_by({subject("a", other, 1)}).sides[0][0].outcome.reason ==
        "it answered 'visit' with something else");
  const ScriptedSuite suite{answers("a")};
  auto greedy = subject("a", suite, 1);
  greedy.batching->slices = 50;
  const auto measured = measured_by({greedy}).sides[0][0];
  CHECK(measured.outcome.status == Status::failed);
  CHECK(measured.outcome.reason == "it sent 2 slices where 50 were asked for");
}

TEST_CASE("a benchmark that measured nothing is an error, and takes no launches") {
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

TEST_CASE("an interrupt keeps what was measured and says what was not") {
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
    CHECK(measured.outcome.reason == "the run was interrupted before its turn");
  }
}

TEST_CASE("a time budget takes fewer launches of everything, by what a visit costs") {
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
