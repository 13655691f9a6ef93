#include "pulsebench/config/program_image.hpp"

#include <elf.h>

#include <cstring>

namespace pulsebench::config {
namespace {

/// Whether the ELF file is started, rather than loaded: it has an interpreter, or a fixed address.
bool is_started(std::string_view content, const Elf64_Ehdr& header) {
  if (header.e_type == ET_EXEC) return true;
  if (header.e_type != ET_DYN) return false;
  for (std::size_t i = 0; i < header.e_phnum; ++i) {
    const std::size_t at = header.e_phoff + i * sizeof(Elf64_Phdr);
    if (at > content.size() || content.size() - at < sizeof(Elf64_Phdr)) return false;
    Elf64_Phdr segment{};
    std::memcpy(&segment, content.data() + at, sizeof segment);
    if (segment.p_type == PT_INTERP) return true;
  }
  return false;
}

}  // namespace

bool is_program_image(std::string_view content) {
  Elf64_Ehdr header{};
  if (content.size() < sizeof header) return false;
  std::memcpy(&header, content.data(), sizeof header);
  return std::memcmp(header.e_ident, ELFMAG, SELFMAG) == 0 &&
         header.e_ident[EI_CLASS] == ELFCLASS64 && is_started(content, header);
}

}  // namespace pulsebench::config
