#include <windows.h>

#include <cerrno>
#include <utility>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/windows_error.hpp"
#include "pulsebench/run/started_process.hpp"
#include "pulsebench/run/windows_system.hpp"

namespace pulsebench::run {

StartedProcess::StartedProcess(std::unique_ptr<System> system) : system_(std::move(system)) {}
StartedProcess::StartedProcess(StartedProcess&& other) noexcept = default;
StartedProcess& StartedProcess::operator=(StartedProcess&& other) noexcept = default;
StartedProcess::~StartedProcess() = default;  // its job ends all of it

int StartedProcess::id() const { return system_->process.id(); }
int StartedProcess::exit_descriptor() const { return -1; }

bool StartedProcess::wait_for_exit(std::chrono::milliseconds patience) const {
  return system_->process.has_ended(patience);
}

/// Nothing is held here, so nothing is waited for.
bool StartedProcess::is_waiting() const { return true; }
long StartedProcess::involuntary_switches() const { return 0; }

void StartedProcess::move_off_measuring_cpu() const {
  ::SetProcessAffinityMask(system_->process.handle(), os::cpus_of_thread());
}

Moved StartedProcess::move_to(const std::vector<int>& cpus) const {
  const auto bits = os::cpu_bits(cpus);
  if (!bits) return {.error = EINVAL};
  const bool is_set = ::SetProcessAffinityMask(system_->process.handle(), *bits) != 0;
  return {.error = is_set ? 0 : os::last_errno()};
}

void StartedProcess::kill() const { system_->process.kill(); }

Exit StartedProcess::reap() {
  constexpr std::chrono::hours kForever{24};
  (void)system_->process.has_ended(kForever);
  const DWORD code = system_->process.exit_code();
  kill();  // what it started and left
  return {.code = os::is_exception(code) ? -1 : static_cast<int>(code),
          .how = os::how_ended(code),
          .involuntary_switches = 0};
}

int send_bytes(const os::Descriptor& to, const std::string& bytes) {
  const int error = os::write_all(to, bytes);
  return error == EPIPE || error == EINVAL ? 0 : error;  // EINVAL: nobody reads any more
}

}  // namespace pulsebench::run
