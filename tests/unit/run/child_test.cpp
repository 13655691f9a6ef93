#include "pulsebench/run/child.hpp"

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/time.h>

#include <csignal>
#include <fstream>
#include <string>

#include "pulsebench/run/interrupt.hpp"
#include "scripted_suite.hpp"

using namespace pulsebench;
using namespace pulsebench::run;

namespace {

ProcessSpec spec_of(const ScriptedSuite& suite) {
  ProcessSpec spec;
  spec.executable = suite.executable();
  return spec;
}

tl::expected<Child, ProcessFailure> greeted(const ProcessSpec& spec) {
  auto child = Child::start(spec);
  if (!child) return child;
  if (auto greeting = child->greet(); !greeting) return tl::unexpected{greeting.error()};
  return child;
}

ProcessFailure start_failure(const std::string& script) {
  const ScriptedSuite suite{script};
  auto child = greeted(spec_of(suite));
  REQUIRE_FALSE(child.has_value());
  return child.error();
}

ProcessFailure answer_failure(const std::string& script) {
  const ScriptedSuite suite{kHello + script};
  auto child = greeted(spec_of(suite));
  REQUIRE(child.has_value());
  auto answer = child->ask(wire::List{});
  REQUIRE_FALSE(answer.has_value());
  return answer.error();
}

}  // namespace

TEST_CASE("a suite sends hello, answers and exits") {
  const ScriptedSuite suite{kHello + kListed + "read quit <&3\n"};
  auto child = greeted(spec_of(suite));
  REQUIRE(child.has_value());
  CHECK(child->hello().suite == "scripted");
  const auto answer = child->ask(wire::List{});
  REQUIRE(answer.has_value());
  CHECK(std::get<wire::Listed>(*answer).benchmarks.size() == 1);
  child->request_exit();
  child->finish();
}

