#pragma once

#include <memory>
#include <vector>

namespace pulsebench::os {

/// The calling thread runs on other CPUs while this lives.
class OnCpus {
 public:
  /// Nothing changes where `cpus` is empty or the system refuses.
  explicit OnCpus(const std::vector<int>& cpus);
  ~OnCpus();
  OnCpus(const OnCpus&) = delete;
  OnCpus& operator=(const OnCpus&) = delete;

 private:
  struct Before;
  std::unique_ptr<Before> before_;  ///< null: nothing was changed
};

}  // namespace pulsebench::os
