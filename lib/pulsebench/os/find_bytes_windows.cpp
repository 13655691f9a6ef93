#include "pulsebench/os/find_bytes.hpp"

namespace pulsebench::os {

/// Its C library has no search for bytes.
std::size_t find_bytes(std::string_view text, std::string_view wanted, std::size_t begin) {
  return text.find(wanted, begin);
}

}  // namespace pulsebench::os
