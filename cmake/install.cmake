# Installs the program, and two packages for find_package. `pulse` is the core preemption library;
# `pulsebench` is the harness and pulsebench_add_suite(), for suites of other projects. Components are
# the packages of cmake/packages.cmake.
include(CMakePackageConfigHelpers)

# pulsebench_install_package(<package> <component>): installs its exported targets and
# <package>Config.cmake.
function(pulsebench_install_package package component)
  set(folder ${CMAKE_INSTALL_LIBDIR}/cmake/${package})
  configure_package_config_file(
    ${PROJECT_SOURCE_DIR}/cmake/${package}Config.cmake.in ${package}Config.cmake
    INSTALL_DESTINATION ${folder})
  write_basic_package_version_file(${package}ConfigVersion.cmake COMPATIBILITY SameMinorVersion)
  install(EXPORT ${package} NAMESPACE ${package}:: FILE ${package}Targets.cmake
          DESTINATION ${folder} COMPONENT ${component})
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/${package}Config.cmake
                ${CMAKE_CURRENT_BINARY_DIR}/${package}ConfigVersion.cmake
          DESTINATION ${folder} COMPONENT ${component})
endfunction()

set(component libpulse-preemption-dev)
install(TARGETS pulse EXPORT pulse COMPONENT ${component})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/lib/pulse DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        COMPONENT ${component} FILES_MATCHING PATTERN "*.hpp")
pulsebench_install_package(pulse ${component})

# The harness and its dependencies; a suite sees only the installed headers.
set(component pulsebench-harness-dev)
foreach(room ${PULSEBENCH_SUITE_ROOMS})
  set_target_properties(pulsebench_${room} PROPERTIES EXPORT_NAME ${room})
  install(TARGETS pulsebench_${room} EXPORT pulsebench COMPONENT ${component})
endforeach()
install(FILES
          ${PROJECT_SOURCE_DIR}/lib/pulsebench/harness/latency_log.hpp
          ${PROJECT_SOURCE_DIR}/lib/pulsebench/harness/measure.hpp
          ${PROJECT_SOURCE_DIR}/lib/pulsebench/harness/opaque.hpp
          ${PROJECT_SOURCE_DIR}/lib/pulsebench/harness/suite_identity.hpp
          ${PROJECT_SOURCE_DIR}/lib/pulsebench/harness/ticks.hpp
          ${PROJECT_SOURCE_DIR}/lib/pulsebench/harness/traits.hpp
          ${PROJECT_SOURCE_DIR}/lib/pulsebench/harness/turn_cpus.hpp
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/pulsebench/harness COMPONENT ${component})
install(FILES ${PROJECT_SOURCE_DIR}/lib/pulsebench/vocabulary/latency.hpp
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/pulsebench/vocabulary COMPONENT ${component})
install(FILES ${PROJECT_SOURCE_DIR}/cmake/PulsebenchAddSuite.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/pulsebench COMPONENT ${component})
pulsebench_install_package(pulsebench ${component})

install(TARGETS pulsebench COMPONENT program)
# Started by the program, and by nobody else.
install(TARGETS pulsebench-load pulsebench-meter pulsebench-reach
        DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/pulsebench COMPONENT program)
if(TARGET pulse-console)
  set(component pulse-console)
  install(TARGETS pulse-console COMPONENT ${component})
  set(page ${CMAKE_CURRENT_BINARY_DIR}/pulse-console.1)
  configure_file(${PROJECT_SOURCE_DIR}/apps/pulse-console/pulse-console.1.in ${page} @ONLY)
  execute_process(COMMAND gzip -9nf ${page} COMMAND_ERROR_IS_FATAL ANY)
  install(FILES ${page}.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT ${component})
endif()
set(component data)
install(FILES THIRD_PARTY.md README.md CHANGELOG.md
        DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT ${component})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT license)
install(FILES docs/result.schema.json docs/config.schema.json
        DESTINATION ${CMAKE_INSTALL_DATADIR}/pulsebench COMPONENT ${component})

set(completions apps/pulsebench/completions)
install(FILES ${completions}/pulsebench.bash RENAME pulsebench
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT ${component})
install(FILES ${completions}/_pulsebench
        DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions COMPONENT zsh)
install(FILES ${completions}/pulsebench.fish
        DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT ${component})

# The pages are written by the program itself.
add_custom_command(OUTPUT manual.stamp
  COMMAND ${CMAKE_COMMAND} "-DPROGRAM=${CMAKE_CROSSCOMPILING_EMULATOR};$<TARGET_FILE:pulsebench>"
          -D FOLDER=${CMAKE_BINARY_DIR}/man1
          -P ${PROJECT_SOURCE_DIR}/cmake/manual.cmake
  COMMAND ${CMAKE_COMMAND} -E touch manual.stamp
  DEPENDS pulsebench ${PROJECT_SOURCE_DIR}/cmake/manual.cmake COMMENT "Writing the manual pages"
  VERBATIM)
add_custom_target(manual ALL DEPENDS manual.stamp)
install(DIRECTORY ${CMAKE_BINARY_DIR}/man1 DESTINATION ${CMAKE_INSTALL_MANDIR} COMPONENT ${component})
