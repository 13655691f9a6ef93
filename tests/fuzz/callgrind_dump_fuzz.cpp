#include "claims.hpp"
#include "pulsebench/run/exact_count.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace pulsebench;
  const auto totals = run::read_callgrind_dump(fuzz::text_of(data, size));
  fuzz::require(!totals || size > 0, "nothing has no totals");
  return 0;
}
