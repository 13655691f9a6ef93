# Debian's interpreter first: it has the Python packages of config/packages.txt, unlike others on
# PATH.
find_program(PULSEBENCH_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
find_program(PULSEBENCH_PYTHON python3 REQUIRED)

# pulsebench_add_pytest(<name> [PARALLEL] [LABELS <labels>] [TIMEOUT <seconds>] [ENVIRONMENT <name=value>…])
# Adds the test_*.py of the current folder as one test, which runs alone; PARALLEL: on every CPU, if
# its tests do not depend on each other. The output names each skipped test with its reason.
function(pulsebench_add_pytest name)
  cmake_parse_arguments(PARSE_ARGV 1 python "PARALLEL" "TIMEOUT" "LABELS;ENVIRONMENT")
  if(NOT DEFINED python_TIMEOUT)
    set(python_TIMEOUT 120)
  endif()
  set(workers)
  if(python_PARALLEL)
    set(workers -n auto)
  endif()
  add_test(NAME ${name}
           COMMAND ${PULSEBENCH_PYTHON} -B -m pytest -q -rs --tb=short -p no:cacheprovider ${workers}
                   ${CMAKE_CURRENT_SOURCE_DIR}
           WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES
    RUN_SERIAL ON LABELS "${python_LABELS}" TIMEOUT ${python_TIMEOUT} ENVIRONMENT "${python_ENVIRONMENT}")
endfunction()
