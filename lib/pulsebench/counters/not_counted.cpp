#include "pulsebench/counters/not_counted.hpp"

namespace pulsebench::counters {

std::vector<Counter> not_counted(const std::vector<std::string>& names, const std::string& reason) {
  std::vector<Counter> counters;
  for (const std::string& name : names) {
    counters.push_back({.name = name, .per_op = std::nullopt, .reason = reason});
  }
  return counters;
}

}  // namespace pulsebench::counters
