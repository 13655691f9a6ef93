// The operations as a suite of pulsebench. A steady slowdown is `--inject`'s; one that comes and
// goes is made here, by counting calls: it stands in one stretch of four, each about a slice long.
#include <pulsebench/harness/measure.hpp>

#include "operations.hpp"

namespace {

constexpr double kSliceNs = 200'000.0;
constexpr double kLeastNs = 1'000.0;  // below it the counting itself would show

template <class Operation>
struct Sometimes {
  Operation operation;
  double share;        ///< more work in the slow stretches, 0.4 for 40 %
  std::uint64_t span;  ///< calls of a stretch
  std::uint64_t calls = 0;
  double owed = 0.0;

  void operator()() {
    operation();
    if (calls++ / span % 4 != 3) return;
    for (owed += share; owed >= 1.0; owed -= 1.0) operation();
  }
};

struct Register {
  odds::Side side = odds::side_of_this_program();

  template <class Operation>
  void operator()(const char* name, double about_ns) const {
    if (!side.sometimes) {
      benchmark::RegisterBenchmark(name, [](benchmark::State& state) {
        Operation operation;
        pulsebench::measure(state, operation);
      });
      return;
    }
    if (about_ns < kLeastNs) return;
    const double share = 4.0 * side.percent / 100.0;
    const auto span = static_cast<std::uint64_t>(std::max(kSliceNs / about_ns, 1.0));
    benchmark::RegisterBenchmark(name, [share, span](benchmark::State& state) {
      Sometimes<Operation> operation{.operation = {}, .share = share, .span = span};
      pulsebench::measure(state, operation);
    });
  }
};

[[maybe_unused]] const bool kRegistered = [] {
  odds::for_each_operation(Register{});
  return true;
}();

}  // namespace
