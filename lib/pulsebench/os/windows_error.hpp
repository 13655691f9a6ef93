#pragma once

#include <windows.h>

namespace pulsebench::os {

/// The errno for an error of Windows, EIO for those that have none.
[[nodiscard]] int errno_of(DWORD error);

/// Of the last call of this thread that failed.
[[nodiscard]] inline int last_errno() { return errno_of(::GetLastError()); }

}  // namespace pulsebench::os
