#pragma once

#include <filesystem>

namespace pulsebench::machine {

/// Folders through which this room reads and writes the machine, so that a test can give a folder
/// that looks like another machine.
struct Roots {
  std::filesystem::path top = "/";
  std::filesystem::path sys = "/sys";
  std::filesystem::path proc = "/proc";
  std::filesystem::path dev = "/dev";
  std::filesystem::path etc = "/etc";
  std::filesystem::path run = "/run";

  /// The same folders below `prefix`; `under("/")` is this machine.
  [[nodiscard]] static Roots under(const std::filesystem::path& prefix) {
    return {prefix,         prefix / "sys", prefix / "proc",
            prefix / "dev", prefix / "etc", prefix / "run"};
  }
};

}  // namespace pulsebench::machine
