#pragma once

#include "pulsebench/machine/kernel.hpp"

namespace pulsebench::machine {

/// What is asked of the processor and of files in the same way on every system.
class CpuKernel : public Kernel {
 public:
  [[nodiscard]] std::string hypervisor_signature() const override;
  [[nodiscard]] bool has_program(const std::string& name) const override;
  [[nodiscard]] Result<SpinGaps> spin(int cpu, std::chrono::milliseconds duration) override;
};

}  // namespace pulsebench::machine
