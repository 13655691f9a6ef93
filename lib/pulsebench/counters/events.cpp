#include "pulsebench/counters/events.hpp"

#include <array>

namespace pulsebench::counters {
namespace {

struct Usual {
  const char* name;
  std::array<const char*, 2> of_the_cpu;  ///< libpfm's names of Intel's cores; null: none
};

constexpr std::array<Usual, 10> kUsual{{
    {"cycles", {"CPU_CLK_UNHALTED:THREAD_P", "UNHALTED_CORE_CYCLES"}},
    {"instructions", {"INST_RETIRED:ANY", "INSTRUCTION_RETIRED"}},
    {"branches", {"BR_INST_RETIRED:ALL_BRANCHES", "BRANCH_INSTRUCTIONS_RETIRED"}},
    {"branch-misses", {"BR_MISP_RETIRED:ALL_BRANCHES", "MISPREDICTED_BRANCH_RETIRED"}},
    {"L1-dcache-load-misses", {"MEM_LOAD_RETIRED:L1_MISS", "L1D:REPLACEMENT"}},
    {"LLC-load-misses", {"MEM_LOAD_RETIRED:L3_MISS", "LONGEST_LAT_CACHE:MISS"}},
    {"dTLB-load-misses", {"DTLB_LOAD_MISSES:WALK_COMPLETED", nullptr}},
    {"context-switches", {nullptr, nullptr}},
    {"cpu-migrations", {nullptr, nullptr}},
    {"page-faults", {nullptr, nullptr}},
}};

}  // namespace

const std::vector<std::string>& default_events() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const Usual& usual : kUsual) all.emplace_back(usual.name);
    return all;
  }();
  return names;
}

std::vector<std::string> spellings_of(std::string_view name) {
  std::vector<std::string> spellings{std::string{name}};
  for (const Usual& usual : kUsual) {
    if (name != usual.name) continue;
    for (const char* other : usual.of_the_cpu) {
      if (other != nullptr) spellings.emplace_back(other);
    }
  }
  return spellings;
}

}  // namespace pulsebench::counters
