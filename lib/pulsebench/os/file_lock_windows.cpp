#include <fcntl.h>
#include <io.h>
#include <sys/stat.h>
#include <windows.h>

#include <array>
#include <cerrno>
#include <optional>
#include <utility>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/file_lock.hpp"
#include "pulsebench/os/open_file.hpp"
#include "pulsebench/os/windows_error.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::os {
namespace {

/// The byte that is locked is far behind the text, which stays readable.
constexpr DWORD kLockedByte = 1U << 30U;

/// Returns 0 or errno.
int lock(const Descriptor& file) {
  OVERLAPPED place{};
  place.Offset = kLockedByte;
  constexpr DWORD kHow = LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY;
  auto* const handle = reinterpret_cast<HANDLE>(::_get_osfhandle(file.number()));
  return ::LockFileEx(handle, kHow, 0, 1, 0, &place) != 0 ? 0 : last_errno();
}

/// Who holds it is only told to those who wait: the lock holds without it.
void write_holder(const Descriptor& file, std::string_view text) {
  if (::_chsize(file.number(), 0) == 0) (void)write_all(file, text);
}

}  // namespace

std::string FileLock::holder_of(const std::filesystem::path& file) {
  std::array<char, 80> text{};
  const ssize_t got = read_piece(open_to_read(file), text);
  return got > 0 ? printable({text.data(), static_cast<std::size_t>(got - 1)}) : "another process";
}

Result<std::optional<FileLock>> FileLock::try_take(const std::filesystem::path& file) {
  const DWORD attributes = ::GetFileAttributesW(file.c_str());
  const bool is_there = attributes != INVALID_FILE_ATTRIBUTES;
  constexpr DWORD kOthers = FILE_ATTRIBUTE_DIRECTORY | FILE_ATTRIBUTE_REPARSE_POINT;
  if (is_there && (attributes & kOthers) != 0) return io_failure("lock", file, EINVAL);
  constexpr int kFlags = _O_RDWR | _O_CREAT | _O_BINARY | _O_NOINHERIT;
  Descriptor opened{::_wopen(file.c_str(), kFlags, _S_IREAD | _S_IWRITE)};
  if (!opened.open()) return io_failure("lock", file, errno);
  if (const int error = lock(opened); error == EACCES)
    return std::optional<FileLock>{};
  else if (error != 0)
    return io_failure("lock", file, error);
  write_holder(opened, this_holder());
  return std::optional{FileLock{std::move(opened)}};
}

}  // namespace pulsebench::os
