#include "pulsebench/run/interrupt.hpp"

#include <doctest/doctest.h>
#include <poll.h>

#include <csignal>

using pulsebench::run::Interrupt;

TEST_CASE("SIGTERM is recorded and makes the descriptor readable; a new Interrupt has no signal") {
  {
    const Interrupt interrupt;
    pollfd polled{interrupt.descriptor(), POLLIN, 0};
    CHECK(interrupt.signal() == 0);
    CHECK(poll(&polled, 1, 0) == 0);
    std::raise(SIGTERM);
    CHECK(interrupt.signal() == SIGTERM);
    CHECK(poll(&polled, 1, 0) == 1);
  }
  const Interrupt next;
  CHECK(next.signal() == 0);
}

TEST_CASE("a signal stays for who holds an Interrupt around others") {
  const Interrupt outer;
  {
    const Interrupt inner;
    std::raise(SIGINT);
    CHECK(inner.signal() == SIGINT);
  }
  CHECK(outer.signal() == SIGINT);
  const Interrupt after;
  CHECK(after.signal() == SIGINT);
  pollfd polled{after.descriptor(), POLLIN, 0};
  CHECK(poll(&polled, 1, 0) == 1);
}
