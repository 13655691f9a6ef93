#include "pulsebench/profile/unwinder.hpp"

#include <cstring>

#include "pulsebench/profile/elf_file.hpp"
#include "pulsebench/profile/unwind_row.hpp"

namespace pulsebench::profile {

/// Rows that were needed so far, by file and link address.
class Unwinder::Rows {
 public:
  explicit Rows(ElfFiles& files) : files_(files) {}

  /// Null where there is no file or no table.
  const UnwindRow* at(const ModuleMap& modules, std::uint64_t pc) {
    const Mapping* const mapping = modules.find(pc);
    if (mapping == nullptr) return nullptr;
    if (last_path_ != mapping->path) {
      last_path_ = mapping->path;
      last_ = &by_path_[last_path_];
      if (last_->file == nullptr) last_->file = &files_.open(last_path_);
    }
    const std::uint64_t offset = pc - mapping->begin + mapping->offset;
    const auto [found, fresh] = last_->by_offset.try_emplace(offset);
    if (fresh) {
      const auto address = last_->file->link_address(offset);
      if (address) found->second = read_unwind_row(*last_->file, *address);
    }
    return found->second ? &*found->second : nullptr;
  }

 private:
  struct OfFile {
    const ElfFile* file = nullptr;
    std::unordered_map<std::uint64_t, std::optional<UnwindRow>> by_offset;
  };

  ElfFiles& files_;
  std::unordered_map<std::string, OfFile> by_path_;
  std::string last_path_;
  OfFile* last_ = nullptr;
};

Unwinder::Unwinder(ElfFiles& files) : rows_(std::make_unique<Rows>(files)) {}
Unwinder::Unwinder(Unwinder&&) noexcept = default;
Unwinder& Unwinder::operator=(Unwinder&&) noexcept = default;
Unwinder::~Unwinder() = default;

Result<Unwinder> Unwinder::make([[maybe_unused]] ElfFiles& files) {
#if !defined(__x86_64__)
  return fail(ErrorCode::bad_input, "stacks can be read on x86-64 only");
#else
  if (libdw() == nullptr) {
    return fail(
        ErrorCode::not_found,
        "libdw.so.1, which reads stacks and names of functions, is not installed; on Debian: "
        "apt install libdw1");
  }
  return Unwinder{files};
#endif
}

void Unwinder::unwind(const ModuleMap& modules, const ThreadState& thread, Stack& stack) {
  stack.addresses.clear();
  Registers registers = thread.registers;
  const StackMemory memory{thread.stack_start, thread.stack};
  stack.addresses.push_back(registers[kProgramCounter]);
  while (stack.addresses.size() < kMaxStackDepth) {
    // A call may be the last instruction of its function: its return address is then in the next
    // one.
    const std::uint64_t pc = registers[kProgramCounter] - (stack.addresses.size() == 1 ? 0 : 1);
    const UnwindRow* const row = rows_->at(modules, pc);
    if (row == nullptr) {
      stack.end = StackEnd::no_tables;
      return;
    }
    if (row->is_root) {
      stack.end = StackEnd::root;
      return;
    }
    if (!step_to_caller(*row, memory, registers)) {
      stack.end = StackEnd::truncated;
      return;
    }
    if (registers[kProgramCounter] == 0) {
      stack.end = StackEnd::root;
      return;
    }
    stack.addresses.push_back(registers[kProgramCounter]);
  }
  stack.end = StackEnd::too_deep;
}

}  // namespace pulsebench::profile
