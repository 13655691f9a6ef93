#include <fcntl.h>
#include <io.h>

#include "pulsebench/os/pipe.hpp"

namespace pulsebench::os {

bool Pipe::make(int) {
  constexpr unsigned kRoom = 1U << 16U;
  std::array<int, 2> ends{-1, -1};
  return ::_pipe(ends.data(), kRoom, _O_BINARY | _O_NOINHERIT) == 0 && take(ends);
}

}  // namespace pulsebench::os
