#include "pulsebench/config/cmake_build.hpp"

#include <elf.h>

#include <cstring>
#include <string>

#include <doctest/doctest.h>

#include "pulsebench/config/discover.hpp"

using namespace pulsebench;
using config::is_benchmark_program;
using config::preset_of;

namespace {

/// The least that the kernel starts as a program, and `text` behind it.
std::string elf(Elf64_Half type, const std::string& text, bool interpreted = false) {
  Elf64_Ehdr header{};
  std::memcpy(header.e_ident, ELFMAG, SELFMAG);
  header.e_ident[EI_CLASS] = ELFCLASS64;
  header.e_type = type;
  header.e_phoff = sizeof header;
  header.e_phnum = 1;
  Elf64_Phdr segment{};
  segment.p_type = interpreted ? PT_INTERP : PT_LOAD;
  std::string bytes(sizeof header + sizeof segment, '\0');
  std::memcpy(bytes.data(), &header, sizeof header);
  std::memcpy(bytes.data() + sizeof header, &segment, sizeof segment);
  return bytes + text;
}

}  // namespace

TEST_CASE("a program that loads or contains a framework is one; a library is none") {
  CHECK(is_benchmark_program(elf(ET_EXEC, "benchmark_list_tests")));
  CHECK(is_benchmark_program(elf(ET_DYN, "libbenchmark.so.1", /*interpreted=*/true)));
  CHECK(is_benchmark_program(elf(ET_EXEC, "NANOBENCH_ENDLESS")));
  CHECK(is_benchmark_program(elf(ET_EXEC, "--save-baseline CRITERION_HOME")));
  CHECK_FALSE(is_benchmark_program(elf(ET_EXEC, "CRITERION_HOME")));
  CHECK_FALSE(is_benchmark_program(elf(ET_DYN, "libbenchmark.so.1")));
  CHECK_FALSE(is_benchmark_program(elf(ET_REL, "benchmark_list_tests")));
  CHECK_FALSE(is_benchmark_program(elf(ET_EXEC, "libbench.so")));
  CHECK_FALSE(
      is_benchmark_program("#!/bin/sh\n# benchmark_list_tests libbenchmark.so, and so on for "
                           "as long as the header of a program is"));
  CHECK_FALSE(is_benchmark_program(""));
}

TEST_CASE("a torn program is none") {
  const std::string whole = elf(ET_DYN, "libbenchmark.so.1", /*interpreted=*/true);
  for (std::size_t size = 0; size < sizeof(Elf64_Ehdr) + sizeof(Elf64_Phdr); ++size) {
    CHECK_FALSE(is_benchmark_program(whole.substr(0, size)));
  }
  std::string far = whole;
  Elf64_Ehdr header{};
  std::memcpy(&header, far.data(), sizeof header);
  header.e_phoff = ~Elf64_Off{0};
  header.e_phnum = 0xFFFF;
  std::memcpy(far.data(), &header, sizeof header);
  CHECK_FALSE(is_benchmark_program(far));
}

TEST_CASE("a cache of CMake is read as CMake writes it") {
  const auto cache = config::parse_cmake_cache(
      "# a comment\n//Help: text=x\nCMAKE_BUILD_TYPE:STRING=Release\nEMPTY:PATH=\n"
      "FLAGS:STRING=-DA=b -O2\nno entry\n");
  CHECK(cache.size() == 3);
  CHECK(cache.at("CMAKE_BUILD_TYPE") == "Release");
  CHECK(cache.at("EMPTY").empty());
  CHECK(cache.at("FLAGS") == "-DA=b -O2");
}

TEST_CASE("the preset whose binary folder it is, by inheritance too") {
  const std::string presets = R"({"version": 3, "configurePresets": [
      {"name": "hidden", "hidden": true, "binaryDir": "${sourceDir}/build/${presetName}"},
      {"name": "release", "inherits": ["none", "hidden"]},
      {"name": "own", "inherits": "hidden", "binaryDir": "${sourceDir}/out/"},
      {"name": "circle", "inherits": "circle"}]})";
  CHECK(preset_of(presets, "build/release") == "release");
  CHECK(preset_of(presets, "build/hidden").empty());
  CHECK(preset_of(presets, "build/circle").empty());
  CHECK(preset_of("{}", "build").empty());
  CHECK(preset_of("[1", "build").empty());
  CHECK(preset_of(R"({"configurePresets": [1, {"name": 2}]})", "build").empty());
}
