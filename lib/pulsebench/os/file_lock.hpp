#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "pulsebench/os/descriptor.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::os {

/// An exclusive lock between processes, on a file that stays where it is. The kernel frees
/// it when its process ends, however it ends, so that a lock is never stale. The file holds who
/// took it last, and when; its holder may remove it.
class FileLock {
 public:
  /// Takes the lock if it is free. `io` where the file cannot be made, is a symbolic link, or is no
  /// regular file.
  [[nodiscard]] static Result<std::optional<FileLock>> try_take(const std::filesystem::path& file);

  /// How long to wait for a lock, and what to do meanwhile.
  struct Wait {
    std::chrono::milliseconds patience = std::chrono::seconds{10};
    std::function<void(const std::string& holder)> on_wait = {};  ///< once, if it is not free
    int interrupt = -1;  ///< ends the waiting when it becomes readable; -1: nothing does
  };

  /// Waits for the lock. `io` as `try_take`, or with the holder where the patience ends;
  /// `interrupted` where `interrupt` became readable.
  [[nodiscard]] static Result<FileLock> take(const std::filesystem::path& file, const Wait& wait);

 private:
  explicit FileLock(Descriptor file) : file_(std::move(file)) {}

  /// "process 4711 since 12:00:01 UTC", with the end of a line: what this process writes.
  [[nodiscard]] static std::string this_holder();
  /// The same as the holder wrote it; "another process" where that cannot be read.
  [[nodiscard]] static std::string holder_of(const std::filesystem::path& file);

  Descriptor file_;
};

}  // namespace pulsebench::os
