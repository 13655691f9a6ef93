# Debian's interpreter first: it has the Python packages of config/packages.txt, and another one on
# PATH need not.
find_program(PULSEBENCH_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
find_program(PULSEBENCH_PYTHON python3 REQUIRED)

# pulsebench_add_pytest(<name> [PARALLEL] [LABELS <labels>] [TIMEOUT <seconds>] [ENVIRONMENT <name=value>…])
# The test_*.py of the current folder as one test, with the machine to itself; PARALLEL: on every CPU,
# where no test of the folder needs another one to be over.
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
           COMMAND ${PULSEBENCH_PYTHON} -B -m pytest -q --tb=short -p no:cacheprovider ${workers}
                   ${CMAKE_CURRENT_SOURCE_DIR}
           WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES
    RUN_SERIAL ON LABELS "${python_LABELS}" TIMEOUT ${python_TIMEOUT} ENVIRONMENT "${python_ENVIRONMENT}")
endfunction()
