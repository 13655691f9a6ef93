#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "pulsebench/os/descriptor.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::os {

inline constexpr std::size_t kLargestFile = 1U << 30U;  ///< twenty times 10,000 benchmarks

/// Returns the whole content of `file`, with room for `slack` more bytes behind it. `-` is standard
/// input. `not_found` where there is none, `io` where it cannot be read, is a device or has more
/// than `most` bytes.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& file,
                                            std::size_t slack = 0, std::size_t most = kLargestFile);

/// Writes `content` to `file`, whole or not at all: a temporary file beside it, fsync, rename,
/// fsync of the folder. Makes the folders above it. On `io` what was there before is still there,
/// and the temporary file is not. `mode` is the new file's, less the umask.
[[nodiscard]] Result<void> write_whole(const std::filesystem::path& file, std::string_view content,
                                       unsigned mode = 0666);

struct ReadLimits {
  std::size_t most = kLargestFile;  ///< reading ends beyond it
  std::size_t slack = 0;            ///< room behind the content
  std::size_t expected = 4096;      ///< reserved before the first read
};

/// Reads to the end, or until `content` has more than `limits.most` bytes. Returns 0 or errno.
[[nodiscard]] int read_all(const Descriptor& file, std::string& content, ReadLimits limits = {});

/// Returns 0 or errno.
[[nodiscard]] int write_all(const Descriptor& file, std::string_view content);

/// Brings a folder's entries to the disk. Returns 0 or errno; 0 too where the file system cannot
/// sync a folder (EINVAL): there is nothing to do then.
[[nodiscard]] int sync_folder(const std::filesystem::path& folder);

/// "cannot <what> <path>: <why, by errno>".
[[nodiscard]] Failure io_failure(std::string_view what, const std::filesystem::path& path,
                                 int error_number);

}  // namespace pulsebench::os
