#pragma once

#include <dlfcn.h>

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::harness {

/// Address of a function of the C library, also while its call table entries are redirected.
template <class Function>
[[nodiscard]] Function true_call(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_DEFAULT, name));
}

template <class Function>
[[nodiscard]] std::uintptr_t as_address(Function* function) {
  return reinterpret_cast<std::uintptr_t>(function);
}

/// Redirects calls between the loaded objects for a while, by their global offset tables.
class CallTable {
 public:
  CallTable() = default;
  ~CallTable() { restore(); }
  CallTable(const CallTable&) = delete;
  CallTable& operator=(const CallTable&) = delete;

  /// Redirects every call of these names to its address, in all objects that are loaded now.
  /// `bad_input` on a platform with unknown tables, and if no object has such calls.
  [[nodiscard]] Result<void> redirect(const std::map<std::string, std::uintptr_t>& calls);
  void restore();

 private:
  std::vector<std::pair<std::uintptr_t*, std::uintptr_t>> redirected_;  ///< entry, original target
};

}  // namespace pulsebench::harness
