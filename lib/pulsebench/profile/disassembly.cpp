#include "pulsebench/profile/disassembly.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <map>
#include <optional>

#include "pulsebench/os/run_process.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::profile {
namespace {

constexpr std::uint64_t kLongestInstruction = 15;  // bytes, of x86-64
constexpr std::uint64_t kLongestFunction = 1U << 16U;

std::optional<std::uint64_t> hexadecimal(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (error != std::errc{} || end == text.data()) return std::nullopt;
  return value;
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

bool is_prefix(std::string_view word) {
  return word == "lock" || word == "rep" || word == "repz" || word == "repnz" || word == "bnd" ||
         word == "notrack" || word == "data16" || word == "cs";
}

/// "1040 <memcpy@plt>": where a jump or a call leads.
void read_target(DisassembledInstruction& instruction) {
  const std::string_view operands = instruction.operands;
  const std::size_t open = operands.find('<'), close = operands.rfind('>');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) return;
  const auto address = hexadecimal(operands);
  if (!address) return;
  instruction.target_address = *address;
  instruction.target = operands.substr(open + 1, close - open - 1);
}

/// "    1139:\tmov    %rsp,%rbp".
std::optional<DisassembledInstruction> instruction_in(std::string_view line) {
  const std::size_t colon = line.find(":\t");
  if (colon == std::string_view::npos) return std::nullopt;
  const auto address = hexadecimal(trimmed(line.substr(0, colon)));
  if (!address) return std::nullopt;
  std::string_view code = trimmed(line.substr(colon + 2));
  code = trimmed(code.substr(0, code.find('#')));
  DisassembledInstruction instruction{.address = *address};
  while (!code.empty()) {
    const std::size_t end = std::min(code.find(' '), code.size());
    const std::string_view word = code.substr(0, end);
    instruction.mnemonic += (instruction.mnemonic.empty() ? "" : " ") + std::string{word};
    code = trimmed(code.substr(end));
    if (!is_prefix(word)) break;
  }
  instruction.operands = code;
  read_target(instruction);
  return instruction;
}

/// Callgrind adds what the entry of the PLT executes to the instruction that calls it, which is
/// executed as often as the ones around it.
void correct_plt_calls(std::vector<DisassembledInstruction>& code) {
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (code[i].target.find("@plt") == std::string::npos) continue;
    const double before = i == 0 ? 0.0 : code[i - 1].executions;
    const double behind = i + 1 == code.size() ? 0.0 : code[i + 1].executions;
    const double around = std::max(before, behind);
    if (around > 0.0) code[i].executions = std::min(code[i].executions, around);
  }
}

}  // namespace

std::vector<DisassembledInstruction> read_objdump(std::string_view text) {
  std::vector<DisassembledInstruction> instructions;
  for (const std::string& line : split(text, '\n')) {
    if (auto instruction = instruction_in(line)) instructions.push_back(*std::move(instruction));
  }
  return instructions;
}

Result<std::vector<DisassembledInstruction>> disassemble(const ExecutedFunction& function) {
  if (function.each.empty()) return std::vector<DisassembledInstruction>{};
  const std::uint64_t begin = function.each.front().address;
  const std::uint64_t last = std::min(function.each.back().address, begin + kLongestFunction);
  const os::Command command{
      .argv = {"objdump", "--disassemble", "--no-show-raw-insn",
               fmt::format("--start-address={:#x}", begin),
               fmt::format("--stop-address={:#x}", last + kLongestInstruction), "--",
               function.object},
      .environment = {"LC_ALL=C"},
      .limit = std::chrono::seconds{10}};
  PB_TRY(const auto output, os::run_process(command));
  if (output.exit_code != 0) {
    return fail(ErrorCode::child_failed,
                "objdump cannot read " + printable(function.object) + ": " +
                    printable(output.errors.substr(0, output.errors.find('\n')), 200));
  }
  auto instructions = read_objdump(output.text);
  std::erase_if(instructions, [&](const auto& one) { return one.address > last; });
  std::map<std::uint64_t, const ExecutedInstruction*> executed;
  for (const ExecutedInstruction& one : function.each) executed.emplace(one.address, &one);
  for (DisassembledInstruction& one : instructions) {
    const auto found = executed.find(one.address);
    if (found == executed.end()) continue;
    one.executions = found->second->executions;
    one.branch_misses = found->second->branch_misses;
  }
  correct_plt_calls(instructions);
  return instructions;
}

}  // namespace pulsebench::profile
