#pragma once

#include <windows.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pulsebench/os/descriptor.hpp"

namespace pulsebench::os {

/// An open handle of Windows, closed when it goes.
class Handle {
 public:
  Handle() = default;
  explicit Handle(HANDLE handle) : handle_(handle) {}
  Handle(Handle&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~Handle() {
    if (open()) ::CloseHandle(handle_);
  }

  [[nodiscard]] HANDLE get() const { return handle_; }
  [[nodiscard]] bool open() const { return handle_ != nullptr && handle_ != INVALID_HANDLE_VALUE; }

 private:
  HANDLE handle_ = nullptr;
};

/// A program to start.
struct WindowsCommand {
  std::filesystem::path program;         ///< empty: `argv[0]`, which is looked up
  std::vector<std::string> argv;         ///< with the program's own name
  std::vector<std::string> environment;  ///< all of it, "NAME=value"
  std::filesystem::path folder = {};     ///< where it runs; empty: where we do
  /// The descriptors of this process that it gets as its own 0, 1, 2 and so on; -1: none. A C
  /// library of Windows finds all of them there.
  std::vector<int> descriptors;
  std::uint64_t cpus = 0;  ///< a bit for each CPU that it may use; 0: those of this thread
  DWORD priority = NORMAL_PRIORITY_CLASS;
};

/// A process in a job of its own, which holds all that it starts. All of them end with this object,
/// or with this process, however it ends.
class WindowsProcess {
 public:
  /// The error of Windows where it cannot be started.
  struct Refusal {
    DWORD error;
    bool of_cpus = false;  ///< it is not allowed on `cpus`
  };
  [[nodiscard]] static std::optional<WindowsProcess> start(const WindowsCommand& command,
                                                           Refusal& refusal);

  [[nodiscard]] int id() const { return static_cast<int>(id_); }
  [[nodiscard]] HANDLE handle() const { return process_.get(); }

  /// Returns true if it has ended within `patience`.
  [[nodiscard]] bool has_ended(std::chrono::milliseconds patience) const;
  /// Ends it and all that it started.
  void kill() const;
  /// Precondition: it has ended.
  [[nodiscard]] DWORD exit_code() const;

 private:
  WindowsProcess(Handle job, Handle process, DWORD id)
      : job_(std::move(job)), process_(std::move(process)), id_(id) {}

  Handle job_, process_;
  DWORD id_;
};

/// The bits of CPUs, of which Windows takes 64 at once. Empty where one is beyond them.
[[nodiscard]] std::optional<std::uint64_t> cpu_bits(const std::vector<int>& cpus);

/// The bits of the CPUs of the calling thread; 0 where that is unknown. Windows tells them only to
/// who changes them.
[[nodiscard]] std::uint64_t cpus_of_thread();

/// "it exited with code 1", "exception 0xC0000005 ended it".
[[nodiscard]] std::string how_ended(DWORD exit_code);

/// Returns true for the exit code of a process that an exception ended.
[[nodiscard]] bool is_exception(DWORD exit_code);

}  // namespace pulsebench::os
