#include "pulsebench/os/supervised.hpp"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <string>

#include <doctest/doctest.h>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/proc_status.hpp"
#include "pulsebench/os/temporary_folder.hpp"
#include "skip.hpp"

using namespace pulsebench;
using namespace pulsebench::os;
using namespace std::chrono_literals;

namespace {

/// A folder, and a shell that runs a script in it.
struct Script {
  TemporaryFolder folder = TemporaryFolder::make().value();

  [[nodiscard]] Result<Supervised> start(const std::string& text) const {
    return Supervised::start({.argv = {"sh", "-c", text},
                              .folder = folder.path(),
                              .log = log(),
                              .scratch = folder.path() / "scratch"});
  }
  [[nodiscard]] std::filesystem::path log() const { return folder.path() / "log"; }
  /// The number in a file that the script writes, when it has.
  [[nodiscard]] int number_in(const std::string& name) const {
    for (int i = 0; i < 5000; ++i) {
      const std::string text = read_file(folder.path() / name).value_or("");
      if (!text.empty() && text.back() == '\n') return std::stoi(text);
      ::usleep(1000);
    }
    return 0;
  }
};

/// Waits until the process has gone, or is a zombie of somebody else.
bool goes(int pid) {
  for (int i = 0; i < 5000; ++i) {
    const char state = state_of(pid);
    if (state == '\0' || state == 'Z') return true;
    ::usleep(1000);
  }
  return false;
}

}  // namespace

TEST_CASE("a supervised program runs in its folder and writes both outputs to its log") {
  const Script script;
  auto program = script.start("pwd; echo two >&2; exit 3");
  REQUIRE(program.has_value());
  CHECK(program->wait(10s));
  CHECK(program->how_it_ended() == "it exited with code 3");
  CHECK(read_file(script.log()).value() == script.folder.path().string() + "\ntwo\n");
}

TEST_CASE("a program that is not there is not found") {
  const Script script;
  const auto program =
      Supervised::start({.argv = {"no-such-program-anywhere"}, .log = script.log()});
  REQUIRE_FALSE(program.has_value());
  CHECK(program.error().code == ErrorCode::not_found);
}

TEST_CASE("a signal goes to the program, and its end is seen") {
  const Script script;
  auto program = script.start("trap 'exit 7' TERM; echo 1 > ready; while :; do sleep 0.01; done");
  REQUIRE(program.has_value());
  REQUIRE(script.number_in("ready") == 1);
  CHECK_FALSE(program->wait(0ms));
  program->signal(SIGTERM);
  CHECK(program->wait(10s));
  CHECK(program->how_it_ended() == "it exited with code 7");
}

TEST_CASE("the end of a supervised program is the end of what it left in other sessions") {
  const Script script;
  auto program = script.start("setsid sh -c 'echo $$ > daemon; exec sleep 1000' & sleep 1000");
  REQUIRE(program.has_value());
  const int daemon = script.number_in("daemon");
  REQUIRE(daemon > 0);
  CHECK(program->processes().size() >= 2);
  const int shell = program->id();
  program->end();
  CHECK(state_of(shell) == '\0');
  CHECK(state_of(daemon) == '\0');
}

TEST_CASE("a daemon outlives the program that started it, and not the supervision") {
  int adopts = 0;
  if (::prctl(PR_GET_CHILD_SUBREAPER, &adopts) != 0) {
    PULSEBENCH_SKIP("no process can adopt orphans here, as under QEMU's user mode");
  }
  const Script script;
  auto program = script.start("setsid sh -c 'echo $$ > daemon; exec sleep 1000' & exit 0");
  REQUIRE(program.has_value());
  CHECK(program->wait(10s));
  const int daemon = script.number_in("daemon");
  CHECK(state_of(daemon) != '\0');
  program->end();
  CHECK(state_of(daemon) == '\0');
}

TEST_CASE("nothing is left when SIGKILL ends the process that supervises") {
  const Script script;
  const auto scratch = script.folder.path() / "scratch";
  std::filesystem::create_directory(scratch);
  const int tool = ::fork();
  if (tool == 0) {
    const auto program =
        script.start("echo $$ > shell; setsid sh -c 'echo $$ > daemon; exec sleep 1000' & wait");
    ::pause();
    ::_exit(program.has_value() ? 0 : 1);
  }
  const int shell = script.number_in("shell");
  const int daemon = script.number_in("daemon");
  ::kill(tool, SIGKILL);
  REQUIRE(::waitpid(tool, nullptr, 0) == tool);
  REQUIRE(shell > 0);
  REQUIRE(daemon > 0);
  CHECK(goes(shell));
  CHECK(goes(daemon));
  for (int i = 0; i < 5000 && std::filesystem::exists(scratch); ++i) ::usleep(1000);
  CHECK_FALSE(std::filesystem::exists(scratch));
}

TEST_CASE("the CPU time and the memory of a program are counted") {
  const Script script;
  auto program =
      script.start("i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; echo 1 > ready; sleep 1000");
  REQUIRE(program.has_value());
  REQUIRE(script.number_in("ready") == 1);
  CHECK(cpu_ns_of(program->id()) > 100'000);  // 20,000 turns of a shell's loop take milliseconds
  CHECK(peak_memory_of(program->id()) > 100'000);
  CHECK(parent_of(program->id()) != 0);
  program->end();
  CHECK(cpu_ns_of(program->id()) == 0);
}
