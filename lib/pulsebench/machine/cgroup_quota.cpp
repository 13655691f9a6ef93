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

Result<Mounts> mounts_of(const Roots& roots) {
  PB_TRY(const auto& lines, os::read_pseudo_file(roots.proc / "self/mounts"));
  Mounts mounts;
  for (const auto& line : split(lines, '\n')) {
    const auto fields = split(line, ' ');
    if (fields.size() < 4) continue;
    const fs::path where = roots.top / fs::path{fields[1]}.relative_path();
    if (fields[2] == "cgroup2") mounts.version2 = where;
    if (fields[2] == "cgroup" && has_option(fields[3], "cpu")) mounts.version1_cpu = where;
  }
  return mounts;
}

Result<std::optional<double>> limit_of(const fs::path& group) {
  long long quota = 0;
  long long period = 0;
  PB_TRY(const auto& max, os::read_unless_absent(group / "cpu.max"));
  if (max) {  // "max 100000" is no limit
    if (std::sscanf(max->c_str(), "%lld %lld", &quota, &period) != 2) quota = 0;
  } else {
    PB_TRY(const auto of_time, os::read_number_unless_absent(group / "cpu.cfs_quota_us"));
    PB_TRY(const auto each, os::read_number_unless_absent(group / "cpu.cfs_period_us"));
    quota = of_time.value_or(0);
    period = each.value_or(0);
  }
  if (quota <= 0 || period <= 0) return std::optional<double>{};
  return std::optional{static_cast<double>(quota) / static_cast<double>(period)};
}

Result<void> apply_limits(const fs::path& mount, const std::string& group,
                          std::optional<double>& least) {
  if (mount.empty()) return {};
  fs::path at = fs::path{group}.relative_path().lexically_normal();
  while (true) {
    PB_TRY(const auto limit, limit_of(mount / at));
    if (limit && (!least || *limit < *least)) least = limit;
    if (at.empty() || at == at.parent_path()) return {};
    at = at.parent_path();
  }
}

}  // namespace

Result<std::optional<double>> cgroup_cpu_quota(const Roots& roots) {
  PB_TRY(const auto groups, os::read_pseudo_file(roots.proc / "self/cgroup"));
  PB_TRY(const Mounts mounts, mounts_of(roots));
  std::optional<double> least;
  for (const auto& line : split(groups, '\n')) {
    const auto first = line.find(':');
    const auto second = line.find(':', first == std::string::npos ? first : first + 1);
    if (second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    const std::string group = line.substr(second + 1);
    if (controllers.empty()) PB_CHECK(apply_limits(mounts.version2, group, least));
    if (has_option(controllers, "cpu")) {
      PB_CHECK(apply_limits(mounts.version1_cpu, group, least));
    }
  }
  return least;
}

}  // namespace pulsebench::machine
