#include "pulsebench/counters/catalogue.hpp"
#include "pulsebench/counters/count.hpp"
#include "pulsebench/counters/events.hpp"
#include "pulsebench/counters/not_counted.hpp"

// Windows has no perf events, and counts for its own tools alone.
namespace pulsebench::counters {

std::vector<Counter> count_per_operation(const std::vector<std::string>& names,
                                         const std::function<void(std::uint64_t)>&, std::uint64_t) {
  return not_counted(names, "Windows has no perf events");
}

std::vector<std::string> event_names() { return {}; }

Result<void> check_name(const std::string& name) {
  return fail(ErrorCode::bad_input,
              "no event can be counted on Windows, '" + name + "' neither; use --counters none");
}

}  // namespace pulsebench::counters
