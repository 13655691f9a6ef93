#include <fcntl.h>
#include <io.h>
#include <sys/stat.h>
#include <windows.h>

#include <cerrno>
#include <cstdint>
#include <random>
#include <string>
#include <system_error>

#include <fmt/format.h>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/windows_error.hpp"
#include "pulsebench/os/windows_files.hpp"

namespace pulsebench::os {
namespace {

namespace fs = std::filesystem;

/// A name that nobody can have put a file under in advance.
std::string temporary_name() {
  std::random_device random;
  const std::uint64_t number = (std::uint64_t{random()} << 32U) | random();
  return fmt::format(".pulsebench-{:016x}.tmp", number);
}

/// Writes into what is there: a device such as NUL, a named pipe.
int write_into(const fs::path& file, std::string_view content) {
  Descriptor opened{::_wopen(file.c_str(), _O_WRONLY | _O_BINARY | _O_NOINHERIT)};
  if (!opened.open()) return errno;
  if (const int error = write_all(opened, content); error != 0) return error;
  return opened.reset();
}

}  // namespace

Descriptor make_new_file(const fs::path& file) {
  constexpr int kFlags = _O_WRONLY | _O_CREAT | _O_EXCL | _O_BINARY | _O_NOINHERIT;
  return Descriptor{::_wopen(file.c_str(), kFlags, _S_IREAD | _S_IWRITE)};
}

int replace_file(const fs::path& target, std::string_view content, const fs::path& staging,
                 Sync sync) {
  const fs::path temporary = staging / temporary_name();
  Descriptor opened = make_new_file(temporary);
  if (!opened.open()) return errno;
  const auto give_up = [&](int error) {
    opened.reset();  // an open file cannot be removed here
    ::DeleteFileW(temporary.c_str());
    return error;
  };
  if (const int error = write_all(opened, content); error != 0) return give_up(error);
  if (sync == Sync::now && ::_commit(opened.number()) != 0) return give_up(errno);
  if (const int error = opened.reset(); error != 0) return give_up(error);
  const DWORD through = sync == Sync::now ? MOVEFILE_WRITE_THROUGH : 0;
  if (::MoveFileExW(temporary.c_str(), target.c_str(), MOVEFILE_REPLACE_EXISTING | through) == 0) {
    return give_up(last_errno());
  }
  return 0;
}

/// Windows has no call for it: its file systems keep a journal of their folders.
int sync_folder(const fs::path&) { return 0; }

int make_folders(const fs::path& folder) {
  std::error_code ignored;
  if (folder.empty() || fs::exists(folder, ignored)) return 0;
  const fs::path above =
      folder.has_filename() ? folder.parent_path() : folder.parent_path().parent_path();
  if (above != folder) {
    if (const int error = make_folders(above); error != 0) return error;
  }
  if (::CreateDirectoryW(folder.c_str(), nullptr) != 0) return 0;
  const int error = last_errno();
  return error == EEXIST ? 0 : error;
}

Result<void> write_whole(const fs::path& file, std::string_view content, std::optional<mode_t>) {
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path{"."};
  std::error_code ignored;
  const fs::file_status there = fs::status(file, ignored);
  int error = make_folders(folder);
  if (error == 0 && fs::exists(there) && !fs::is_regular_file(there)) {
    error = write_into(file, content);
  } else if (error == 0) {
    error = replace_file(file, content, folder, Sync::now);
  }
  if (error == 0) return {};
  Failure failure = io_failure("write", file, error);
  failure.value().code = ErrorCode::io;
  return failure;
}

}  // namespace pulsebench::os
