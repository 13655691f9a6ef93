#include "pulsebench/harness/profile.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "pulsebench/harness/stack_sampler.hpp"
#include "pulsebench/wire/sample_recording.hpp"

namespace pulsebench::harness {
namespace {

constexpr double kPeriodSpread = 0.02;  // of the period, against a lock step with the operations

/// The file of samples. A sample is written as far as its stack is above the batch: what called the
/// harness is the same in all of them.
class SampleFile {
 public:
  explicit SampleFile(const std::string& path)
      : file_(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)),
        error_(file_ < 0 ? errno : 0) {
    write_all(&head_, sizeof head_);
  }
  SampleFile(const SampleFile&) = delete;
  SampleFile& operator=(const SampleFile&) = delete;
  ~SampleFile() {
    if (file_ >= 0) close(file_);
  }

  void end_stacks_at(const void* frame) { stack_end_ = reinterpret_cast<std::uintptr_t>(frame); }

  void add(const counters::StackSample& sample) {
    wire::SampleHead head{.thread = sample.thread, .registers = sample.registers};
    const std::uintptr_t begin = sample.registers[7];
    const std::size_t used = stack_end_ > begin ? stack_end_ - begin : 0;
    head.stack_bytes = std::min(sample.stack.size(), used) & ~std::size_t{7};
    const auto* const bytes = reinterpret_cast<const char*>(&head);
    buffer_.insert(buffer_.end(), bytes, bytes + sizeof head);
    buffer_.insert(buffer_.end(), sample.stack.begin(),
                   sample.stack.begin() + static_cast<std::ptrdiff_t>(head.stack_bytes));
  }

  void flush() {
    write_all(buffer_.data(), buffer_.size());
    head_.samples_bytes += buffer_.size();
    buffer_.clear();
  }

  /// Returns 0, or the errno of what failed.
  int finish(std::uint64_t batch) {
    flush();
    std::ifstream in{"/proc/self/maps"};
    const std::string maps{std::istreambuf_iterator<char>{in}, {}};
    write_all(maps.data(), maps.size());
    head_.maps_bytes = maps.size();
    head_.batch = batch;
    if (error_ == 0 && pwrite(file_, &head_, sizeof head_, 0) != sizeof head_) error_ = errno;
    return error_;
  }

 private:
  void write_all(const void* bytes, std::size_t size) {
    const char* at = static_cast<const char*>(bytes);
    while (size > 0 && error_ == 0) {
      const ssize_t written = write(file_, at, size);
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) {
        error_ = errno;
        return;
      }
      at += written;
      size -= static_cast<std::size_t>(written);
    }
  }

  int file_;
  int error_;
  wire::SampleRecordingHead head_;
  std::uintptr_t stack_end_ = 0;
  std::vector<char> buffer_;
};

/// CPU time of the calling thread, which samplers count: a thread that waits has no samples.
double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

/// Slices of one kind of visit.
struct Slices {
  std::vector<std::uint64_t> ticks;

  [[nodiscard]] double total() const {
    double sum = 0.0;
    for (const std::uint64_t one : ticks) sum += static_cast<double>(one);
    return sum;
  }
  [[nodiscard]] double mean() const { return total() / static_cast<double>(ticks.size()); }
  [[nodiscard]] double quantile_25() const {
    std::vector<std::uint64_t> sorted = ticks;
    const auto quarter = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 4);
    std::nth_element(sorted.begin(), quarter, sorted.end());
    return static_cast<double>(*quarter);
  }
};

class Profile {
 public:
  Profile(const wire::TakeProfile& ask, const Batch& batch, const TickClock& clock,
          StackSampler& sampler, SampleFile& file)
      : ask_(ask), batch_(batch), clock_(clock), sampler_(sampler), file_(file) {}

  void take() {
    const std::vector<std::uint64_t> periods = draw_periods();
    const std::uint64_t begin = monotonic_ns();
    while (monotonic_ns() - begin < ask_.warm_up_ns) {
      batch_.run(batch_.operation, ask_.batching.operations);
    }
    take_rounds(periods);
  }

