#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "pulse/console/socket.hpp"

namespace pulse::console {

/// A connected process, to which nothing is sent that it does not take at once: the rest is kept
/// until it does.
class Peer {
 public:
  explicit Peer(Descriptor socket) noexcept : socket_(std::move(socket)) {}

  [[nodiscard]] int socket() const noexcept { return socket_.get(); }
  [[nodiscard]] bool is_gone() const noexcept { return is_gone_; }
  [[nodiscard]] bool has_unsent() const noexcept { return sent_ < unsent_.size(); }

  void send(std::string_view text);
  /// Sends of what is kept as much as the peer takes.
  void send_kept();

  /// Reads what has come and returns it, at most 4 KiB.
  [[nodiscard]] std::string receive();

 private:
  Descriptor socket_;
  std::string unsent_;
  std::size_t sent_ = 0;  ///< of `unsent_`
  bool is_gone_ = false;
};

}  // namespace pulse::console
