# cmake -D PROGRAM=<[emulator;]pulsebench> -D FOLDER=<folder> -P manual.cmake
# Writes the manual pages, compressed as systems keep them. gzip -n stores no time.
file(REMOVE_RECURSE ${FOLDER})
file(MAKE_DIRECTORY ${FOLDER})
execute_process(COMMAND ${PROGRAM} help --man -o ${FOLDER} OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
file(GLOB pages ${FOLDER}/*.1)
find_program(GZIP gzip)
if(GZIP)
  execute_process(COMMAND ${GZIP} -9n ${pages} COMMAND_ERROR_IS_FATAL ANY)
endif()
