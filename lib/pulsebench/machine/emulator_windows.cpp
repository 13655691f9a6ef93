#include <windows.h>

#include "pulsebench/machine/emulator.hpp"

namespace pulsebench::machine {

/// Wine has this function beside those of Windows, for programs that need to know.
std::string emulator(const Roots&, const std::string&) {
  const HMODULE ntdll = ::GetModuleHandleW(L"ntdll.dll");
  return ::GetProcAddress(ntdll, "wine_get_version") == nullptr ? "" : "wine";
}

}  // namespace pulsebench::machine
