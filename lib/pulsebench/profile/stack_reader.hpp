#pragma once

#include <memory>
#include <string>
#include <vector>

#include "pulsebench/profile/recording.hpp"
#include "pulsebench/profile/sampled_stacks.hpp"
#include "pulsebench/profile/symbolizer.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::profile {

/// Which part of a stack is kept.
enum class StackPart {
  operation,  ///< from the function that runs the operations
  whole       ///< of a program that is measured as a whole
};

/// Makes named stacks of recorded samples. One object reads the launches of all sides, and looks
/// each address up once.
class StackReader {
 public:
  /// Fails as `Unwinder::make` does.
  [[nodiscard]] static Result<StackReader> make();
  StackReader(StackReader&&) noexcept;
  StackReader& operator=(StackReader&&) noexcept;
  ~StackReader();

  /// Stacks of an operation end with the function that runs the operations: the batch of the
  /// recording. Where its address is unknown, it is that of the harness by its name, else the
  /// outermost function that takes a `benchmark::State&` and is not Google Benchmark's. `frames`
  /// stays where it is as long as the reader.
  [[nodiscard]] LaunchSamples read(const Recording& recording, FrameTable& frames,
                                   StackPart part = StackPart::operation);

  /// Counts the samples at each address of `file` from now on.
  void count_addresses_in(const std::string& file);

  /// Files of which some functions have no names.
  [[nodiscard]] const std::vector<UnnamedFile>& unnamed_files() const;

 private:
  class Parts;
  explicit StackReader(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace pulsebench::profile
