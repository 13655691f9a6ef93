#include "pulsebench/profile/symbolizer.hpp"

#include <dlfcn.h>
#include <doctest/doctest.h>

#include <cstdlib>
#include <string>

#include "profile/here.hpp"
#include "pulsebench/profile/elf_file.hpp"
#include "pulsebench/profile/libdw.hpp"

using namespace pulsebench::profile;

namespace {

constexpr int kLineInside = __LINE__ + 4;
inline __attribute__((always_inline)) std::uint64_t here() {
  std::uint64_t address = 0;
#if defined(__x86_64__)
  asm volatile("lea (%%rip), %0" : "=r"(address));
#endif
  return address;
}

constexpr int kLineOfCall = __LINE__ + 1;
__attribute__((noinline)) std::uint64_t address_inside() { return here(); }

}  // namespace

#if defined(__x86_64__)
TEST_CASE("an inlined function is named before the one that has its code, each with its line") {
  REQUIRE(libdw() != nullptr);
  ElfFiles files;
  Symbolizer symbolizer{files};
  const auto& frames = symbolizer.frames(own_modules(), address_inside(), false);
  REQUIRE(frames.size() == 2);
  CHECK(frames[0].function.find("here") != std::string::npos);
  CHECK(frames[0].inlined);
  CHECK(frames[0].line == kLineInside);
  CHECK(frames[1].function == "(anonymous namespace)::address_inside()");
  CHECK_FALSE(frames[1].inlined);
  CHECK(frames[1].line == kLineOfCall);
  for (const Frame& frame : frames) CHECK(frame.file.ends_with("symbolizer_test.cpp"));
}
#endif

TEST_CASE(
    "a function of the C library has a name though the library has no debugging information") {
  ElfFiles files;
  Symbolizer symbolizer{files};
  const auto address = reinterpret_cast<std::uint64_t>(dlsym(RTLD_DEFAULT, "qsort_r"));
  CHECK(symbolizer.frames(own_modules(), address, false).back().function.ends_with("qsort_r"));
  CHECK(symbolizer.unnamed_files().empty());
}

TEST_CASE("a return address names the call before it") {
  ElfFiles files;
  Symbolizer symbolizer{files};
  const auto begin = reinterpret_cast<std::uint64_t>(&address_inside);
  CHECK(symbolizer.frames(own_modules(), begin, false).back().function ==
        "(anonymous namespace)::address_inside()");
  CHECK(symbolizer.frames(own_modules(), begin, true).back().function !=
        "(anonymous namespace)::address_inside()");
}

TEST_CASE("where nothing is known the file is named, and listed once") {
  ElfFiles files;
  Symbolizer symbolizer{files};
  CHECK(symbolizer.frames({}, 0x1000, false) == std::vector<Frame>{{"[unknown]"}});
  CHECK(symbolizer.frames_in("/etc/passwd", 0x10) == std::vector<Frame>{{"[passwd]"}});
  CHECK(symbolizer.frames_in("/etc/passwd", 0x20) == std::vector<Frame>{{"[passwd]"}});
  REQUIRE(symbolizer.unnamed_files().size() == 1);
  CHECK(symbolizer.unnamed_files()[0].path == "/etc/passwd");
}
