#include "pulsebench/counters/perf_sampler.hpp"

#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <string>
#include <vector>

#if defined(__x86_64__)
#include <asm/perf_regs.h>
#endif

namespace pulsebench::counters {
namespace {

constexpr std::size_t kMostPages = 2048;  // 8 MiB, for each user by default (perf_event_mlock_kb,
constexpr std::size_t kLeastPages = 32;   // RLIMIT_MEMLOCK); where there is less, fewer are tried

#if defined(__x86_64__)
constexpr std::uint64_t kRegisters = 0xff0fffULL & ~(1ULL << PERF_REG_X86_DS) &
                                     ~(1ULL << PERF_REG_X86_ES) & ~(1ULL << PERF_REG_X86_FS) &
                                     ~(1ULL << PERF_REG_X86_GS);

/// DWARF's number of each register, in the order in which the kernel writes them; -1: of no use.
/// Source: linux/arch/x86/include/uapi/asm/perf_regs.h, and the psABI of x86-64, figure 3.36.
constexpr std::array kDwarfNumbers{0,  3,  2, 1, 4,  5,  6,  7,  16, -1,
                                   -1, -1, 8, 9, 10, 11, 12, 13, 14, 15};
static_assert(kDwarfNumbers.size() == std::size_t{std::popcount(kRegisters)});
#endif

template <class T>
T take(std::span<const char>& bytes) {
  T value{};
  if (bytes.size() < sizeof value) {
    bytes = {};
    return value;
  }
  std::memcpy(&value, bytes.data(), sizeof value);
  bytes = bytes.subspan(sizeof value);
  return value;
}

/// Where the kernel's code may not be sampled (perf_event_paranoid is 2), only the program's is.
long open_event(const SamplerSettings& settings, bool with_kernel) {
#if defined(__x86_64__)
  perf_event_attr event{};
  event.size = sizeof event;
  event.type = PERF_TYPE_SOFTWARE;
  event.config = PERF_COUNT_SW_TASK_CLOCK;
  event.sample_period = 1'000'000;  // until it is started
  event.sample_type = PERF_SAMPLE_TID | PERF_SAMPLE_REGS_USER | PERF_SAMPLE_STACK_USER;
  event.sample_regs_user = kRegisters;
  event.sample_stack_user = settings.stack_bytes;
  event.disabled = 1;
  event.exclude_kernel = with_kernel ? 0 : 1;
  event.exclude_hv = 1;
  event.inherit = settings.new_threads ? 1 : 0;
  return syscall(SYS_perf_event_open, &event, settings.process, settings.cpu, -1,
                 PERF_FLAG_FD_CLOEXEC);
#else
  static_cast<void>(settings);
  static_cast<void>(with_kernel);
  errno = ENOSYS;
  return -1;
#endif
}

std::string why_refused(int error) {
  switch (error) {
    case EACCES:
    case EPERM:
      return "perf events are forbidden here (kernel.perf_event_paranoid, a container)";
    case ENOSYS:
      return "perf events are not available here";
    default:
      return std::string{"perf events: "} + std::strerror(error);
  }
}

}  // namespace

/// The kernel's event, and the memory that it writes samples to.
class PerfSampler::Ring {
 public:
  explicit Ring(int event) : event_(event) {}
  Ring(const Ring&) = delete;
  Ring& operator=(const Ring&) = delete;
  ~Ring() {
    if (page_ != nullptr) munmap(page_, size_ + page_size());
    close(event_);
  }

  /// Returns 0 or errno.
  int map() {
    for (std::size_t pages = kMostPages; pages >= kLeastPages; pages /= 2) {
      size_ = pages * page_size();
      void* const memory =
          mmap(nullptr, size_ + page_size(), PROT_READ | PROT_WRITE, MAP_SHARED, event_, 0);
      if (memory != MAP_FAILED) {
        page_ = static_cast<perf_event_mmap_page*>(memory);
        return 0;
      }
    }
    return errno;
  }

  void control(unsigned long request, std::uint64_t* argument = nullptr) const {
    ioctl(event_, request, argument);
  }

  [[nodiscard]] std::uint64_t pending() const { return head() - page_->data_tail; }
  [[nodiscard]] std::size_t size() const { return size_; }

