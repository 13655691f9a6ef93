#include "pulsebench/code/program_image.hpp"

#include <algorithm>
#include <memory>
#include <string_view>
#include <tuple>
#include <utility>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/profile/libdw.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::code {

using profile::Libdw;

/// Fills an image from a file that libelf has opened.
class ImageReading {
 public:
  ImageReading(const Libdw& libdw, Elf* elf, ProgramImage& image)
      : libdw_(libdw), elf_(elf), image_(image) {}

  Result<void> read() {
    PB_CHECK(check_header());
    for (Elf_Scn* section = nullptr; (section = libdw_.next_section(elf_, section)) != nullptr;) {
      GElf_Shdr header{};
      if (libdw_.section(section, &header) == nullptr) return wrong("its sections are damaged");
      if ((header.sh_flags & SHF_ALLOC) != 0) PB_CHECK(take_section(header));
      if (header.sh_type == SHT_SYMTAB) take_symbols(section, header);
      if (header.sh_type == SHT_RELA) take_relocations(section, header);
      if (header.sh_type == kRelr)
        return wrong("its relocations are packed (-z pack-relative-relocs)");
    }
    if (image_.symbols_.empty()) return wrong("it has no symbols: it is stripped");
    sort();
    return {};
  }

 private:
  static constexpr GElf_Word kRelr = 19;  // SHT_RELR, unknown to older headers
  static constexpr std::uint64_t kPointer = 8;

  /// Tables that the linker makes, whose order says nothing.
  static bool is_of_the_linker(std::string_view name) {
    return name == "_GLOBAL_OFFSET_TABLE_" || name == "_DYNAMIC";
  }

  Failure wrong(const std::string& what) const {
    return fail(ErrorCode::bad_input, printable(image_.path_) + ": " + what);
  }

  Result<void> check_header() {
    GElf_Ehdr header{};
    if (libdw_.header(elf_, &header) == nullptr) return wrong("it is no program");
    if (header.e_machine != EM_X86_64) return wrong("it is not for x86-64");
    if (header.e_type != ET_DYN) return wrong("it is not position-independent (-fPIE -pie)");
    return libdw_.section_names(elf_, &names_) == 0 ? Result<void>{}
                                                    : wrong("its sections have no names");
  }

  Result<void> take_section(const GElf_Shdr& header) {
    const char* const name = libdw_.text(elf_, names_, header.sh_name);
    ImageSection section{.name = name == nullptr ? "" : name,
                         .address = header.sh_addr,
                         .size = header.sh_size,
                         .executable = (header.sh_flags & SHF_EXECINSTR) != 0,
                         .content = {}};
    if ((header.sh_flags & SHF_TLS) != 0 && header.sh_type == SHT_NOBITS)
      return {};  // has no place
    if (header.sh_type != SHT_NOBITS) {
      const std::string_view file{image_.file_};
      if (header.sh_offset > file.size() || header.sh_size > file.size() - header.sh_offset) {
        return wrong("it is truncated");
      }
      section.content = file.substr(header.sh_offset, header.sh_size);
    }
    image_.sections_.push_back(std::move(section));
    return {};
  }

  void take_symbols(Elf_Scn* section, const GElf_Shdr& header) {
    const auto take = [&](const GElf_Sym& symbol, const char* name) {
      const bool function = profile::is_function(symbol);
      const bool object =
          GELF_ST_TYPE(symbol.st_info) == STT_OBJECT && symbol.st_shndx != SHN_UNDEF;
      if ((!function && !object) || is_of_the_linker(name)) return;
      image_.symbols_.push_back({symbol.st_value, symbol.st_size, name, function});
    };
    profile::each_symbol(libdw_, elf_, section, header, take);
  }

  /// Symbols that relocations refer to by their numbers.
  struct SymbolTable {
    Elf_Data* content = nullptr;
    GElf_Word names = 0;
  };

  SymbolTable table_at(GElf_Word number) {
    Elf_Scn* section = nullptr;
    for (GElf_Word i = 0; i < number; ++i) section = libdw_.next_section(elf_, section);
    GElf_Shdr header{};
    if (section == nullptr || libdw_.section(section, &header) == nullptr) return {};
    return {libdw_.section_content(section, nullptr), header.sh_link};
  }

  void take_relocations(Elf_Scn* section, const GElf_Shdr& header) {
    Elf_Data* const content = libdw_.section_content(section, nullptr);
    if (content == nullptr || header.sh_entsize == 0) return;
    const SymbolTable symbols = table_at(header.sh_link);
    for (std::size_t i = 0; i < header.sh_size / header.sh_entsize; ++i) {
      GElf_Rela entry{};
      if (libdw_.relocation(content, static_cast<int>(i), &entry) == nullptr) break;
      const auto type = static_cast<std::uint32_t>(GELF_R_TYPE(entry.r_info));
      ImageRelocation relocation{.type = type, .symbol = {}, .addend = entry.r_addend};
      relocation.relative = type == R_X86_64_RELATIVE || type == R_X86_64_IRELATIVE;
      resolve(symbols, GELF_R_SYM(entry.r_info), relocation);
      image_.relocations_[entry.r_offset] = std::move(relocation);
    }
  }

