#include "pulsebench/tune/latency_hold.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <system_error>

#include <fmt/format.h>

namespace pulsebench::tune {
namespace {

/// Strictest bound of all processes in µs; the device returns a 32-bit number.
std::string bound_of(const os::Descriptor& device) {
  std::int32_t us = 0;
  const ssize_t got = ::pread(device.number(), &us, sizeof us, 0);
  return got == static_cast<ssize_t>(sizeof us) ? fmt::format("{}", us) : "";
}

}  // namespace

LatencyHold::LatencyHold(const machine::Roots& roots) {
  const auto file = roots.dev / "cpu_dma_latency";
  const auto give_up = [&](KnobOutcome outcome, std::string reason) {
    release();
    report_.outcome = outcome;
    report_.reason = std::move(reason);
  };
  struct stat facts {};
  const int unknown = ::stat(file.c_str(), &facts) == 0 ? 0 : errno;
  if (unknown != 0 && unknown != ENOENT) {
    give_up(KnobOutcome::unreadable,
            fmt::format("{}: {}", file.string(), std::generic_category().message(unknown)));
    return;
  }
  if (unknown == ENOENT || !S_ISCHR(facts.st_mode)) {
    give_up(KnobOutcome::absent, "no device " + file.string());
    return;
  }
  device_ = os::Descriptor{::open(file.c_str(), O_RDWR | O_CLOEXEC | O_NOCTTY)};
  if (!device_.open()) {
    const int error = errno;
    const bool permission = error == EACCES || error == EPERM;
    give_up(permission ? KnobOutcome::not_permitted : KnobOutcome::refused,
            fmt::format("{}: {}", file.string(), std::generic_category().message(error)));
    return;
  }
  // A new descriptor requests no bound, so this is the bound of other processes.
  report_.original = bound_of(device_);
  const std::int32_t bound = 0;
  if (::write(device_.number(), &bound, sizeof bound) != static_cast<ssize_t>(sizeof bound)) {
    give_up(KnobOutcome::refused, std::generic_category().message(errno));
    return;
  }
  report_.achieved = bound_of(device_);
  if (report_.achieved == "0") {
    report_.outcome = KnobOutcome::set;
    report_.reason.clear();
    return;
  }
  report_.outcome = KnobOutcome::refused;
  report_.reason =
      report_.achieved.empty() ? "its bound cannot be read back" : "accepted, but without effect";
}

}  // namespace pulsebench::tune
