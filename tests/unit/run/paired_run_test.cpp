#include "pulsebench/run/paired_run.hpp"

#include <doctest/doctest.h>

#include <csignal>

#include "scripted_suite.hpp"

using namespace pulsebench;
using namespace pulsebench::run;

namespace {

/// Answers a visit of "a" with one slice of `ns` nanoseconds.
std::string answers(const std::string& ns) {
  return kHello + "read request <&3\n" +
         R"(echo '{"event":"visited","id":"a","operations":10,"ns_per_op":[)" + ns +
         R"(],"cpu_ns_per_op":[1.0],"disturbances":[0],"visit_disturbances":0,"memory_unlocked":"","reference_ns":2.0,"seconds":0.01}' >&4
read quit <&3
)";
}

Subject subject(const ScriptedSuite& old_side, const ScriptedSuite& new_side) {
  Subject made{.info = {.id = *BenchmarkId::parse("a")},
               .suite = "scripted",
               .sides = {},
               .launches = 0,
               .batching = Batching{.operations = 10, .slices = 1},
               .visit_seconds = 0.01};
  made.sides.emplace_back().executable = old_side.executable();
  made.sides.emplace_back().executable = new_side.executable();
  return made;
}

PairedResult contest(const ScriptedSuite& old_side, const ScriptedSuite& new_side,
                     const Judge& judge, int max_blocks = 16,
                     const Interrupt& interrupt = Interrupt{}) {
  PairedRunSettings settings;
  settings.effort = plan::exactly(max_blocks);
  return run_paired({subject(old_side, new_side)}, settings, interrupt, judge, {}).subjects[0];
}

const Judge kNeverEnough = [](std::size_t, const Visit&, const Visit&, bool) { return false; };

}  // namespace

TEST_CASE("each block has one visit of each side, and the judge gets old and new in this order") {
  const ScriptedSuite one{answers("1.0")};
  const ScriptedSuite two{answers("2.0")};
  int blocks = 0;
  const auto paired = contest(one, two, [&](std::size_t, const Visit& a, const Visit& b, bool) {
    CHECK(a.slices[0].ns_per_op == 1.0);
    CHECK(b.slices[0].ns_per_op == 2.0);
    CHECK(a.launch == b.launch);
    return ++blocks == 5;
  });
  CHECK(paired.settled);
  CHECK(paired.blocks == 5);
  CHECK(paired.old_side.visits.size() == 5);
  CHECK(paired.new_side.visits.size() == 5);
}

TEST_CASE("the length of a visit is at most the time until the answer") {
  const ScriptedSuite suite{answers("1.0")};  // answers in 1 ms and reports 10 ms
  const auto paired = contest(suite, suite, kNeverEnough, 3);
  REQUIRE(paired.blocks == 3);
  double in_visits = 0.0;
  for (const Visit& visit : paired.old_side.visits) in_visits += visit.seconds;
  CHECK(in_visits <= paired.seconds);
}

TEST_CASE("both processes of a block start before one is asked") {
  // Each waits before its answer until both have started; one alone would reach its time limit.
  const std::string shared = (std::filesystem::temp_directory_path() / "pulsebench_met").string();
  const auto meets = [&](const std::string& mine, const std::string& other) {
    return "touch " + shared + mine + "\n" + kHello + "read request <&3\nwhile [ ! -e " + shared +
           other + " ]; do :; done\n" +
           R"(echo '{"event":"visited","id":"a","operations":10,"ns_per_op":[1.0],"cpu_ns_per_op":[1.0],"disturbances":[0],"visit_disturbances":0,"memory_unlocked":"","reference_ns":2.0,"seconds":0.01}' >&4
read quit <&3
)";
  };
  const ScriptedSuite one{meets("1", "2")};
  const ScriptedSuite two{meets("2", "1")};
  const auto paired = contest(one, two, kNeverEnough, 1);
  for (const char* file : {"1", "2"}) std::filesystem::remove(shared + file);
  CHECK(paired.blocks == 1);
}

TEST_CASE("without a decision of the judge the last block ends the subject, unsettled") {
  const ScriptedSuite suite{answers("1.0")};
  const auto paired = contest(suite, suite, kNeverEnough, 7);
  CHECK_FALSE(paired.settled);
  CHECK(paired.blocks == 7);
}

TEST_CASE("a side that crashes ends its subject, with its signal") {
  const ScriptedSuite good{answers("1.0")};
  const ScriptedSuite bad{kHello + "read request <&3; kill -SEGV $$"};
  const auto paired = contest(good, bad, kNeverEnough);
  CHECK(paired.blocks == 0);
  CHECK(paired.new_side.outcome.status == Status::crashed);
  CHECK(paired.new_side.outcome.reason.find("SIGSEGV") != std::string::npos);
  CHECK(paired.old_side.outcome.status == Status::not_measured);
}

TEST_CASE("an interrupt keeps the complete blocks") {
  const ScriptedSuite suite{answers("1.0")};
  const Interrupt interrupt;
  int blocks = 0;
  const auto paired = contest(
      suite, suite,
      [&](std::size_t, const Visit&, const Visit&, bool) {
        if (++blocks == 3) std::raise(SIGINT);
        return false;
      },
      16, interrupt);
  CHECK(paired.blocks == 3);
  CHECK(paired.old_side.visits.size() == 3);
  CHECK_FALSE(paired.settled);
}
