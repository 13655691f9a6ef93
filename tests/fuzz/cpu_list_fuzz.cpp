#include "claims.hpp"
#include "pulsebench/machine/cpu_list.hpp"

using namespace pulsebench;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto cpus = machine::parse_cpu_list(fuzz::text_of(data, size));
  if (!cpus) return fuzz::require_clear_line(cpus.error()), 0;
  fuzz::require(machine::parse_cpu_list(machine::format_cpu_list(*cpus)) == *cpus,
                "a list can be written and read again");
  return 0;
}
