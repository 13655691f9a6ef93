#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "pulsebench/profile/module_map.hpp"
#include "pulsebench/profile/unwinder.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::profile {

/// Samples of one process, as its suite wrote them down.
class Recording {
 public:
  /// Reads a file that `wire/sample_recording.hpp` describes. `child_failed` where it is not whole.
  [[nodiscard]] static Result<Recording> read(const std::filesystem::path& file);

  /// Samples in the layout of that file, of a process whose batch is unknown.
  [[nodiscard]] static Recording of(std::string samples, ModuleMap modules);

  [[nodiscard]] const ModuleMap& modules() const { return modules_; }
  /// Address of the function that runs the operations; 0: unknown.
  [[nodiscard]] std::uint64_t batch() const { return batch_; }
  void each(const std::function<void(const ThreadState&)>& on_sample) const;

 private:
  Recording() = default;

  std::string content_;
  std::size_t samples_begin_ = 0, samples_end_ = 0;
  std::uint64_t batch_ = 0;
  ModuleMap modules_;
};

}  // namespace pulsebench::profile
