#include <fcntl.h>
#include <io.h>
#include <windows.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include "pulsebench/os/exec.hpp"
#include "pulsebench/os/pipe.hpp"
#include "pulsebench/os/windows_error.hpp"
#include "pulsebench/run/spawn.hpp"
#include "pulsebench/run/windows_system.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::run {
namespace {

struct Pipes {
  os::Pipe requests, events, out, err;

  bool make() { return requests.make() && events.make() && out.make() && err.make(); }
};

/// What a program of Windows needs beside the few that every suite gets: where its libraries and
/// temporary files are.
std::vector<std::string> needed_variables(const std::vector<std::string>& inherited) {
  constexpr std::array<std::string_view, 4> kNames{"SystemRoot=", "TEMP=", "TMP=", "USERPROFILE="};
  std::vector<std::string> needed;
  for (const std::string& variable : inherited) {
    for (const std::string_view name : kNames) {
      const std::string start = variable.substr(0, name.size());
      if (::_stricmp(start.c_str(), std::string{name}.c_str()) == 0) needed.push_back(variable);
    }
  }
  return needed;
}

os::WindowsCommand command_of(const ProcessSpec& spec, const Pipes& pipes, int nothing) {
  const std::string path = spec.executable.string();
  std::vector<std::string> arguments{path};
  arguments.insert(arguments.end(), spec.arguments.begin(), spec.arguments.end());
  const auto inherited = os::environment_with({});
  std::vector<std::string> added = needed_variables(inherited);
  added.insert(added.end(), spec.environment.begin(), spec.environment.end());
  const bool first = spec.process_settings.nice.value_or(0) < 0;
  return {.program = spec.executable,
          .argv = arguments,
          .environment = launch_environment(inherited, added, path, arguments,
                                            spec.layout.environment_padding),
          .folder = spec.working_directory,
          .descriptors = {nothing, pipes.out.write_end.number(), pipes.err.write_end.number(),
                          pipes.requests.read_end.number(), pipes.events.write_end.number()},
          .cpus = os::cpu_bits(spec.cpus).value_or(0),
          .priority = static_cast<DWORD>(first ? HIGH_PRIORITY_CLASS : NORMAL_PRIORITY_CLASS)};
}

struct StartFailure {
  std::string reason;
  bool may_pass = true;  ///< the shortage may end a moment later
};

/// Whether another try may succeed: not where there is no such program, or it is none.
bool may_pass(int error) {
  return error != ENOENT && error != EACCES && error != ENOEXEC && error != EINVAL;
}

tl::expected<Spawned, StartFailure> try_to_spawn(const ProcessSpec& spec) {
  const std::string path = printable(spec.executable.string());
  Pipes pipes;
  const os::Descriptor nothing{::_open("NUL", _O_RDONLY | _O_BINARY | _O_NOINHERIT)};
  if (!pipes.make() || !nothing.open()) {
    return tl::unexpected{StartFailure{std::string{"cannot make a pipe: "} + std::strerror(errno)}};
  }
  os::WindowsProcess::Refusal refusal{};
  auto started = os::WindowsProcess::start(command_of(spec, pipes, nothing.number()), refusal);
  if (!started) {
    const int error = os::errno_of(refusal.error);
    const std::string why = std::string{std::strerror(error)} + " (error " +
                            std::to_string(refusal.error) + " of Windows)";
    if (!refusal.of_cpus) {
      return tl::unexpected{StartFailure{"cannot start '" + path + "': " + why, may_pass(error)}};
    }
    return tl::unexpected{StartFailure{
        "cannot pin '" + path + "' to its CPU: " + why + "; choose others with --cpus", false}};
  }
  StartedProcess process{
      std::make_unique<StartedProcess::System>(StartedProcess::System{*std::move(started)})};
  return Spawned{.process = std::move(process),
                 .granted = {.aslr_off = false},
                 .requests = std::move(pipes.requests.write_end),
                 .events = std::move(pipes.events.read_end),
                 .stdout_end = std::move(pipes.out.read_end),
                 .stderr_end = std::move(pipes.err.read_end)};
}

}  // namespace

bool is_refusal_to_pin(int) { return false; }

std::string why_randomised() { return "Windows randomises every process; results spread more"; }

tl::expected<Spawned, std::string> spawn(const ProcessSpec& spec) {
  const std::string path = printable(spec.executable.string());
  if (spec.hold) {
    return tl::unexpected{"'" + path +
                          "' is no suite of pulsebench, and others are not measured "
                          "on Windows"};
  }
  if (!os::cpu_bits(spec.cpus)) {
    return tl::unexpected{"cannot pin '" + path +
                          "': Windows pins to CPUs 0 to 63 alone; choose "
                          "others with --cpus"};
  }
  auto spawned = os::start_patiently([&] { return try_to_spawn(spec); },
                                     [](const StartFailure& failure) { return failure.may_pass; });
  if (!spawned) return tl::unexpected{std::move(spawned.error().reason)};
  return *std::move(spawned);
}

}  // namespace pulsebench::run
