// Start-up of the tool, which every command pays. tests/speed bounds a `compare` of 10,000
// benchmarks.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>
#include <string>

namespace {

void start_up(benchmark::State& state) {
  // The program is beside the folder of the suites.
  std::string tool =
      std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path() / "pulsebench";
  if (!std::filesystem::exists(tool)) {
    state.SkipWithError("pulsebench is not beside the suites' folder");
    return;
  }
  std::string version = "--version";
  std::array<char*, 3> arguments{tool.data(), version.data(), nullptr};
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  pulsebench::measure(state, [&] {
    pid_t child = 0;
    int status = 0;
    posix_spawn(&child, tool.c_str(), &actions, nullptr, arguments.data(), environ);
    waitpid(child, &status, 0);
    pulsebench::consume(status);
  });
  posix_spawn_file_actions_destroy(&actions);
}
BENCHMARK(start_up)->Name("tool/start_up");  // design: a command begins within 50 ms

}  // namespace
