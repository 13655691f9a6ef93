// moodycamel::ConcurrentQueue. It has no bound: a full queue is one that would allocate.
#include <concurrentqueue/concurrentqueue.h>

#include "groups.hpp"

namespace {

struct Tokens {
  moodycamel::ConcurrentQueue<std::uint64_t> items{peers::kCapacity};
  moodycamel::ProducerToken producer{items};
  moodycamel::ConsumerToken consumer{items};

  bool push(std::uint64_t item) { return items.try_enqueue(producer, item); }
  bool pop(std::uint64_t& item) { return items.try_dequeue(consumer, item); }
};

/// The consumer is the producer too, as a worker with a queue of its own.
struct OwnProducer {
  moodycamel::ConcurrentQueue<std::uint64_t> items{peers::kCapacity};
  moodycamel::ProducerToken producer{items};

  bool push(std::uint64_t item) { return items.try_enqueue(producer, item); }
  bool pop(std::uint64_t& item) { return items.try_dequeue_from_producer(producer, item); }
};

BENCHMARK(peers::queue<OwnProducer>)->Name("peers/queue/moodycamel_own_producer");
BENCHMARK(peers::queue<Tokens>)->Name("peers/queue/moodycamel_tokens");
BENCHMARK(peers::hand_over<Tokens>)->Name("peers/hand_over/moodycamel_tokens")->Threads(2);

}  // namespace
