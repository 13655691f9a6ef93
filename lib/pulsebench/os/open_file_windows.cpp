#include <fcntl.h>
#include <io.h>

#include "pulsebench/os/open_file.hpp"

namespace pulsebench::os {

Descriptor open_to_read(const std::filesystem::path& file, Fifo) {
  return Descriptor{::_wopen(file.c_str(), _O_RDONLY | _O_BINARY | _O_NOINHERIT)};
}

bool may_be_there(const std::filesystem::path& pseudo_file) {
  return !pseudo_file.has_root_directory() || pseudo_file.has_root_name();
}

}  // namespace pulsebench::os
