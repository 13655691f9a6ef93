#pragma once

#include <chrono>
#include <list>
#include <string>
#include <thread>

#include "pulse/console/console.hpp"
#include "pulse/console/peer.hpp"
#include "pulse/console/sampler.hpp"

struct pollfd;

namespace pulse::console {

/// Serves the clients of a console on a thread of its own.
class Server {
 public:
  /// `tasks` and `metrics` (may be empty) listen.
  Server(TierManager& tiers, const ConsoleOptions& options, Descriptor tasks, Descriptor metrics,
         Pipe stop);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

 private:
  using Clock = std::chrono::steady_clock;

  /// A client that watches the tasks.
  struct Viewer {
    Peer peer;
    bool wants_everything = true;  ///< it is new, or missed a message
    int missed = 0;                ///< messages in a row, while it did not read
  };

  /// A client that sends an HTTP request.
  struct Scraper {
    Peer peer;
    Clock::time_point until;  ///< it is disconnected then
    std::string request;
    bool is_answered = false;
  };

  void serve();
  [[nodiscard]] int wait_time() const;
  [[nodiscard]] pollfd listening(const Descriptor& listener) const;
  [[nodiscard]] Descriptor accept_next(const Descriptor& listener);
  void accept_viewers();
  void accept_scrapers();
  void read(Scraper& scraper);
  void send_messages();
  void disconnect();

  TierManager& tiers_;
  const ConsoleOptions options_;
  Descriptor tasks_;
  Descriptor metrics_;
  Pipe stop_;  ///< the thread ends when the write end is closed
  Sampler sampler_;
  std::list<Viewer> viewers_;
  std::list<Scraper> scrapers_;
  Clock::time_point next_;          ///< message, while there are viewers
  Clock::time_point accepts_from_;  ///< when connections are accepted again
  std::thread thread_;
};

}  // namespace pulse::console
