#include <benchmark/benchmark.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <string_view>

#include "pulsebench/harness/allocations.hpp"
#include "pulsebench/harness/serve.hpp"
#include "pulsebench/harness/suite_identity.hpp"
#include "pulsebench/wire/messages.hpp"

namespace pulsebench::harness {

// Weak, so that the identity written by pulsebench_add_suite() replaces it.
[[gnu::weak]] extern const SuiteIdentity kSuiteIdentity{"unknown", 0,         "operation",
                                                        "unknown", "unknown", "unknown"};

}  // namespace pulsebench::harness

namespace {

/// Flag of a suite that is run without pulsebench.
constexpr std::string_view kAllocationsFlag = "--pulsebench_allocations";

struct Wire {
  int requests = -1;
  int events = -1;
};

/// Parses "R,W" as two descriptors; both are -1 if it is something else.
Wire parse_wire(std::string_view text) {
  Wire wire;
  const char* const end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, wire.requests);
  if (first.ec != std::errc{} || first.ptr == end || *first.ptr != ',') return {};
  const auto second = std::from_chars(first.ptr + 1, end, wire.events);
  return second.ec == std::errc{} && second.ptr == end ? wire : Wire{};
}

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
    const Wire wire = parse_wire(argument.substr(wire::kWireFlag.size()));
    if (wire.requests < 0 || wire.events < 0) {
      std::fprintf(stderr, "%s: expected two descriptors, R,W\n", argv[i]);
      return 2;
    }
    return harness::serve(wire.requests, wire.events);
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
