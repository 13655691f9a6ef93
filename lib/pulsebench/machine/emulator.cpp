#include "pulsebench/machine/emulator.hpp"

#include <filesystem>
#include <system_error>

#include "pulsebench/os/pseudo_file.hpp"

namespace pulsebench::machine {
namespace fs = std::filesystem;
namespace {

fs::path target_of(const fs::path& link) {
  std::error_code error;
  fs::path target = fs::read_symlink(link, error);
  return error ? fs::path{} : target;
}

/// Fields that /proc/cpuinfo has on the other architecture alone.
bool describes_another_processor(const std::string& cpuinfo, const std::string& architecture) {
  const auto has = [&cpuinfo](const char* field) {
    return cpuinfo.find(field) != std::string::npos;
  };
  if (architecture == "aarch64") return has("vendor_id") && !has("CPU implementer");
  if (architecture == "x86_64") return has("CPU implementer") && !has("vendor_id");
  return false;
}

}  // namespace

std::string emulator(const Roots& roots, const std::string& architecture) {
  const fs::path own = target_of(roots.proc / "self/exe");
  const fs::path executed = target_of(roots.proc / "thread-self/exe");
  if (!own.empty() && !executed.empty() && own != executed) return executed.filename().string();
  const auto cpuinfo = os::read_if_there(roots.proc / "cpuinfo");
  if (cpuinfo && describes_another_processor(*cpuinfo, architecture)) {
    return "something: /proc/cpuinfo is not of " + architecture;
  }
  return "";
}

}  // namespace pulsebench::machine
