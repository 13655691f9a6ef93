// One-way throughput: a process writes blocks of 4 KiB, and its partner reads them. Both ends are
// full or empty at times, so that the slower one decides.
#include <benchmark/benchmark.h>
#include <sys/socket.h>

#include <cstdint>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>

#include "asio_socket.hpp"
#include "channels.hpp"
#include "offer.hpp"
#include "partner.hpp"
#include "shared_memory.hpp"

namespace {

template <class Channel>
void one_way(benchmark::State& state, Placement placement) {
  if (const std::string problem = Partner::problem(placement); !problem.empty()) {
    state.SkipWithError(problem.c_str());
    return;
  }
  Channel channel;
  const Partner partner{placement, [&channel] {
                          for (Block block{};;) {
                            channel.take(block);
                            pulsebench::consume(block);
                          }
                        }};
  Block block{};
  pulsebench::measure(state, [&channel, &block] {
    ++block[0];
    channel.put(block);
  });
  state.SetBytesProcessed(static_cast<std::int64_t>(sizeof(Block)) * state.iterations());
}

[[maybe_unused]] const bool kOneWays[] = {
    offer(one_way<Pipe>, "ipc/one_way/pipe/same_core", "ipc/one_way/pipe/other_core"),
    offer(one_way<UnixSocket<SOCK_STREAM>>, "ipc/one_way/unix_stream/same_core",
          "ipc/one_way/unix_stream/other_core"),
    offer(one_way<UnixSocket<SOCK_SEQPACKET>>, "ipc/one_way/unix_seqpacket/same_core",
          "ipc/one_way/unix_seqpacket/other_core"),
    offer(one_way<AsioSocket>, "ipc/one_way/asio/same_core", "ipc/one_way/asio/other_core"),
    offer_on_two_cores(one_way<Ring>, "ipc/one_way/ring/other_core"),
    offer_on_two_cores(one_way<BoostRing>, "ipc/one_way/boost_ring/other_core"),
};

}  // namespace
