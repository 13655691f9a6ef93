#include <fcntl.h>
#include <io.h>
#include <sys/stat.h>

#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/os/exec.hpp"
#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/pipe.hpp"
#include "pulsebench/os/running.hpp"
#include "pulsebench/os/windows_error.hpp"
#include "pulsebench/os/windows_process.hpp"

namespace pulsebench::os {

struct Running::System {
  WindowsProcess process;
  Descriptor output, errors;
};

Running::Running(std::unique_ptr<System> system) : system_(std::move(system)) {}

Running::Running(Running&& other) noexcept = default;

/// Windows has no way to ask a program without a window to end: its job ends it.
Running::~Running() = default;

Descriptor Running::take_output() { return std::move(system_->output); }
Descriptor Running::take_errors() { return std::move(system_->errors); }

int Running::gone() const { return -1; }

bool Running::has_ended() const { return system_->process.has_ended(std::chrono::milliseconds{0}); }

int Running::exit_code() {
  constexpr std::chrono::hours kForever{24};
  (void)system_->process.has_ended(kForever);
  const DWORD code = system_->process.exit_code();
  system_.reset();
  return static_cast<int>(code);
}

Result<Running> start_program(const Command& command, int& error) {
  const Descriptor nothing{::_open("NUL", _O_RDWR | _O_BINARY | _O_NOINHERIT)};
  Pipe output, errors;
  Descriptor log;
  if (!command.log.empty()) {
    constexpr int kFlags = _O_WRONLY | _O_CREAT | _O_TRUNC | _O_BINARY | _O_NOINHERIT;
    log = Descriptor{::_wopen(command.log.c_str(), kFlags, _S_IREAD | _S_IWRITE)};
    error = errno;
    if (!log.open()) return io_failure("write", command.log, error);
  }
  if (!nothing.open() || !output.make() || !errors.make()) {
    error = errno;
    return fail(ErrorCode::io, fmt::format("cannot make a pipe for {}: {}", command.argv.front(),
                                           std::generic_category().message(error)));
  }
  const bool logs = log.open();
  const Descriptor& out = logs ? log : output.write_end;
  const Descriptor& err = logs ? log : errors.write_end;
  WindowsProcess::Refusal refusal{};
  auto started =
      WindowsProcess::start({.program = {},
                             .argv = command.argv,
                             .environment = environment_with(command.environment),
                             .folder = command.folder,
                             .descriptors = {nothing.number(), out.number(), err.number()}},
                            refusal);
  if (!started) {
    error = errno_of(refusal.error);
    return fail(error == ENOENT ? ErrorCode::not_found : ErrorCode::child_failed,
                fmt::format("cannot start {}: {}", command.argv.front(),
                            std::generic_category().message(error)));
  }
  return Running{std::make_unique<Running::System>(Running::System{
      *std::move(started), std::move(output.read_end), std::move(errors.read_end)})};
}

}  // namespace pulsebench::os
