#include "pulsebench/os/fifo.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::os {
namespace fs = std::filesystem;

tl::expected<Descriptor, std::string> make_fifo() {
  std::error_code error;
  const fs::path temporary = fs::temp_directory_path(error);
  std::string folder = (temporary / "pulsebench_XXXXXX").string();
  Descriptor fifo;
  if (!error && mkdtemp(folder.data()) != nullptr) {
    const std::string name = folder + "/report";
    if (mkfifo(name.c_str(), S_IRUSR | S_IWUSR) == 0) {
      fifo = Descriptor{open(name.c_str(), O_PATH | O_CLOEXEC)};
    }
    error = {errno, std::generic_category()};
    unlink(name.c_str());
    rmdir(folder.c_str());
  } else if (!error) {
    error = {errno, std::generic_category()};
  }
  if (fifo.open()) return fifo;
  return tl::unexpected{"cannot make a FIFO in '" + printable(temporary.string()) +
                        "': " + error.message() + "; set TMPDIR to a folder that can be written"};
}

Descriptor open_for_reading(const Descriptor& fifo) {
  const std::string path = "/proc/self/fd/" + std::to_string(fifo.number());
  return Descriptor{open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)};
}

}  // namespace pulsebench::os
