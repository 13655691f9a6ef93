#include "pulsebench/harness/call_table.hpp"

#include <elf.h>
#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstring>

namespace pulsebench::harness {
namespace {

#if defined(__x86_64__)
constexpr std::uint32_t kCallEntry = R_X86_64_JUMP_SLOT;
constexpr std::uint32_t kPointerEntry = R_X86_64_GLOB_DAT;
#elif defined(__aarch64__)
constexpr std::uint32_t kCallEntry = R_AARCH64_JUMP_SLOT;
constexpr std::uint32_t kPointerEntry = R_AARCH64_GLOB_DAT;
#else
constexpr std::uint32_t kCallEntry = 0;
constexpr std::uint32_t kPointerEntry = 0;
#endif

/// Relocations of an object, from its dynamic section (System V ABI, chapter 5).
struct Relocations {
  std::uintptr_t base = 0;
  const ElfW(Sym) * symbols = nullptr;
  const char* names = nullptr;
  const ElfW(Rela) * of_calls = nullptr;
  std::size_t calls = 0;
  const ElfW(Rela) * of_data = nullptr;
  std::size_t data = 0;
};

template <class T>
const T* pointed_to(const dl_phdr_info& object, ElfW(Addr) address) {
  // glibc has already added the base, but not in every object.
  const std::uintptr_t base = object.dlpi_addr;
  return reinterpret_cast<const T*>(address < base ? address + base : address);
}

Relocations relocations_of(const dl_phdr_info& object) {
  Relocations found{.base = object.dlpi_addr};
  for (int i = 0; i < object.dlpi_phnum; ++i) {
    if (object.dlpi_phdr[i].p_type != PT_DYNAMIC) continue;
    const auto* entry =
        reinterpret_cast<const ElfW(Dyn)*>(found.base + object.dlpi_phdr[i].p_vaddr);
    for (; entry->d_tag != DT_NULL; ++entry) {
      const ElfW(Addr) address = entry->d_un.d_ptr;
      switch (entry->d_tag) {
        case DT_SYMTAB:
          found.symbols = pointed_to<ElfW(Sym)>(object, address);
          break;
        case DT_STRTAB:
          found.names = pointed_to<char>(object, address);
          break;
        case DT_JMPREL:
          found.of_calls = pointed_to<ElfW(Rela)>(object, address);
          break;
        case DT_PLTRELSZ:
          found.calls = entry->d_un.d_val / sizeof(ElfW(Rela));
          break;
        case DT_RELA:
          found.of_data = pointed_to<ElfW(Rela)>(object, address);
          break;
        case DT_RELASZ:
          found.data = entry->d_un.d_val / sizeof(ElfW(Rela));
          break;
        default:
          break;
      }
    }
  }
  return found;
}

struct Search {
  const std::map<std::string, std::uintptr_t>& calls;
  std::vector<std::pair<std::uintptr_t*, std::uintptr_t>> found;  ///< entry, new target
};

void search(const Relocations& object, const ElfW(Rela) * table, std::size_t size, Search& into) {
  if (table == nullptr || object.symbols == nullptr || object.names == nullptr) return;
  for (std::size_t i = 0; i < size; ++i) {
    const auto kind = static_cast<std::uint32_t>(ELF64_R_TYPE(table[i].r_info));
    if (kind != kCallEntry && kind != kPointerEntry) continue;
    const char* const name = object.names + object.symbols[ELF64_R_SYM(table[i].r_info)].st_name;
    const auto call = into.calls.find(name);
    if (call == into.calls.end()) continue;
    into.found.emplace_back(reinterpret_cast<std::uintptr_t*>(object.base + table[i].r_offset),
                            call->second);
  }
}

int search_object(dl_phdr_info* object, std::size_t /*size*/, void* into) {
  // Allocations of the kernel's object and of the loader are not counted.
  if (std::strstr(object->dlpi_name, "linux-vdso") != nullptr) return 0;
  if (std::strstr(object->dlpi_name, "/ld-linux") != nullptr) return 0;
  const Relocations relocations = relocations_of(*object);
  search(relocations, relocations.of_calls, relocations.calls, *static_cast<Search*>(into));
  search(relocations, relocations.of_data, relocations.data, *static_cast<Search*>(into));
  return 0;
}

/// The loader may have made the table read-only.
bool write_entry(std::uintptr_t* entry, std::uintptr_t value) {
  const auto page_size = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  auto* const page = reinterpret_cast<void*>(as_address(entry) & ~(page_size - 1));
  if (mprotect(page, page_size, PROT_READ | PROT_WRITE) != 0) return false;
  __atomic_store_n(entry, value, __ATOMIC_RELAXED);  // another thread may be calling through it
  return true;
}

}  // namespace

Result<void> CallTable::redirect(const std::map<std::string, std::uintptr_t>& calls) {
  if (!redirected_.empty()) return {};
  Search wanted{.calls = calls, .found = {}};
  if (kCallEntry != 0) dl_iterate_phdr(&search_object, &wanted);
  for (const auto& [entry, target] : wanted.found) {
    const std::uintptr_t before = *entry;
    if (write_entry(entry, target)) redirected_.emplace_back(entry, before);
  }
  if (!redirected_.empty()) return {};
  return fail(ErrorCode::bad_input, "allocations cannot be counted on this platform");
}

void CallTable::restore() {
  for (const auto& [entry, before] : redirected_) write_entry(entry, before);
  redirected_.clear();
}

}  // namespace pulsebench::harness
