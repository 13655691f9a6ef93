#include "pulsebench/run/fifo.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

namespace pulsebench::run {
namespace fs = std::filesystem;

Descriptor make_fifo() {
  std::error_code error;
  std::string folder = (fs::temp_directory_path(error) / "pulsebench_XXXXXX").string();
  if (error || mkdtemp(folder.data()) == nullptr) return {};
  const std::string name = folder + "/report";
  Descriptor fifo;
  if (mkfifo(name.c_str(), S_IRUSR | S_IWUSR) == 0) {
    fifo = Descriptor{open(name.c_str(), O_PATH | O_CLOEXEC)};
    unlink(name.c_str());
  }
  rmdir(folder.c_str());
  return fifo;
}

Descriptor open_for_reading(const Descriptor& fifo) {
  const std::string path = "/proc/self/fd/" + std::to_string(fifo.number());
  return Descriptor{open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)};
}

}  // namespace pulsebench::run
