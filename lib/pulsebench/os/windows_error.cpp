#include "pulsebench/os/windows_error.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

namespace pulsebench::os {

int errno_of(DWORD error) {
  struct Row {
    DWORD windows;
    int number;
  };
  static constexpr std::array kRows{
      Row{ERROR_FILE_NOT_FOUND, ENOENT},    Row{ERROR_PATH_NOT_FOUND, ENOENT},
      Row{ERROR_INVALID_NAME, ENOENT},      Row{ERROR_BAD_NETPATH, ENOENT},
      Row{ERROR_DIRECTORY, ENOTDIR},        Row{ERROR_ACCESS_DENIED, EACCES},
      Row{ERROR_SHARING_VIOLATION, EACCES}, Row{ERROR_LOCK_VIOLATION, EACCES},
      Row{ERROR_WRITE_PROTECT, EROFS},      Row{ERROR_ALREADY_EXISTS, EEXIST},
      Row{ERROR_FILE_EXISTS, EEXIST},       Row{ERROR_DIR_NOT_EMPTY, ENOTEMPTY},
      Row{ERROR_NOT_SAME_DEVICE, EXDEV},    Row{ERROR_DISK_FULL, ENOSPC},
      Row{ERROR_HANDLE_DISK_FULL, ENOSPC},  Row{ERROR_NOT_ENOUGH_MEMORY, ENOMEM},
      Row{ERROR_OUTOFMEMORY, ENOMEM},       Row{ERROR_TOO_MANY_OPEN_FILES, EMFILE},
      Row{ERROR_INVALID_PARAMETER, EINVAL}, Row{ERROR_BAD_EXE_FORMAT, ENOEXEC},
      Row{ERROR_BROKEN_PIPE, EPIPE},        Row{ERROR_NO_DATA, EPIPE}};
  const auto* const row = std::ranges::find(kRows, error, &Row::windows);
  return row == kRows.end() ? EIO : row->number;
}

}  // namespace pulsebench::os
