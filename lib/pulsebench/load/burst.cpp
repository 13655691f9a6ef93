#include "pulsebench/load/burst.hpp"

#include <algorithm>
#include <cassert>
#include <deque>
#include <utility>
#include <vector>

#include "pulsebench/load/schedule.hpp"

namespace pulsebench::load {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::nanoseconds;

constexpr nanoseconds kSlice{2'000'000};
constexpr nanoseconds kLate{1'000'000};

/// Times per request of slices: a slice ends with the first answer after its 2 ms, so that its
/// value has no rounding.
class Slices {
 public:
  explicit Slices(Clock::time_point start) : start_(start) {}

  void add_answer(Clock::time_point now) {
    ++answers_;
    if (now - start_ < kSlice) return;
    const double ns = std::chrono::duration<double, std::nano>(now - start_).count();
    ns_per_request_.push_back(ns / answers_);
    start_ = now;
    answers_ = 0;
  }

  /// Without the first slice, in which the connections warm up.
  [[nodiscard]] std::vector<double> take() {
    if (!ns_per_request_.empty()) ns_per_request_.erase(ns_per_request_.begin());
    return std::move(ns_per_request_);
  }

 private:
  Clock::time_point start_;
  int answers_ = 0;
  std::vector<double> ns_per_request_;
};

/// One burst while it runs.
class Running {
 public:
  Running(HttpClient& client, const BurstPlan& plan)
      : client_(client),
        plan_(plan),
        reconnections_before_(client.reconnections()),
        begun_(client.connections()),
        start_(Clock::now()),
        end_(start_ + plan.length),
        last_answer_(start_),
        slices_(start_),
        arrivals_(plan.loop == Loop::open ? plan.rate : 1.0, plan.seed),
        next_(arrivals_.next()) {}

  Burst run() {
    for (std::size_t i = client_.connections(); i-- > 0;) idle_.push_back(i);
    for (;;) {
      const auto now = Clock::now();
      send_what_is_due(now);
      if (!more_to_send(now) && due_.empty() && waiting_ == 0) break;
      if (now >= end_ + plan_.patience) {
        give_up(now);
        break;
      }
      client_.wait(patience(now), [&](const auto& outcome) { note(outcome); });
    }
    burst_.seconds = std::chrono::duration<double>(last_answer_ - start_).count();
    if (plan_.loop == Loop::closed) burst_.slices_ns = slices_.take();
    burst_.reconnections = client_.reconnections() - reconnections_before_;
    return std::move(burst_);
  }

 private:
  [[nodiscard]] bool more_to_send(Clock::time_point now) const {
    return plan_.loop == Loop::open ? next_ < plan_.length : now < end_;
  }

  void send_what_is_due(Clock::time_point now) {
    if (plan_.loop == Loop::closed) {
      while (now < end_ && !idle_.empty()) send(now);
      return;
    }
    for (; next_ < plan_.length && start_ + next_ <= now; next_ = arrivals_.next()) {
      due_.push_back({start_ + next_, now - (start_ + next_) > kLate});
    }
    for (; !due_.empty() && !idle_.empty(); due_.pop_front()) {
      if (due_.front().late) {
        ++burst_.late;
      } else if (now - due_.front().at > kLate) {
        ++burst_.queued;
      }
      send(due_.front().at);
    }
  }

  void send(Clock::time_point begun) {
    const std::size_t connection = idle_.back();
    idle_.pop_back();
    begun_[connection] = begun;
    ++waiting_;
    client_.send(connection);
  }

  [[nodiscard]] nanoseconds patience(Clock::time_point now) const {
    auto until = end_ + plan_.patience;
    if (plan_.loop == Loop::open && next_ < plan_.length) until = std::min(until, start_ + next_);
    return std::max(nanoseconds{0}, nanoseconds{until - now});
  }

  void note(const HttpClient::Outcome& outcome) {
    const auto now = Clock::now();
    --waiting_;
    idle_.push_back(outcome.connection);
    last_answer_ = now;
    count(begun_[outcome.connection], now, outcome.error);
    slices_.add_answer(now);
    // At once, not after the other answers of this wait.
    if (plan_.loop == Loop::closed && now < end_) send(now);
  }

  void count(Clock::time_point begun, Clock::time_point now, const std::string& error) {
    ++burst_.requests;
    burst_.latencies.record(now - begun);
    if (error.empty()) return;
    if (burst_.errors++ == 0) burst_.error = error;
  }

  void give_up(Clock::time_point now) {
    const std::string error = "no answer arrived in time";
    std::vector<bool> waits(begun_.size(), true);
    for (const std::size_t connection : idle_) waits[connection] = false;
    for (std::size_t i = 0; i < begun_.size(); ++i) {
      if (waits[i]) count(begun_[i], now, error);
    }
    for (const Due& request : due_) count(request.at, now, error);
    last_answer_ = now;
    client_.abandon();
  }

  struct Due {
    Clock::time_point at;
    bool late;  ///< noticed too late
  };

  HttpClient& client_;
  const BurstPlan& plan_;
  std::uint64_t reconnections_before_;
  std::vector<Clock::time_point> begun_;
  Clock::time_point start_, end_, last_answer_;
  Slices slices_;
  PoissonArrivals arrivals_;
  nanoseconds next_;
  std::vector<std::size_t> idle_;
  std::deque<Due> due_;
  std::size_t waiting_ = 0;
  Burst burst_;
};

}  // namespace

Burst take_burst(HttpClient& client, const BurstPlan& plan) {
  assert(plan.loop == Loop::closed || plan.rate > 0.0);
  return Running{client, plan}.run();
}

}  // namespace pulsebench::load
