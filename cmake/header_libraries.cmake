# Libraries that are headers alone, for a system whose libraries this one does not have: Debian has none for
# Windows. Its headers stand in /usr/include beside those of its C library, which are of another system, so each
# library is linked into a folder of its own.
set(folder ${CMAKE_BINARY_DIR}/headers)
file(MAKE_DIRECTORY ${folder})
include_directories(SYSTEM ${folder})

# pulsebench_header_library(<target> <header or folder of /usr/include>…)
function(pulsebench_header_library target)
  foreach(name ${ARGN})
    if(NOT EXISTS /usr/include/${name})
      message(FATAL_ERROR "${target}: /usr/include/${name} is missing; see docs/platforms.md")
    endif()
    file(CREATE_LINK /usr/include/${name} ${folder}/${name} SYMBOLIC)
  endforeach()
  add_library(${target} INTERFACE IMPORTED GLOBAL)
endfunction()

pulsebench_header_library(nlohmann_json::nlohmann_json nlohmann)
pulsebench_header_library(Boost::headers boost)
pulsebench_header_library(CLI11::CLI11 CLI)
pulsebench_header_library(tl::expected tl)
pulsebench_header_library(doctest::doctest doctest)
