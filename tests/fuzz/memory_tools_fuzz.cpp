// Reads the input as what one of the tools that watch memory writes; its first byte says which.
#include "claims.hpp"
#include "pulsebench/profile/dhat.hpp"
#include "pulsebench/profile/heap_curve.hpp"
#include "pulsebench/profile/heap_events.hpp"
#include "pulsebench/profile/heaptrack.hpp"
#include "pulsebench/profile/lifetimes.hpp"
#include "pulsebench/profile/massif.hpp"
#include "pulsebench/profile/memcheck_xml.hpp"
#include "pulsebench/profile/nsys_csv.hpp"

using namespace pulsebench;
using namespace pulsebench::profile;

namespace {

template <class Read>
void require_read(const Read& read) {
  if (!read) fuzz::require_clear_line(read.error());
}

void read_recording(std::string_view text) {
  const auto recording = read_heap_recording(std::string{text});
  if (!recording) return fuzz::require_clear_line(recording.error());
  const auto blocks = blocks_of(*recording);
  fuzz::require(blocks.size() <= recording->events.size(), "a block has an event");
  const HeapCurve curve = heap_curve(blocks, recording->operations, 60);
  fuzz::require(curve.live_bytes.size() <= 60, "a curve is short");
  const Lifetimes lifetimes = lifetimes_of(blocks, recording->operations);
  fuzz::require(lifetimes.p50.value_or(0) <= lifetimes.p99.value_or(0), "quantiles ascend");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text = fuzz::text_of(data + 1, size - 1);
  switch (data[0]) {
    case 'm':
      require_read(read_massif(text));
      break;
    case 'd':
      require_read(read_dhat(text));
      break;
    case 'x':
      require_read(read_memcheck_xml(text));
      break;
    case 'n':
      require_read(read_nsys_kernels(text));
      break;
    case 'h':
      require_read(read_heaptrack(text, HeaptrackCost::leaked));
      break;
    default:
      read_recording(text);
      break;
  }
  return 0;
}
