#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>

#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench {

/// The stable name of a benchmark, `hooks/before_poll/no_hooks`: what results are matched by.
/// 1 to 1000 bytes of printable UTF-8 without control characters. It comes from suites and files,
/// so it is shown and compared, and never used as a path.
class BenchmarkId {
 public:
  /// `bad_input` where `text` is empty, too long, not UTF-8, or has a control character.
  [[nodiscard]] static Result<BenchmarkId> parse(std::string_view text);

  [[nodiscard]] const std::string& text() const { return text_; }
  auto operator<=>(const BenchmarkId&) const = default;

 private:
  explicit BenchmarkId(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace pulsebench

template <>
struct std::hash<pulsebench::BenchmarkId> {
  std::size_t operator()(const pulsebench::BenchmarkId& id) const noexcept {
    return std::hash<std::string>{}(id.text());
  }
};