TEST_CASE("a start without a free descriptor is retried for a moment") {
  // No descriptor is free until a timer raises the limit, after the first try.
  static rlimit usual{};
  REQUIRE(getrlimit(RLIMIT_NOFILE, &usual) == 0);
  const ScriptedSuite suite{kHello + kListed + "read quit <&3\n"};
  std::signal(SIGALRM, [](int) { setrlimit(RLIMIT_NOFILE, &usual); });
  const rlimit none{.rlim_cur = 0, .rlim_max = usual.rlim_max};
  REQUIRE(setrlimit(RLIMIT_NOFILE, &none) == 0);
  const itimerval soon{.it_interval = {}, .it_value = {.tv_sec = 0, .tv_usec = 5'000}};
  setitimer(ITIMER_REAL, &soon, nullptr);
  const auto child = greeted(spec_of(suite));
  setrlimit(RLIMIT_NOFILE, &usual);
  std::signal(SIGALRM, SIG_DFL);
  CHECK(child.has_value());
}

TEST_CASE("a start that never gets a descriptor fails with the reason") {
  rlimit usual{};
  REQUIRE(getrlimit(RLIMIT_NOFILE, &usual) == 0);
  const ScriptedSuite suite{kHello};
  const rlimit none{.rlim_cur = 0, .rlim_max = usual.rlim_max};
  REQUIRE(setrlimit(RLIMIT_NOFILE, &none) == 0);
  const auto child = greeted(spec_of(suite));
  setrlimit(RLIMIT_NOFILE, &usual);
  REQUIRE_FALSE(child.has_value());
  CHECK(child.error().reason == "cannot make a pipe: Too many open files");
}

TEST_CASE("a suite joins its control group before it becomes the suite") {
  const ScriptedSuite suite{kHello + "read quit <&3\n"};
  auto spec = spec_of(suite);
  // A process joins by writing "0", here to a plain file.
  const auto procs = suite.executable().string() + ".procs";
  std::ofstream{procs} << "";
  spec.process_settings.control_group = procs;
  auto child = greeted(spec);
  REQUIRE(child.has_value());
  std::string joined;
  std::getline(std::ifstream{procs}, joined);
  CHECK(joined == "0");
  child->request_exit();
  child->finish();
}

TEST_CASE("the error for a suite that cannot start has its path and the system's reason") {
  ProcessSpec spec;
  spec.executable = "/nonexistent/suite";
  const auto child = greeted(spec);
  REQUIRE_FALSE(child.has_value());
  CHECK(child.error().reason == "cannot start '/nonexistent/suite': No such file or directory");
}

TEST_CASE("a suite that dies is reported with its signal and its last output") {
  const auto failure =
      answer_failure("read r <&3; echo 'assertion x > 0 failed' >&2; kill -SEGV $$");
  CHECK(failure.status == Status::crashed);
  CHECK(failure.reason.find("SIGSEGV") != std::string::npos);
  CHECK(failure.reason.find("assertion x > 0 failed") != std::string::npos);
}

TEST_CASE("a suite that exits early is reported with its exit code") {
  const auto failure = answer_failure("read r <&3; exit 3");
  CHECK(failure.status == Status::crashed);
  CHECK(failure.reason.find("code 3") != std::string::npos);
  CHECK(start_failure("exit 0").status == Status::crashed);
}

TEST_CASE("a suite with another protocol version is refused with both versions") {
  const auto failure = start_failure(
      R"(echo '{"event":"hello","protocol":2,"suite":"x","build":[]}' >&4; read r <&3)");
  CHECK(failure.status == Status::failed);
  CHECK(failure.reason.find("version 2 of the wire protocol") != std::string::npos);
  CHECK(failure.reason.find("version 1") != std::string::npos);
}

TEST_CASE("a line that is not a message ends the launch") {
  const auto failure = start_failure("echo hello >&4; read r <&3");
  CHECK(failure.status == Status::failed);
  CHECK(failure.reason.find("'hello' is not JSON") != std::string::npos);
}

TEST_CASE("a suite that hangs is killed at its limit, with its children") {
  const ScriptedSuite suite{kHello + "sleep 1000 & sleep 1000"};
  auto spec = spec_of(suite);
  spec.limit = std::chrono::milliseconds{100};
  auto child = greeted(spec);
  REQUIRE(child.has_value());
  const auto answer = child->ask(wire::List{});
  REQUIRE_FALSE(answer.has_value());
  CHECK(answer.error().status == Status::timed_out);
  CHECK(answer.error().reason.find("100 ms (sampling.launch_limit_ms, ") != std::string::npos);
}

TEST_CASE("a suite that closes every channel without an exit is killed at its limit") {
  const ScriptedSuite suite{kHello + "read r <&3; exec 1>&- 2>&- 3<&- 4>&-; sleep 1000"};
  auto spec = spec_of(suite);
  spec.limit = std::chrono::milliseconds{200};
  auto child = greeted(spec);
  REQUIRE(child.has_value());
  const auto answer = child->ask(wire::List{});
  REQUIRE_FALSE(answer.has_value());
  CHECK(answer.error().reason.find("killed by SIGKILL") == 0);
}

TEST_CASE("too much output on stdout or on the wire ends the launch") {
  CHECK(answer_failure("read r <&3; exec yes").status == Status::failed);
  CHECK(answer_failure("read r <&3; exec cat /dev/zero >&4").status == Status::failed);
}

TEST_CASE("an interrupt ends the wait at once") {
  const ScriptedSuite suite{kHello + "sleep 1000"};
  const Interrupt interrupt;
  auto spec = spec_of(suite);
  spec.interrupt = interrupt.descriptor();
  auto child = greeted(spec);
  REQUIRE(child.has_value());
  std::raise(SIGINT);
  const auto answer = child->ask(wire::List{});
  REQUIRE_FALSE(answer.has_value());
  CHECK(answer.error().status == Status::not_measured);
  CHECK(interrupt.signal() == SIGINT);
}
