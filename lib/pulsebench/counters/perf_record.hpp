#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace pulsebench::counters {

/// A thread at one moment: its registers by their DWARF numbers (x86-64: 7 is the stack pointer, 16
/// the program counter), and a copy of its stack from the stack pointer upwards.
struct StackSample {
  int process = 0;
  std::uint64_t thread = 0;
  std::uint64_t time_ns = 0;  ///< of the kernel's clock; 0 where images are not recorded
  std::array<std::uint64_t, 17> registers{};
  std::span<const char> stack = {};
};

/// A change of what a process executes.
struct ImageEvent {
  enum class Kind {
    started,   ///< by `parent`, whose code it has at first
    executed,  ///< another program: nothing that was mapped before is there any more
    mapped     ///< a file with code
  };

  Kind kind = Kind::started;
  std::uint64_t time_ns = 0;
  int process = 0;
  int parent = 0;
  std::uint64_t begin = 0, size = 0;  ///< in the process, bytes
  std::uint64_t offset = 0;           ///< of `begin` in the file, bytes
  std::string file = {};
};

/// The registers to ask for: a mask of linux/arch/x86/include/uapi/asm/perf_regs.h.
[[nodiscard]] std::uint64_t sampled_registers();

/// Reads the content of PERF_RECORD_SAMPLE with a thread, user registers and a user stack, and with
/// a time if `with_time`. False for a sample without registers, as of a thread of the kernel.
/// `sample.stack` is a part of `content`.
[[nodiscard]] bool read_sample(std::span<const char> content, bool with_time, StackSample& sample);

/// Reads the content of PERF_RECORD_LOST: how many records there was no room for.
[[nodiscard]] std::uint64_t read_lost(std::span<const char> content);

/// Reads a record of a process that starts, executes a program or maps a file, by its type and its
/// `misc`. Empty for any other record, and for a thread that starts. Precondition: each record ends
/// with the thread and the time (`sample_id_all`).
[[nodiscard]] std::optional<ImageEvent> read_image(std::uint32_t type, std::uint16_t misc,
                                                   std::span<const char> content);

}  // namespace pulsebench::counters
