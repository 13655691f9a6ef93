#include "pulsebench/os/find_bytes.hpp"

#include <cstring>

namespace pulsebench::os {

std::size_t find_bytes(std::string_view text, std::string_view wanted, std::size_t begin) {
  const void* const found =
      ::memmem(text.data() + begin, text.size() - begin, wanted.data(), wanted.size());
  if (found == nullptr) return std::string_view::npos;
  return static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

}  // namespace pulsebench::os
