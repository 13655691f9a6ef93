#pragma once

#include <string>

namespace pulsebench::profile {

/// Returns the C++ name of a symbol, or the symbol itself where it is none of C++. A version that
/// a linker appends (`@@GLIBC_2.2.5`) is dropped.
[[nodiscard]] std::string demangle(const char* symbol);

}  // namespace pulsebench::profile
