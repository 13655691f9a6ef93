// liburcu: read sides that announce quiescence, and that enter and leave.
#define URCU_API_MAP  // every flavour with its own prefix
#include <urcu/urcu-memb.h>
#include <urcu/urcu-qsbr.h>

#include "groups.hpp"

namespace {

struct Quiescent {
  std::uint64_t* value = new std::uint64_t{1};

  Quiescent() { urcu_qsbr_register_thread(); }
  ~Quiescent() {
    urcu_qsbr_unregister_thread();
    delete value;
  }
  Quiescent(const Quiescent&) = delete;
  Quiescent& operator=(const Quiescent&) = delete;

  std::uint64_t read() {
    urcu_qsbr_read_lock();
    const std::uint64_t seen = *rcu_dereference(value);
    urcu_qsbr_read_unlock();
    urcu_qsbr_quiescent_state();
    return seen;
  }
};

struct Membarrier {
  std::uint64_t* value = new std::uint64_t{1};

  Membarrier() { urcu_memb_register_thread(); }
  ~Membarrier() {
    urcu_memb_unregister_thread();
    delete value;
  }
  Membarrier(const Membarrier&) = delete;
  Membarrier& operator=(const Membarrier&) = delete;

  std::uint64_t read() {
    urcu_memb_read_lock();
    const std::uint64_t seen = *rcu_dereference(value);
    urcu_memb_read_unlock();
    return seen;
  }
};

BENCHMARK(peers::read_side<Quiescent>)->Name("peers/read_side/urcu_qsbr");
BENCHMARK(peers::read_side<Membarrier>)->Name("peers/read_side/urcu_memb");

}  // namespace
