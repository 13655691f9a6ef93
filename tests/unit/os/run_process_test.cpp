#include "pulsebench/os/run_process.hpp"

#include <sys/resource.h>

#include <chrono>

#include <doctest/doctest.h>

#include "fake_tree.hpp"
#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/pipe.hpp"

using namespace pulsebench;
using namespace pulsebench::os;
using namespace std::chrono_literals;

TEST_CASE("a command's output and exit code come back") {
  const auto output = run_process({.argv = {"sh", "-c", "echo seen; echo unseen >&2; exit 3"}});
  REQUIRE(output.has_value());
  CHECK(output->text == "seen\n");
  CHECK(output->exit_code == 3);
}

TEST_CASE("arguments go through no shell") {
  CHECK(run_process({.argv = {"echo", "$HOME; `id`"}})->text == "$HOME; `id`\n");
}

TEST_CASE("variables are set and taken away") {
  REQUIRE(::setenv("PULSEBENCH_TEST_GONE", "here", 1) == 0);
  const auto output =
      run_process({.argv = {"sh", "-c", "echo ${PULSEBENCH_TEST_GONE-gone} $PULSEBENCH_TEST_SET"},
                   .environment = {"PULSEBENCH_TEST_GONE", "PULSEBENCH_TEST_SET=a b"}});
  ::unsetenv("PULSEBENCH_TEST_GONE");
  CHECK(output->text == "gone a b\n");
}

TEST_CASE("a missing program is not found") {
  const auto output = run_process({.argv = {"no-such-program-anywhere"}});
  REQUIRE_FALSE(output.has_value());
  CHECK(output.error().code == ErrorCode::not_found);
}

TEST_CASE("a command that does not end is killed, whatever it started") {
  // The grandchild holds the pipe open: only a killed group lets the call return.
  const auto output = run_process({.argv = {"sh", "-c", "sleep 1000 & sleep 1000"}, .limit = 50ms});
  REQUIRE_FALSE(output.has_value());
  CHECK(output.error().code == ErrorCode::child_failed);
  CHECK(output.error().message == "sh did not end within 50 ms");
}

TEST_CASE("a command that closes its output and goes on is killed too") {
  CHECK_FALSE(
      run_process({.argv = {"sh", "-c", "exec >&-; sleep 1000"}, .limit = 50ms}).has_value());
}

TEST_CASE("a flood is cut off") { CHECK_FALSE(run_process({.argv = {"yes"}}).has_value()); }

TEST_CASE("death by a signal is an exit code beyond 128") {
  CHECK(run_process({.argv = {"sh", "-c", "kill -9 $$"}})->exit_code == 137);
}

TEST_CASE("a command runs in its folder and writes both outputs to its log") {
  const FakeTree tree;
  const auto log = tree.top() / "log";
  const auto output =
      run_process({.argv = {"sh", "-c", "pwd; echo two >&2"}, .folder = "/", .log = log});
  REQUIRE(output.has_value());
  CHECK(output->text.empty());
  CHECK(read_file(log).value() == "/\ntwo\n");
}

TEST_CASE("no log is written through a symbolic link") {
  const FakeTree tree;
  std::filesystem::create_symlink(tree.top() / "elsewhere", tree.top() / "log");
  CHECK_FALSE(run_process({.argv = {"echo"}, .log = tree.top() / "log"}).has_value());
  CHECK_FALSE(std::filesystem::exists(tree.top() / "elsewhere"));
}

TEST_CASE("an interrupt ends a command and whatever it started") {
  Pipe interrupt;
  REQUIRE(interrupt.make());
  REQUIRE(::write(interrupt.write_end.number(), "", 1) == 1);
  const auto output = run_process(
      {.argv = {"sh", "-c", "sleep 1000 & sleep 1000"}, .interrupt = interrupt.read_end.number()});
  REQUIRE_FALSE(output.has_value());
  CHECK(output.error().code == ErrorCode::interrupted);
}

TEST_CASE("a command that ignores SIGTERM is killed") {
  const auto output =
      run_process({.argv = {"sh", "-c", "trap '' TERM; while :; do sleep 1; done"}, .limit = 50ms});
  CHECK_FALSE(output.has_value());
}

TEST_CASE("a program that cannot have outputs of its own is not started with ours") {
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
  const rlimit few{16, before.rlim_max};  // enough for the pipes, and not for their copies
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &few) == 0);
  const auto ran = run_process({.argv = {"echo", "leaked"}});
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
  REQUIRE_FALSE(ran);
  CHECK(ran.error().message.find("cannot start echo") == 0);
}