  /// The symbol of a relocation: of the program itself an address, otherwise a name.
  void resolve(const SymbolTable& symbols, std::uint64_t number, ImageRelocation& relocation) {
    GElf_Sym symbol{};
    if (number == 0 || symbols.content == nullptr ||
        libdw_.symbol(symbols.content, static_cast<int>(number), &symbol) == nullptr) {
      return;
    }
    const char* const name = libdw_.text(elf_, symbols.names, symbol.st_name);
    relocation.symbol = name == nullptr ? "" : name;
    if (symbol.st_shndx == SHN_UNDEF || GELF_ST_TYPE(symbol.st_info) == STT_TLS) return;
    relocation.relative = true;
    relocation.addend += static_cast<std::int64_t>(symbol.st_value);
  }

  /// By address; of several at one place the largest, and of those the first by name.
  void sort() {
    std::ranges::sort(image_.sections_, {}, &ImageSection::address);
    auto& symbols = image_.symbols_;
    std::ranges::sort(symbols, [](const ImageSymbol& left, const ImageSymbol& right) {
      return std::tie(left.address, right.size, left.name) <
             std::tie(right.address, left.size, right.name);
    });
    const auto same_place = [](const ImageSymbol& left, const ImageSymbol& right) {
      return left.address == right.address;
    };
    symbols.erase(std::unique(symbols.begin(), symbols.end(), same_place), symbols.end());
    for (ImageSymbol& symbol : symbols) {  // of assembly code: up to the next one
      const ImageSection* const section = image_.section_at(symbol.address);
      if (symbol.size > 0) continue;
      symbol.size = 1;  // of the end of a section
      if (section == nullptr) continue;
      const std::uint64_t room = image_.next_symbol(symbol.address, *section) - symbol.address;
      symbol.size = symbol.function ? room : std::min<std::uint64_t>(room, kPointer);
    }
  }

  const Libdw& libdw_;
  Elf* elf_;
  ProgramImage& image_;
  std::size_t names_ = 0;
};

Result<ProgramImage> ProgramImage::read(const std::string& path) {
  const Libdw* const libdw = profile::libdw();
  if (libdw == nullptr) {
    return fail(ErrorCode::not_found,
                "libdw is not installed, which reads programs (Debian package libdw1)");
  }
  ProgramImage image;
  image.path_ = path;
  PB_TRY(image.file_, os::read_file(path));
  const std::unique_ptr<Elf, int (*)(Elf*)> elf{
      libdw->memory(image.file_.data(), image.file_.size()), libdw->end};
  if (!elf) return fail(ErrorCode::bad_input, printable(path) + ": it is no program");
  PB_CHECK((ImageReading{*libdw, elf.get(), image}.read()));
  return image;
}

void ProgramImage::add_nameless(std::uint64_t begin, std::uint64_t end) {
  const auto next = std::ranges::upper_bound(symbols_, begin, {}, &ImageSymbol::address);
  const std::string before = next == symbols_.begin() ? "the start" : std::prev(next)->name;
  symbols_.insert(next, {.address = begin,
                         .size = end - begin,
                         .name = "code behind " + before,
                         .function = true,
                         .nameless = true});
}

const ImageSection* ProgramImage::section_at(std::uint64_t address) const {
  const auto next = std::ranges::upper_bound(sections_, address, {}, &ImageSection::address);
  if (next == sections_.begin()) return nullptr;
  const ImageSection& section = *std::prev(next);
  return address - section.address < section.size ? &section : nullptr;
}

int ProgramImage::symbol_at(std::uint64_t address) const {
  const auto next = std::ranges::upper_bound(symbols_, address, {}, &ImageSymbol::address);
  // Symbols do not overlap but for parts of a few objects, which begin later.
  for (auto found = next; found != symbols_.begin() && next - found < 4;) {
    --found;
    if (address < found->end()) return static_cast<int>(found - symbols_.begin());
  }
  return -1;
}

std::uint64_t ProgramImage::next_symbol(std::uint64_t address, const ImageSection& section) const {
  const auto next = std::ranges::upper_bound(symbols_, address, {}, &ImageSymbol::address);
  const std::uint64_t end = section.address + section.size;
  return next == symbols_.end() ? end : std::min(end, next->address);
}

const ImageRelocation* ProgramImage::relocation_at(std::uint64_t address) const {
  const auto found = relocations_.find(address);
  return found == relocations_.end() ? nullptr : &found->second;
}

std::uint64_t ProgramImage::next_relocation(std::uint64_t begin, std::uint64_t end) const {
  const auto found = relocations_.lower_bound(begin);
  return found == relocations_.end() ? end : std::min(end, found->first);
}

std::string_view ProgramImage::bytes(std::uint64_t address, std::uint64_t size) const {
  const ImageSection* const section = section_at(address);
  if (section == nullptr || section->content.empty()) return {};
  return section->content.substr(address - section->address, size);
}

}  // namespace pulsebench::code
