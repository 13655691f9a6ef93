#include <windows.h>

#include <bit>
#include <cerrno>
#include <cstdint>
#include <filesystem>

#include "pulsebench/machine/cpu_kernel.hpp"
#include "pulsebench/os/windows_error.hpp"
#include "pulsebench/os/windows_process.hpp"

// Windows gives a process 64 CPUs at once; those of a second group are not seen.
namespace pulsebench::machine {
namespace {

class WindowsKernel final : public CpuKernel {
 public:
  std::string architecture() const override { return "x86_64"; }

  std::string libc() const override { return "msvcrt, MinGW-w64 " __MINGW64_VERSION_STR; }

  bool has_library(const std::string& name) const override {
    const HMODULE library = ::LoadLibraryW(std::filesystem::path{name}.c_str());
    if (library != nullptr) ::FreeLibrary(library);
    return library != nullptr;
  }

  Result<CpuList> affinity() const override {
    CpuList cpus;
    for (std::uint64_t left = os::cpus_of_thread(); left != 0; left &= left - 1) {
      cpus.push_back(std::countr_zero(left));
    }
    if (cpus.empty()) return fail(ErrorCode::io, "cannot read the CPU affinity of this thread");
    return cpus;
  }

  int set_affinity(const CpuList& cpus) override {
    const auto bits = os::cpu_bits(cpus);
    if (!bits) return EINVAL;
    return ::SetThreadAffinityMask(::GetCurrentThread(), *bits) != 0 ? 0 : os::last_errno();
  }

  int try_cycle_counter() override { return ENOSYS; }
  int try_fixed_layout() override { return ENOSYS; }
};

}  // namespace

Kernel& this_kernel() {
  static WindowsKernel kernel;
  return kernel;
}

}  // namespace pulsebench::machine
