// Concurrency Kit. Each operation includes a call, since its header is not C++.
#include "ck_ring_calls.h"
#include "groups.hpp"

namespace {

struct CkRing {
  ck_peer* peer = ck_peer_make(peers::kCapacity);

  CkRing() = default;
  ~CkRing() { ck_peer_free(peer); }
  CkRing(const CkRing&) = delete;
  CkRing& operator=(const CkRing&) = delete;

  bool push(std::uint64_t item) {
    return ck_peer_push(peer, reinterpret_cast<void*>(item)) !=
           0;  // NOLINT: its items are pointers
  }
  bool pop(std::uint64_t& item) {
    void* taken = nullptr;
    if (ck_peer_pop(peer, &taken) == 0) return false;
    item = reinterpret_cast<std::uint64_t>(taken);
    return true;
  }
};

BENCHMARK(peers::queue<CkRing>)->Name("peers/queue/ck_ring_spsc");
BENCHMARK(peers::hand_over<CkRing>)->Name("peers/hand_over/ck_ring_spsc")->Threads(2);

}  // namespace
