#include "pulsebench/os/command.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>
#include <thread>

#include <fmt/format.h>

extern char** environ;

namespace pulsebench::os {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kMaxOutputBytes = std::size_t{1} << 20U;

std::string name_of(const std::string& variable) { return variable.substr(0, variable.find('=')); }

std::vector<std::string> changed_environment(const std::vector<std::string>& changes) {
  std::vector<std::string> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string name = name_of(*variable);
    const bool changed = std::any_of(changes.begin(), changes.end(),
                                     [&](const auto& change) { return name_of(change) == name; });
    if (!changed) variables.emplace_back(*variable);
  }
  for (const auto& change : changes) {
    if (change.find('=') != std::string::npos) variables.push_back(change);
  }
  return variables;
}

std::vector<char*> pointers_to(std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  for (auto& string : strings) pointers.push_back(string.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// The errno of posix_spawn; `pid` is set where it is 0.
int spawn(const std::vector<std::string>& argv, const std::vector<std::string>& environment,
          int out, pid_t& pid) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, out, 1);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  posix_spawnattr_setpgroup(&attributes, 0);
  auto arguments = argv;
  auto variables = changed_environment(environment);
  const int error = ::posix_spawnp(&pid, argv.front().c_str(), &actions, &attributes,
                                   pointers_to(arguments).data(), pointers_to(variables).data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

/// Whether everything up to the end was read in time and was not too much.
bool read_to_end(int fd, Clock::time_point deadline, std::string& text) {
  std::array<char, 4096> piece{};
  while (text.size() < kMaxOutputBytes) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    if (left.count() <= 0) return false;
    pollfd waiting{fd, POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(left.count())) <= 0) continue;
    const ssize_t got = ::read(fd, piece.data(), piece.size());
    if (got == 0) return true;
    if (got > 0) text.append(piece.data(), static_cast<std::size_t>(got));
    if (got < 0 && errno != EINTR) return false;
  }
  return false;
}

/// Waits for the process; kills its group at the deadline, or at once where `hurry`.
/// Its wait status, and whether it ended by itself.
std::pair<int, bool> wait_for(pid_t pid, Clock::time_point deadline, bool hurry) {
  int status = 0;
  while (!hurry) {
    const pid_t ended = ::waitpid(pid, &status, WNOHANG);
    if (ended == pid || (ended < 0 && errno != EINTR)) return {status, true};
    if (Clock::now() >= deadline) break;
    std::this_thread::sleep_for(std::chrono::microseconds{200});
  }
  ::kill(-pid, SIGKILL);
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return {status, false};
}

}  // namespace

Result<CommandOutput> run_command(const std::vector<std::string>& argv,
                                  const std::vector<std::string>& environment,
                                  std::chrono::milliseconds limit) {
  const auto deadline = Clock::now() + limit;
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    return fail(ErrorCode::io, fmt::format("cannot make a pipe for {}: {}", argv.front(),
                                           std::generic_category().message(errno)));
  }
  pid_t pid = 0;
  const int error = spawn(argv, environment, ends[1], pid);
  ::close(ends[1]);
  if (error != 0) {
    ::close(ends[0]);
    return fail(
        error == ENOENT ? ErrorCode::not_found : ErrorCode::child_failed,
        fmt::format("cannot start {}: {}", argv.front(), std::generic_category().message(error)));
  }
  CommandOutput output;
  const bool whole = read_to_end(ends[0], deadline, output.text);
  ::close(ends[0]);
  const auto [status, by_itself] = wait_for(pid, deadline, !whole);
  if (!whole || !by_itself) {
    return fail(
        ErrorCode::child_failed,
        fmt::format("{} did not end within {} ms, or said too much", argv.front(), limit.count()));
  }
  output.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return output;
}

}  // namespace pulsebench::os
