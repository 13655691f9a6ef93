#include "pulsebench/session/run.hpp"

#include <csignal>

#include "fake_project.hpp"
#include "pulsebench/os/sha256.hpp"

using namespace pulsebench;
using namespace pulsebench::session;

TEST_CASE("a run keeps its result, its raw samples and the executable it measured") {
  FakeProject project;
  const std::string suite = project.build("suites/fake", {{"a", {.ns = 10}}, {"b", {.ns = 20}}});
  const Session session = project.session();
  RunRequest request = project.request(suite);
  request.command_line = {"pulsebench", "run"};
  request.tool_version = "1.2.3";
  const auto result = session::run(session, request);
  REQUIRE(result);
  CHECK_FALSE(result->not_kept);
  CHECK(result->interrupted_by == 0);

  const auto kept = session.workspace.store.load("last");
  REQUIRE(kept);
  CHECK(kept->run_id == result->document.run_id);
  CHECK(kept->seed == 7);
  CHECK(kept->tool_version == "1.2.3");
  CHECK(kept->command_line == request.command_line);
  CHECK(kept->preset == session.workspace.config.default_preset);
  REQUIRE(kept->benchmarks.size() == 2);
  CHECK(kept->benchmarks[1].info.id.text() == "b");
  CHECK(kept->benchmarks[1].value->value == doctest::Approx(20.0).epsilon(0.01));
  CHECK(std::filesystem::exists(session.workspace.store.runs_folder() / kept->run_id /
                                "samples.jsonl"));
  CHECK(std::filesystem::exists(session.workspace.store.binaries_folder() /
                                *os::sha256_of_file(suite)));
}

TEST_CASE("a run is saved under the name that was asked for") {
  FakeProject project;
  const std::string suite = project.build("suites/fake", {{"a", {}}});
  const Session session = project.session();
  REQUIRE(session::run(session, project.request(suite, "main")));
  CHECK(session.workspace.store.load("main"));
}

TEST_CASE("a run in which a benchmark failed is kept as a run, and not saved as a baseline") {
  FakeProject project;
  const std::string suite =
      project.build("suites/fake", {{"a", {}}, {"b", {.status = Status::crashed}}});
  const Session session = project.session();
  const auto result = session::run(session, project.request(suite, "main"));
  REQUIRE(result);
  REQUIRE(result->not_kept);
  CHECK(result->not_kept->code == ErrorCode::nothing_measured);
  CHECK(session.workspace.store.load("main").error().code == ErrorCode::not_found);
  CHECK(session.workspace.store.load("last")->benchmarks[1].outcome.status == Status::crashed);
}

TEST_CASE("an interrupted run says by which signal, and is not saved as a baseline") {
  FakeProject project;
  project.interrupted_by = SIGTERM;
  const std::string suite = project.build("suites/fake", {{"a", {}}});
  const Session session = project.session();
  const auto result = session::run(session, project.request(suite, "main"));
  REQUIRE(result);
  CHECK(result->interrupted_by == SIGTERM);
  CHECK_FALSE(result->document.complete);
  CHECK(result->document.incomplete_because == "interrupted by SIGTERM");
  REQUIRE(result->not_kept);
  CHECK(result->not_kept->code == ErrorCode::interrupted);
  CHECK_FALSE(session.workspace.store.load("main"));
}

TEST_CASE("a run takes its batch sizes from main, so that the two can be compared") {
  FakeProject project;
  const std::string suite = project.build("suites/fake", {{"a", {}}});
  const Session session = project.session();
  REQUIRE(session::run(session, project.request(suite, "main")));
  CHECK_FALSE(project.seen.measured.front().batching);
  const auto second = session::run(session, project.request(suite));
  REQUIRE(second);
  CHECK(second->document.like == "main");
  REQUIRE(project.seen.measured.front().batching);
  CHECK(project.seen.measured.front().batching->operations == 1000);
}

TEST_CASE("a benchmark of another version is calibrated anew") {
  FakeProject project;
  const Session session = project.session();
  REQUIRE(
      session::run(session, project.request(project.build("suites/fake", {{"a", {}}}), "main")));
  const std::string other = project.build("suites/fake", {{"a", {.version = 2}}});
  REQUIRE(session::run(session, project.request(other)));
  CHECK_FALSE(project.seen.measured.front().batching);
}

