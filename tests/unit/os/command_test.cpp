#include "pulsebench/os/command.hpp"

#include <chrono>

#include <doctest/doctest.h>

using namespace pulsebench;
using namespace pulsebench::os;
using namespace std::chrono_literals;

TEST_CASE("a command's output and exit code come back") {
  const auto output = run_command({"sh", "-c", "echo seen; echo unseen >&2; exit 3"}, {}, 10s);
  REQUIRE(output.has_value());
  CHECK(output->text == "seen\n");
  CHECK(output->exit_code == 3);
}

TEST_CASE("arguments go through no shell") {
  CHECK(run_command({"echo", "$HOME; `id`"}, {}, 10s)->text == "$HOME; `id`\n");
}

TEST_CASE("variables are set and taken away") {
  REQUIRE(::setenv("PULSEBENCH_TEST_GONE", "here", 1) == 0);
  const auto output =
      run_command({"sh", "-c", "echo ${PULSEBENCH_TEST_GONE-gone} $PULSEBENCH_TEST_SET"},
                  {"PULSEBENCH_TEST_GONE", "PULSEBENCH_TEST_SET=a b"}, 10s);
  ::unsetenv("PULSEBENCH_TEST_GONE");
  CHECK(output->text == "gone a b\n");
}

TEST_CASE("a missing program is not found") {
  const auto output = run_command({"no-such-program-anywhere"}, {}, 10s);
  REQUIRE_FALSE(output.has_value());
  CHECK(output.error().code == ErrorCode::not_found);
}

TEST_CASE("a command that does not end is killed, whatever it started") {
  // The grandchild holds the pipe open: only a killed group lets the call return.
  const auto output = run_command({"sh", "-c", "sleep 1000 & sleep 1000"}, {}, 50ms);
  REQUIRE_FALSE(output.has_value());
  CHECK(output.error().code == ErrorCode::child_failed);
}

TEST_CASE("a command that closes its output and goes on is killed too") {
  CHECK_FALSE(run_command({"sh", "-c", "exec >&-; sleep 1000"}, {}, 50ms).has_value());
}

TEST_CASE("a flood is cut off") { CHECK_FALSE(run_command({"yes"}, {}, 10s).has_value()); }

TEST_CASE("death by a signal is an exit code beyond 128") {
  CHECK(run_command({"sh", "-c", "kill -9 $$"}, {}, 10s)->exit_code == 137);
}
