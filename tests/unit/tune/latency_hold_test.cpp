#include "pulsebench/tune/latency_hold.hpp"

#include <doctest/doctest.h>

#include "fake_tree.hpp"

using namespace pulsebench::tune;

TEST_CASE("without the device the hold is absent, and a plain file is not written") {
  const FakeTree tree;
  CHECK(LatencyHold{tree.roots()}.report().outcome == KnobOutcome::absent);
  tree.put("dev/cpu_dma_latency", "plain");
  const LatencyHold hold{tree.roots()};
  CHECK(hold.report().outcome == KnobOutcome::absent);
  CHECK(hold.report().reason == "no device " + (tree.top() / "dev/cpu_dma_latency").string());
}
