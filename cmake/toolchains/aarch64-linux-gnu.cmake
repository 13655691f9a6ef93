# aarch64 Linux from another processor, by the compiler and the libraries of Debian (multiarch), and
# tests under the emulator of QEMU. docs/platforms.md says which packages that needs.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
find_program(PULSEBENCH_QEMU NAMES qemu-aarch64-static qemu-aarch64)
if(PULSEBENCH_QEMU)
  set(CMAKE_CROSSCOMPILING_EMULATOR ${PULSEBENCH_QEMU})
endif()
