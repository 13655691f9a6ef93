#include "pulsebench/profile/elf_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/auxv.h>

#include <algorithm>
#include <span>
#include <string_view>
#include <tuple>

namespace pulsebench::profile {
namespace {

/// The kernel shows the same code to every process as to this one.
Elf* open_vdso(const Libdw& libdw) {
#if defined(__linux__) && defined(__LP64__)
  auto* const begin = reinterpret_cast<char*>(getauxval(AT_SYSINFO_EHDR));
  if (begin == nullptr) return nullptr;
  const auto& header = *reinterpret_cast<const Elf64_Ehdr*>(begin);
  const std::size_t sections = std::size_t{header.e_shnum} * header.e_shentsize;
  return libdw.memory(begin, header.e_shoff + sections);
#else
  static_cast<void>(libdw);
  return nullptr;
#endif
}

/// Whether a file has more than the names of a symbol table.
bool has_units(const Libdw& libdw, Dwarf* dwarf) {
  Dwarf_Off next = 0;
  std::size_t header = 0;
  return libdw.next_unit(dwarf, 0, &next, &header, nullptr, nullptr, nullptr) == 0;
}

Dwarf* read_dwarf(const Libdw& libdw, Elf* elf) {
  Dwarf* const dwarf = elf == nullptr ? nullptr : libdw.begin_dwarf(elf, DWARF_C_READ, nullptr);
  if (dwarf == nullptr || has_units(libdw, dwarf)) return dwarf;
  libdw.end_dwarf(dwarf);
  return nullptr;
}

/// Orders aliases so that the name which people write comes last: `memcpy`, not `__memcpy_alias`.
auto alias_order(const Symbol& symbol) {
  const std::string_view name{symbol.name};
  const std::size_t underscores = std::min(name.find_first_not_of('_'), name.size());
  return std::tuple{symbol.address, ~symbol.size, ~underscores, ~name.size(), name};
}

}  // namespace

Elf* ElfFile::open(const std::string& path, os::Descriptor& file) {
  const Libdw& libdw = *profile::libdw();
  if (path == "[vdso]") return open_vdso(libdw);
  file = os::Descriptor{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
  // Not mapped: a build that truncates the file would end this process by a signal.
  return file.open() ? libdw.begin(file.number(), ELF_C_READ, nullptr) : nullptr;
}

ElfFile::ElfFile(const std::string& path) : libdw_(libdw()) {
  if (libdw_ == nullptr) return;
  elf_ = open(path, file_);
  if (elf_ == nullptr) return;
  read_segments();
  read_build_id();
  read_symbols(elf_);
  unwind_tables_ = libdw_->unwind_tables(elf_);
  debug_info_ = read_dwarf(*libdw_, elf_);
  if (build_id_.size() > 2 && (debug_info_ == nullptr || !has_symbol_table_)) {
    debug_elf_ = open(fmt::format("/usr/lib/debug/.build-id/{}/{}.debug", build_id_.substr(0, 2),
                                  build_id_.substr(2)),
                      debug_file_);
    if (debug_elf_ != nullptr && !has_symbol_table_) read_symbols(debug_elf_);
    if (debug_info_ == nullptr) debug_info_ = read_dwarf(*libdw_, debug_elf_);
  }
  sort_symbols();
}

ElfFile::~ElfFile() {
  if (libdw_ == nullptr) return;
  if (unwind_tables_ != nullptr) libdw_->end_unwind_tables(unwind_tables_);
  if (debug_info_ != nullptr) libdw_->end_dwarf(debug_info_);
  if (debug_elf_ != nullptr) libdw_->end(debug_elf_);
  if (elf_ != nullptr) libdw_->end(elf_);
}

void ElfFile::read_segments() {
  std::size_t count = 0;
  if (libdw_->segment_count(elf_, &count) != 0) return;
  for (std::size_t i = 0; i < count; ++i) {
    GElf_Phdr header{};
    if (libdw_->segment(elf_, static_cast<int>(i), &header) == nullptr) continue;
    if (header.p_type != PT_LOAD || (header.p_flags & PF_X) == 0) continue;
    segments_.push_back({header.p_offset, header.p_filesz, header.p_vaddr});
  }
}

void ElfFile::read_build_id() {
  const void* bytes = nullptr;
  const ssize_t size = libdw_->build_id(elf_, &bytes);
  if (size <= 0) return;
  const std::span id{static_cast<const unsigned char*>(bytes), static_cast<std::size_t>(size)};
  for (const unsigned char byte : id) build_id_ += fmt::format("{:02x}", byte);
}

void ElfFile::read_symbols(Elf* elf) {
  for (Elf_Scn* section = nullptr; (section = libdw_->next_section(elf, section)) != nullptr;) {
    GElf_Shdr header{};
    if (libdw_->section(section, &header) == nullptr) continue;
    if (header.sh_type != SHT_SYMTAB && header.sh_type != SHT_DYNSYM) continue;
    const auto take = [&](const GElf_Sym& symbol, const char* name) {
      if (!is_function(symbol) || symbol.st_value == 0) return;
      symbols_.push_back({symbol.st_value, symbol.st_size, name});
    };
    const bool is_table = each_symbol(*libdw_, elf, section, header, take);
    has_symbol_table_ = has_symbol_table_ || (is_table && header.sh_type == SHT_SYMTAB);
  }
}

void ElfFile::sort_symbols() {
  std::sort(symbols_.begin(), symbols_.end(), [](const Symbol& left, const Symbol& right) {
    return alias_order(left) < alias_order(right);
  });
  std::uint64_t reach = 0;
  for (const Symbol& symbol : symbols_) {
    reach = std::max(reach, symbol.address + std::max<std::uint64_t>(symbol.size, 1));
    reach_.push_back(reach);
  }
}

std::optional<std::uint64_t> ElfFile::link_address(std::uint64_t offset) const {
  for (const Segment& segment : segments_) {
    if (offset >= segment.offset && offset - segment.offset < segment.size) {
      return segment.address + (offset - segment.offset);
    }
  }
  return std::nullopt;
}

const Symbol* ElfFile::symbol_at(std::uint64_t address) const {
  const auto next =
      std::upper_bound(symbols_.begin(), symbols_.end(), address,
                       [](std::uint64_t wanted, const Symbol& s) { return wanted < s.address; });
  for (auto i = static_cast<std::size_t>(next - symbols_.begin());
       i-- > 0 && reach_[i] > address;) {
    const Symbol& symbol = symbols_[i];
    if (address - symbol.address < std::max<std::uint64_t>(symbol.size, 1)) return &symbol;
  }
  return nullptr;
}

const ElfFile& ElfFiles::open(const std::string& path) {
  auto& file = files_[path];
  if (!file) file = std::make_unique<ElfFile>(path);
  return *file;
}

}  // namespace pulsebench::profile
