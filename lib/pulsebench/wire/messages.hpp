#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "pulsebench/vocabulary/benchmark.hpp"
#include "pulsebench/vocabulary/counts.hpp"
#include "pulsebench/vocabulary/environment.hpp"
#include "pulsebench/vocabulary/result.hpp"
#include "pulsebench/vocabulary/sample.hpp"

/// What the orchestrator and a suite say to each other: one JSON object a line. The suite greets
/// with `Hello`, then answers each request with one event, in order. docs/wire.md shows a session.
namespace pulsebench::wire {

inline constexpr int kProtocol = 1;

/// The longest label that a benchmark may have, in bytes.
inline constexpr std::size_t kMaxLabel = 200;

/// The longest path of a source file, in bytes, and the last line that it may have.
inline constexpr std::size_t kMaxSourceFile = 1000;
inline constexpr int kMaxSourceLine = 100'000'000;

/// The suite is started with `--pulsebench_wire=R,W`: requests are read from descriptor R, events
/// are written to descriptor W. Its stdout and stderr stay free.
inline constexpr std::string_view kWireFlag = "--pulsebench_wire=";

// ---- requests -------------------------------------------------------------------------------

/// Answered by `Listed`.
struct List {};

/// Find how many operations fill a slice. Answered by `Calibrated` or `Failed`.
struct Calibrate {
  std::string id;
  std::uint64_t slice_ns = 0;
  std::uint64_t visit_ns = 0;
  std::uint64_t warm_up_ns = 0;
  int min_operations = 0;
  int min_slices = 0;
  int max_slices = 0;
};

/// Warm up, then time `batching.slices` slices of `batching.operations` operations. Answered by
/// `Visited` or `Failed`.
struct TakeVisit {
  std::string id;
  Batching batching;
  std::uint64_t warm_up_ns = 0;
  std::uint64_t heap_padding = 0;  ///< bytes to leak before the benchmark allocates anything
  double inject_percent = 0.0;     ///< do that much more work a slice and count it as none
  bool lock_memory = false;        ///< keep every page of the process in memory
  std::vector<std::string> counters = {};  ///< to count after the slices, in batches of their own
  /// What a visit should last. Several threads that take much longer for their operations than they
  /// took when they were calibrated do fewer, in as many slices; 0: they do all, however long.
  std::uint64_t visit_ns = 0;
  /// Read the kernel's counts at each slice, not only before the first and behind the last. Every
  /// system call leaves a state in the core that the loop after it has to live with: two visits to
  /// be held against each other share it, a figure of its own is better without.
  bool watch_each_slice = false;
};

/// Run N operations, then 2N, and have the instructions of both counted. Answered by
/// `CountedExactly` or `Failed`.
struct CountExactly {
  std::string id;
  std::uint64_t operations = 0;  ///< N
  bool stepping = false;  ///< one by one, by ptrace; else callgrind runs the suite and counts
  std::uint64_t most_steps = 0;  ///< when stepping: more are an error
  double inject_percent = 0.0;
};

/// Count what so many operations take from the heap. Answered by `CountedAllocations` or `Failed`.
struct CountAllocations {
  std::string id;
  std::uint64_t operations = 0;
};

/// Run so many operations and record each allocation and free, as `heap_recording.hpp` describes.
/// Answered by `HeapRecorded` or `Failed`.
struct RecordHeap {
  std::string id;
  std::uint64_t operations = 0;
  std::uint64_t most_bytes = 0;  ///< of the events; the operation that exceeds them is the last
  std::string file;  ///< absolute, and new; empty: only run the operations, another tool watches
};

/// Warm up, then take visits of `batching` that are timed and visits that are sampled, in turns,
/// and write the samples to a file that `sample_recording.hpp` describes. Answered by `Profiled` or
/// `Failed`.
struct TakeProfile {
  std::string id;
  Batching batching;
  std::uint64_t warm_up_ns = 0;
  std::uint64_t heap_padding = 0;  ///< as of `TakeVisit`
  int rounds = 0;                  ///< a timed visit and a sampled one each
  int sampled_slices = 0;          ///< of a sampled visit
  std::uint64_t period_ns = 0;     ///< between two samples
  std::uint64_t stack_bytes = 0;   ///< to copy of the stack, at most
  bool by_timer = false;           ///< do not ask the kernel for perf events
  std::string file;                ///< absolute, and new
};

/// The suite leaves with exit code 0.
struct Quit {};

using Request = std::variant<List, Calibrate, TakeVisit, CountExactly, CountAllocations, RecordHeap,
                             TakeProfile, Quit>;

// ---- events ---------------------------------------------------------------------------------

struct Hello {
  int protocol = kProtocol;
  std::string suite;
  NamedFacts build;  ///< compiler, flags, build type, library versions
};

struct Listed {
  std::vector<BenchmarkInfo> benchmarks;
};

struct Calibrated {
  std::string id;
  Batching batching;
  double ns_per_op = 0.0;
  double empty_loop_ns_per_op = 0.0;  ///< the control: what a loop around nothing costs
  bool measured_nothing = false;      ///< no slower than the control, and no more work found in it
};

struct Visited {
  std::string id;
  Visit visit;                       ///< its `launch` is the orchestrator's to fill
  std::string memory_unlocked = {};  ///< why the memory was not locked, where that was asked for
};

/// Steps for N and for 2N operations; both 0 where callgrind has written them down.
struct CountedExactly {
  std::string id;
  std::uint64_t once = 0, twice = 0;
};

struct CountedAllocations {
  std::string id;
  Allocations allocations;
};

struct HeapRecorded {
  std::string id;
  std::uint64_t operations = 0;  ///< that were recorded from begin to end
  double ns_per_op = 0.0;        ///< with the recording; 0 where another tool watched
};

struct Profiled {
  std::string id;
  std::string by;            ///< "perf" or "timer"
  std::string refused = {};  ///< why it is not perf, where that was not asked for
  std::uint64_t samples = 0, lost = 0, throttled = 0;
  double sampled_seconds = 0.0;    ///< of CPU time in slices that were sampled
  double p25_ns_per_op = 0.0;      ///< of the timed slices
  double mean_ns_per_op = 0.0;     ///< of the same
  double sampled_ns_per_op = 0.0;  ///< mean of the sampled slices
};

/// The benchmark gave no measurement; the suite goes on.
struct Failed {
  std::string id;
  Status status = Status::failed;  ///< skipped or failed
  std::string reason;
};

using Event = std::variant<Hello, Listed, Calibrated, Visited, CountedExactly, CountedAllocations,
                           HeapRecorded, Profiled, Failed>;

// ---- lines ----------------------------------------------------------------------------------

/// One line, without its newline.
[[nodiscard]] std::string encode(const Request& request);
[[nodiscard]] std::string encode(const Event& event);

/// `child_failed` with what is wrong where the line is not a message, lacks a field, or says what
/// no clock can measure (NaN, a negative or an endless time, more slices than were asked for by a
/// million). A `Hello` of another protocol decodes; telling the user is the caller's.
[[nodiscard]] Result<Request> decode_request(std::string_view line);
[[nodiscard]] Result<Event> decode_event(std::string_view line);

}  // namespace pulsebench::wire
