# pulsebench_add_suite(<name> [TIER <0-3>] [ROLE operation|floor] SOURCES <files> [LINK <targets>])
#
# Adds a suite: a Google Benchmark program with the main of pulsebench::harness. TIER decides how
# its benchmarks are judged.

# Keeps code placement from changing the results: relinking the same source changed an atomic load
# by 69 % without these flags, and by nothing with them.
set(PULSEBENCH_PLACEMENT_FLAGS -falign-functions=64 -falign-loops=64 CACHE INTERNAL "")

function(pulsebench_add_suite name)
  cmake_parse_arguments(PARSE_ARGV 1 suite "" "TIER;ROLE" "SOURCES;LINK")
  if(NOT suite_SOURCES)
    message(FATAL_ERROR "pulsebench_add_suite(${name}): no SOURCES given")
  endif()
  if(NOT DEFINED suite_TIER)
    set(suite_TIER 0)
  endif()
  if(NOT suite_TIER MATCHES "^[0-3]$")
    message(FATAL_ERROR "pulsebench_add_suite(${name}): TIER is '${suite_TIER}'; give 0, 1, 2 or 3")
  endif()
  if(NOT DEFINED suite_ROLE)
    set(suite_ROLE operation)
  endif()
  if(NOT suite_ROLE MATCHES "^(operation|floor)$")
    message(FATAL_ERROR "pulsebench_add_suite(${name}): ROLE is '${suite_ROLE}'; give operation or floor")
  endif()

  set(identity ${CMAKE_CURRENT_BINARY_DIR}/${name}_identity.cpp)
  string(TOUPPER "${CMAKE_BUILD_TYPE}" type)
  string(STRIP "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${type}}" flags)
  string(JOIN " " all_flags ${flags} ${PULSEBENCH_PLACEMENT_FLAGS})
  file(CONFIGURE OUTPUT ${identity} @ONLY CONTENT [=[
#include <pulsebench/harness/suite_identity.hpp>

const pulsebench::harness::SuiteIdentity pulsebench::harness::kSuiteIdentity{
    "@name@", @suite_TIER@, "@suite_ROLE@", "@CMAKE_CXX_COMPILER_ID@ @CMAKE_CXX_COMPILER_VERSION@",
    "@all_flags@", "@CMAKE_BUILD_TYPE@"};
]=])
  add_executable(${name} ${suite_SOURCES} ${identity})
  target_compile_options(${name} PRIVATE ${PULSEBENCH_PLACEMENT_FLAGS})
  if(NOT flags MATCHES "(^| )-g")
    # Lines and inlined functions for profiles. The code is the same, byte for byte.
    target_compile_options(${name} PRIVATE -g1)
  endif()
  target_link_libraries(${name} PRIVATE pulsebench::harness ${suite_LINK})
endfunction()
