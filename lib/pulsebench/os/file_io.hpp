#pragma once

#include <sys/types.h>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "pulsebench/os/descriptor.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::os {

inline constexpr std::size_t kLargestFile = 1U << 30U;  ///< twenty times 10,000 benchmarks

/// Returns the whole content of a file that the user named, with room for `slack` more bytes behind
/// it. `-` is standard input, and a FIFO is read to its end. `not_found` where there is none, `io`
/// where it cannot be read, is a device or has more than `most` bytes. What a repository may have
/// put in its place is read by `GuardedFolder`.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& file,
                                            std::size_t slack = 0, std::size_t most = kLargestFile);

/// The same of an open file, which `path` names in errors. A regular file that is too large is
/// refused before it is read.
[[nodiscard]] Result<std::string> read_opened(const Descriptor& opened,
                                              const std::filesystem::path& path,
                                              std::size_t slack = 0,
                                              std::size_t most = kLargestFile);

/// Writes `content` to a file that the user named, whole or not at all, and makes the folders above
/// it. A symbolic link is followed, and the mode of a file that is there is kept. A device, a FIFO
/// and a file of /proc are written to and never replaced. `mode` as for `replace_in`.
[[nodiscard]] Result<void> write_whole(const std::filesystem::path& file, std::string_view content,
                                       std::optional<mode_t> mode = std::nullopt);

/// When what is written is on the disk: at once, or when the kernel writes it. Then a power cut may
/// leave an empty or a torn file in place of a whole one.
enum class Sync { now, later };

/// Replaces the file `name` of the open folder `folder` by one with `content`: a temporary file in
/// `staging`, fsync, rename, fsync of the folder. Without `mode` it is that of the file which is
/// replaced, or 0666 less the umask. Returns 0 or errno; then what was there before is still there,
/// and the temporary file is not.
[[nodiscard]] int replace_in(const Descriptor& folder, const std::string& name,
                             std::string_view content, std::optional<mode_t> mode,
                             const Descriptor& staging, Sync sync = Sync::now);

/// Whether a name is that of a temporary file of `replace_in`, or of version 0.1.0.
[[nodiscard]] bool is_temporary_name(std::string_view name);

/// Makes a folder and those above it, and brings their entries to the disk. Returns 0 or errno.
[[nodiscard]] int make_folders(const std::filesystem::path& folder);

struct ReadLimits {
  std::size_t most = kLargestFile;  ///< reading ends beyond it
  std::size_t slack = 0;            ///< room behind the content
  std::size_t expected = 4096;      ///< reserved before the first read
};

/// Reads to the end, or until `content` has more than `limits.most` bytes. Returns 0 or errno.
[[nodiscard]] int read_all(const Descriptor& file, std::string& content, ReadLimits limits = {});

/// Reads once, at most as many bytes as fit `into`; fewer only at the end of a regular file.
/// Returns how many, or -1 with errno.
[[nodiscard]] ssize_t read_piece(const Descriptor& file, std::span<char> into);

/// Returns 0 or errno.
[[nodiscard]] int write_all(const Descriptor& file, std::string_view content);

/// Brings a folder's entries to the disk. Returns 0 or errno; 0 too where the file system cannot
/// sync a folder (EINVAL): there is nothing to do then.
[[nodiscard]] int sync_folder(const std::filesystem::path& folder);
[[nodiscard]] int sync_folder(const Descriptor& folder);  ///< which may be an O_PATH descriptor

/// "cannot <what> <path>: <why, by errno>".
[[nodiscard]] Failure io_failure(std::string_view what, const std::filesystem::path& path,
                                 int error_number);

}  // namespace pulsebench::os
