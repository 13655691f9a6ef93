// What else a shared machine does, on one CPU, until its parent ends:
//
//   disturbance memory CPU          copies 64 MB back and forth, without a pause
//   disturbance bursts CPU SEED     works for 1 to 20 ms, sleeps for 1 to 60 ms, at random

#include <sched.h>
#include <sys/prctl.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace {

[[noreturn]] void copy_for_ever() {
  std::vector<char> here(64U << 20U, 'x');
  std::vector<char> there(here.size());
  for (;;) {
    std::memcpy(there.data(), here.data(), here.size());
    here.swap(there);
  }
}

[[noreturn]] void burst_for_ever(unsigned long seed) {
  using namespace std::chrono;
  std::mt19937_64 random{seed};
  volatile unsigned long sink = 0;
  for (;;) {
    const auto end = steady_clock::now() + microseconds{1'000 + random() % 19'000};
    while (steady_clock::now() < end) sink = sink * 3 + 1;
    std::this_thread::sleep_for(microseconds{1'000 + random() % 59'000});
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::string kind = argc > 1 ? argv[1] : "";
  if (argc < 3 || (kind != "memory" && (kind != "bursts" || argc < 4))) {
    std::fputs("usage: disturbance memory CPU | bursts CPU SEED\n", stderr);
    return 2;
  }
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  cpu_set_t cpus;
  CPU_ZERO(&cpus);
  CPU_SET(std::strtoul(argv[2], nullptr, 10), &cpus);
  if (sched_setaffinity(0, sizeof cpus, &cpus) != 0) {
    std::perror("disturbance: sched_setaffinity");
    return 1;
  }
  if (kind == "memory") copy_for_ever();
  burst_for_ever(std::strtoul(argv[3], nullptr, 10));
}
