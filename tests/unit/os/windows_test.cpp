// What the siblings of Windows promise, by files, locks and processes of their own.
#include <windows.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/file_lock.hpp"
#include "pulsebench/os/find_program.hpp"
#include "pulsebench/os/glob.hpp"
#include "pulsebench/os/guarded_folder.hpp"
#include "pulsebench/os/pipe.hpp"
#include "pulsebench/os/pseudo_file.hpp"
#include "pulsebench/os/run_process.hpp"
#include "pulsebench/os/sha256.hpp"
#include "pulsebench/os/temporary_folder.hpp"
#include "pulsebench/os/thread_cpus.hpp"
#include "pulsebench/os/wait_readable.hpp"
#include "pulsebench/os/windows_process.hpp"

using namespace pulsebench;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

os::TemporaryFolder new_folder() {
  auto made = os::TemporaryFolder::make();
  REQUIRE(made.has_value());
  return *std::move(made);
}

std::string own_path() { return os::this_executable().value().string(); }

/// The command that runs one test of this program, which is left out otherwise.
os::Command child(const std::string& test) {
  return {.argv = {own_path(), "--no-skip", "-nv", "-tc=" + test}};
}

}  // namespace

TEST_CASE("a file is written whole, replaced and read with its bytes as they are") {
  const auto folder = new_folder();
  const fs::path file = folder.path() / "a" / "b.txt";
  const std::string text{"one\r\ntwo\n\0three\x1A", 16};
  REQUIRE(os::write_whole(file, "before").has_value());
  REQUIRE(os::write_whole(file, text).has_value());
  CHECK(os::read_file(file).value() == text);
  CHECK(std::distance(fs::directory_iterator{file.parent_path()}, {}) == 1);  // nothing temporary
}

TEST_CASE("what is not there is not found, and a folder is no file") {
  const auto folder = new_folder();
  const auto missing = os::read_file(folder.path() / "none");
  REQUIRE(!missing.has_value());
  CHECK(missing.error().code == ErrorCode::not_found);
  CHECK(!os::read_file(folder.path()).has_value());
  CHECK(!os::sha256_of_file(folder.path() / "none").has_value());
}

TEST_CASE("a guarded folder writes, lists, reads and removes") {
  const auto folder = new_folder();
  const os::GuardedFolder files{folder.path(), "staging"};
  REQUIRE(files.write("x/y.json", "{}").has_value());
  REQUIRE(files.write("x/y.json", "{1}").has_value());
  CHECK(files.read("x/y.json").value() == "{1}");
  const auto entries = files.list("x").value();
  REQUIRE(entries.size() == 1);
  CHECK(entries[0].name == "y.json");
  CHECK(entries[0].is_file);
  CHECK(entries[0].bytes == 3);
  const auto age = std::chrono::system_clock::now() - entries[0].modified;
  CHECK(age > -1min);
  CHECK(age < 10min);
  CHECK(files.make_folder("z").value());
  CHECK(!files.make_folder("z").value());
  CHECK(files.facts("z").value().is_folder);
  CHECK(files.remove("x/y.json").has_value());
  CHECK(files.remove_folder("x").has_value());
  CHECK(files.read("x/y.json").error().code == ErrorCode::not_found);
  CHECK(files.read("../y.json").has_value() == false);
}

TEST_CASE("a lock is held once, and free when its holder is gone") {
  const auto folder = new_folder();
  const fs::path file = folder.path() / "lock";
  {
    const auto first = os::FileLock::try_take(file);
    REQUIRE(first.has_value());
    REQUIRE(first->has_value());
    std::string holder;
    const os::FileLock::Wait wait{.patience = 30ms,
                                  .on_wait = [&](const std::string& who) { holder = who; }};
    CHECK(!os::FileLock::take(file, wait).has_value());
    CHECK(holder.find("process " + std::to_string(::GetCurrentProcessId())) == 0);
  }
  CHECK(os::FileLock::try_take(file).value().has_value());
}

