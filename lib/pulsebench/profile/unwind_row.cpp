#include "pulsebench/profile/unwind_row.hpp"

#include <dwarf.h>

#include <cstdlib>
#include <cstring>

namespace pulsebench::profile {
namespace {

/// What an expression ends with: an address in memory, or the value itself.
struct Located {
  std::uint64_t number = 0;
  bool is_value = false;
};

/// Evaluates the expressions that compilers and the C library write into unwind tables.
class ExpressionStack {
 public:
  ExpressionStack(const Registers& registers, const StackMemory& memory, std::uint64_t cfa)
      : registers_(registers), memory_(memory), cfa_(cfa) {}

  /// Empty for an operation that is not known, and where the copied stack lacks what it reads.
  std::optional<Located> evaluate(std::span<const Dwarf_Op> operations) {
    for (const Dwarf_Op& operation : operations) {
      if (operation.atom == DW_OP_stack_value) return Located{top(), true};
      if (operation.atom >= DW_OP_reg0 && operation.atom <= DW_OP_reg16) {
        return Located{registers_[operation.atom - DW_OP_reg0], true};
      }
      const bool done = push_operand(operation) || apply(operation);
      if (!done || depth_ == 0 || depth_ >= values_.size()) return std::nullopt;
    }
    return depth_ == 0 ? std::nullopt : std::optional{Located{top(), false}};
  }

 private:
  [[nodiscard]] std::uint64_t top() const { return values_[depth_ == 0 ? 0 : depth_ - 1]; }
  void push(std::uint64_t value) { values_[depth_++] = value; }

  bool push_operand(const Dwarf_Op& operation) {
    const auto atom = operation.atom;
    if (atom >= DW_OP_lit0 && atom <= DW_OP_lit31) {
      push(atom - DW_OP_lit0);
    } else if (atom >= DW_OP_breg0 && atom <= DW_OP_breg16) {
      push(registers_[atom - DW_OP_breg0] + operation.number);
    } else if (atom == DW_OP_bregx && operation.number < registers_.size()) {
      push(registers_[operation.number] + operation.number2);
    } else if (atom == DW_OP_call_frame_cfa) {
      push(cfa_);
    } else if ((atom >= DW_OP_const1u && atom <= DW_OP_consts) || atom == DW_OP_addr) {
      push(operation.number);
    } else if (atom == DW_OP_dup) {
      push(top());
    } else {
      return false;
    }
    return true;
  }

  bool apply(const Dwarf_Op& operation) {
    if (depth_ == 0) return false;
    std::uint64_t& last = values_[depth_ - 1];
    if (operation.atom == DW_OP_plus_uconst) {
      last += operation.number;
      return true;
    }
    if (operation.atom == DW_OP_deref) {
      const auto value = memory_.read(last);
      if (value) last = *value;
      return value.has_value();
    }
    if (depth_ < 2) return false;
    const auto result = combine(operation.atom, values_[depth_ - 2], last);
    if (!result) return false;
    values_[--depth_ - 1] = *result;
    return true;
  }

  static std::optional<std::uint64_t> combine(unsigned atom, std::uint64_t left,
                                              std::uint64_t right) {
    const auto a = static_cast<std::int64_t>(left), b = static_cast<std::int64_t>(right);
    switch (atom) {
      case DW_OP_plus:
        return left + right;
      case DW_OP_minus:
        return left - right;
      case DW_OP_and:
        return left & right;
      case DW_OP_or:
        return left | right;
      case DW_OP_shl:
        return right < 64 ? left << right : 0;
      case DW_OP_shr:
        return right < 64 ? left >> right : 0;
      case DW_OP_ge:
        return a >= b ? 1U : 0U;
      case DW_OP_gt:
        return a > b ? 1U : 0U;
      case DW_OP_le:
        return a <= b ? 1U : 0U;
      case DW_OP_lt:
        return a < b ? 1U : 0U;
      case DW_OP_eq:
        return a == b ? 1U : 0U;
      case DW_OP_ne:
        return a != b ? 1U : 0U;
      default:
        return std::nullopt;
    }
  }

