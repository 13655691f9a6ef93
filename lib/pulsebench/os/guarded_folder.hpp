#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/os/descriptor.hpp"
#include "pulsebench/os/file_io.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::os {

/// One entry of a folder. It may be neither a file nor a folder: a link, a FIFO, a device.
struct FileFacts {
  std::string name;
  bool is_file = false, is_folder = false;
  std::uintmax_t bytes = 0;
  std::chrono::system_clock::time_point modified;
};

/// The files below one folder, into which a repository or another user may have put anything. The
/// path of the folder itself is trusted. Below it, no part of a path may be a symbolic link
/// (`bad_input`), and everything that is opened belongs to us, to root or to the owner of the
/// folder, as the files of a checkout in which root works do. Only regular files are opened, and
/// nothing blocks. Paths are relative to the folder and have no `..`. `not_found` is said only of
/// what is not there; what cannot be looked at is `io`.
class GuardedFolder {
 public:
  /// Files are written in `staging`, a folder below `root`, before they are renamed to their place:
  /// what a crash leaves behind is there alone. Without it they are written beside their place.
  explicit GuardedFolder(std::filesystem::path root, std::filesystem::path staging = {});

  [[nodiscard]] const std::filesystem::path& path() const { return root_; }

  /// Returns the content, with room for `slack` more bytes behind it; `io` where there is more than
  /// `most`, before anything is read.
  [[nodiscard]] Result<std::string> read(const std::filesystem::path& file, std::size_t slack = 0,
                                         std::size_t most = kLargestFile) const;

  /// Writes a file whole or not at all, and makes the folders above it. See `replace_in` for
  /// `mode` and `sync`.
  [[nodiscard]] Result<void> write(const std::filesystem::path& file, std::string_view content,
                                   std::optional<mode_t> mode = std::nullopt,
                                   Sync sync = Sync::now) const;

  /// Opens a regular file for reading.
  [[nodiscard]] Result<Descriptor> open(const std::filesystem::path& file) const;

  /// Makes a folder, and those above it. Returns false where it is there already.
  [[nodiscard]] Result<bool> make_folder(const std::filesystem::path& folder) const;

  /// `bad_input` where a part of the path is a link or is not a folder. `{}` where it is absent.
  [[nodiscard]] Result<void> check_folder(const std::filesystem::path& folder) const;

  [[nodiscard]] Result<FileFacts> facts(const std::filesystem::path& path) const;

  /// The entries of a folder, by name.
  [[nodiscard]] Result<std::vector<FileFacts>> list(const std::filesystem::path& folder) const;

  [[nodiscard]] Result<void> remove(const std::filesystem::path& file) const;
  [[nodiscard]] Result<void> remove_folder(const std::filesystem::path& empty) const;

 private:
  /// Opens the folder `folder`, part by part, for `what` is done to `path`, which names errors.
  [[nodiscard]] Result<Descriptor> enter(const std::filesystem::path& folder,
                                         const std::filesystem::path& path, const char* what,
                                         bool make = false) const;
  [[nodiscard]] Result<void> unlink(const std::filesystem::path& path, int flags) const;

  std::filesystem::path root_, staging_;
};

}  // namespace pulsebench::os
