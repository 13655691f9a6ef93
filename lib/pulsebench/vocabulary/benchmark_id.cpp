#include "pulsebench/vocabulary/benchmark_id.hpp"

#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench {
namespace {

constexpr std::size_t kMaxBytes = 1000;  // C++ template names are long

}  // namespace

Result<BenchmarkId> BenchmarkId::parse(std::string_view text) {
  if (text.empty()) return fail(ErrorCode::bad_input, "a benchmark's name is empty");
  if (text.size() > kMaxBytes) {
    return fail(ErrorCode::bad_input, "the benchmark name '" + printable(text, 60) +
                                          "' is longer than 1000 bytes; shorten it");
  }
  if (!is_printable(text)) {
    return fail(ErrorCode::bad_input, "the benchmark name '" + printable(text, 60) +
                                          "' has control characters or is not UTF-8");
  }
  return BenchmarkId{std::string{text}};
}

}  // namespace pulsebench
