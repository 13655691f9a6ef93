#pragma once

#include <elfutils/libdw.h>
#include <elfutils/libdwelf.h>
#include <gelf.h>

#include <cstddef>

namespace pulsebench::profile {

/// Functions of libdw and of libelf, which read programs, their unwind tables and their debugging
/// information. Both libraries are loaded at the first profile: linked, they would make every start
/// of the tool 1.4 ms longer.
struct Libdw {
  decltype(&elf_version) version;
  decltype(&elf_begin) begin;
  decltype(&elf_memory) memory;
  decltype(&elf_end) end;
  decltype(&gelf_getehdr) header;
  decltype(&elf_getphdrnum) segment_count;
  decltype(&gelf_getphdr) segment;
  decltype(&elf_nextscn) next_section;
  decltype(&gelf_getshdr) section;
  decltype(&elf_getdata) section_content;
  decltype(&gelf_getsym) symbol;
  decltype(&gelf_getrela) relocation;
  decltype(&elf_getshdrstrndx) section_names;
  decltype(&elf_strptr) text;

  decltype(&dwarf_begin_elf) begin_dwarf;
  decltype(&dwarf_end) end_dwarf;
  decltype(&dwelf_elf_gnu_build_id) build_id;
  decltype(&dwarf_getcfi_elf) unwind_tables;
  decltype(&dwarf_cfi_end) end_unwind_tables;
  decltype(&dwarf_cfi_addrframe) unwind_frame;
  decltype(&dwarf_frame_cfa) frame_cfa;
  decltype(&dwarf_frame_register) frame_register;

  decltype(&dwarf_nextcu) next_unit;
  decltype(&dwarf_offdie) entry_at;
  decltype(&dwarf_dieoffset) offset_of;
  decltype(&dwarf_tag) tag;
  decltype(&dwarf_child) child;
  decltype(&dwarf_siblingof) sibling;
  decltype(&dwarf_haspc) contains;
  decltype(&dwarf_ranges) ranges;
  decltype(&dwarf_attr) attribute;
  decltype(&dwarf_attr_integrate) attribute_anywhere;
  decltype(&dwarf_formstring) text_of;
  decltype(&dwarf_formudata) number_of;
  decltype(&dwarf_diename) name;
  decltype(&dwarf_getsrc_die) line_at;
  decltype(&dwarf_linesrc) line_file;
  decltype(&dwarf_lineno) line_number;
  decltype(&dwarf_getsrcfiles) source_files;
  decltype(&dwarf_filesrc) source_file;
};

/// Calls `visit(symbol, name)` for each symbol of a section that has a name. False where the
/// section has no table of symbols.
template <class Visit>
bool each_symbol(const Libdw& libdw, Elf* elf, Elf_Scn* section, const GElf_Shdr& header,
                 Visit visit) {
  Elf_Data* const content = libdw.section_content(section, nullptr);
  if (content == nullptr || header.sh_entsize == 0) return false;
  for (std::size_t i = 0; i < header.sh_size / header.sh_entsize; ++i) {
    GElf_Sym symbol{};
    if (libdw.symbol(content, static_cast<int>(i), &symbol) == nullptr) break;
    const char* const name = libdw.text(elf, header.sh_link, symbol.st_name);
    if (name != nullptr && *name != '\0') visit(symbol, name);
  }
  return true;
}

/// Whether it is one of this file's own functions.
[[nodiscard]] inline bool is_function(const GElf_Sym& symbol) {
  const auto type = GELF_ST_TYPE(symbol.st_info);
  return (type == STT_FUNC || type == STT_GNU_IFUNC) && symbol.st_shndx != SHN_UNDEF;
}

/// Loads both libraries at the first call; null if libdw 0.170 or newer is not installed.
[[nodiscard]] const Libdw* libdw();

}  // namespace pulsebench::profile
