#include "pulsebench/compare/gate.hpp"

#include <doctest/doctest.h>

#include "pulsebench/config/load.hpp"

using namespace pulsebench;
using namespace pulsebench::compare;

namespace {

BenchmarkInfo info_of(Tier tier, int threads, Role role = Role::operation) {
  return {.id = *BenchmarkId::parse("a"), .tier = tier, .role = role, .threads = threads};
}

Gate gate_at(Tier tier, int threads, std::optional<int> cpus) {
  return gate_of(info_of(tier, threads), config::defaults(), cpus);
}

std::optional<int> cpus_by(const char* topology) {
  Machine machine;
  machine.hashed = {{"cpu_model", "8 threads"}, {"topology", topology}};
  return cpus_of(machine);
}

}  // namespace

TEST_CASE("a benchmark of one thread has the gate of its tier") {
  CHECK(gate_at(Tier::critical, 1, 1).threshold == Percent{5});
  CHECK(gate_at(Tier::critical, 1, 1).gates);
  CHECK(gate_at(Tier::fast, 1, 1).threshold == Percent{10});
  CHECK_FALSE(gate_at(Tier::fast, 1, 1).gates);
  CHECK_FALSE(gate_of(info_of(Tier::critical, 1, Role::floor), config::defaults(), 1).gates);
}

TEST_CASE("a benchmark of several threads has a threshold of 20 % at least") {
  CHECK(gate_at(Tier::critical, 2, 2).threshold == Percent{20});
  config::Config config = config::defaults();
  config.gates[index_of(Tier::critical)].threshold = Percent{30};
  CHECK(gate_of(info_of(Tier::critical, 2), config, 2).threshold == Percent{30});
}

TEST_CASE("more threads than CPUs never gate, as many or an unknown number do") {
  CHECK(gate_at(Tier::critical, 2, 2).gates);
  CHECK_FALSE(gate_at(Tier::critical, 2, 2).oversubscribed);
  CHECK_FALSE(gate_at(Tier::critical, 3, 2).gates);
  CHECK(gate_at(Tier::critical, 3, 2).oversubscribed);
  CHECK(gate_at(Tier::critical, 64, std::nullopt).gates);
}

TEST_CASE("the CPUs of a machine are read from its topology, and from nothing like it") {
  CHECK(cpus_by("1 sockets, 4 cores, 8 threads") == 8);
  CHECK(cpus_by("2 threads") == 2);
  for (const char* other : {"unknown: no topology", "", " threads", "-2 threads", "0 threads",
                            "1 sockets, 99999999999 threads", "8 threads, more or less"}) {
    CHECK(cpus_by(other) == std::nullopt);
  }
  CHECK(cpus_of({}) == std::nullopt);
}
