#pragma once

#include <optional>
#include <span>
#include <string>
#include <unordered_map>

#include "pulsebench/code/canonical_data.hpp"
#include "pulsebench/code/program_code.hpp"

namespace pulsebench::code {

/// The functions of a program without their addresses. The three arguments outlive this object.
class CanonicalCode {
 public:
  CanonicalCode(const ProgramImage& image, const ProgramCode& code, const CommonNames& names);

  /// Its instructions but for padding, with what each refers to.
  [[nodiscard]] Canonical function(int symbol) const;
  [[nodiscard]] Canonical object(int symbol) const { return data_.object(symbol); }
  /// What runs before and after `main`, the initial values of threads, and the libraries.
  [[nodiscard]] Canonical start_up() const;

 private:
  struct Place;
  void add_jump(const Instruction& instruction, const Place& place, Canonical& to) const;
  void add_operands(const Instruction& instruction, const MemoryOperand& operand,
                    const Place& place, Canonical& to) const;
  [[nodiscard]] bool add_jump_table(std::uint64_t address, const Place& place, Canonical& to) const;
  [[nodiscard]] std::optional<std::string> target_in(std::uint64_t address,
                                                     const Place& place) const;

  const ProgramImage& image_;
  const ProgramCode& code_;
  const CommonNames& names_;
  CanonicalData data_;
};

}  // namespace pulsebench::code
