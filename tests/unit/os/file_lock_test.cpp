#include "pulsebench/os/file_lock.hpp"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <optional>
#include <string>

#include <doctest/doctest.h>

#include "fake_tree.hpp"
#include "pulsebench/os/pipe.hpp"

using namespace pulsebench;
using namespace pulsebench::os;
using namespace std::chrono_literals;

TEST_CASE("a lock is taken once, and the one who waits learns by whom") {
  const FakeTree tree;
  const auto file = tree.top() / "x.lock";
  std::optional<FileLock> lock = *FileLock::take(file, {});
  CHECK_FALSE(FileLock::try_take(file)->has_value());
  std::string holder;
  const auto second = FileLock::take(
      file, {.patience = 20ms, .on_wait = [&](const std::string& who) { holder = who; }});
  REQUIRE_FALSE(second);
  const std::string us = "process " + std::to_string(getpid()) + " since ";
  CHECK(second.error().code == ErrorCode::io);
  CHECK(second.error().message.find("is locked by " + us) != std::string::npos);
  CHECK(holder.substr(0, us.size()) == us);
  lock.reset();
  CHECK(FileLock::take(file, {.patience = 0ms}));
}

TEST_CASE("the lock of a killed process is free") {
  const FakeTree tree;
  const auto file = tree.top() / "x.lock";
  Pipe taken;
  REQUIRE(taken.make());
  const pid_t child = fork();
  if (child == 0) {
    const auto lock = FileLock::take(file, {});
    [[maybe_unused]] const ssize_t written = write(taken.write_end.number(), "x", 1);
    pause();
  }
  char byte = 0;
  REQUIRE(read(taken.read_end.number(), &byte, 1) == 1);
  CHECK_FALSE(FileLock::try_take(file)->has_value());
  kill(child, SIGKILL);
  REQUIRE(waitpid(child, nullptr, 0) == child);
  CHECK(FileLock::try_take(file)->has_value());
}

TEST_CASE("an interrupt ends the waiting") {
  const FakeTree tree;
  const auto lock = FileLock::take(tree.top() / "x.lock", {});
  Pipe interrupt;
  REQUIRE(interrupt.make());
  REQUIRE(write(interrupt.write_end.number(), "x", 1) == 1);
  const auto second = FileLock::take(tree.top() / "x.lock",
                                     {.patience = 1min, .interrupt = interrupt.read_end.number()});
  REQUIRE_FALSE(second);
  CHECK(second.error().code == ErrorCode::interrupted);
}

TEST_CASE("a link, a pipe and a folder are no locks") {
  const FakeTree tree;
  tree.put("file", "precious");
  std::filesystem::create_symlink("file", tree.top() / "link");
  REQUIRE(mkfifo((tree.top() / "pipe").c_str(), 0600) == 0);
  std::filesystem::create_directory(tree.top() / "folder");
  for (const char* name : {"link", "pipe", "folder"}) {
    CAPTURE(name);
    CHECK(FileLock::try_take(tree.top() / name).error().code == ErrorCode::io);
  }
  CHECK(FileLock::try_take(tree.top() / "missing/x.lock").error().code == ErrorCode::not_found);
  CHECK(std::filesystem::file_size(tree.top() / "file") == 8);
}
