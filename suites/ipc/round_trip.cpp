// Round trip of 64 bytes between two processes: a request and its answer. Source: docs/suites.md,
// "request and response".
#include <benchmark/benchmark.h>
#include <sys/socket.h>

#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>

#include "asio_socket.hpp"
#include "channels.hpp"
#include "offer.hpp"
#include "partner.hpp"
#include "shared_memory.hpp"

namespace {

template <class Channel>
void round_trip(benchmark::State& state, Placement placement) {
  if (const std::string problem = Partner::problem(placement); !problem.empty()) {
    state.SkipWithError(problem.c_str());
    return;
  }
  Channel channel;
  const Partner partner{placement, [&channel] { channel.answer(); }};
  Message message{};
  pulsebench::measure_latency(state, [&channel, &message] {
    channel.call(message);
    pulsebench::consume(message);
  });
}

using Stream = UnixSocket<SOCK_STREAM>;
using Seqpacket = UnixSocket<SOCK_SEQPACKET>;

// Spinning on one core would wait for the end of a time slice.
[[maybe_unused]] const bool kRoundTrips[] = {
    offer(round_trip<Pipe>, "ipc/round_trip/pipe/same_core", "ipc/round_trip/pipe/other_core"),
    offer(round_trip<Stream>, "ipc/round_trip/unix_stream/same_core",
          "ipc/round_trip/unix_stream/other_core"),
    offer(round_trip<Seqpacket>, "ipc/round_trip/unix_seqpacket/same_core",
          "ipc/round_trip/unix_seqpacket/other_core"),
    offer(round_trip<AsioSocket>, "ipc/round_trip/asio/same_core",
          "ipc/round_trip/asio/other_core"),
    offer(round_trip<SharedMessage<ByFutex>>, "ipc/round_trip/futex/same_core",
          "ipc/round_trip/futex/other_core"),
    offer(round_trip<BoostSemaphores>, "ipc/round_trip/boost_semaphore/same_core",
          "ipc/round_trip/boost_semaphore/other_core"),
    offer_on_two_cores(round_trip<SharedMessage<BySpinning>>, "ipc/round_trip/spinning/other_core"),
};

}  // namespace
