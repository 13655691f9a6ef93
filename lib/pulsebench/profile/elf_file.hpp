#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "pulsebench/os/descriptor.hpp"
#include "pulsebench/profile/libdw.hpp"

namespace pulsebench::profile {

/// A function in the symbol table of a file.
struct Symbol {
  std::uint64_t address = 0, size = 0;
  const char* name = nullptr;  ///< as the linker knows it
};

/// A program, a shared library, or the file of debugging information that belongs to one. Addresses
/// are those of the file ("link addresses"). A file that cannot be read has no tables and no names.
class ElfFile {
 public:
  /// Also opens the debugging information that the system keeps by build id below /usr/lib/debug.
  explicit ElfFile(const std::string& path);
  ElfFile(const ElfFile&) = delete;
  ElfFile& operator=(const ElfFile&) = delete;
  ~ElfFile();

  /// Returns the link address of a byte of the file that is loaded to be executed.
  [[nodiscard]] std::optional<std::uint64_t> link_address(std::uint64_t offset) const;

  /// Returns the tables of .eh_frame; null without them.
  [[nodiscard]] Dwarf_CFI* unwind_tables() const { return unwind_tables_; }
  /// Returns the debugging information of this file, else that which the system keeps; or null.
  [[nodiscard]] Dwarf* debug_info() const { return debug_info_; }
  /// Returns the innermost function whose size covers the address; null without one. A symbol
  /// without a size covers its own address only.
  [[nodiscard]] const Symbol* symbol_at(std::uint64_t address) const;
  /// False for a stripped file without a file of debugging information.
  [[nodiscard]] bool has_symbols() const { return has_symbol_table_; }
  /// In hexadecimal; empty without one.
  [[nodiscard]] const std::string& build_id() const { return build_id_; }

 private:
  struct Segment {
    std::uint64_t offset, size, address;
  };

  static Elf* open(const std::string& path, os::Descriptor& file);
  void read_segments();
  void read_build_id();
  void read_symbols(Elf* elf);
  void sort_symbols();

  const Libdw* const libdw_;
  os::Descriptor file_, debug_file_;
  Elf* elf_ = nullptr;
  Elf* debug_elf_ = nullptr;
  Dwarf_CFI* unwind_tables_ = nullptr;
  Dwarf* debug_info_ = nullptr;
  std::string build_id_;
  bool has_symbol_table_ = false;
  std::vector<Segment> segments_;
  std::vector<Symbol> symbols_;       // by address
  std::vector<std::uint64_t> reach_;  // the largest end of each symbol and those before it
};

/// Files that profiles meet, each opened once.
class ElfFiles {
 public:
  [[nodiscard]] const ElfFile& open(const std::string& path);

 private:
  std::unordered_map<std::string, std::unique_ptr<ElfFile>> files_;
};

}  // namespace pulsebench::profile
