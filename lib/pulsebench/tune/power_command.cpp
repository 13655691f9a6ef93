#include "pulsebench/tune/power_command.hpp"

namespace pulsebench::tune {

Result<os::CommandOutput> run_power_command(const std::vector<std::string>& argv) {
  return os::run_process({.argv = argv});
}

}  // namespace pulsebench::tune
