#include <regex>
#include <string>

#include "claims.hpp"
#include "pulsebench/vocabulary/benchmark_id.hpp"
#include "pulsebench/wire/benchmark_name.hpp"

using namespace pulsebench;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string name{fuzz::text_of(data, size)};
  const auto id = BenchmarkId::parse(wire::id_of(name));
  if (!id) return fuzz::require_clear_line(id.error()), 0;
  fuzz::require(is_printable(id->text()), "an id cannot steer a terminal");
  fuzz::require(wire::threads_of(id->text()) >= 1, "a benchmark has a thread");
  fuzz::require(wire::min_time_of(name) >= 0.0, "a time is not negative");
  if (size > 300 || name.find('\0') != std::string::npos) return 0;  // std::regex recurses
  const std::regex filter{wire::filter_for(name), std::regex::extended};
  fuzz::require(std::regex_search(name, filter), "a filter selects its own name");
  fuzz::require(!std::regex_search(name + "x", filter), "and no longer one");
  return 0;
}
