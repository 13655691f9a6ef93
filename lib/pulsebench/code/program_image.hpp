#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::code {

/// A part of a program that is loaded. Addresses are those of the file.
struct ImageSection {
  std::string name;
  std::uint64_t address = 0, size = 0;
  bool executable = false;
  std::string_view content;  ///< empty: zeros, as in .bss
};

/// A function or an object of the symbol table, with its extent; of aliases, the first by name. Or
/// a piece of code that no symbol covers, as assembly leaves it.
struct ImageSymbol {
  std::uint64_t address = 0, size = 0;
  std::string name = {};  ///< as the linker knows it
  bool function = false;
  bool nameless = false;  ///< its name is made of that of the function before it

  [[nodiscard]] std::uint64_t end() const { return address + size; }
};

/// What the dynamic linker writes into eight bytes of the program.
struct ImageRelocation {
  std::uint32_t type = 0;   ///< of the processor, as R_X86_64_RELATIVE
  std::string symbol = {};  ///< of another file, to whose address `addend` is added
  std::int64_t addend = 0;
  bool relative = false;  ///< `addend` is an address of the program itself
};

/// What a program consists of before it is started.
class ProgramImage {
 public:
  /// `not_found` where libdw is not installed, `bad_input` with what stands in the way where the
  /// file is no position-independent program of x86-64 with a symbol table.
  [[nodiscard]] static Result<ProgramImage> read(const std::string& path);

  ProgramImage(ProgramImage&&) noexcept = default;
  ProgramImage& operator=(ProgramImage&&) noexcept = default;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const std::vector<ImageSection>& sections() const { return sections_; }
  [[nodiscard]] const std::vector<ImageSymbol>& symbols() const { return symbols_; }

  /// Makes a symbol of a piece of code that has none.
  void add_nameless(std::uint64_t begin, std::uint64_t end);

  /// Null where nothing is loaded.
  [[nodiscard]] const ImageSection* section_at(std::uint64_t address) const;
  /// The index in `symbols` of what covers the address; -1 where nothing does.
  [[nodiscard]] int symbol_at(std::uint64_t address) const;
  /// The first symbol behind the address, or the end of its section.
  [[nodiscard]] std::uint64_t next_symbol(std::uint64_t address, const ImageSection& section) const;
  /// Null where the dynamic linker writes nothing.
  [[nodiscard]] const ImageRelocation* relocation_at(std::uint64_t address) const;
  /// The first address in [begin, end) that the dynamic linker writes to; `end` without one.
  [[nodiscard]] std::uint64_t next_relocation(std::uint64_t begin, std::uint64_t end) const;
  /// The bytes from `address` on, at most `size`; fewer at the end of the section, and none of
  /// zeros that the file does not have.
  [[nodiscard]] std::string_view bytes(std::uint64_t address, std::uint64_t size) const;

 private:
  friend class ImageReading;
  ProgramImage() = default;

  std::string path_;
  std::string file_;                    // whole; `content` points into it
  std::vector<ImageSection> sections_;  // by address
  std::vector<ImageSymbol> symbols_;    // by address
  std::map<std::uint64_t, ImageRelocation> relocations_;
};

}  // namespace pulsebench::code
