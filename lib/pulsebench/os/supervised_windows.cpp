#include "pulsebench/os/supervised.hpp"

// No server of a workload is started on Windows: docs/platforms.md.
namespace pulsebench::os {

Result<Supervised> Supervised::start(const SupervisedCommand&) {
  return fail(ErrorCode::child_failed, "servers are not started on Windows");
}

Supervised& Supervised::operator=(Supervised&&) noexcept { return *this; }

void Supervised::end() {}

}  // namespace pulsebench::os
