// The operations as a Google Benchmark program that knows nothing of pulsebench, built by one line:
//
//   g++ -std=c++20 -O2 -falign-functions=64 -falign-loops=64 foreign_suite.cpp -lbenchmark
//   -lpthread
//
// The slowdown is made here: of a batch of calls that counts as so many, some per cent more are
// done, what is not whole being carried over. Where it comes and goes, one batch in four has all of
// it.
#include <type_traits>

#include "operations.hpp"

namespace {

/// One iteration: a single call of the shortest operations would be hidden by the loop.
template <class Operation>
void iterate(Operation& operation) {
  if constexpr (std::is_same_v<Operation, odds::Add> || std::is_same_v<Operation, odds::Load>) {
#pragma GCC unroll 8
    for (int call = 0; call < 8; ++call) operation();
  } else {
    operation();
  }
}

struct Register {
  odds::Side side = odds::side_of_this_program();

  template <class Operation>
  void operator()(const char* name, double about_ns) const {
    const auto batch = static_cast<std::int64_t>(std::clamp(20'000.0 / about_ns, 1.0, 2'000.0));
    benchmark::RegisterBenchmark(name, [batch, side = side](benchmark::State& state) {
      static int repetitions = 0;
      const bool slow = !side.sometimes || repetitions++ % 4 == 3;
      const double percent = slow ? (side.sometimes ? 4.0 : 1.0) * side.percent : 0.0;
      const double more = static_cast<double>(batch) * percent / 100.0;
      Operation operation;
      double owed = 0.0;
      while (state.KeepRunningBatch(batch)) {
        owed += more;
        const auto extra = static_cast<std::int64_t>(owed);
        owed -= static_cast<double>(extra);
        for (std::int64_t i = batch + extra; i != 0; --i) iterate(operation);
      }
    });
  }
};

}  // namespace

int main(int argc, char** argv) {
  odds::for_each_operation(Register{});
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
}
