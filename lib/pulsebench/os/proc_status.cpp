#include "pulsebench/os/proc_status.hpp"

#include <cstdlib>
#include <string>
#include <string_view>

#include "pulsebench/os/file_io.hpp"

namespace pulsebench::os {
namespace {

std::string text_of(int pid, const char* file) {
  return read_file("/proc/" + std::to_string(pid) + "/" + file).value_or("");
}

}  // namespace

char state_of(int pid) {
  // Its name stands before it, in parentheses, and may have any in it.
  const std::string stat = text_of(pid, "stat");
  const auto name_end = stat.rfind(") ");
  return name_end == std::string::npos || name_end + 2 >= stat.size() ? '\0' : stat[name_end + 2];
}

int parent_of(int pid) {
  const std::string stat = text_of(pid, "stat");
  const auto name_end = stat.rfind(") ");
  return name_end == std::string::npos || name_end + 4 >= stat.size()
             ? 0
             : static_cast<int>(std::strtol(stat.c_str() + name_end + 4, nullptr, 10));
}

long involuntary_switches_of(int pid) {
  constexpr std::string_view kField = "nonvoluntary_ctxt_switches:";
  const std::string status = text_of(pid, "status");
  const auto at = status.find(kField);
  return at == std::string::npos ? 0
                                 : std::strtol(status.c_str() + at + kField.size(), nullptr, 10);
}

}  // namespace pulsebench::os