TEST_CASE("a target's bound has the allocations counted, and stands in the result") {
  FakeProject project;
  project.write("config/targets.json",
                R"({"schema": "pulsebench-targets", "version": 1, "targets":)"
                R"( [{"id": "a", "max_ns_per_op": 50, "max_allocations_per_op": 0}]})");
  const std::string suite = project.build("suites/fake", {{"a", {}}, {"b", {}}});
  const auto result = session::run(project.session(), project.request(suite));
  REQUIRE(result);
  CHECK(project.seen.measured[0].count_allocations);
  CHECK_FALSE(project.seen.measured[1].count_allocations);
  CHECK(result->document.benchmarks[0].target == Cost{50});
  CHECK_FALSE(result->document.benchmarks[1].target);
}

TEST_CASE("the targets are those of the class of hardware that is found") {
  FakeProject project;
  project.write("config/targets.json",
                R"({"schema": "pulsebench-targets", "version": 2,)"
                R"( "targets": [{"id": "a", "max_ns_per_op": 50}],)"
                R"( "classes": {"nvidia_gpu": [{"id": "a", "max_ns_per_op": 5}]}})");
  const std::string suite = project.build("suites/fake", {{"a", {}}});
  const auto on_cpu = session::run(project.session(), project.request(suite));
  REQUIRE(on_cpu);
  CHECK(on_cpu->document.benchmarks[0].target == Cost{50});
  project.write("../machine/dev/nvidia0", "");
  const auto on_gpu = session::run(project.session(), project.request(suite));
  REQUIRE(on_gpu);
  CHECK(on_gpu->document.benchmarks[0].target == Cost{5});
}

TEST_CASE("a request that asks for nothing that is there measures nothing") {
  FakeProject project;
  const std::string suite = project.build("suites/fake", {{"a", {}}});
  const Session session = project.session();
  const auto refused = [&](auto change) {
    RunRequest request = project.request(suite);
    change(request);
    const auto result = session::run(session, request);
    REQUIRE_FALSE(result);
    CHECK(project.seen.measured.empty());
    return result.error().code;
  };
  CHECK(refused([](RunRequest& r) { r.save = "../x"; }) == ErrorCode::bad_input);
  CHECK(refused([](RunRequest& r) { r.selection.filter = "["; }) == ErrorCode::bad_input);
  CHECK(refused([](RunRequest& r) { r.selection.filter = "zz"; }) == ErrorCode::bad_input);
  CHECK(refused([](RunRequest& r) { r.selection.preset = "slow"; }) == ErrorCode::bad_input);
  CHECK(refused([](RunRequest& r) { r.selection.inject = {{"c", 5}}; }) == ErrorCode::bad_input);
  CHECK(refused([](RunRequest& r) { r.selection.tiers = {Tier::system}; }) == ErrorCode::bad_input);
  CHECK(refused([](RunRequest& r) { r.cpus = "9"; }) == ErrorCode::bad_input);
  CHECK(refused([](RunRequest& r) { r.like = "gone"; }) == ErrorCode::not_found);
  CHECK(refused([](RunRequest& r) { r.executables = {"gone"}; }) == ErrorCode::not_found);
}

TEST_CASE("what is asked for reaches the launcher") {
  FakeProject project;
  const std::string suite = project.build("suites/fake", {{"a", {}}, {"b", {}}});
  RunRequest request = project.request(suite);
  request.selection.filter = "^b$";
  request.selection.inject = {{"b", 50}};
  request.cpus = "1";
  request.budget_seconds = 3.0;
  request.counters = {"page-faults"};
  request.instructions = true;
  const auto result = session::run(project.session(), request);
  REQUIRE(result);
  REQUIRE(project.seen.measured.size() == 1);
  CHECK(project.seen.measured[0].sides[0].inject_percent == 50.0);
  CHECK(project.seen.settings.cpus.measuring == std::vector{1});
  CHECK(project.seen.settings.budget_seconds == 3.0);
  CHECK(project.seen.settings.counters == request.counters);
  CHECK(project.seen.settings.instructions);
  CHECK(result->document.benchmarks[0].injected_percent == 50.0);
}

TEST_CASE("in its own project the suites are those built with the program") {
  FakeProject project;
  project.write("config/pulsebench.json",
                R"({"schema": "pulsebench-config", "version": 1, "suites": ["mine"]})");
  const std::string mine = project.build("mine/fake", {{"a", {}}});
  Session session = project.session();
  const auto found = [&](const std::vector<std::string>& executables = {}) {
    const auto programs = session.find_suites(executables);
    REQUIRE(programs);
    REQUIRE(programs->size() == 1);
    return programs->front().executable;
  };
  CHECK(found() == mine);
  const std::string built = project.build("suites/fake", {{"a", {}}});
  CHECK(found() == built);
  CHECK(found({mine}) == mine);
  session.workspace.root = project.path("elsewhere");
  CHECK_FALSE(session.find_suites({}));  // another project, which has no such suite
}
