#include <windows.h>

#include <cstddef>
#include <cstring>

#include "pulsebench/config/program_image.hpp"

namespace pulsebench::config {

bool is_program_image(std::string_view content) {
  IMAGE_DOS_HEADER start{};
  if (content.size() < sizeof start) return false;
  std::memcpy(&start, content.data(), sizeof start);
  if (start.e_magic != IMAGE_DOS_SIGNATURE || start.e_lfanew < 0) return false;
  const auto at = static_cast<std::size_t>(start.e_lfanew);
  IMAGE_NT_HEADERS64 header{};
  if (at > content.size() || content.size() - at < sizeof header) return false;
  std::memcpy(&header, content.data() + at, sizeof header);
  constexpr WORD kLibrary = IMAGE_FILE_DLL;
  return header.Signature == IMAGE_NT_SIGNATURE &&
         header.FileHeader.Machine == IMAGE_FILE_MACHINE_AMD64 &&
         (header.FileHeader.Characteristics & kLibrary) == 0;
}

}  // namespace pulsebench::config
