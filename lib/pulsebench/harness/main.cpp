#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <string_view>

#include "pulsebench/harness/allocations.hpp"
#include "pulsebench/harness/serve.hpp"
#include "pulsebench/harness/suite_identity.hpp"
#include "pulsebench/wire/line_channel.hpp"
#include "pulsebench/wire/messages.hpp"

namespace pulsebench::harness {

// Weak, so that the identity written by pulsebench_add_suite() replaces it.
[[gnu::weak]] extern const SuiteIdentity kSuiteIdentity{"unknown", 0,         "operation",
                                                        "unknown", "unknown", "unknown"};

}  // namespace pulsebench::harness

namespace {

/// Flag of a suite that is run without pulsebench.
constexpr std::string_view kAllocationsFlag = "--pulsebench_allocations";

}  // namespace

/// A suite serves requests if pulsebench starts it. Otherwise it is a Google Benchmark program.
int main(int argc, char** argv) {
  using namespace pulsebench;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == kAllocationsFlag) {
      harness::report_allocations_to_google_benchmark();
      std::rotate(argv + i, argv + i + 1, argv + argc);
      --argc;
      --i;
      continue;
    }
    if (argument.substr(0, wire::kWireFlag.size()) != wire::kWireFlag) continue;
    const auto channel = wire::parse_channel(argument.substr(wire::kWireFlag.size()));
    if (!channel) {
      std::fprintf(stderr, "%s: expected two descriptors, R,W\n", argv[i]);
      return 2;
    }
    return harness::serve(channel->requests, channel->events);
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