  const Registers& registers_;
  const StackMemory& memory_;
  std::uint64_t cfa_;
  std::array<std::uint64_t, 16> values_{};
  std::size_t depth_ = 0;
};

/// `[CFA]`, `[CFA + offset]` as libdw writes them.
std::optional<std::int64_t> offset_from_cfa(std::span<const Dwarf_Op> operations) {
  if (operations.empty() || operations[0].atom != DW_OP_call_frame_cfa) return std::nullopt;
  if (operations.size() == 1) return 0;
  const auto number = static_cast<std::int64_t>(operations[1].number);
  if (operations.size() == 2 && operations[1].atom == DW_OP_plus_uconst) return number;
  const bool sum = operations.size() == 3 && operations[1].atom == DW_OP_consts &&
                   operations[2].atom == DW_OP_plus;
  return sum ? std::optional{number} : std::nullopt;
}

bool read_cfa(const Libdw& libdw, Dwarf_Frame* frame, UnwindRow& row) {
  Dwarf_Op* operations = nullptr;
  std::size_t count = 0;
  if (libdw.frame_cfa(frame, &operations, &count) != 0 || count == 0) return false;
  const Dwarf_Op& first = operations[0];
  if (count == 1 && first.atom == DW_OP_bregx && first.number < std::tuple_size_v<Registers>) {
    row.cfa_register = first.number;
    row.cfa_offset = static_cast<std::int64_t>(first.number2);
  } else {
    row.cfa_expression.assign(operations, operations + count);
  }
  return true;
}

/// The last rule is that of the return address: without one there is no caller.
bool read_rules(const Libdw& libdw, Dwarf_Frame* frame, UnwindRow& row) {
  for (std::size_t i = 0; i < UnwindRow::kRestored.size(); ++i) {
    Dwarf_Op memory[3];
    Dwarf_Op* operations = nullptr;
    std::size_t count = 0;
    const int number = static_cast<int>(UnwindRow::kRestored[i]);
    if (libdw.frame_register(frame, number, memory, &operations, &count) != 0) return false;
    if (count == 0) {  // a null pointer says "the same", another one "undefined"
      row.is_root = UnwindRow::kRestored[i] == kProgramCounter && operations != nullptr;
      continue;
    }
    RegisterRule& rule = row.rules[i];
    const std::span location{operations, count};
    if (const auto offset = offset_from_cfa(location)) {
      rule.kind = RegisterRule::Kind::saved;
      rule.offset = *offset;
    } else {
      rule.kind = RegisterRule::Kind::expression;
      rule.expression.assign(location.begin(), location.end());
    }
  }
  return true;
}

std::optional<std::uint64_t> restored(const RegisterRule& rule, std::uint64_t current,
                                      std::uint64_t cfa, const Registers& registers,
                                      const StackMemory& memory) {
  switch (rule.kind) {
    case RegisterRule::Kind::same:
      return current;
    case RegisterRule::Kind::saved:
      return memory.read(cfa + static_cast<std::uint64_t>(rule.offset));
    case RegisterRule::Kind::expression:
      break;
  }
  const auto located = ExpressionStack{registers, memory, cfa}.evaluate(rule.expression);
  if (!located) return std::nullopt;
  return located->is_value ? located->number : memory.read(located->number);
}

}  // namespace

std::optional<std::uint64_t> StackMemory::read(std::uint64_t address) const {
  constexpr std::size_t kWord = sizeof(std::uint64_t);
  if (address < start || bytes.size() < kWord || address - start > bytes.size() - kWord) {
    return std::nullopt;
  }
  std::uint64_t value = 0;
  std::memcpy(&value, bytes.data() + (address - start), kWord);
  return value;
}

std::optional<UnwindRow> read_unwind_row(const ElfFile& file, std::uint64_t address) {
  const Libdw& libdw = *profile::libdw();
  Dwarf_Frame* frame = nullptr;
  if (file.unwind_tables() == nullptr ||
      libdw.unwind_frame(file.unwind_tables(), address, &frame) != 0) {
    return std::nullopt;
  }
  UnwindRow row;
  const bool read = read_cfa(libdw, frame, row) && read_rules(libdw, frame, row);
  std::free(frame);  // NOLINT(cppcoreguidelines-no-malloc): libdw hands it over so
  return read ? std::optional{std::move(row)} : std::nullopt;
}

bool step_to_caller(const UnwindRow& row, const StackMemory& memory, Registers& registers) {
  std::uint64_t cfa = registers[row.cfa_register] + static_cast<std::uint64_t>(row.cfa_offset);
  if (!row.cfa_expression.empty()) {
    const auto located = ExpressionStack{registers, memory, 0}.evaluate(row.cfa_expression);
    if (!located) return false;
    cfa = located->number;
  }
  Registers caller = registers;
  caller[kStackPointer] = cfa;
  for (std::size_t i = 0; i < UnwindRow::kRestored.size(); ++i) {
    const std::size_t number = UnwindRow::kRestored[i];
    const auto value = restored(row.rules[i], registers[number], cfa, registers, memory);
    if (!value) return false;
    caller[number] = *value;
  }
  registers = caller;
  return true;
}

}  // namespace pulsebench::profile
