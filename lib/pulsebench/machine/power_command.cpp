#include "pulsebench/machine/power_command.hpp"

namespace pulsebench::machine {

Result<CommandOutput> run_power_command(const std::vector<std::string>& argv) {
  return run_command(argv, {}, std::chrono::seconds{10});
}

}  // namespace pulsebench::machine
