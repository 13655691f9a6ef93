#include <fcntl.h>
#include <io.h>
#include <windows.h>

#include <initializer_list>

#include "terminal.hpp"

namespace pulsebench::app {

bool is_terminal(int descriptor) { return ::_isatty(descriptor) != 0; }

int columns_of(int descriptor) {
  CONSOLE_SCREEN_BUFFER_INFO info{};
  auto* const handle = reinterpret_cast<HANDLE>(::_get_osfhandle(descriptor));
  if (::GetConsoleScreenBufferInfo(handle, &info) == 0) return 0;
  return info.srWindow.Right - info.srWindow.Left + 1;
}

/// Without it each end of a line would get a carriage return, and text would be taken for that of
/// the country's old code page.
void prepare_standard_streams() {
  for (const int standard : {0, 1, 2}) ::_setmode(standard, _O_BINARY);
  ::SetConsoleOutputCP(CP_UTF8);
}

}  // namespace pulsebench::app
