#pragma once

#include <unistd.h>

#include <fstream>

namespace suites {

/// Resident memory of this process, in bytes. /proc/self/statm: pages, the second field (proc(5)).
inline double resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  double total = 0;
  double resident = 0;
  statm >> total >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

}  // namespace suites
