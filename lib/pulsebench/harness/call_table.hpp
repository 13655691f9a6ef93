#pragma once

#include <dlfcn.h>

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::harness {

/// Where a function of the C library is, whatever became of its entries in call tables.
template <class Function>
[[nodiscard]] Function true_call(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_DEFAULT, name));
}

template <class Function>
[[nodiscard]] std::uintptr_t as_address(Function* function) {
  return reinterpret_cast<std::uintptr_t>(function);
}

/// The entries through which the loaded objects call functions of each other (the global offset
/// tables), turned elsewhere for a while.
class CallTable {
 public:
  CallTable() = default;
  ~CallTable() { turn_back(); }
  CallTable(const CallTable&) = delete;
  CallTable& operator=(const CallTable&) = delete;

  /// Sends every call by one of these names to its address, in all objects that are loaded now.
  /// `bad_input` on a platform whose tables are not known here, and where none calls them so.
  [[nodiscard]] Result<void> turn(const std::map<std::string, std::uintptr_t>& calls);
  void turn_back();

 private:
  std::vector<std::pair<std::uintptr_t*, std::uintptr_t>> turned_;  ///< entry, what stood there
};

}  // namespace pulsebench::harness
