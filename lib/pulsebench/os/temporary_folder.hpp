#pragma once

#include <filesystem>
#include <utility>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::os {

/// A new folder that only its owner may enter, removed with all its content when this object ends,
/// or when this process is killed.
class TemporaryFolder {
 public:
  /// Makes it below `parent`; empty: where TMPDIR says, else /tmp. The error says how to choose
  /// another place.
  [[nodiscard]] static Result<TemporaryFolder> make(std::filesystem::path parent = {});

  TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  TemporaryFolder& operator=(TemporaryFolder&& other) noexcept {
    std::swap(path_, other.path_);
    return *this;
  }
  ~TemporaryFolder();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  explicit TemporaryFolder(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

}  // namespace pulsebench::os
