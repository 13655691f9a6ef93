#include "pulsebench/profile/module_map.hpp"

#include <doctest/doctest.h>

using pulsebench::profile::Mapping;
using pulsebench::profile::ModuleMap;

namespace {

// As proc(5) shows it: lines of a real process, shortened.
constexpr const char* kMaps =
    "555555554000-555555556000 r--p 00000000 fe:01 1703961                    /opt/my suite\n"
    "555555556000-55555555a000 r-xp 00002000 fe:01 1703961                    /opt/my suite\n"
    "55555557b000-55555559c000 rw-p 00000000 00:00 0                          [heap]\n"
    "7ffff7a00000-7ffff7a01000 rwxp 00000000 00:00 0 \n"
    "7ffff7c28000-7ffff7dbd000 r-xp 00028000 fe:01 3935                       /lib/libc.so.6\n"
    "7ffff7fc9000-7ffff7fcb000 r-xp 00000000 00:00 0                          [vdso]\n"
    "ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]\n";

}  // namespace

TEST_CASE("executable files and the kernel's code are found by address, other memory is not") {
  const ModuleMap map = ModuleMap::parse(kMaps);
  CHECK(map.mappings().size() == 3);
  const Mapping* const suite = map.find(0x555555556000);
  REQUIRE(suite != nullptr);
  CHECK(suite->path == "/opt/my suite");
  CHECK(suite->offset == 0x2000);
  CHECK(map.find(0x555555559fff) == suite);
  CHECK(map.find(0x55555555a000) == nullptr);
  CHECK(map.find(0x555555554000) == nullptr);
  CHECK(map.find(0x7ffff7a00000) == nullptr);
  REQUIRE(map.find(0x7ffff7c28123) != nullptr);
  CHECK(map.find(0x7ffff7c28123)->path == "/lib/libc.so.6");
  REQUIRE(map.find(0x7ffff7fca000) != nullptr);
  CHECK(map.find(0x7ffff7fca000)->path == "[vdso]");
  CHECK(map.find(0xffffffffff600000) == nullptr);
}

TEST_CASE("a later mapping replaces those that it overlaps") {
  ModuleMap map;
  map.add({0x1000, 0x2000, 0, "/a"});
  map.add({0x2000, 0x3000, 0, "/b"});
  map.add({0x5000, 0x6000, 0, "/c"});
  map.add({0x1800, 0x4000, 0x40, "/d"});
  CHECK(map.find(0x1000) == nullptr);
  REQUIRE(map.find(0x2800) != nullptr);
  CHECK(map.find(0x2800)->path == "/d");
  CHECK(map.find(0x5000) != nullptr);
}

TEST_CASE("a text that is no list of mappings gives none") {
  for (const char* text : {"", "\n\n", "rubbish", "1000-2000", "1000-2000 r-xp",
                           "2000-1000 r-xp 0 0 0 /a", "xyz-2000 r-xp 00000000 fe:01 1 /a"}) {
    CAPTURE(text);
    CHECK(ModuleMap::parse(text).mappings().empty());
  }
}
