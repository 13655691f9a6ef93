// Memory of this node and of another one. With one node only the local benchmark exists, and its
// label says so.
#include <benchmark/benchmark.h>
#include <linux/mempolicy.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <numeric>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>
#include <random>
#include <string>
#include <vector>

namespace {

int nodes() {
  int count = 0;
  while (std::filesystem::exists("/sys/devices/system/node/node" + std::to_string(count))) ++count;
  return std::max(count, 1);
}

unsigned node_here() {
  unsigned cpu = 0;
  unsigned node = 0;
  syscall(SYS_getcpu, &cpu, &node, nullptr);
  return node;
}

/// Pages of one node, chained in a random order that visits each line once.
class Chain {
 public:
  static constexpr std::size_t kLines = 1U << 19U;  // 32 MiB: more than a core's caches hold

  explicit Chain(unsigned node)
      : lines_(static_cast<Line*>(mmap(nullptr, kLines * sizeof(Line), PROT_READ | PROT_WRITE,
                                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))) {
    const std::uint64_t mask = std::uint64_t{1} << node;
    syscall(SYS_mbind, lines_, kLines * sizeof(Line), MPOL_BIND, &mask, 64, 0);
    std::vector<std::uint32_t> order(kLines);
    std::iota(order.begin(), order.end(), 0U);
    std::shuffle(order.begin(), order.end(), std::mt19937{1});
    for (std::size_t i = 0; i < kLines; ++i) lines_[order[i]].next = order[(i + 1) % kLines];
  }
  ~Chain() { munmap(lines_, kLines * sizeof(Line)); }
  Chain(const Chain&) = delete;
  Chain& operator=(const Chain&) = delete;

  [[nodiscard]] std::uint32_t after(std::uint32_t at) const { return lines_[at].next; }

 private:
  struct alignas(64) Line {
    std::uint32_t next;
  };
  Line* lines_;
};

void chase(benchmark::State& state, unsigned node) {
  if (nodes() == 1) state.SetLabel("one node here");
  const Chain chain(node);
  std::uint32_t at = 0;
  pulsebench::measure(state, [&chain, &at] {
    at = chain.after(at);
    pulsebench::consume(at);
  });
}
void local(benchmark::State& state) { chase(state, node_here()); }
BENCHMARK(local)->Name("numa/local");

[[maybe_unused]] const bool kHasRemote = [] {
  if (nodes() < 2) return false;
  benchmark::RegisterBenchmark(
      "numa/remote", [](benchmark::State& state) { chase(state, node_here() == 0 ? 1 : 0); });
  return true;
}();

}  // namespace
