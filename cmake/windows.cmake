# What is built for Windows so far, and its unit tests: docs/platforms.md.
if(CMAKE_CROSSCOMPILING)
  include(cmake/header_libraries.cmake)
  set(PULSEBENCH_WINDOWS_LIBRARIES ${PROJECT_SOURCE_DIR}/build/windows-libraries CACHE PATH
      "Where config/windows_libraries.sh has put the libraries that it built")
  if(NOT EXISTS ${PULSEBENCH_WINDOWS_LIBRARIES}/lib/libbenchmark.a)
    message(FATAL_ERROR "no libraries in ${PULSEBENCH_WINDOWS_LIBRARIES}: run config/windows_libraries.sh")
  endif()
  list(APPEND CMAKE_FIND_ROOT_PATH ${PULSEBENCH_WINDOWS_LIBRARIES})
  list(APPEND CMAKE_PREFIX_PATH /)
else()
  find_package(nlohmann_json 3.11 REQUIRED)
  find_package(Boost 1.74 CONFIG REQUIRED)
  find_package(doctest REQUIRED)
  find_package(CLI11 2.1 REQUIRED)
endif()
find_package(fmt 9.1 REQUIRED)
find_package(simdjson REQUIRED)
find_package(benchmark 1.7.1 REQUIRED)
find_package(Threads REQUIRED)

set(PULSEBENCH_ROOMS
  vocabulary os json stats wire load service config counters harness machine tune plan run baseline exchange compare
  trend profile session render report)
add_subdirectory(lib)
add_subdirectory(apps/pulsebench)
add_subdirectory(suites)
if(PULSEBENCH_BUILD_TESTS)
  enable_testing()
  set(PULSEBENCH_TESTED_ROOMS
    vocabulary pulse stats json wire os config plan exchange compare trend render)
  set(CMAKE_UNITY_BUILD OFF)
  add_subdirectory(tests/unit)
endif()
