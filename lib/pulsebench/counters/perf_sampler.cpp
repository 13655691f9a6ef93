#include "pulsebench/counters/perf_sampler.hpp"

#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <vector>

namespace pulsebench::counters {
namespace {

/// Where less memory may be locked (perf_event_mlock_kb, RLIMIT_MEMLOCK), fewer pages are tried.
constexpr std::size_t kLeastPages = 32;

/// Where the kernel's code may not be sampled (perf_event_paranoid is 2), only the program's is.
long open_event(const SamplerSettings& settings, bool with_kernel) {
#if defined(__x86_64__)
  perf_event_attr event{};
  event.size = sizeof event;
  event.type = PERF_TYPE_SOFTWARE;
  event.config = PERF_COUNT_SW_TASK_CLOCK;
  event.sample_period = settings.period_ns;
  event.sample_type = PERF_SAMPLE_TID | PERF_SAMPLE_REGS_USER | PERF_SAMPLE_STACK_USER;
  event.sample_regs_user = sampled_registers();
  event.sample_stack_user = settings.stack_bytes;
  event.disabled = 1;
  event.exclude_kernel = with_kernel ? 0 : 1;
  event.exclude_hv = 1;
  event.inherit = settings.new_threads ? 1 : 0;
  event.enable_on_exec = settings.at_exec ? 1 : 0;
  if (settings.images) {
    event.sample_type |= PERF_SAMPLE_TIME;
    event.mmap = event.mmap2 = event.comm = event.comm_exec = event.task = 1;
    event.sample_id_all = 1;
  }
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

/// The kernel's events, and the memory that they write samples to.
class PerfSampler::Ring {
 public:
  explicit Ring(int event) : events_{event} {}
  Ring(const Ring&) = delete;
  Ring& operator=(const Ring&) = delete;
  ~Ring() {
    if (page_ != nullptr) munmap(page_, size_ + page_size());
    for (const int event : events_) close(event);
  }

  /// Returns 0 or errno.
  int map(std::size_t most_pages) {
    for (std::size_t pages = most_pages; pages >= kLeastPages; pages /= 2) {
      size_ = pages * page_size();
      void* const memory =
          mmap(nullptr, size_ + page_size(), PROT_READ | PROT_WRITE, MAP_SHARED, events_[0], 0);
      if (memory != MAP_FAILED) {
        page_ = static_cast<perf_event_mmap_page*>(memory);
        return 0;
      }
    }
    return errno;
  }

  /// Has one more event write here. Returns 0 or errno.
  int add(int event) {
    events_.push_back(event);
    return ioctl(event, PERF_EVENT_IOC_SET_OUTPUT, events_[0]) == 0 ? 0 : errno;
  }

  void control(unsigned long request, std::uint64_t* argument = nullptr) const {
    for (const int event : events_) ioctl(event, request, argument);
  }

  [[nodiscard]] std::uint64_t pending() const { return head() - page_->data_tail; }
  [[nodiscard]] std::size_t size() const { return size_; }

  /// Calls `on_record(header, content)` for each record, and frees its memory.
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
      on_record(header, std::span<const char>{content_});
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

  std::vector<int> events_;
  std::size_t size_ = 0;
  perf_event_mmap_page* page_ = nullptr;
  std::vector<char> content_;
};

PerfSampler::PerfSampler(std::unique_ptr<Ring> ring, const SamplerSettings& settings,
                         bool sees_kernel)
    : ring_(std::move(ring)), settings_(settings), sees_kernel_(sees_kernel) {}
PerfSampler::PerfSampler(PerfSampler&&) noexcept = default;
PerfSampler& PerfSampler::operator=(PerfSampler&&) noexcept = default;
PerfSampler::~PerfSampler() = default;

Result<PerfSampler> PerfSampler::open(const SamplerSettings& settings) {
  long event = open_event(settings, /*with_kernel=*/true);
  const bool refused = event < 0 && (errno == EACCES || errno == EPERM);
  if (refused) event = open_event(settings, /*with_kernel=*/false);
  if (event < 0) return fail(ErrorCode::io, why_refused(errno));
  auto ring = std::make_unique<Ring>(static_cast<int>(event));
  if (const int error = ring->map(settings.most_pages); error != 0) {
    return fail(ErrorCode::io,
                std::string{"no memory for perf samples (ulimit -l): "} + std::strerror(error));
  }
  return PerfSampler{std::move(ring), settings, !refused};
}

Result<void> PerfSampler::also(int thread) {
  SamplerSettings settings = settings_;
  settings.process = thread;
  const long event = open_event(settings, sees_kernel_);
  if (event < 0) return fail(ErrorCode::io, why_refused(errno));
  const int error = ring_->add(static_cast<int>(event));
  return error == 0 ? Result<void>{} : fail(ErrorCode::io, why_refused(error));
}

void PerfSampler::start(std::uint64_t period_ns) {
  ring_->control(PERF_EVENT_IOC_PERIOD, &period_ns);
  ring_->control(PERF_EVENT_IOC_ENABLE);
}

void PerfSampler::stop() { ring_->control(PERF_EVENT_IOC_DISABLE); }

bool PerfSampler::is_half_full() const { return ring_->pending() > ring_->size() / 2; }

void PerfSampler::drain(const OnSample& on_sample, const OnImage& on_image) {
  ring_->take_records([&](const perf_event_header& header, std::span<const char> content) {
    if (header.type == PERF_RECORD_LOST) {
      counts_.lost += read_lost(content);
    } else if (header.type == PERF_RECORD_THROTTLE) {
      ++counts_.throttled;
    } else if (header.type == PERF_RECORD_SAMPLE) {
      StackSample sample;
      if (!read_sample(content, settings_.images, sample)) return;
      ++counts_.samples;
      on_sample(sample);
    } else if (settings_.images && on_image) {
      if (auto event = read_image(header.type, header.misc, content)) on_image(*std::move(event));
    }
  });
}

}  // namespace pulsebench::counters
