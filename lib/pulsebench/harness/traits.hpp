#pragma once

#include <optional>
#include <string_view>

namespace pulsebench {

/// Properties of a benchmark that differ from its suite's defaults. Write them at namespace scope,
/// beside the registration:
///
///     const pulsebench::Traits traits{"json/parse/1024", {.tier = 1, .version = 2}};
///
/// Raise `version` when the benchmark starts to measure something else: results of two versions
/// are not compared.
class Traits {
 public:
  struct Values {
    std::optional<int> tier{};
    int version = 1;
    int threads = 1;  ///< threads that the benchmark starts; above 1 it may use all CPUs
  };

  /// `id` must outlive the program's static initialisation: write a literal.
  Traits(std::string_view id, Values values);

  /// Values of `id`, or the defaults.
  [[nodiscard]] static Values of(std::string_view id);
};

}  // namespace pulsebench
