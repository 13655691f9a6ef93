# Windows from Linux, by mingw-w64 with the threads of POSIX, and tests under Wine. docs/platforms.md says which
# packages that needs.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(CMAKE_C_COMPILER x86_64-w64-mingw32-gcc-posix)  # of libraries alone
set(CMAKE_CXX_COMPILER x86_64-w64-mingw32-g++-posix)
set(CMAKE_FIND_ROOT_PATH /usr/x86_64-w64-mingw32)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
# Windows 10, the first one with names for threads and clocks of 100 ns.
set(CMAKE_CXX_FLAGS_INIT "-D_WIN32_WINNT=0x0A00 -DWINVER=0x0A00 -DNOMINMAX -DWIN32_LEAN_AND_MEAN -D_FILE_OFFSET_BITS=64")
# One file a program: Wine looks for no library of the compiler.
set(CMAKE_EXE_LINKER_FLAGS_INIT "-static")
find_program(PULSEBENCH_WINE NAMES wine64 wine PATHS /usr/lib/wine)
if(PULSEBENCH_WINE)
  set(CMAKE_CROSSCOMPILING_EMULATOR ${PULSEBENCH_WINE})
endif()
