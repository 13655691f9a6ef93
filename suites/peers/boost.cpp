// Boost.Lockfree.
#include <boost/lockfree/queue.hpp>
#include <boost/lockfree/spsc_queue.hpp>

#include "groups.hpp"

namespace {

using boost::lockfree::capacity;
using peers::kCapacity;

using Spsc = boost::lockfree::spsc_queue<std::uint64_t, capacity<kCapacity>>;
using Queue = boost::lockfree::queue<std::uint64_t, capacity<kCapacity>>;

BENCHMARK(peers::queue<Spsc>)->Name("peers/queue/boost_spsc");
BENCHMARK(peers::queue<Queue>)->Name("peers/queue/boost_queue");
BENCHMARK(peers::hand_over<Spsc>)->Name("peers/hand_over/boost_spsc")->Threads(2);
BENCHMARK(peers::hand_over<Queue>)->Name("peers/hand_over/boost_queue")->Threads(2);

}  // namespace
