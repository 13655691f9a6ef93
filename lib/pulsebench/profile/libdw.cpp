#include "pulsebench/profile/libdw.hpp"

#include <dlfcn.h>

namespace pulsebench::profile {
namespace {

/// Looks names up in one library, and remembers whether all were found.
class Finder {
 public:
  explicit Finder(const char* library)
      : library_(dlopen(library, RTLD_NOW | RTLD_LOCAL)), whole_(library_ != nullptr) {}

  template <class Function>
  void operator()(const char* name, Function& function) {
    if (!whole_) return;
    function = reinterpret_cast<Function>(dlsym(library_, name));
    whole_ = function != nullptr;
  }

  [[nodiscard]] bool whole() const { return whole_; }

 private:
  void* library_;
  bool whole_;
};

bool find_elf(Libdw& found) {
  Finder find{"libelf.so.1"};
  find("elf_version", found.version);
  find("elf_begin", found.begin);
  find("elf_memory", found.memory);
  find("elf_end", found.end);
  find("gelf_getehdr", found.header);
  find("elf_getphdrnum", found.segment_count);
  find("gelf_getphdr", found.segment);
  find("elf_nextscn", found.next_section);
  find("gelf_getshdr", found.section);
  find("elf_getdata", found.section_content);
  find("gelf_getsym", found.symbol);
  find("gelf_getrela", found.relocation);
  find("elf_getshdrstrndx", found.section_names);
  find("elf_strptr", found.text);
  return find.whole();
}

bool find_dwarf(Libdw& found) {
  Finder find{"libdw.so.1"};
  find("dwarf_begin_elf", found.begin_dwarf);
  find("dwarf_end", found.end_dwarf);
  find("dwelf_elf_gnu_build_id", found.build_id);
  find("dwarf_getcfi_elf", found.unwind_tables);
  find("dwarf_cfi_end", found.end_unwind_tables);
  find("dwarf_cfi_addrframe", found.unwind_frame);
  find("dwarf_frame_cfa", found.frame_cfa);
  find("dwarf_frame_register", found.frame_register);
  find("dwarf_nextcu", found.next_unit);
  find("dwarf_offdie", found.entry_at);
  find("dwarf_dieoffset", found.offset_of);
  find("dwarf_tag", found.tag);
  find("dwarf_child", found.child);
  find("dwarf_siblingof", found.sibling);
  find("dwarf_haspc", found.contains);
  find("dwarf_ranges", found.ranges);
  find("dwarf_attr", found.attribute);
  find("dwarf_attr_integrate", found.attribute_anywhere);
  find("dwarf_formstring", found.text_of);
  find("dwarf_formudata", found.number_of);
  find("dwarf_diename", found.name);
  find("dwarf_getsrc_die", found.line_at);
  find("dwarf_linesrc", found.line_file);
  find("dwarf_lineno", found.line_number);
  find("dwarf_getsrcfiles", found.source_files);
  find("dwarf_filesrc", found.source_file);
  return find.whole();
}

const Libdw* load_libdw() {
  static Libdw found{};
  // Without this call elf_begin() fails, and says nothing.
  const bool whole = find_elf(found) && find_dwarf(found) && found.version(EV_CURRENT) != EV_NONE;
  return whole ? &found : nullptr;
}

}  // namespace

const Libdw* libdw() {
  static const Libdw* const loaded = load_libdw();
  return loaded;
}

}  // namespace pulsebench::profile
