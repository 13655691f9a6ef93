#include "pulsebench/profile/elf_file.hpp"

#include <doctest/doctest.h>

#include <cstring>
#include <string>

using pulsebench::profile::ElfFile;
using pulsebench::profile::Symbol;

// Without mangling, to find it by name in this program.
extern "C" int pulsebench_test_symbol(int number);
__attribute__((noinline)) int pulsebench_test_symbol(int number) { return number + 1; }

TEST_CASE("a symbol covers its size and no more") {
  CHECK(pulsebench_test_symbol(1) == 2);
  const ElfFile self{"/proc/self/exe"};
  CHECK(self.has_symbols());
  CHECK(self.build_id().size() == 40);  // the linker's default is SHA-1
  CHECK(self.unwind_tables() != nullptr);
  CHECK(self.debug_info() != nullptr);
  const Symbol* symbol = nullptr;
  std::uint64_t address = 0;
  for (; address < 0x4000000 && symbol == nullptr; address += 4) {
    const Symbol* const found = self.symbol_at(address);
    if (found != nullptr && std::strcmp(found->name, "pulsebench_test_symbol") == 0) symbol = found;
  }
  REQUIRE(symbol != nullptr);
  CHECK(symbol->size > 4);
  CHECK(self.symbol_at(symbol->address) == symbol);
  CHECK(self.symbol_at(symbol->address + symbol->size - 1) == symbol);
  CHECK(self.symbol_at(symbol->address + symbol->size) != symbol);
  CHECK(self.symbol_at(symbol->address - 1) != symbol);
}

TEST_CASE("what is no program has no tables, and does no harm") {
  for (const char* path : {"/nowhere/at/all", "/etc/passwd", "/tmp", "/dev/null", "[anything]"}) {
    CAPTURE(path);
    const ElfFile file{path};
    CHECK(file.unwind_tables() == nullptr);
    CHECK(file.debug_info() == nullptr);
    CHECK(file.symbol_at(0x1000) == nullptr);
    CHECK_FALSE(file.link_address(0x1000).has_value());
    CHECK_FALSE(file.has_symbols());
  }
}

TEST_CASE("the code that the kernel lends has names and tables") {
  const ElfFile vdso{"[vdso]"};
  CHECK(vdso.unwind_tables() != nullptr);
  bool clock = false;
  for (std::uint64_t address = 0; address < 0x4000 && !clock; ++address) {
    const Symbol* const symbol = vdso.symbol_at(address);
    clock =
        symbol != nullptr && std::string{symbol->name}.find("clock_gettime") != std::string::npos;
  }
  CHECK(clock);
}
