#include "pulsebench/code/canonical_code.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <string_view>
#include <vector>

namespace pulsebench::code {
namespace {

void sort(std::vector<std::uint64_t>& addresses) {
  std::ranges::sort(addresses);
  addresses.erase(std::unique(addresses.begin(), addresses.end()), addresses.end());
}

/// Of all instructions and pointers.
References references_in(const ProgramImage& image, const ProgramCode& code) {
  References found;
  for (const ImageSymbol& symbol : image.symbols()) {
    if (!symbol.function) continue;
    for (const Instruction& instruction : code.of(symbol)) {
      const auto operand = memory_operand(instruction, code.behind(instruction));
      if (!operand) continue;
      (operand->size == 0 ? found.taken : found.all).push_back(operand->address);
    }
  }
  for (const ImageSection& section : image.sections()) {
    const std::uint64_t end = section.address + section.size;
    for (auto at = image.next_relocation(section.address, end); at < end;
         at = image.next_relocation(at + 1, end)) {
      const ImageRelocation& relocation = *image.relocation_at(at);
      if (!relocation.relative) continue;
      found.taken.push_back(static_cast<std::uint64_t>(relocation.addend));
    }
  }
  found.all.insert(found.all.end(), found.taken.begin(), found.taken.end());
  sort(found.all);
  sort(found.taken);
  return found;
}

}  // namespace

/// A function while it is read.
struct CanonicalCode::Place {
  const ImageSymbol& function;
  bool has_tables;  ///< it jumps indirectly
  /// By address; a jump to padding leads to what follows it.
  std::unordered_map<std::uint64_t, std::size_t> numbers;
};

CanonicalCode::CanonicalCode(const ProgramImage& image, const ProgramCode& code,
                             const CommonNames& names)
    : image_(image), code_(code), names_(names), data_(image, names, references_in(image, code)) {}

std::optional<std::string> CanonicalCode::target_in(std::uint64_t address,
                                                    const Place& place) const {
  const auto own = place.numbers.find(address);
  if (own != place.numbers.end()) return fmt::format("@{}", own->second);
  const int number = image_.symbol_at(address);
  if (number < 0) return std::nullopt;
  const ImageSymbol& symbol = image_.symbols()[static_cast<std::size_t>(number)];
  if (!symbol.function) return std::nullopt;
  return names_.place(image_, number, address);
}

void CanonicalCode::add_jump(const Instruction& instruction, const Place& place,
                             Canonical& to) const {
  if (const auto target = target_in(instruction.target_address, place)) {
    to.text += *target;
  } else if (instruction.target.ends_with("@plt")) {
    to.text += instruction.target;
  } else if (instruction.target_address == place.function.end()) {
    to.text += "@end";  // where the compiler knows that it is never reached
  } else {
    to.unknown = true;
  }
}

/// The addresses of a `switch`, relative to their table, as far as they lead into the function or
/// its cold part.
bool CanonicalCode::add_jump_table(std::uint64_t address, const Place& place, Canonical& to) const {
  if (!place.has_tables || image_.symbol_at(address) >= 0) return false;
  const std::uint64_t end = data_.next_taken(address);
  std::string table;
  for (std::uint64_t at = address; at < end; at += sizeof(std::int32_t)) {
    const std::string_view bytes = image_.bytes(at, sizeof(std::int32_t));
    std::int32_t offset = 0;
    if (bytes.size() != sizeof offset) break;
    std::memcpy(&offset, bytes.data(), sizeof offset);
    const std::uint64_t target = address + static_cast<std::uint64_t>(std::int64_t{offset});
    const int number = image_.symbol_at(target);
    if (number < 0) break;
    const ImageSymbol& symbol = image_.symbols()[static_cast<std::size_t>(number)];
    const bool own =
        symbol.address == place.function.address || symbol.name == place.function.name + ".cold";
    if (!own) break;
    table += target_in(target, place).value_or("?") + " ";
  }
  if (table.empty()) return false;
  to.text += "table " + table;
  return true;
}

void CanonicalCode::add_operands(const Instruction& instruction, const MemoryOperand& operand,
                                 const Place& place, Canonical& to) const {
  const bool outside =
      image_.symbol_at(operand.address) < 0 && image_.section_at(operand.address) == nullptr;
  if (outside) {  // bytes that are no instruction, as the signature of a restartable sequence
    to.text += instruction.operands;
    return;
  }
  to.text += instruction.operands.substr(0, operand.begin);
  if (const auto own = place.numbers.find(operand.address); own != place.numbers.end()) {
    to.text += fmt::format("@{}", own->second);
  } else if (operand.size > 0) {
    data_.add_access(operand.address, operand.size, to);
  } else if (!add_jump_table(operand.address, place, to)) {
    data_.add_address(operand.address, to);
  }
  to.text += instruction.operands.substr(operand.end);
}

Canonical CanonicalCode::function(int symbol) const {
  const ImageSymbol& function = image_.symbols()[static_cast<std::size_t>(symbol)];
  const auto instructions = code_.of(function);
  Place place{.function = function,
              .has_tables = std::ranges::any_of(instructions, jumps_indirectly),
              .numbers = {}};
  std::size_t number = 0;
  for (const Instruction& instruction : instructions) {
    place.numbers.emplace(instruction.address, number);
    if (!is_padding(instruction)) ++number;
  }
  Canonical canonical{.text = {}};
  canonical.unknown = instructions.empty();
  for (const Instruction& instruction : instructions) {
    if (is_padding(instruction)) continue;
    canonical.text += instruction.mnemonic + " ";
    if (is_unreadable(instruction)) {
      data_.add_range(instruction.address, code_.behind(instruction), canonical);
    } else if (!instruction.target.empty()) {
      add_jump(instruction, place, canonical);
    } else if (const auto operand = memory_operand(instruction, code_.behind(instruction))) {
      add_operands(instruction, *operand, place, canonical);
    } else {
      canonical.text += instruction.operands;
    }
    canonical.text += '\n';
  }
  return canonical;
}

Canonical CanonicalCode::start_up() const {
  Canonical canonical{.text = {}};
  for (const ImageSection& section : image_.sections()) {
    const bool counts = section.name == ".preinit_array" || section.name == ".init_array" ||
                        section.name == ".fini_array" || section.name == ".tdata" ||
                        section.name == ".interp";
    if (!counts) continue;
    canonical.text += section.name + " ";
    data_.add_range(section.address, section.address + section.size, canonical);
  }
  return canonical;
}

}  // namespace pulsebench::code
