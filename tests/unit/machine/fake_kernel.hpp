#pragma once

#include <functional>
#include <set>
#include <string>

#include "pulsebench/machine/kernel.hpp"

/// Replaces the kernel with values that the test sets.
class FakeKernel final : public pulsebench::machine::Kernel {
 public:
  using CpuList = pulsebench::machine::CpuList;
  using SpinGaps = pulsebench::machine::SpinGaps;

  std::string signature;
  std::set<std::string> programs{"valgrind", "objdump", "llvm-mca", "heaptrack"};
  std::set<std::string> libraries{"libdw.so.1"};
  CpuList present{0, 1, 2, 3};  ///< others are dropped from a mask silently
  CpuList current{0, 1, 2, 3};
  int affinity_error = 0;
  int counter_error = 0;
  int layout_error = 0;
  SpinGaps gaps{};
  std::function<void()> meanwhile = [] {};  ///< called during a spin

  std::string architecture() const override { return "x86_64"; }
  std::string libc() const override { return "glibc 2.36"; }
  std::string hypervisor_signature() const override { return signature; }
  bool has_program(const std::string& name) const override { return programs.count(name) != 0; }
  bool has_library(const std::string& name) const override { return libraries.count(name) != 0; }
  pulsebench::Result<CpuList> affinity() const override { return current; }
  int set_affinity(const CpuList& cpus) override {
    const CpuList reached = pulsebench::machine::common_to(cpus, present);
    const int error = affinity_error != 0 ? affinity_error : reached.empty() ? 22 : 0;
    if (error == 0) current = reached;
    return error;
  }
  int try_cycle_counter() override { return counter_error; }
  int try_fixed_layout() override { return layout_error; }
  pulsebench::Result<SpinGaps> spin(int, std::chrono::milliseconds) override {
    meanwhile();
    return gaps;
  }
};
