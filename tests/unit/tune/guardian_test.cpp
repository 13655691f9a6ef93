#include "pulsebench/tune/guardian.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>

#include <doctest/doctest.h>

#include "fake_tree.hpp"

using namespace pulsebench::tune;

namespace {

/// A descriptor that the guardian keeps. Its other end gets an end of file at the guardian's exit,
/// so that tests can wait without a sleep.
struct Leash {
  std::array<int, 2> ends{};
  Leash() { REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0); }
  ~Leash() {
    ::close(ends[0]);
    if (ends[1] >= 0) ::close(ends[1]);
  }
  void release() {
    ::close(ends[1]);
    ends[1] = -1;
  }
  /// True if the last process with the descriptor exits within 10 s.
  bool ended() const {
    pollfd waiting{ends[0], POLLIN, 0};
    char byte = 0;
    return ::poll(&waiting, 1, 10'000) == 1 && ::read(ends[0], &byte, 1) == 0;
  }
};

/// A process with a guardian that creates `file`; it waits to be killed.
int start_holder(const std::filesystem::path& file, Leash& leash) {
  std::array<int, 2> ready{};
  REQUIRE(::pipe2(ready.data(), O_CLOEXEC) == 0);
  const int pid = ::fork();
  if (pid == 0) {
    for (const int signal : {SIGTERM, SIGSEGV})
      std::signal(signal, SIG_DFL);  // not those of the tests
    auto guardian = Guardian::start([&](int) { ::close(::creat(file.c_str(), 0600)); },
                                    leash.ends[1], leash.ends[1]);
    const char well = guardian ? 'y' : 'n';
    if (::write(ready[1], &well, 1) != 1) ::_exit(1);
    for (;;) ::pause();
  }
  ::close(ready[1]);
  char well = 0;
  REQUIRE(::read(ready[0], &well, 1) == 1);
  REQUIRE(well == 'y');
  ::close(ready[0]);
  return pid;
}

}  // namespace

TEST_CASE("a guardian acts when its process is killed") {
  for (const int signal : {SIGKILL, SIGTERM, SIGSEGV}) {
    const FakeTree tree;
    Leash leash;
    const int holder = start_holder(tree.top() / "acted", leash);
    leash.release();
    ::kill(holder, signal);
    ::waitpid(holder, nullptr, 0);
    REQUIRE(leash.ended());
    CHECK(std::filesystem::exists(tree.top() / "acted"));
  }
}

TEST_CASE("a dismissed guardian exits without its action") {
  const FakeTree tree;
  Leash leash;
  auto guardian =
      Guardian::start([&](int) { ::close(::creat((tree.top() / "acted").c_str(), 0600)); },
                      leash.ends[1], leash.ends[1]);
  REQUIRE(guardian.has_value());
  const int pid = guardian->pid();
  guardian->dismiss();
  CHECK(::kill(pid, 0) != 0);
  CHECK_FALSE(std::filesystem::exists(tree.top() / "acted"));
}

TEST_CASE("killing a guardian does not end its process") {
  Leash leash;
  auto guardian = Guardian::start([](int) {}, leash.ends[1], leash.ends[1]);
  REQUIRE(guardian.has_value());
  ::kill(guardian->pid(), SIGKILL);
  guardian->dismiss();
  CHECK(guardian->pid() == -1);
}
