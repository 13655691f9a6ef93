# pulsebench_embed(<header> <namespace> [<name> <file>]…)
# Writes a header of the current binary folder in which each <name> is the content of its file, a
# std::string_view, and <name>Sha256 the SHA-256 of it in hex. A file that changes configures anew.
function(pulsebench_embed header namespace)
  set(content "#pragma once\n\n#include <string_view>\n\nnamespace ${namespace} {\n")
  while(ARGN)
    list(POP_FRONT ARGN name file)
    set(path ${CMAKE_CURRENT_SOURCE_DIR}/${file})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
    file(READ ${path} bytes HEX)
    file(SHA256 ${path} sha256)
    string(REGEX REPLACE "(..)" "\\\\x\\1" escaped "${bytes}")
    string(APPEND content "inline constexpr std::string_view ${name} = \"${escaped}\";\n"
                          "inline constexpr std::string_view ${name}Sha256 = \"${sha256}\";\n")
  endwhile()
  string(APPEND content "}  // namespace ${namespace}\n")
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${header} CONTENT "${content}" @ONLY)
endfunction()
