#include "pulsebench/counters/libpfm.hpp"

#include <dlfcn.h>

namespace pulsebench::counters {
namespace {

template <class Function>
bool find(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(dlsym(library, name));
  return function != nullptr;
}

const Libpfm* load() {
  void* const library = dlopen("libpfm.so.4", RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return nullptr;
  static Libpfm found{};
  const bool whole = find(library, "pfm_initialize", found.initialize) &&
                     find(library, "pfm_strerror", found.strerror) &&
                     find(library, "pfm_get_os_event_encoding", found.get_os_event_encoding) &&
                     find(library, "pfm_get_pmu_info", found.get_pmu_info) &&
                     find(library, "pfm_get_event_info", found.get_event_info) &&
                     find(library, "pfm_get_event_next", found.get_event_next);
  return whole && found.initialize() == PFM_SUCCESS ? &found : nullptr;
}

}  // namespace

const Libpfm* libpfm() {
  static const Libpfm* const loaded = load();
  return loaded;
}

}  // namespace pulsebench::counters
