#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>

#include "pulsebench/harness/stack_sampler.hpp"
#include "pulsebench/wire/sample_recording.hpp"

namespace pulsebench::harness {
namespace {

#if defined(__x86_64__) && defined(__linux__)

constexpr std::size_t kSampleMemory = 64U << 20U;  // of addresses; pages are taken when written

/// What the handler writes to. It runs in the thread that reads it, so plain variables do, and the
/// compiler is kept from moving accesses by signal fences.
struct SampleMemory {
  char* bytes = nullptr;
  volatile std::size_t used = 0;
  volatile std::uint64_t lost = 0;
  std::uint32_t stack_bytes = 0;
  std::uintptr_t stack_end = 0;  ///< of the thread's stack
};
SampleMemory sampled;

/// Registers of the kernel's signal frame in the order of DWARF's numbers.
constexpr std::array<int, 17> kInSignalFrame{REG_RAX, REG_RDX, REG_RCX, REG_RBX, REG_RSI, REG_RDI,
                                             REG_RBP, REG_RSP, REG_R8,  REG_R9,  REG_R10, REG_R11,
                                             REG_R12, REG_R13, REG_R14, REG_R15, REG_RIP};

/// Not memcpy: a sanitizer would report the gaps between the variables of a stack.
void copy_bytes(char* to, std::uintptr_t from, std::size_t bytes) {
  asm volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(bytes) : : "memory");
}

/// Only copies: nothing here allocates, locks or calls a function that a signal may interrupt.
void copy_stack(int, siginfo_t*, void* interrupted) {
  const auto& machine = static_cast<const ucontext_t*>(interrupted)->uc_mcontext;
  wire::SampleHead head;
  for (std::size_t i = 0; i < kInSignalFrame.size(); ++i) {
    head.registers[i] = static_cast<std::uint64_t>(machine.gregs[kInSignalFrame[i]]);
  }
  const std::uintptr_t begin = head.registers[7];
  const std::size_t left = sampled.stack_end > begin ? sampled.stack_end - begin : 0;
  head.stack_bytes = left < sampled.stack_bytes ? left : sampled.stack_bytes;
  const std::size_t needed = sizeof head + head.stack_bytes;
  if (needed > kSampleMemory - sampled.used) {
    sampled.lost = sampled.lost + 1;
    return;
  }
  std::memcpy(sampled.bytes + sampled.used, &head, sizeof head);
  copy_bytes(sampled.bytes + sampled.used + sizeof head, begin, head.stack_bytes);
  sampled.used = sampled.used + needed;
}

/// One past the last byte of the calling thread's stack.
std::uintptr_t end_of_stack() {
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return 0;
  void* begin = nullptr;
  std::size_t size = 0;
  pthread_attr_getstack(&attributes, &begin, &size);
  pthread_attr_destroy(&attributes);
  return reinterpret_cast<std::uintptr_t>(begin) + size;
}

class ByTimer final : public StackSampler {
 public:
  /// Returns false where the kernel refuses.
  bool open(std::uint32_t stack_bytes) {
    void* const memory = mmap(nullptr, kSampleMemory, PROT_READ | PROT_WRITE,
                              MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) return false;
    sampled.bytes = static_cast<char*>(memory);
    sampled.used = 0;
    sampled.lost = 0;
    sampled.stack_bytes = stack_bytes;
    sampled.stack_end = end_of_stack();
    struct sigaction action {};
    action.sa_sigaction = copy_stack;
    action.sa_flags = SA_SIGINFO | SA_RESTART;
    if (sampled.stack_end == 0 || sigaction(SIGPROF, &action, &before_) != 0) return false;
    handles_ = true;
    sigevent event{};
    event.sigev_notify = SIGEV_THREAD_ID;
    event.sigev_signo = SIGPROF;
    event._sigev_un._tid = static_cast<pid_t>(syscall(SYS_gettid));
    has_timer_ = timer_create(CLOCK_MONOTONIC, &event, &timer_) == 0;
    return has_timer_;
  }

  ~ByTimer() override {
    if (has_timer_) timer_delete(timer_);
    if (handles_) sigaction(SIGPROF, &before_, nullptr);
    if (sampled.bytes != nullptr) munmap(sampled.bytes, kSampleMemory);
    sampled.bytes = nullptr;
  }

  [[nodiscard]] const char* name() const override { return "timer"; }

  void start(std::uint64_t period_ns) override {
    const timespec period{.tv_sec = static_cast<time_t>(period_ns / 1'000'000'000),
                          .tv_nsec = static_cast<long>(period_ns % 1'000'000'000)};
    const itimerspec times{.it_interval = period, .it_value = period};
    timer_settime(timer_, 0, &times, nullptr);
  }

  void stop() override {
    const itimerspec never{};
    timer_settime(timer_, 0, &never, nullptr);
  }

  void drain(const counters::OnSample& on_sample) override {
    std::atomic_signal_fence(std::memory_order_acquire);
    for (std::size_t at = 0; at < sampled.used;) {
      wire::SampleHead head;
      std::memcpy(&head, sampled.bytes + at, sizeof head);
      at += sizeof head;
      on_sample({.thread = 0,
                 .registers = head.registers,
                 .stack = {sampled.bytes + at, head.stack_bytes}});
      at += head.stack_bytes;
      ++samples_;
    }
    sampled.used = 0;
    std::atomic_signal_fence(std::memory_order_release);
  }

  [[nodiscard]] bool is_half_full() const override { return sampled.used > kSampleMemory / 2; }

  [[nodiscard]] counters::SamplerCounts counts() const override {
    return {.samples = samples_, .lost = sampled.lost, .throttled = 0};
  }

 private:
  struct sigaction before_ {};
  bool handles_ = false;
  bool has_timer_ = false;
  timer_t timer_{};
  std::uint64_t samples_ = 0;
};

#endif

}  // namespace

std::unique_ptr<StackSampler> make_timer_sampler(std::uint32_t stack_bytes) {
#if defined(__x86_64__) && defined(__linux__)
  auto sampler = std::make_unique<ByTimer>();
  if (sampler->open(stack_bytes)) return sampler;
#else
  static_cast<void>(stack_bytes);
#endif
  return nullptr;
}

}  // namespace pulsebench::harness
