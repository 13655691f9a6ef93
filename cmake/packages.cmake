# Debian packages by component, and a tarball for other systems: cmake --build <folder> --target package
# RELEASING.md says how they are made and tried.
option(PULSEBENCH_PACKAGES "Make the target 'package': Debian packages and a tarball" OFF)
if(NOT PULSEBENCH_PACKAGES)
  return()
endif()

set(debian_packages pulsebench pulsebench-harness-dev libpulse-preemption-dev)
if(TARGET pulse-console)
  list(APPEND debian_packages pulse-console)
  set(CPACK_PULSE_CONSOLE pulse-console)  # for generator.cmake
endif()

# The tarball brings its shared libraries along, since Debian has libfmt and libsimdjson in no other
# form. The programs differ in where they look for them.
set(libraries_folder ${CMAKE_INSTALL_LIBDIR}/pulsebench)
# pulsebench_add_relocatable(<target> <name> <source> <folder> <way to the top> <library>…)
function(pulsebench_add_relocatable target name source folder top)
  add_executable(${target} ${PROJECT_SOURCE_DIR}/${source})
  target_link_libraries(${target} PRIVATE ${ARGN})
  target_link_options(${target} PRIVATE -s)
  set_target_properties(${target} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/relocatable
    BUILD_WITH_INSTALL_RPATH ON INSTALL_RPATH "$ORIGIN/${top}/${libraries_folder}")
  install(PROGRAMS $<TARGET_FILE:${target}> RENAME ${name} DESTINATION ${folder}
          COMPONENT relocatable EXCLUDE_FROM_ALL)
endfunction()
pulsebench_add_relocatable(pulsebench_relocatable pulsebench apps/pulsebench/main.cpp
  ${CMAKE_INSTALL_BINDIR} .. pulsebench_commands)
pulsebench_add_relocatable(pulsebench_load_relocatable pulsebench-load apps/pulsebench-load/main.cpp
  ${CMAKE_INSTALL_LIBEXECDIR}/pulsebench ../.. pulsebench_options pulsebench_hardened pulsebench::load
  pulsebench::wire)
pulsebench_add_relocatable(pulsebench_meter_relocatable pulsebench-meter
  apps/pulsebench-meter/main.cpp ${CMAKE_INSTALL_LIBEXECDIR}/pulsebench ../.. pulsebench_meter_options)
pulsebench_add_relocatable(pulsebench_reach_relocatable pulsebench-reach
  apps/pulsebench-reach/main.cpp ${CMAKE_INSTALL_LIBEXECDIR}/pulsebench ../.. pulsebench_options
  pulsebench_hardened)
target_sources(pulsebench_reach_relocatable PRIVATE ${PROJECT_SOURCE_DIR}/apps/pulsebench-reach/watch.cpp)
set(bundled pulsebench_relocatable)
if(TARGET pulse-console)
  pulsebench_add_relocatable(pulse_console_relocatable pulse-console apps/pulse-console/main.cpp
    ${CMAKE_INSTALL_BINDIR} .. pulse_console_terminal)
  target_sources(pulse_console_relocatable PRIVATE ${PROJECT_SOURCE_DIR}/apps/pulse-console/screen.cpp)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/pulse-console.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1
          COMPONENT relocatable EXCLUDE_FROM_ALL)
  list(APPEND bundled pulse_console_relocatable)
endif()
install(TARGETS ${bundled} RUNTIME_DEPENDENCY_SET bundled
        RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT nowhere EXCLUDE_FROM_ALL)
install(RUNTIME_DEPENDENCY_SET bundled
        # Of the C library: it has to be the one of the system.
        PRE_EXCLUDE_REGEXES "^ld-linux" "^lib(c|m|dl|rt|pthread)\\.so"
        LIBRARY DESTINATION ${libraries_folder} COMPONENT relocatable EXCLUDE_FROM_ALL)
# The licences of what the tarball contains.
foreach(package libcli11-dev libexpected-dev nlohmann-json3-dev libfmt-dev libutf8proc-dev
        libsimdjson-dev libmd-dev zlib1g-dev libboost-dev libncurses-dev libstdc++6)
  install(FILES /usr/share/doc/${package}/copyright RENAME ${package}
          DESTINATION ${CMAKE_INSTALL_DOCDIR}/licenses COMPONENT relocatable EXCLUDE_FROM_ALL OPTIONAL)
endforeach()

