#include <cerrno>

#include "pulsebench/os/exec.hpp"

namespace pulsebench::os {

bool is_shortage(int error) { return error == EAGAIN || error == ENOMEM || error == EMFILE; }

}  // namespace pulsebench::os
