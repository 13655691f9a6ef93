# Compiler options of every target: warnings; sanitizers and fuzzing if requested. Programs of tests
# that stand for those of other projects have the warnings alone.
add_library(pulsebench_warnings INTERFACE)
target_compile_options(pulsebench_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion $<$<BOOL:${PULSEBENCH_WERROR}>:-Werror>)
add_library(pulsebench_options INTERFACE)
target_link_libraries(pulsebench_options INTERFACE pulsebench_warnings)
if(PULSEBENCH_SANITIZE)
  target_compile_options(pulsebench_options INTERFACE
    -fsanitize=${PULSEBENCH_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(pulsebench_options INTERFACE -fsanitize=${PULSEBENCH_SANITIZE})
endif()
if(PULSEBENCH_BUILD_FUZZERS)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang" OR NOT PULSEBENCH_SANITIZE MATCHES "address")
    message(FATAL_ERROR "PULSEBENCH_BUILD_FUZZERS needs clang and its sanitizers; use the preset 'asan'")
  endif()
  # But for a target whose property says that its instructions are counted.
  target_compile_options(pulsebench_options INTERFACE
    $<$<NOT:$<BOOL:$<TARGET_PROPERTY:PULSEBENCH_COUNTED>>>:-fsanitize=fuzzer-no-link>)
endif()
# The tool runs as root over files of others. What a suite contains is measured, and stays as it is.
set(PULSEBENCH_SUITE_ROOMS vocabulary json wire counters harness)
add_library(pulsebench_hardened INTERFACE)
if(NOT PULSEBENCH_SANITIZE AND CMAKE_BUILD_TYPE MATCHES "^(Release|RelWithDebInfo)$")
  target_compile_options(pulsebench_hardened INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
  if(WIN32)
    target_link_libraries(pulsebench_hardened INTERFACE ssp)  # which has the checks
  elseif(NOT APPLE)
    target_link_options(pulsebench_hardened INTERFACE -Wl,-z,relro,-z,now)
  endif()
endif()
if(PULSEBENCH_SANITIZE MATCHES "thread")
  # Recent kernels randomise more address bits than the thread sanitizer of g++ 12 supports, so
  # tests run without randomisation.
  find_program(PULSEBENCH_SETARCH setarch REQUIRED)
  set(CMAKE_CROSSCOMPILING_EMULATOR ${PULSEBENCH_SETARCH} -R)
endif()

# pulsebench_add_room(<name> SOURCES <files> [PUBLIC <targets>] [PRIVATE <targets>])
# Adds a room of lib/pulsebench: target pulsebench_<name>, alias pulsebench::<name>. Presets that build
# everything once (release, the sanitizers) compile a room as a few units of many files; the dev preset
# compiles each file, which finds missing includes.
function(pulsebench_add_room name)
  cmake_parse_arguments(PARSE_ARGV 1 room "" "" "SOURCES;PUBLIC;PRIVATE")
  add_library(pulsebench_${name} STATIC ${room_SOURCES})
  add_library(pulsebench::${name} ALIAS pulsebench_${name})
  target_include_directories(pulsebench_${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/lib> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_compile_features(pulsebench_${name} PUBLIC cxx_std_20)
  target_link_libraries(pulsebench_${name}
    PUBLIC ${room_PUBLIC} PRIVATE $<BUILD_INTERFACE:pulsebench_options> ${room_PRIVATE})
  if(NOT name IN_LIST PULSEBENCH_SUITE_ROOMS)
    target_link_libraries(pulsebench_${name} PRIVATE pulsebench_hardened)
  endif()
endfunction()
