#pragma once

#include <array>
#include <cstdint>

/// The file in which a suite leaves what `TakeProfile` asked for: a head, the samples in the order
/// in which they were taken, and the text of its /proc/self/maps. Numbers are of this machine's
/// byte order, since no other machine reads them.
namespace pulsebench::wire {

inline constexpr std::uint64_t kSamplesMagic = 0x317573'706270;  ///< "pbpsu1"

struct SampleRecordingHead {
  std::uint64_t magic = kSamplesMagic;
  std::uint64_t samples_bytes = 0;
  std::uint64_t maps_bytes = 0;
  std::uint64_t batch = 0;  ///< address of the function that runs the operations; 0: unknown
};

/// Is followed by `stack_bytes` of the stack from its pointer on.
struct SampleHead {
  std::uint64_t thread = 0;
  std::array<std::uint64_t, 17> registers{};  ///< by DWARF's numbers: 7 is the stack pointer
  std::uint64_t stack_bytes = 0;
};

inline constexpr std::uint64_t kMaxSampleStack = 65'528;  ///< what the kernel copies at most

}  // namespace pulsebench::wire