  /// Calls `on_record(type, content)` for each record, and frees its memory.
  template <class OnRecord>
  void take_records(const OnRecord& on_record) {
    const std::uint64_t end = head();
    std::uint64_t at = page_->data_tail;
    while (end - at >= sizeof(perf_event_header)) {
      perf_event_header header{};
      copy(at, {reinterpret_cast<char*>(&header), sizeof header});
      if (header.size < sizeof header || header.size > end - at) break;
      content_.resize(header.size - sizeof header);
      copy(at + sizeof header, content_);
      on_record(header.type, std::span<const char>{content_});
      at += header.size;
    }
    // Release: the kernel overwrites the records only after they were read.
    __atomic_store_n(&page_->data_tail, at, __ATOMIC_RELEASE);
  }

 private:
  static std::size_t page_size() {
    static const auto size = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    return size;
  }

  /// Acquire: records up to the head are read after the kernel wrote them.
  [[nodiscard]] std::uint64_t head() const {
    return __atomic_load_n(&page_->data_head, __ATOMIC_ACQUIRE);
  }

  void copy(std::uint64_t from, std::span<char> into) const {
    const char* const data = reinterpret_cast<const char*>(page_) + page_size();
    const std::size_t begin = from % size_;
    const std::size_t first = std::min(into.size(), size_ - begin);
    std::memcpy(into.data(), data + begin, first);
    std::memcpy(into.data() + first, data, into.size() - first);
  }

  int event_;
  std::size_t size_ = 0;
  perf_event_mmap_page* page_ = nullptr;
  std::vector<char> content_;
};

namespace {

/// Reads the content of PERF_RECORD_SAMPLE, in the order that perf_event_open(2) gives. False for a
/// sample without registers, as of a thread of the kernel.
bool read_sample(std::span<const char> content, StackSample& sample) {
#if defined(__x86_64__)
  take<std::uint32_t>(content);  // of the process
  sample.thread = take<std::uint32_t>(content);
  if (take<std::uint64_t>(content) != PERF_SAMPLE_REGS_ABI_64) return false;
  for (const int number : kDwarfNumbers) {
    const auto value = take<std::uint64_t>(content);
    if (number >= 0) sample.registers[static_cast<std::size_t>(number)] = value;
  }
  const auto size = take<std::uint64_t>(content);
  if (size == 0 || size > content.size()) return false;
  std::span<const char> after = content.subspan(size);
  const auto copied = std::min(take<std::uint64_t>(after), size);
  sample.stack = content.first(copied);
  return true;
#else
  static_cast<void>(content);
  static_cast<void>(sample);
  return false;
#endif
}

}  // namespace

PerfSampler::PerfSampler(std::unique_ptr<Ring> ring) : ring_(std::move(ring)) {}
PerfSampler::PerfSampler(PerfSampler&&) noexcept = default;
PerfSampler& PerfSampler::operator=(PerfSampler&&) noexcept = default;
PerfSampler::~PerfSampler() = default;

Result<PerfSampler> PerfSampler::open(const SamplerSettings& settings) {
  long event = open_event(settings, /*with_kernel=*/true);
  if (event < 0 && (errno == EACCES || errno == EPERM)) {
    event = open_event(settings, /*with_kernel=*/false);
  }
  if (event < 0) return fail(ErrorCode::io, why_refused(errno));
  auto ring = std::make_unique<Ring>(static_cast<int>(event));
  if (const int error = ring->map(); error != 0) {
    return fail(ErrorCode::io,
                std::string{"no memory for perf samples (ulimit -l): "} + std::strerror(error));
  }
  return PerfSampler{std::move(ring)};
}

void PerfSampler::start(std::uint64_t period_ns) {
  ring_->control(PERF_EVENT_IOC_PERIOD, &period_ns);
  ring_->control(PERF_EVENT_IOC_ENABLE);
}

void PerfSampler::stop() { ring_->control(PERF_EVENT_IOC_DISABLE); }

bool PerfSampler::is_half_full() const { return ring_->pending() > ring_->size() / 2; }

void PerfSampler::drain(const OnSample& on_sample) {
  ring_->take_records([&](std::uint32_t type, std::span<const char> content) {
    if (type == PERF_RECORD_LOST) {
      take<std::uint64_t>(content);  // which event
      counts_.lost += take<std::uint64_t>(content);
    } else if (type == PERF_RECORD_THROTTLE) {
      ++counts_.throttled;
    } else if (type == PERF_RECORD_SAMPLE) {
      StackSample sample;
      if (!read_sample(content, sample)) return;
      ++counts_.samples;
      on_sample(sample);
    }
  });
}

}  // namespace pulsebench::counters
