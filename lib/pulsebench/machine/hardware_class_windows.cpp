#include <windows.h>

#include "pulsebench/machine/hardware_class.hpp"

namespace pulsebench::machine {

/// The driver of NVIDIA brings this library.
HardwareClass hardware_class(const Roots&) {
  constexpr DWORD kHow = LOAD_LIBRARY_AS_DATAFILE | LOAD_LIBRARY_SEARCH_SYSTEM32;
  const HMODULE driver = ::LoadLibraryExW(L"nvcuda.dll", nullptr, kHow);
  if (driver != nullptr) ::FreeLibrary(driver);
  return driver != nullptr ? HardwareClass::nvidia_gpu : HardwareClass::cpu_only;
}

}  // namespace pulsebench::machine
