#include "pulsebench/profile/loops.hpp"

#include <algorithm>
#include <vector>

namespace pulsebench::profile {
namespace {

constexpr std::uint64_t kShortJump = 2, kNearJump = 6;  // bytes

std::vector<Loop> loops_in(std::span<const DisassembledInstruction> code) {
  std::vector<Loop> loops;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const DisassembledInstruction& jump = code[i];
    const bool back = jump.mnemonic.starts_with('j') && !jump.target.empty() &&
                      jump.target_address <= jump.address && jump.executions > 0.0;
    if (!back) continue;
    const auto head =
        std::ranges::lower_bound(code, jump.target_address, {}, &DisassembledInstruction::address);
    if (head == code.end() || head->address != jump.target_address) continue;
    const auto first = static_cast<std::size_t>(head - code.begin());
    Loop loop{.body = code.subspan(first, i + 1 - first)};
    for (const DisassembledInstruction& one : loop.body) loop.instructions += one.executions;
    const std::uint64_t end = i + 1 < code.size()                        ? code[i + 1].address
                              : jump.address - jump.target_address < 120 ? jump.address + kShortJump
                                                                         : jump.address + kNearJump;
    loop.bytes = end - loop.head();
    loops.push_back(loop);
  }
  return loops;
}

}  // namespace

std::optional<Loop> hottest_loop(std::span<const DisassembledInstruction> code) {
  const std::vector<Loop> loops = loops_in(code);
  const auto holds_another = [&](const Loop& loop) {
    return std::ranges::any_of(loops, [&](const Loop& other) {
      return other.head() >= loop.head() && other.body.size() < loop.body.size() &&
             other.body.back().address <= loop.body.back().address;
    });
  };
  std::optional<Loop> hottest;
  for (const Loop& loop : loops) {
    if (holds_another(loop)) continue;
    if (!hottest || loop.instructions > hottest->instructions) hottest = loop;
  }
  return hottest;
}

}  // namespace pulsebench::profile
