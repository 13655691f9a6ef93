#include "pulsebench/profile/heap_stacks.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/profile/elf_file.hpp"
#include "pulsebench/profile/module_map.hpp"
#include "pulsebench/profile/short_name.hpp"
#include "pulsebench/profile/unwinder.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::profile {
namespace {

using Addresses = std::vector<std::uint64_t>;

/// The batch's own function, whose callers are the harness.
bool is_batch(const Frame& frame) {
  return frame.function.find("pulsebench::harness::run_batch<") != std::string::npos;
}

Registers dwarf_registers(const wire::HeapRegisters& saved) {
  Registers registers{};
  registers[3] = saved.rbx;
  registers[6] = saved.rbp;
  registers[kStackPointer] = saved.rsp;
  registers[12] = saved.r12;
  registers[13] = saved.r13;
  registers[14] = saved.r14;
  registers[15] = saved.r15;
  registers[kProgramCounter] = saved.rip;
  return registers;
}

class StackNaming {
 public:
  StackNaming(const HeapRecording& recording, ElfFiles& files, Unwinder unwinder)
      : recording_(recording),
        modules_(ModuleMap::parse(recording.maps)),
        unwinder_(std::move(unwinder)),
        symbolizer_(files) {}

  HeapStacks name(std::span<const HeapBlock> blocks) {
    for (const HeapBlock& block : blocks) {
      const HeapEvent& event = recording_.events[block.allocated_by];
      const bool other = event.head.kind == wire::HeapEventKind::allocated_elsewhere;
      const auto [known, is_new] = by_addresses_.try_emplace({addresses_of(event), other}, 0);
      if (is_new) known->second = number_of(frames_of(known->first.first), other);
      named_.of_block.push_back(known->second);
    }
    named_.unnamed = symbolizer_.unnamed_files();
    return std::move(named_);
  }

 private:
  /// Return addresses, the innermost first, from the caller of the allocation function on.
  Addresses addresses_of(const HeapEvent& event) {
    if (event.head.kind != wire::HeapEventKind::allocated) return {event.head.caller};
    const wire::HeapRegisters saved = recording_.registers_of(event);
    const std::string_view bytes = recording_.stack_of(event);
    unwinder_.unwind(modules_,
                     {.registers = dwarf_registers(saved),
                      .stack_start = saved.rsp,
                      .stack = {bytes.data(), bytes.size()}},
                     stack_);
    const auto caller =
        std::find(stack_.addresses.begin(), stack_.addresses.end(), event.head.caller);
    if (caller == stack_.addresses.end()) return {event.head.caller};
    return {caller, stack_.addresses.end()};
  }

  std::vector<Frame> frames_of(const Addresses& addresses) {
    std::vector<Frame> frames;
    for (const std::uint64_t address : addresses) {
      for (const Frame& frame : symbolizer_.frames(modules_, address, true)) {
        if (is_batch(frame)) return frames;
        frames.push_back(frame);
      }
    }
    return frames;
  }

  std::size_t number_of(std::vector<Frame> frames, bool other_thread) {
    const HeapStack stack{std::move(frames), other_thread};
    const auto found = std::find(named_.stacks.begin(), named_.stacks.end(), stack);
    if (found != named_.stacks.end()) {
      return static_cast<std::size_t>(found - named_.stacks.begin());
    }
    named_.stacks.push_back(stack);
    return named_.stacks.size() - 1;
  }

  const HeapRecording& recording_;
  ModuleMap modules_;
  Unwinder unwinder_;
  Symbolizer symbolizer_;
  Stack stack_;
  std::map<std::pair<Addresses, bool>, std::size_t> by_addresses_;
  HeapStacks named_;
};

bool is_allocation_function(const Frame& frame) {
  const std::string_view name = frame.function;
  for (const char* prefix : {"operator new", "std::", "__gnu_cxx::", "["}) {
    if (name.starts_with(prefix)) return true;
  }
  for (const char* function : {"malloc", "calloc", "realloc", "strdup", "__strdup"}) {
    if (name == function) return true;
  }
  return frame.file.find("/include/c++/") != std::string::npos;
}

}  // namespace

Result<HeapStacks> name_stacks(const HeapRecording& recording, std::span<const HeapBlock> blocks) {
  ElfFiles files;
  PB_TRY(auto unwinder, Unwinder::make(files));
  return StackNaming{recording, files, std::move(unwinder)}.name(blocks);
}

const Frame* site_of(std::span<const Frame> frames) {
  for (const Frame& frame : frames) {
    if (!is_allocation_function(frame)) return &frame;
  }
  return frames.empty() ? nullptr : &frames.front();
}

std::string site_text(const Frame& frame) {
  const std::string file = std::filesystem::path{frame.file}.filename().string();
  constexpr std::string_view kUnnamed = "(anonymous namespace)::";
  std::string name = short_name(frame.function);
  for (auto at = name.find(kUnnamed); at != std::string::npos; at = name.find(kUnnamed)) {
    name.erase(at, kUnnamed.size());
  }
  if (file.empty()) return name;
  return frame.line > 0 ? fmt::format("{} {}:{}", name, file, frame.line)
                        : fmt::format("{} {}", name, file);
}

}  // namespace pulsebench::profile
