#include <unistd.h>

#include <ctime>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "pulsebench/os/file_lock.hpp"
#include "pulsebench/os/wait_readable.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::os {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kLockPause{10};

}  // namespace

std::string FileLock::this_holder() {
  return fmt::format("process {} since {:%H:%M:%S} UTC\n", ::getpid(),
                     fmt::gmtime(std::time(nullptr)));
}

Result<FileLock> FileLock::take(const std::filesystem::path& file, const Wait& wait) {
  const auto deadline = Clock::now() + wait.patience;
  for (bool told = false;; told = true) {
    PB_TRY(auto lock, try_take(file));
    if (lock) return *std::move(lock);
    if (!told && wait.on_wait) wait.on_wait(holder_of(file));
    if (Clock::now() >= deadline) {
      return fail(ErrorCode::io, fmt::format("'{}' is locked by {}; wait for its end",
                                             printable(file.string()), holder_of(file)));
    }
    if (wait_readable(wait.interrupt, kLockPause)) {
      return fail(ErrorCode::interrupted, "interrupted while waiting for a lock");
    }
  }
}

}  // namespace pulsebench::os
