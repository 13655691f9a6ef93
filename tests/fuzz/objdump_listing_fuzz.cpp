#include "claims.hpp"
#include "pulsebench/code/operand.hpp"
#include "pulsebench/run/reach.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace pulsebench;
  const auto text = fuzz::text_of(data, size);
  for (const code::Instruction& instruction : profile::read_objdump(text)) {
    fuzz::require(instruction.operands.size() <= size, "an operand is part of the listing");
    const auto operand = code::memory_operand(instruction, instruction.address + 4);
    if (!operand) continue;
    fuzz::require(operand->begin < operand->end, "an operand stands in the text");
    fuzz::require(operand->end <= instruction.operands.size(), "an operand ends with the text");
    fuzz::require(operand->size <= 64, "no register is wider");
  }
  const auto seen = run::read_reach(text);
  fuzz::require(seen || !seen.error().empty(), "what cannot be told has a reason");
  return 0;
}
