#include "pulse/console/server.hpp"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <vector>

#include "pulse/console/prometheus.hpp"

namespace pulse::console {
namespace {

constexpr std::size_t kMostClients = 16;  // of each kind
constexpr std::chrono::milliseconds kPause{500};
constexpr std::size_t kLongestRequest = 8192;

/// Signals are for the program's own threads.
class NoSignals {
 public:
  NoSignals() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~NoSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  NoSignals(const NoSignals&) = delete;
  NoSignals& operator=(const NoSignals&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace

Server::Server(TierManager& tiers, const ConsoleOptions& options, Descriptor tasks,
               Descriptor metrics, Pipe stop)
    : tiers_(tiers),
      options_(options),
      tasks_(std::move(tasks)),
      metrics_(std::move(metrics)),
      stop_(std::move(stop)),
      sampler_(tiers) {
  const NoSignals inherited;
  thread_ = std::thread([this] { serve(); });
}

Server::~Server() {
  stop_.write_end = {};
  thread_.join();
  tiers_.watch().stop();
}

void Server::serve() {
  std::vector<pollfd> waiting;
  while (true) {
    waiting = {{stop_.read_end.get(), POLLIN, 0}, listening(tasks_), listening(metrics_)};
    const auto await = [&](const Peer& peer) {
      waiting.push_back(
          {peer.socket(), static_cast<short>(POLLIN | (peer.has_unsent() ? POLLOUT : 0)), 0});
    };
    for (const Viewer& viewer : viewers_) await(viewer.peer);
    for (const Scraper& scraper : scrapers_) await(scraper.peer);
    ::poll(waiting.data(), static_cast<nfds_t>(waiting.size()), wait_time());
    if (waiting[0].revents != 0) return;
    std::size_t at = 3;
    for (Viewer& viewer : viewers_) {
      const short events = waiting[at++].revents;
      if ((events & POLLOUT) != 0) viewer.peer.send_kept();
      if ((events & ~POLLOUT) != 0) static_cast<void>(viewer.peer.receive());
    }
    for (Scraper& scraper : scrapers_) {
      const short events = waiting[at++].revents;
      if ((events & POLLOUT) != 0) scraper.peer.send_kept();
      if ((events & ~POLLOUT) != 0) read(scraper);
    }
    if (waiting[1].revents != 0) accept_viewers();
    if (waiting[2].revents != 0) accept_scrapers();
    send_messages();
    disconnect();
  }
}

/// Nothing is accepted for a while after the process had no descriptor left.
pollfd Server::listening(const Descriptor& listener) const {
  return {Clock::now() < accepts_from_ ? -1 : listener.get(), POLLIN, 0};
}

/// The next connection; empty if there is none.
Descriptor Server::accept_next(const Descriptor& listener) {
  Descriptor socket = accept_from(listener);
  // Otherwise the listener would wake the thread again at once.
  if (!socket && errno != EAGAIN) accepts_from_ = Clock::now() + kPause;
  return socket;
}

/// Milliseconds until something is due; -1 if nothing is.
int Server::wait_time() const {
  auto due = Clock::time_point::max();
  if (!viewers_.empty()) due = next_;
  for (const Scraper& scraper : scrapers_) due = std::min(due, scraper.until);
  const auto now = Clock::now();
  if (now < accepts_from_) due = std::min(due, accepts_from_);
  if (due == Clock::time_point::max()) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(due - now);
  return static_cast<int>(std::max<std::chrono::milliseconds::rep>(left.count(), 0));
}

void Server::accept_viewers() {
  while (Descriptor socket = accept_next(tasks_)) {
    if (viewers_.size() == kMostClients) continue;  // disconnected at once
    if (viewers_.empty()) {
      tiers_.watch().start();
      sampler_.forget();
      next_ = Clock::now();
    }
    viewers_.push_back({Peer(std::move(socket))});
    const auto period = static_cast<std::uint64_t>(options_.period.count());
    viewers_.back().peer.send(Sampler::hello(period));
  }
}

void Server::accept_scrapers() {
  while (Descriptor socket = accept_next(metrics_)) {
    if (scrapers_.size() == kMostClients) continue;
    scrapers_.push_back({Peer(std::move(socket)), Clock::now() + options_.patience, "", false});
  }
}

void Server::read(Scraper& scraper) {
  scraper.request += scraper.peer.receive();
  if (scraper.is_answered || scraper.request.size() > kLongestRequest) return;
  if (scraper.request.find("\r\n\r\n") == std::string::npos) return;
  scraper.is_answered = true;
  scraper.peer.send(http_answer(scraper.request, tiers_, options_.metrics));
}

void Server::send_messages() {
  if (viewers_.empty() || Clock::now() < next_) return;
  next_ = std::max(next_ + options_.period, Clock::now());
  const std::string changes = sampler_.changes();
  std::string everything;
  for (Viewer& viewer : viewers_) {
    if (viewer.peer.has_unsent()) {
      viewer.wants_everything = true;
      ++viewer.missed;
      continue;
    }
    if (viewer.wants_everything && everything.empty()) everything = sampler_.everything();
    viewer.peer.send(viewer.wants_everything ? everything : changes);
    viewer.wants_everything = false;
    viewer.missed = 0;
  }
}

void Server::disconnect() {
  const bool was_watched = !viewers_.empty();
  viewers_.remove_if([&](const Viewer& viewer) {
    return viewer.peer.is_gone() || viewer.missed * options_.period > options_.patience;
  });
  if (was_watched && viewers_.empty()) tiers_.watch().stop();
  scrapers_.remove_if([now = Clock::now()](const Scraper& scraper) {
    return scraper.peer.is_gone() || now >= scraper.until ||
           scraper.request.size() > kLongestRequest ||
           (scraper.is_answered && !scraper.peer.has_unsent());
  });
}

}  // namespace pulse::console
