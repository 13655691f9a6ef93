# Installs the program, and two packages for find_package. `pulse` is the core preemption library;
# `pulsebench` is the harness and pulsebench_add_suite(), for suites of other projects.
include(CMakePackageConfigHelpers)

# pulsebench_install_package(<package>): installs its exported targets and <package>Config.cmake.
function(pulsebench_install_package package)
  set(folder ${CMAKE_INSTALL_LIBDIR}/cmake/${package})
  configure_package_config_file(
    ${PROJECT_SOURCE_DIR}/cmake/${package}Config.cmake.in ${package}Config.cmake
    INSTALL_DESTINATION ${folder})
  write_basic_package_version_file(${package}ConfigVersion.cmake COMPATIBILITY SameMinorVersion)
  install(EXPORT ${package} NAMESPACE ${package}:: FILE ${package}Targets.cmake
          DESTINATION ${folder})
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/${package}Config.cmake
                ${CMAKE_CURRENT_BINARY_DIR}/${package}ConfigVersion.cmake
          DESTINATION ${folder})
endfunction()

install(TARGETS pulse EXPORT pulse)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/lib/pulse DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        FILES_MATCHING PATTERN "*.hpp")
pulsebench_install_package(pulse)

# The harness and its dependencies; a suite sees only the installed headers.
foreach(room ${PULSEBENCH_SUITE_ROOMS})
  set_target_properties(pulsebench_${room} PROPERTIES EXPORT_NAME ${room})
  install(TARGETS pulsebench_${room} EXPORT pulsebench)
endforeach()
install(FILES
          ${PROJECT_SOURCE_DIR}/lib/pulsebench/harness/latency_log.hpp
          ${PROJECT_SOURCE_DIR}/lib/pulsebench/harness/measure.hpp
          ${PROJECT_SOURCE_DIR}/lib/pulsebench/harness/opaque.hpp
          ${PROJECT_SOURCE_DIR}/lib/pulsebench/harness/suite_identity.hpp
          ${PROJECT_SOURCE_DIR}/lib/pulsebench/harness/ticks.hpp
          ${PROJECT_SOURCE_DIR}/lib/pulsebench/harness/traits.hpp
          ${PROJECT_SOURCE_DIR}/lib/pulsebench/harness/turn_cpus.hpp
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/pulsebench/harness)
install(FILES ${PROJECT_SOURCE_DIR}/lib/pulsebench/vocabulary/latency.hpp
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/pulsebench/vocabulary)
install(FILES ${PROJECT_SOURCE_DIR}/cmake/PulsebenchAddSuite.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/pulsebench)
pulsebench_install_package(pulsebench)

if(TARGET pulsebench)
  install(TARGETS pulsebench)
endif()
install(FILES LICENSE THIRD_PARTY.md README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
