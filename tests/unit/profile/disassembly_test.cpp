#include "pulsebench/profile/disassembly.hpp"

#include <doctest/doctest.h>

#include <string>

#include "pulsebench/profile/loops.hpp"

using namespace pulsebench::profile;

namespace {

// As written by objdump 2.40 with --no-show-raw-insn.
const std::string kListing = R"(
/build/bench:     file format elf64-x86-64


Disassembly of section .text:

0000000000001130 <sum>:
    1130:	xor    %eax,%eax
    1132:	nopw   0x0(%rax,%rax,1)
    1138:	add    (%rdi,%rdx,8),%rax
    113c:	lock xadd %rcx,0x2ecb(%rip)        # 4010 <count>
    1145:	add    $0x1,%rdx
    1149:	cmp    %rsi,%rdx
    114c:	jne    1138 <sum+0x8>
    114e:	call   1040 <memcpy@plt>
    1153:	jmp    1130 <sum>
    1155:	ret
)";

}  // namespace

TEST_CASE("a listing of objdump is read instruction by instruction") {
  const auto code = read_objdump(kListing);
  REQUIRE(code.size() == 10);
  CHECK(code[0].address == 0x1130);
  CHECK(code[0].mnemonic == "xor");
  CHECK(code[0].operands == "%eax,%eax");
  CHECK(code[3].mnemonic == "lock xadd");
  CHECK(code[3].operands == "%rcx,0x2ecb(%rip)");
  CHECK(code[3].target.empty());
  CHECK(code[6].target == "sum+0x8");
  CHECK(code[6].target_address == 0x1138);
  CHECK(code[7].target == "memcpy@plt");
  CHECK(code[9].mnemonic == "ret");
  CHECK(read_objdump("").empty());
  CHECK(read_objdump("no listing\n:\t\n zz:\tret\n").empty());
}

TEST_CASE("the hottest loop is the innermost one, from its head to its jump") {
  auto code = read_objdump(kListing);
  CHECK_FALSE(hottest_loop(code).has_value());  // nothing is executed
  for (std::size_t i = 0; i < code.size(); ++i) code[i].executions = i >= 2 && i <= 6 ? 100 : 1;
  const auto loop = hottest_loop(code);
  REQUIRE(loop.has_value());
  CHECK(loop->head() == 0x1138);
  CHECK(loop->body.size() == 5);
  CHECK(loop->bytes == 0x114e - 0x1138);
  CHECK(loop->iterations() == 100);
  CHECK(loop->instructions == 500);
}