# What Debian wants in the documentation of each package.
execute_process(COMMAND date --utc --rfc-email --date=${PULSEBENCH_VERSION_DATE}
                OUTPUT_VARIABLE date OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
set(contact "Maintainers of pulsebench <maintainers@pulsebench.invalid>")
foreach(package ${debian_packages})
  set(component ${package})
  if(package STREQUAL "pulsebench")
    set(component debian)
  endif()
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/debian/${package})
  configure_file(${PROJECT_SOURCE_DIR}/cmake/packages/changelog.in ${folder}/changelog @ONLY)
  execute_process(COMMAND gzip -9nf ${folder}/changelog COMMAND_ERROR_IS_FATAL ANY)
  install(FILES ${folder}/changelog.gz ${PROJECT_SOURCE_DIR}/cmake/packages/copyright
          DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package} COMPONENT ${component} EXCLUDE_FROM_ALL)
endforeach()

# Debian's zsh finds the functions of packages in a folder of its own.
install(FILES ${PROJECT_SOURCE_DIR}/apps/pulsebench/completions/_pulsebench
        DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions
        COMPONENT debian EXCLUDE_FROM_ALL)
install(FILES ${PROJECT_SOURCE_DIR}/cmake/packages/lintian-overrides RENAME pulsebench
        DESTINATION ${CMAKE_INSTALL_DATADIR}/lintian/overrides COMPONENT debian EXCLUDE_FROM_ALL)

set(CPACK_GENERATOR "DEB;TGZ")
set(CPACK_PROJECT_CONFIG_FILE ${PROJECT_SOURCE_DIR}/cmake/packages/generator.cmake)
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/packages)
set(CPACK_PACKAGE_NAME pulsebench)
set(CPACK_PACKAGE_CONTACT ${contact})
set(CPACK_PACKAGE_CHECKSUM SHA256)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS OFF)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_ARCHIVE_COMPONENT_INSTALL ON)
set(CPACK_COMPONENT_PROGRAM_GROUP pulsebench)
set(CPACK_COMPONENT_DATA_GROUP pulsebench)
set(CPACK_COMPONENT_DEBIAN_GROUP pulsebench)
set(CPACK_PACKAGE_FILE_NAME pulsebench-${PROJECT_VERSION}-linux-${CMAKE_SYSTEM_PROCESSOR})

# pulsebench_describe(<package> <summary> <description> [<variable> <value>]…)
macro(pulsebench_describe package summary description)
  string(TOUPPER ${package} name)
  set(CPACK_DEBIAN_${name}_PACKAGE_NAME ${package})
  set(CPACK_DEBIAN_${name}_DESCRIPTION "${summary}\n${description}")
endmacro()
pulsebench_describe(pulsebench "tells whether a change made code slower"
  "Runs programs of Google Benchmark and other frameworks in many short processes\non one prepared CPU, keeps results as JSON, and judges two of them by a rule\nwhose probability of a false alarm is bounded. Its exit code gates a build.")
set(CPACK_DEBIAN_PULSEBENCH_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PULSEBENCH_PACKAGE_RECOMMENDS "git, libdw1, libpfm4, valgrind")
set(CPACK_DEBIAN_PULSEBENCH_PACKAGE_SUGGESTS "heaptrack, pulsebench-harness-dev")
pulsebench_describe(pulsebench-harness-dev "harness for benchmark suites of pulsebench"
  "A library with a main() for programs of Google Benchmark, which pulsebench\nmeasures more precisely than others, and a CMake package with\npulsebench_add_suite().")
set(CPACK_DEBIAN_PULSEBENCH-HARNESS-DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_PULSEBENCH-HARNESS-DEV_PACKAGE_DEPENDS
    "libbenchmark-dev (>= 1.7.1), nlohmann-json3-dev (>= 3.11)")
set(CPACK_DEBIAN_PULSEBENCH-HARNESS-DEV_PACKAGE_RECOMMENDS "pulsebench, libpfm4")
pulsebench_describe(libpulse-preemption-dev "cooperative preemption for C++ executors"
  "A library of hooks, budgets and tiers by which an executor of coroutines or\ntasks keeps a slow task from delaying the others. It is the first subject that\npulsebench measures.")
set(CPACK_DEBIAN_LIBPULSE-PREEMPTION-DEV_PACKAGE_SECTION libdevel)
pulsebench_describe(pulse-console "shows the tasks of a running program that uses pulse"
  "A terminal program that connects to a program with a pulse::Console, and shows\nwhat every task does, which tasks block others, and which never yield.")
set(CPACK_DEBIAN_PULSE-CONSOLE_PACKAGE_SHLIBDEPS ON)
include(CPack)
