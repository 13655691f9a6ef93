#include "pulsebench/os/pipe.hpp"

#include <fcntl.h>
#include <unistd.h>

namespace pulsebench::os {

bool Pipe::make(int flags) {
  std::array<int, 2> ends{-1, -1};
  return ::pipe2(ends.data(), O_CLOEXEC | flags) == 0 && take(ends);
}

}  // namespace pulsebench::os