  [[nodiscard]] wire::Profiled result() const {
    const double ns_per_tick = clock_.ns_per_tick();
    const double ns_per_op = ns_per_tick / static_cast<double>(ask_.batching.operations);
    const counters::SamplerCounts counts = sampler_.counts();
    return {.id = ask_.id,
            .by = sampler_.name(),
            .samples = counts.samples,
            .lost = counts.lost,
            .throttled = counts.throttled,
            .sampled_seconds = sampled_cpu_seconds_,
            .p25_ns_per_op = timed_.quantile_25() * ns_per_op,
            .mean_ns_per_op = timed_.mean() * ns_per_op,
            .sampled_ns_per_op = sampled_.mean() * ns_per_op};
  }

 private:
  [[nodiscard]] std::vector<std::uint64_t> draw_periods() const {
    std::mt19937_64 bits{std::random_device{}()};
    const auto period = static_cast<double>(ask_.period_ns);
    std::uniform_real_distribution<double> draw{(1.0 - kPeriodSpread) * period,
                                                (1.0 + kPeriodSpread) * period};
    std::vector<std::uint64_t> periods;
    for (int i = 0; i < ask_.rounds; ++i) periods.push_back(static_cast<std::uint64_t>(draw(bits)));
    return periods;
  }

  /// Not inlined, so that its frame is small, and those of the callers are above.
  [[gnu::noinline]] void take_rounds(const std::vector<std::uint64_t>& periods) {
    file_.end_stacks_at(__builtin_frame_address(0));
    for (const std::uint64_t period : periods) {
      for (int i = 0; i < ask_.batching.slices; ++i) take_slice(timed_);
      const double before = cpu_seconds();
      sampler_.start(period);
      for (int i = 0; i < ask_.sampled_slices; ++i) {
        take_slice(sampled_);
        if (sampler_.is_half_full()) drain();
      }
      sampler_.stop();
      sampled_cpu_seconds_ += cpu_seconds() - before;
      drain();
    }
  }

  void take_slice(Slices& slices) {
    const std::uint64_t reported = batch_.reports_its_time ? batch_.latencies->reported() : 0;
    const std::uint64_t begin = clock_.begin();
    batch_.run(batch_.operation, ask_.batching.operations);
    const std::uint64_t ticks = clock_.end() - begin;
    slices.ticks.push_back(batch_.reports_its_time ? batch_.latencies->reported() - reported
                                                   : ticks);
  }

  void drain() {
    sampler_.drain([this](const counters::StackSample& sample) { file_.add(sample); });
    file_.flush();
  }

  const wire::TakeProfile& ask_;
  const Batch& batch_;
  const TickClock& clock_;
  StackSampler& sampler_;
  SampleFile& file_;
  Slices timed_, sampled_;
  double sampled_cpu_seconds_ = 0.0;
};

wire::Event failed(const wire::TakeProfile& ask, std::string reason) {
  return wire::Failed{.id = ask.id, .status = Status::failed, .reason = std::move(reason)};
}

}  // namespace

wire::Event take_profile(const wire::TakeProfile& ask, const Batch& batch, const TickClock& clock) {
  const auto stack_bytes = static_cast<std::uint32_t>(ask.stack_bytes);
  std::string refused;
  auto sampler = ask.by_timer ? nullptr : make_perf_sampler(stack_bytes, refused);
  if (!sampler) sampler = make_timer_sampler(stack_bytes);
  if (!sampler) {
    return failed(ask, "neither perf events nor a timer can sample here" +
                           (refused.empty() ? "" : ": " + refused));
  }
  SampleFile file{ask.file};
  Profile profile{ask, batch, clock, *sampler, file};
  profile.take();
  if (const int error = file.finish(reinterpret_cast<std::uintptr_t>(batch.run)); error != 0) {
    return failed(ask, "the file of samples: " + std::string{std::strerror(error)});
  }
  wire::Profiled profiled = profile.result();
  profiled.refused = refused;
  return profiled;
}

}  // namespace pulsebench::harness
