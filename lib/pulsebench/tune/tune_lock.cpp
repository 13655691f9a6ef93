#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <system_error>
#include <thread>

#include <fmt/format.h>

#include "pulsebench/os/pseudo_file.hpp"
#include "pulsebench/tune/tuning.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::tune {
namespace {

using Clock = std::chrono::steady_clock;

Failure cannot_lock(const std::filesystem::path& file, int error) {
  return fail(ErrorCode::io, fmt::format("cannot create {}: {}; tuning needs root", file.string(),
                                         std::generic_category().message(error)));
}

}  // namespace

Result<TuneLock> TuneLock::take(const TuneContext& context) {
  std::error_code error;
  std::filesystem::create_directories(context.folder(), error);
  if (error) return cannot_lock(context.folder(), error.value());
  const auto file = context.lock();
  constexpr int kFlags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW;
  os::Descriptor opened{::open(file.c_str(), kFlags, 0644)};
  if (!opened.open()) return cannot_lock(file, errno);
  const auto deadline = Clock::now() + context.patience;
  while (::flock(opened.number(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) return cannot_lock(file, errno);
    if (Clock::now() >= deadline) {
      return fail(ErrorCode::io,
                  fmt::format("another pulsebench (process {}) is tuning this machine; wait for "
                              "its end, or use --no-tune",
                              printable(os::read_if_there(file).value_or("?"), 20)));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
  const std::string pid = fmt::format("{}\n", ::getpid());
  if (::ftruncate(opened.number(), 0) != 0 ||
      ::pwrite(opened.number(), pid.data(), pid.size(), 0) < 0) {
    return cannot_lock(file, errno);
  }
  return TuneLock{std::move(opened)};
}

}  // namespace pulsebench::tune
