#pragma once

#include <optional>
#include <string_view>

namespace pulsebench {

/// What a benchmark says about itself where its suite's defaults do not fit. At namespace scope,
/// beside its registration:
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
    int threads = 1;  ///< that the benchmark starts by itself: it may use all CPUs, not one
  };

  /// `id` must outlive the program's static initialisation: write a literal.
  Traits(std::string_view id, Values values);

  /// What was said about `id`, or the defaults.
  [[nodiscard]] static Values of(std::string_view id);
};

}  // namespace pulsebench
