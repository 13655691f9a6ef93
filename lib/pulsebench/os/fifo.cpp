#include "pulsebench/os/fifo.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "pulsebench/os/temporary_folder.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::os {

Result<Descriptor> make_fifo() {
  PB_TRY(const TemporaryFolder folder, TemporaryFolder::make());
  const std::string name = folder.path() / "report";
  if (mkfifo(name.c_str(), S_IRUSR | S_IWUSR) == 0) {
    Descriptor fifo{open(name.c_str(), O_PATH | O_CLOEXEC)};
    if (fifo.open()) return fifo;
  }
  return fail(ErrorCode::io, std::string{"cannot make a FIFO: "} + std::strerror(errno) +
                                 "; set TMPDIR to a folder that can be written");
}

Descriptor open_for_reading(const Descriptor& fifo) {
  const std::string path = "/proc/self/fd/" + std::to_string(fifo.number());
  return Descriptor{open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)};
}

}  // namespace pulsebench::os
