#include "pulsebench/code/program_code.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/run_process.hpp"
#include "pulsebench/os/temporary_folder.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::code {
namespace {

constexpr std::chrono::seconds kLimit{60};

bool is_linkage(const ImageSection& section) {
  return section.name.starts_with(".plt") || section.name.starts_with(".iplt");
}

}  // namespace

Result<ProgramCode> ProgramCode::read(const ProgramImage& image) {
  PB_TRY(const auto folder, os::TemporaryFolder::make());
  const auto text_file = folder.path() / "code";
  PB_TRY(const auto output, os::run_process({.argv = {"objdump", "--disassemble",
                                                      "--no-show-raw-insn", "--", image.path()},
                                             .environment = {"LC_ALL=C"},
                                             .limit = kLimit,
                                             .log = text_file}));
  if (output.exit_code != 0) {
    return fail(ErrorCode::child_failed, "objdump cannot read " + printable(image.path()));
  }
  PB_TRY(const auto text, os::read_file(text_file));
  ProgramCode code;
  code.instructions_ = profile::read_objdump(text);
  return code;
}

void ProgramCode::name_the_rest(ProgramImage& image) const {
  struct Range {
    std::uint64_t begin, end;
  };
  std::vector<Range> ranges;
  bool open = false;
  for (const Instruction& instruction : instructions_) {
    const ImageSection* const section = image.section_at(instruction.address);
    const bool covered = image.symbol_at(instruction.address) >= 0;
    if (covered || section == nullptr || is_linkage(*section)) {
      open = false;
    } else if (open) {
      ranges.back().end = behind(instruction);
    } else if (!is_padding(instruction)) {
      ranges.push_back({instruction.address, behind(instruction)});
      open = true;
    }
  }
  for (const auto& [begin, end] : ranges) image.add_nameless(begin, end);
}

std::span<const Instruction> ProgramCode::of(const ImageSymbol& function) const {
  const auto begin =
      std::ranges::lower_bound(instructions_, function.address, {}, &Instruction::address);
  const auto end =
      std::ranges::lower_bound(instructions_, function.end(), {}, &Instruction::address);
  return {begin, std::max(begin, end)};
}

std::uint64_t ProgramCode::behind(const Instruction& instruction) const {
  const auto index = static_cast<std::size_t>(&instruction - instructions_.data());
  return index + 1 < instructions_.size() ? instructions_[index + 1].address
                                          : instruction.address + 1;
}

}  // namespace pulsebench::code
