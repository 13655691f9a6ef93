#include "pulsebench/os/proc_status.hpp"

#include <unistd.h>

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#include "pulsebench/os/file_io.hpp"

namespace pulsebench::os {
namespace {

std::string text_of(int pid, const char* file) {
  return read_file("/proc/" + std::to_string(pid) + "/" + file).value_or("");
}

/// The part of `stat` behind the name of the program, which may have blanks and parentheses: from
/// its state, field 3, on.
std::string fields_of(int pid) {
  std::string stat = text_of(pid, "stat");
  const auto name_end = stat.rfind(") ");
  return name_end == std::string::npos ? std::string{} : stat.substr(name_end + 2);
}

/// Field `number` of `stat`, counted as proc(5) does, as a number.
long long field_of(int pid, int number) {
  const std::string fields = fields_of(pid);
  std::size_t at = 0;
  for (int field = 3; field < number && at != std::string::npos; ++field) {
    at = fields.find(' ', at);
    if (at != std::string::npos) ++at;
  }
  return at == std::string::npos ? 0 : std::strtoll(fields.c_str() + at, nullptr, 10);
}

/// The number behind the name of a line of `status`.
long long status_number(int pid, std::string_view name) {
  const std::string status = text_of(pid, "status");
  const auto at = status.find(name);
  return at == std::string::npos ? 0 : std::strtoll(status.c_str() + at + name.size(), nullptr, 10);
}

}  // namespace

char state_of(int pid) {
  const std::string fields = fields_of(pid);
  return fields.empty() ? '\0' : fields.front();
}

int parent_of(int pid) { return static_cast<int>(field_of(pid, 4)); }

std::vector<int> children_of(int pid) {
  std::vector<int> children;
  std::error_code ignored;
  const std::filesystem::path threads = "/proc/" + std::to_string(pid) + "/task";
  for (std::filesystem::directory_iterator thread{threads, ignored}, end; thread != end;
       thread.increment(ignored)) {
    const std::string text = read_file(thread->path() / "children").value_or("");
    const char* at = text.c_str();
    for (char* rest = nullptr;; at = rest) {
      const long child = std::strtol(at, &rest, 10);
      if (rest == at) break;
      children.push_back(static_cast<int>(child));
    }
  }
  return children;
}

std::vector<int> descendants_of(int pid) {
  std::vector<int> all = children_of(pid);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto children = children_of(all[i]);
    all.insert(all.end(), children.begin(), children.end());
  }
  return all;
}

std::uint64_t cpu_ns_of(int pid) {
  clockid_t clock{};
  timespec time{};
  if (::clock_getcpuclockid(pid, &clock) != 0 || ::clock_gettime(clock, &time) != 0) return 0;
  return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000U +
         static_cast<std::uint64_t>(time.tv_nsec);
}

std::uint64_t reaped_cpu_ns_of(int pid) {
  const long ticks = ::sysconf(_SC_CLK_TCK);
  if (ticks <= 0) return 0;
  const auto used = static_cast<std::uint64_t>(field_of(pid, 16) + field_of(pid, 17));
  return used * (1'000'000'000U / static_cast<std::uint64_t>(ticks));
}

std::uint64_t peak_memory_of(int pid) {
  return static_cast<std::uint64_t>(status_number(pid, "VmHWM:")) * 1024U;
}

long involuntary_switches_of(int pid) {
  return static_cast<long>(status_number(pid, "nonvoluntary_ctxt_switches:"));
}

}  // namespace pulsebench::os
