#include "pulsebench/profile/unwinder.hpp"

#include <doctest/doctest.h>
#include <dwarf.h>
#include <pthread.h>

#include <algorithm>
#include <string>
#include <vector>

#include "profile/here.hpp"
#include "pulsebench/profile/elf_file.hpp"
#include "pulsebench/profile/symbolizer.hpp"
#include "pulsebench/profile/unwind_row.hpp"

#if defined(__x86_64__)

using namespace pulsebench::profile;

namespace {

struct Captured {
  Registers registers{};
  std::vector<char> stack;

  [[nodiscard]] ThreadState state() const { return {registers, registers[kStackPointer], stack}; }
};

/// One past the last byte of this thread's stack.
std::uintptr_t end_of_stack() {
  pthread_attr_t attributes;
  void* begin = nullptr;
  std::size_t size = 0;
  pthread_getattr_np(pthread_self(), &attributes);
  pthread_attr_getstack(&attributes, &begin, &size);
  pthread_attr_destroy(&attributes);
  return reinterpret_cast<std::uintptr_t>(begin) + size;
}

void capture(std::size_t most, Captured& captured) {
  ucontext_t context;
  getcontext(&context);
  captured.registers = registers_of(context);
  const std::size_t left = end_of_stack() - captured.registers[kStackPointer];
  captured.stack = copy_of_stack(captured.registers[kStackPointer], std::min(most, left));
}

__attribute__((noinline)) int capture_below(int depth, std::size_t most, Captured& captured) {
  if (depth > 0) return capture_below(depth - 1, most, captured) + 1;
  capture(most, captured);
  return 0;
}

std::vector<std::string> names_of(Symbolizer& symbolizer, const ModuleMap& modules,
                                  const Stack& stack) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < stack.addresses.size(); ++i) {
    for (const Frame& frame : symbolizer.frames(modules, stack.addresses[i], i > 0)) {
      names.push_back(frame.function);
    }
  }
  return names;
}

}  // namespace

TEST_CASE("a stack is followed through the callers of this function to the first one" *
          doctest::skip(kMovesFrames)) {
  Captured captured;
  REQUIRE(capture_below(3, 8000, captured) == 3);
  ElfFiles files;
  auto unwinder = Unwinder::make(files);
  REQUIRE(unwinder.has_value());
  const ModuleMap modules = own_modules();
  Stack stack;
  unwinder->unwind(modules, captured.state(), stack);
  CHECK(stack.end == StackEnd::root);
  Symbolizer symbolizer{files};
  const auto names = names_of(symbolizer, modules, stack);
  REQUIRE(names.size() > 8);
  CHECK(names[0].find("::capture(") != std::string::npos);
  for (std::size_t i = 1; i <= 4; ++i) {
    CHECK(names[i].find("::capture_below(") != std::string::npos);
  }
  CHECK(names.back() == "_start");
  CHECK(std::find(names.begin(), names.end(), "main") != names.end());
}

TEST_CASE("the end of the copied stack is said" * doctest::skip(kMovesFrames)) {
  Captured captured;
  REQUIRE(capture_below(20, 1500, captured) == 20);
  ElfFiles files;
  auto unwinder = Unwinder::make(files);
  REQUIRE(unwinder.has_value());
  Stack stack;
  unwinder->unwind(own_modules(), captured.state(), stack);
  CHECK(stack.end == StackEnd::truncated);
  CHECK(stack.addresses.size() >= 3);  // the first frame has a context of nearly 1,000 bytes
  CHECK(stack.addresses.size() < 20);
}

TEST_CASE("a stack ends where no file is mapped") {
  Captured captured;
  captured.registers[kProgramCounter] = 0x10;
  ElfFiles files;
  auto unwinder = Unwinder::make(files);
  REQUIRE(unwinder.has_value());
  Stack stack;
  unwinder->unwind(own_modules(), captured.state(), stack);
  CHECK(stack.end == StackEnd::no_tables);
  CHECK(stack.addresses == std::vector<std::uint64_t>{0x10});
}

// The expression that GNU ld writes for entries of .plt, from binutils' elf_x86_64_lazy_plt:
// rsp + 8 + ((rip & 15) >= 11) * 8, since the entry has pushed a number by then.
TEST_CASE("the frame of an entry of .plt depends on the instruction") {
  UnwindRow row;
  row.cfa_expression = {{DW_OP_breg7, 8, 0, 0}, {DW_OP_breg16, 0, 0, 0}, {DW_OP_lit15, 0, 0, 0},
                        {DW_OP_and, 0, 0, 0},   {DW_OP_lit11, 0, 0, 0},  {DW_OP_ge, 0, 0, 0},
                        {DW_OP_lit3, 0, 0, 0},  {DW_OP_shl, 0, 0, 0},    {DW_OP_plus, 0, 0, 0}};
  row.rules.back() = {RegisterRule::Kind::saved, -8, {}};
  const std::array<std::uint64_t, 3> words{0xa, 0xb, 0xc};
  const StackMemory memory{0x1000, {reinterpret_cast<const char*>(words.data()), sizeof words}};
  Registers before{}, after{};
  before[kStackPointer] = after[kStackPointer] = 0x1000;
  before[kProgramCounter] = 0x402000;
  after[kProgramCounter] = 0x40200b;
  REQUIRE(step_to_caller(row, memory, before));
  CHECK(before[kProgramCounter] == 0xa);
  CHECK(before[kStackPointer] == 0x1008);
  REQUIRE(step_to_caller(row, memory, after));
  CHECK(after[kProgramCounter] == 0xb);
  CHECK(after[kStackPointer] == 0x1010);
}

TEST_CASE("memory outside of the copied stack is not read") {
  const std::array<char, 16> bytes{};
  const StackMemory memory{0x1000, bytes};
  CHECK(memory.read(0x1000).has_value());
  CHECK(memory.read(0x1008).has_value());
  CHECK_FALSE(memory.read(0x1009).has_value());
  CHECK_FALSE(memory.read(0xfff).has_value());
  CHECK_FALSE(memory.read(~std::uint64_t{0}).has_value());
  CHECK_FALSE(StackMemory{}.read(0).has_value());
}

#endif