TEST_CASE("sha256 is that of FIPS 180-4") {
  CHECK(os::sha256_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(os::sha256_of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("a path of /proc names nothing, whatever Wine has there") {
  const auto read = os::read_pseudo_file("/proc/cpuinfo");
  REQUIRE(!read.has_value());
  CHECK(read.error().code == ErrorCode::not_found);
  CHECK(read.error().message == "no /proc/cpuinfo");
  CHECK(os::entries_of("/dev").empty());
}

TEST_CASE("patterns of names match as those of a shell") {
  CHECK(os::matches_name("tier*_?.exe", "tier0_a.exe"));
  CHECK(os::matches_name("[a-c]x[]z]", "bx]"));
  CHECK(!os::matches_name("[a-c]x", "dx"));
  CHECK(!os::matches_name("tier*", "a_tier"));
  const auto folder = new_folder();
  for (const char* name : {"p/a1.exe", "p/a2.exe", "q/a3.exe", "q/.a4.exe", "b.exe"}) {
    REQUIRE(os::write_whole(folder.path() / name, "").has_value());
  }
  const auto found = os::matches(folder.path(), "?/a*.exe");
  REQUIRE(found.size() == 3);
  CHECK(found[0].generic_string().ends_with("p/a1.exe"));
  CHECK(found[2].generic_string().ends_with("q/a3.exe"));
}

TEST_CASE("a pipe is ready when it has bytes, and when it has ended") {
  os::Pipe pipe;
  REQUIRE(pipe.make());
  CHECK(!os::wait_readable(pipe.read_end.number(), 1ms));
  REQUIRE(os::write_all(pipe.write_end, "x") == 0);
  CHECK(os::wait_readable(pipe.read_end.number(), 1s));
  std::string content;
  pipe.write_end.reset();
  REQUIRE(os::read_all(pipe.read_end, content) == 0);
  CHECK(content == "x");
  CHECK(os::wait_readable(pipe.read_end.number(), 1s));
}

TEST_CASE("child: writes what it was given" * doctest::skip()) {
  const char* const variable = std::getenv("PULSEBENCH_GIVEN");
  std::printf("given %s\n", variable == nullptr ? "nothing" : variable);
}

TEST_CASE("a program is run with its words, its variables and its exit code") {
  os::Command command = child("child: writes what it was given");
  command.environment = {"PULSEBENCH_GIVEN=a \"quoted\\\" word"};
  const auto ran = os::run_process(command);
  REQUIRE(ran.has_value());
  CHECK(ran->exit_code == 0);
  CHECK(ran->text.find("given a \"quoted\\\" word") != std::string::npos);
  const auto failed =
      os::run_process({.argv = {own_path(), "--no-such \"option\" \\", "-tc=none"}});
  REQUIRE(failed.has_value());
}

TEST_CASE("a program that does not exist is not found") {
  const auto ran = os::run_process({.argv = {"pulsebench-no-such-program"}});
  REQUIRE(!ran.has_value());
  CHECK(ran.error().code == ErrorCode::not_found);
}

TEST_CASE("child: sleeps" * doctest::skip()) { ::Sleep(600'000); }

TEST_CASE("a program that takes too long is ended, with what it started") {
  os::Command command = child("child: sleeps");
  command.limit = 300ms;
  const auto ran = os::run_process(command);
  REQUIRE(!ran.has_value());
  CHECK(ran.error().message.find("did not end within 300 ms") != std::string::npos);
}

TEST_CASE("a job ends its process when it goes") {
  HANDLE watched = nullptr;
  {
    os::WindowsProcess::Refusal refusal{};
    const os::WindowsCommand command{.program = {},
                                     .argv = child("child: sleeps").argv,
                                     .environment = {"SystemRoot=C:\\windows"},
                                     .descriptors = {-1, -1, -1}};
    const auto started = os::WindowsProcess::start(command, refusal);
    REQUIRE(started.has_value());
    ::DuplicateHandle(::GetCurrentProcess(), started->handle(), ::GetCurrentProcess(), &watched, 0,
                      FALSE, DUPLICATE_SAME_ACCESS);
    CHECK(::WaitForSingleObject(watched, 0) == WAIT_TIMEOUT);
  }
  CHECK(::WaitForSingleObject(watched, 10'000) == WAIT_OBJECT_0);
  ::CloseHandle(watched);
}

TEST_CASE("a thread runs on the CPUs that it is put on, and returns") {
  const auto before = os::cpus_of_thread();
  REQUIRE(before != 0);
  {
    const os::OnCpus first{{0}};
    CHECK((before == 1 || os::cpus_of_thread() == 1));
  }
  CHECK(os::cpus_of_thread() == before);
}

TEST_CASE("CPUs beyond the 64 of a group are refused") {
  CHECK(os::cpu_bits({0, 63}) == ((std::uint64_t{1} << 63U) | 1U));
  CHECK(!os::cpu_bits({64}).has_value());
}
