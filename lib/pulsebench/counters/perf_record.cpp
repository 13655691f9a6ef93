#include "pulsebench/counters/perf_record.hpp"

#include <linux/perf_event.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>

#if defined(__x86_64__)
#include <asm/perf_regs.h>
#endif

namespace pulsebench::counters {
namespace {

#if defined(__x86_64__)
constexpr std::uint64_t kRegisters = 0xff0fffULL & ~(1ULL << PERF_REG_X86_DS) &
                                     ~(1ULL << PERF_REG_X86_ES) & ~(1ULL << PERF_REG_X86_FS) &
                                     ~(1ULL << PERF_REG_X86_GS);

/// DWARF's number of each register, in the order in which the kernel writes them; -1: of no use.
/// Source: linux/arch/x86/include/uapi/asm/perf_regs.h, and the psABI of x86-64, figure 3.36.
constexpr std::array kDwarfNumbers{0,  3,  2, 1, 4,  5,  6,  7,  16, -1,
                                   -1, -1, 8, 9, 10, 11, 12, 13, 14, 15};
static_assert(kDwarfNumbers.size() == std::size_t{std::popcount(kRegisters)});
#endif

/// The number at the beginning of `bytes`, which it removes; 0 where there is none.
template <class T>
T next(std::span<const char>& bytes) {
  T value{};
  if (bytes.size() < sizeof value) {
    bytes = {};
    return value;
  }
  std::memcpy(&value, bytes.data(), sizeof value);
  bytes = bytes.subspan(sizeof value);
  return value;
}

void skip_bytes(std::span<const char>& bytes, std::size_t count) {
  bytes = bytes.subspan(std::min(count, bytes.size()));
}

std::string text_at(std::span<const char> bytes) {
  return {bytes.begin(), std::find(bytes.begin(), bytes.end(), '\0')};
}

}  // namespace

std::uint64_t sampled_registers() {
#if defined(__x86_64__)
  return kRegisters;
#else
  return 0;
#endif
}

bool read_sample(std::span<const char> content, bool with_time, StackSample& sample) {
#if defined(__x86_64__)
  sample.process = static_cast<int>(next<std::uint32_t>(content));
  sample.thread = next<std::uint32_t>(content);
  if (with_time) sample.time_ns = next<std::uint64_t>(content);
  if (next<std::uint64_t>(content) != PERF_SAMPLE_REGS_ABI_64) return false;
  for (const int number : kDwarfNumbers) {
    const auto value = next<std::uint64_t>(content);
    if (number >= 0) sample.registers[static_cast<std::size_t>(number)] = value;
  }
  const auto size = next<std::uint64_t>(content);
  if (size == 0 || size > content.size()) return false;
  std::span<const char> after = content.subspan(size);
  const auto copied = std::min(next<std::uint64_t>(after), size);
  sample.stack = content.first(copied);
  return true;
#else
  static_cast<void>(content);
  static_cast<void>(with_time);
  static_cast<void>(sample);
  return false;
#endif
}

std::uint64_t read_lost(std::span<const char> content) {
  skip_bytes(content, sizeof(std::uint64_t));  // which event
  return next<std::uint64_t>(content);
}

std::optional<ImageEvent> read_image(std::uint32_t type, std::uint16_t misc,
                                     std::span<const char> content) {
  constexpr std::size_t kTrailer = 16;                   // process, thread, time
  constexpr std::size_t kFileIdentity = 24, kModes = 8;  // device, inode; protection, flags
  if (content.size() < kTrailer) return std::nullopt;
  std::span<const char> trailer = content.last(sizeof(std::uint64_t));
  ImageEvent event{.time_ns = next<std::uint64_t>(trailer)};
  event.process = static_cast<int>(next<std::uint32_t>(content));
  if (type == PERF_RECORD_FORK) {
    event.parent = static_cast<int>(next<std::uint32_t>(content));
    if (event.parent == event.process) return std::nullopt;  // a thread
    return event;
  }
  skip_bytes(content, sizeof(std::uint32_t));  // of the thread
  if (type == PERF_RECORD_COMM) {
    event.kind = ImageEvent::Kind::executed;
    return (misc & PERF_RECORD_MISC_COMM_EXEC) != 0 ? std::optional{event} : std::nullopt;
  }
  if (type != PERF_RECORD_MMAP2) return std::nullopt;
  event.kind = ImageEvent::Kind::mapped;
  event.begin = next<std::uint64_t>(content);
  event.size = next<std::uint64_t>(content);
  event.offset = next<std::uint64_t>(content);
  skip_bytes(content, kFileIdentity + kModes);
  event.file = text_at(content);
  return event;
}

}  // namespace pulsebench::counters
