#include "pulsebench/code/operand.hpp"

#include <array>
#include <charconv>
#include <string_view>
#include <utility>

namespace pulsebench::code {
namespace {

constexpr std::uint64_t kWidest = 64;  // bytes, of a register of AVX-512

struct Broadcast {
  std::string_view name;
  std::uint64_t size;
};

/// "vbroadcastss" reads one element, whatever its register is.
constexpr std::array kBroadcasts{Broadcast{"broadcastss", 4}, Broadcast{"broadcastsd", 8},
                                 Broadcast{"broadcastb", 1},  Broadcast{"broadcastw", 2},
                                 Broadcast{"broadcastd", 4},  Broadcast{"broadcastq", 8}};

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// Of an instruction on vectors.
std::uint64_t vector_size(std::string_view mnemonic, std::string_view operands) {
  for (const auto& [name, size] : kBroadcasts) {
    if (mnemonic.ends_with(name)) return size;
  }
  if (has(operands, "%zmm")) return kWidest;
  if (has(operands, "%ymm")) return 32;
  if (mnemonic.ends_with("ss")) return 4;
  if (mnemonic.ends_with("sd")) return 8;
  return 16;
}

/// Of a register for numbers: 1, 2, 4 or 8.
std::uint64_t register_size(std::string_view name) {
  if (name.starts_with('e')) return 4;
  if (!name.starts_with('r')) return name.ends_with('l') || name.ends_with('h') ? 1 : 2;
  const bool numbered = name.size() > 1 && name[1] >= '0' && name[1] <= '9';
  const char last = name.back();
  if (!numbered || (last >= '0' && last <= '9')) return 8;
  return last == 'd' ? 4 : last == 'w' ? 2 : 1;
}

/// The first register beside the pointer; empty: none.
std::string_view first_register(std::string_view operands) {
  while (!operands.empty()) {
    const std::size_t begin = operands.find('%');
    if (begin == std::string_view::npos) return {};
    operands.remove_prefix(begin + 1);
    const std::string_view name = operands.substr(0, operands.find_first_of(",)("));
    if (name != "rip") return name;
  }
  return {};
}

/// Of an instruction on numbers: "movzbl" extends a byte; otherwise by a register, else by the last
/// letter. The x87 unit has 80 bits.
std::uint64_t scalar_size(std::string_view mnemonic, std::string_view operands) {
  if (mnemonic.starts_with('f')) return 16;
  if (operands.starts_with('*')) return 8;  // where it jumps to
  const bool extends = mnemonic.starts_with("movz") || mnemonic.starts_with("movs");
  if (extends && mnemonic.size() > 5) {
    return mnemonic[4] == 'b' ? 1 : mnemonic[4] == 'w' ? 2 : 4;
  }
  const std::string_view name = first_register(operands);
  if (!name.empty()) return register_size(name);
  switch (mnemonic.empty() ? ' ' : mnemonic.back()) {
    case 'b':
      return 1;
    case 'w':
      return 2;
    case 'l':
      return 4;
    default:
      return 8;
  }
}

/// "-0x12" or "0x12", which ends before `end`.
std::optional<std::pair<std::size_t, std::int64_t>> displacement(std::string_view text,
                                                                 std::size_t end) {
  std::size_t begin = end;
  while (begin > 0 &&
         std::string_view{"0123456789abcdefx-"}.find(text[begin - 1]) != std::string_view::npos) {
    --begin;
  }
  std::string_view digits = text.substr(begin, end - begin);
  const bool negative = digits.starts_with('-');
  if (negative) digits.remove_prefix(1);
  if (!digits.starts_with("0x")) return std::nullopt;
  digits.remove_prefix(2);
  std::int64_t value = 0;
  const auto [last, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  if (error != std::errc{} || last != digits.data() + digits.size()) return std::nullopt;
  return std::pair{begin, negative ? -value : value};
}

}  // namespace

bool is_padding(const Instruction& instruction) {
  const std::string_view mnemonic = instruction.mnemonic;
  if (mnemonic.ends_with("nop") || mnemonic.ends_with("nopw") || mnemonic.ends_with("nopl")) {
    return true;
  }
  return mnemonic == "int3" || (mnemonic == "xchg" && instruction.operands == "%ax,%ax");
}

bool is_unreadable(const Instruction& instruction) {
  return instruction.mnemonic.empty() || instruction.mnemonic.find('(') != std::string::npos;
}

bool jumps_indirectly(const Instruction& instruction) {
  return instruction.mnemonic.ends_with("jmp") && instruction.operands.starts_with('*');
}

std::optional<MemoryOperand> memory_operand(const Instruction& instruction, std::uint64_t next) {
  constexpr std::string_view kRelative = "(%rip)";
  const std::string_view operands = instruction.operands;
  const std::size_t at = operands.find(kRelative);
  if (at == std::string_view::npos) return std::nullopt;
  const auto found = displacement(operands, at);
  if (!found) return std::nullopt;
  const std::string_view mnemonic = instruction.mnemonic;
  const bool vector = has(operands, "mm");
  const std::uint64_t size = mnemonic == "lea" ? 0
                             : vector          ? vector_size(mnemonic, operands)
                                               : scalar_size(mnemonic, operands);
  return MemoryOperand{.address = next + static_cast<std::uint64_t>(found->second),
                       .begin = found->first,
                       .end = at + kRelative.size(),
                       .size = size};
}

}  // namespace pulsebench::code
