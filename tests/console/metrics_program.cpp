// A program whose metrics a Prometheus server reads. It prints the port, and ends with its input.
#include <cstdint>
#include <cstdio>
#include <pulse/console/console.hpp>
#include <pulse/hook_registry.hpp>
#include <pulse/resource.hpp>
#include <pulse/tier_hooks.hpp>

int main() {
  pulse::WorkerGroup group{1};
  const pulse::Worker worker{group};
  pulse::TierManager tiers(group, {}, nullptr, {}, pulse::Statistics::kept);
  pulse::HookRegistry registry{group};
  const pulse::TierConnection connection(registry, tiers, pulse::Timing::none);
  const pulse::PollContext task{tiers.register_task(worker), worker.index()};
  for (int i = 0; i < 42; ++i) {
    registry.before_poll(task);
    static_cast<void>(registry.after_poll(task, pulse::PollResult::waiting));
  }
  const pulse::Resource queue(tiers.resources(), "queue", [] { return std::size_t{12}; },
                              {"src/a \"b\" \\c.cpp", 7});
  pulse::Metrics metrics(group, {{"requests_total", "Requests\nserved, \\ all."}},
                         {{"request_size_bytes", "Sizes of the requests."}});
  metrics.increment_counter(worker, 0, 7);
  for (std::uint64_t size = 1; size <= 1000; ++size) metrics.record_histogram(worker, 0, size);

  pulse::ConsoleOptions options;
  options.metrics_port = 0;
  options.metrics = &metrics;
  const pulse::Console console(tiers, options);
  if (console.problem()) {
    std::fprintf(stderr, "metrics_program: %s\n", console.problem()->c_str());
    return 1;
  }
  std::printf("%u\n", unsigned{console.metrics_port()});
  std::fflush(stdout);
  while (std::getchar() != EOF) continue;
  return 0;
}
