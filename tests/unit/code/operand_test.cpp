#include "pulsebench/code/operand.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace pulsebench;
using namespace pulsebench::code;

namespace {

/// As objdump prints it at address 0x1000.
Instruction one(const std::string& text) {
  const auto found = profile::read_objdump("    1000:\t" + text + "\n");
  return found.empty() ? Instruction{} : found.front();
}

std::uint64_t accessed(const std::string& text) {
  const auto operand = memory_operand(one(text), 0x1008);
  return operand ? operand->size : ~std::uint64_t{0};
}

}  // namespace

TEST_CASE("an operand is relative to the next instruction") {
  const auto operand = memory_operand(one("mov    0x2ff0(%rip),%rax        # 3ff8"), 0x1008);
  REQUIRE(operand);
  CHECK(operand->address == 0x3ff8U);
  const auto before = memory_operand(one("lea    -0x108(%rip),%rdi        # f00 <f>"), 0x1008);
  REQUIRE(before);
  CHECK(before->address == 0xf00U);
  CHECK(before->size == 0U);  // only its address is taken
}

TEST_CASE("an operand is found where it stands in the text") {
  const Instruction instruction = one("addsd  0xeb4(%rip),%xmm1        # 1ebc");
  const auto operand = memory_operand(instruction, 0x1008);
  REQUIRE(operand);
  CHECK(instruction.operands.substr(operand->begin, operand->end - operand->begin) ==
        "0xeb4(%rip)");
}

TEST_CASE("an instruction without the pointer has no such operand") {
  CHECK_FALSE(memory_operand(one("mov    0x8(%rsp),%rax"), 0x1008));
  CHECK_FALSE(memory_operand(one("ret"), 0x1008));
}

// Widths of the operands: Intel 64 and IA-32 Architectures Software Developer's Manual, volume 2.
TEST_CASE("an operand has at least the width of its instruction") {
  CHECK(accessed("mulss  0xeb4(%rip),%xmm0") == 4U);
  CHECK(accessed("mulsd  0xeb4(%rip),%xmm0") == 8U);
  CHECK(accessed("movdqa 0xeb4(%rip),%xmm0") == 16U);
  CHECK(accessed("vpaddd 0xeb4(%rip),%ymm0,%ymm1") == 32U);
  CHECK(accessed("vpaddd 0xeb4(%rip),%zmm0,%zmm1") == 64U);
  CHECK(accessed("vbroadcastsd 0xeb4(%rip),%ymm0") == 8U);
  CHECK(accessed("fldt   0xeb4(%rip)") == 16U);  // ten bytes
  CHECK(accessed("mov    0xeb4(%rip),%rax") == 8U);
  CHECK(accessed("mov    0xeb4(%rip),%eax") == 4U);
  CHECK(accessed("mov    0xeb4(%rip),%r9d") == 4U);
  CHECK(accessed("add    0xeb4(%rip),%r15") == 8U);
  CHECK(accessed("cmp    %cx,0xeb4(%rip)") == 2U);
  CHECK(accessed("mov    %sil,0xeb4(%rip)") == 1U);
  CHECK(accessed("movzbl 0xeb4(%rip),%eax") == 1U);
  CHECK(accessed("movslq 0xeb4(%rip),%rax") == 4U);
  CHECK(accessed("movl   $0x2a,0xeb4(%rip)") == 4U);
  CHECK(accessed("lock decl 0xeb4(%rip)") == 4U);
  CHECK(accessed("call   *0xeb4(%rip)") == 8U);
}

TEST_CASE("padding does nothing") {
  for (const char* text : {"nop", "nopl   0x0(%rax)", "cs nopw 0x0(%rax,%rax,1)",
                           "data16 cs nopw 0x0(%rax,%rax,1)", "xchg   %ax,%ax", "int3"}) {
    CAPTURE(text);
    CHECK(is_padding(one(text)));
  }
  CHECK_FALSE(is_padding(one("xchg   %ax,%bx")));
  CHECK_FALSE(is_padding(one("endbr64")));
}

TEST_CASE("a switch jumps to what a register says") {
  CHECK(jumps_indirectly(one("jmp    *%rax")));
  CHECK(jumps_indirectly(one("notrack jmp *%rax")));
  CHECK_FALSE(jumps_indirectly(one("jmp    1010 <f+0x10>")));
}

TEST_CASE("what objdump does not know is unreadable") {
  CHECK(is_unreadable(one("(bad)")));
  CHECK_FALSE(is_unreadable(one("ret")));
}
