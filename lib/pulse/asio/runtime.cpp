#include "pulse/asio/runtime.hpp"

#include <unistd.h>

#include <future>
#include <optional>
#include <utility>

#if defined(__linux__)
#include <sys/syscall.h>
#endif

namespace pulse::asio {
namespace {

pid_t this_thread() noexcept {
#if defined(__linux__)
  return static_cast<pid_t>(syscall(SYS_gettid));
#else
  return 0;
#endif
}

}  // namespace

struct Runtime::Member {
  explicit Member(WorkerGroup& group) : worker(group) { parked.emplace(worker); }

  Worker worker;
  std::optional<Worker::Parked>
      parked;  ///< destroyed first: the worker's destructor needs to be online
};

Runtime::Runtime(const RuntimeOptions& options, LogSink* sink, Location where)
    : group_(options.workers + 1),
      isolation_(options.isolation),
      intervention_(sink != nullptr ? *sink : discard_, &isolation_),
      tiers_(group_, options.config, &intervention_, {}, options.statistics),
      registry_(group_),
      pool_(options.workers),
      lane_(1) {
  if (!options.is_watching) return;
  connection_.emplace(registry_, tiers_, options.timing);
  std::promise<pid_t> lane_thread;
  ::asio::post(lane_, [&] { lane_thread.set_value(this_thread()); });
  const pid_t thread = lane_thread.get_future().get();
  if (!intervention_.isolate(thread)) return;
  lane_thread_ = thread;
  shown_lane_ = Resource(tiers_.resources(), "lane", where);
}

Runtime::~Runtime() { join(); }

void Runtime::join() {
  pool_.join();
  if (lane_thread_ != 0) static_cast<void>(intervention_.release(std::exchange(lane_thread_, 0)));
  lane_.join();
}

Runtime::Member& Runtime::member() {
  // The pool's threads belong to this runtime only, and end before it does.
  thread_local Member member(group_);
  return member;
}

Task::Task(Runtime& runtime, Priority priority, Location where)
    : runtime_(runtime),
      handle_(runtime.tiers_.register_task(priority, where)),
      shown_strand_(runtime.tiers_.resources(), "strand", where),
      pool_work_(runtime.pool_.get_executor()),
      lane_work_(runtime.lane_.get_executor()) {}

Task::~Task() {
  if (handle_) runtime_.tiers_.complete(handle_);
}

void Task::submit(std::unique_ptr<Handler> handler) {
  const std::lock_guard lock(mutex_);
  ready_.push_back(std::move(handler));
  if (!std::exchange(is_scheduled_, true)) return schedule();
  note_backlog(ready_.size() - (is_polled_ ? 0 : 1));
}

/// Handlers that wait until an earlier one of the task is done. Called under the mutex.
void Task::note_backlog(std::size_t handlers) {
  if (handle_) runtime_.tiers_.set_backlog(handle_, static_cast<std::uint32_t>(handlers));
}

/// Called under the mutex, or by the owner.
void Task::schedule() {
  if (handle_) runtime_.tiers_.queued(handle_);
  if (is_in_lane_) runtime_.shown_lane_.wait();
  ::asio::post(is_in_lane_ ? runtime_.lane_ : runtime_.pool_,
               [self = shared_from_this()] { self->turn(); });
}

void Task::turn() {
  if (is_in_lane_) runtime_.shown_lane_.leave();
  if (std::exchange(skips_next_turn_, false)) return schedule();
  std::unique_ptr<Handler> handler;
  {
    const std::lock_guard lock(mutex_);
    handler = std::move(ready_.front());
    ready_.pop_front();
    is_polled_ = true;
  }
  const Decision decision = poll(*handler);
  handler.reset();  // before the next turn: it may own the last reference to an object
  const std::lock_guard lock(mutex_);
  // A task that waits has yielded already.
  skips_next_turn_ = decision != Decision::proceed && !ready_.empty();
  is_in_lane_ = decision == Decision::isolate && runtime_.lane_thread_ != 0;
  is_polled_ = false;
  is_scheduled_ = !ready_.empty();
  if (!is_scheduled_) return;
  note_backlog(ready_.size() - 1);
  schedule();
}

Decision Task::poll(Handler& handler) {
  if (!handle_) {
    handler.call();  // the manager had no room: it runs unwatched
    return Decision::proceed;
  }
  Runtime::Member& member = runtime_.member();
  member.parked.reset();
  const PollContext context{handle_, member.worker.index()};
  runtime_.registry_.before_poll(context);
  handler.call();
  PollResult result = PollResult::waiting;
  {
    const std::lock_guard lock(mutex_);
    if (!ready_.empty()) result = PollResult::again;
  }
  const Decision decision = runtime_.registry_.after_poll(context, result);
  if (decision != Decision::proceed) runtime_.tiers_.yielded(handle_);
  member.parked.emplace(member.worker);
  return decision;
}

}  // namespace pulse::asio
