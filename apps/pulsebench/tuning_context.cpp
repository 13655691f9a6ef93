#include "tuning_context.hpp"

#include <cstdlib>

namespace pulsebench::app {
namespace {

const char* other_machine() { return std::getenv("PULSEBENCH_MACHINE_ROOT"); }

}  // namespace

machine::TuneContext tuning_context() {
  const char* const other = other_machine();
  return machine::TuneContext::of(other == nullptr ? machine::Roots{}
                                                   : machine::Roots::under(other));
}

bool tunes_another_machine() { return other_machine() != nullptr; }

}  // namespace pulsebench::app
