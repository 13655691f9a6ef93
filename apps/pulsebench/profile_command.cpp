#include "commands.hpp"
#include "option_group.hpp"

namespace pulsebench::app {

Execute declare_profile(CLI::App& app) {
  show_examples(
      app, {"pulsebench profile cpu budget/consume", "pulsebench profile memory budget/consume",
            "pulsebench profile gpu budget/consume"});
  return {};
}

}  // namespace pulsebench::app
