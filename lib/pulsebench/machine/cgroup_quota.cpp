#include "pulsebench/machine/cgroup_quota.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "pulsebench/os/pseudo_file.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::machine {
namespace fs = std::filesystem;
namespace {

struct Mounts {
  fs::path version2;      ///< empty if not mounted
  fs::path version1_cpu;  ///< the hierarchy with the cpu controller
};

bool has_option(const std::string& options, const std::string& wanted) {
  const auto parts = split(options, ',');
  return std::find(parts.begin(), parts.end(), wanted) != parts.end();
}

Mounts mounts_of(const Roots& roots) {
  Mounts mounts;
  for (const auto& line : split(os::read_if_there(roots.proc / "self/mounts").value_or(""), '\n')) {
    const auto fields = split(line, ' ');
    if (fields.size() < 4) continue;
    const fs::path where = roots.top / fs::path{fields[1]}.relative_path();
    if (fields[2] == "cgroup2") mounts.version2 = where;
    if (fields[2] == "cgroup" && has_option(fields[3], "cpu")) mounts.version1_cpu = where;
  }
  return mounts;
}

std::optional<double> limit_of(const fs::path& group) {
  long long quota = 0;
  long long period = 0;
  if (const auto max = os::read_if_there(group / "cpu.max")) {
    if (std::sscanf(max->c_str(), "%lld %lld", &quota, &period) != 2) return std::nullopt;
  } else {
    quota = os::read_number(group / "cpu.cfs_quota_us").value_or(-1);
    period = os::read_number(group / "cpu.cfs_period_us").value_or(0);
  }
  if (quota <= 0 || period <= 0) return std::nullopt;
  return static_cast<double>(quota) / static_cast<double>(period);
}

void apply_limits(const fs::path& mount, const std::string& group, std::optional<double>& least) {
  if (mount.empty()) return;
  fs::path at = fs::path{group}.relative_path().lexically_normal();
  while (true) {
    if (const auto limit = limit_of(mount / at); limit && (!least || *limit < *least)) {
      least = limit;
    }
    if (at.empty() || at == at.parent_path()) return;
    at = at.parent_path();
  }
}

}  // namespace

Result<std::optional<double>> cgroup_cpu_quota(const Roots& roots) {
  PB_TRY(const auto groups, os::read_pseudo_file(roots.proc / "self/cgroup"));
  const Mounts mounts = mounts_of(roots);
  std::optional<double> least;
  for (const auto& line : split(groups, '\n')) {
    const auto first = line.find(':');
    const auto second = line.find(':', first == std::string::npos ? first : first + 1);
    if (second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    const std::string group = line.substr(second + 1);
    if (controllers.empty()) apply_limits(mounts.version2, group, least);
    if (has_option(controllers, "cpu")) apply_limits(mounts.version1_cpu, group, least);
  }
  return least;
}

}  // namespace pulsebench::machine
