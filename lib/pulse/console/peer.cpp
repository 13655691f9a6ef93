#include "pulse/console/peer.hpp"

#include <sys/socket.h>

#include <cerrno>

namespace pulse::console {
namespace {

#if defined(MSG_NOSIGNAL)
constexpr int kFlags = MSG_NOSIGNAL;  // a peer that has gone is an error, never SIGPIPE
#else
constexpr int kFlags = 0;
#endif

bool is_not_now() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

}  // namespace

void Peer::send(std::string_view text) {
  unsent_ += text;
  send_kept();
}

void Peer::send_kept() {
  while (has_unsent() && !is_gone_) {
    const auto taken = ::send(socket(), unsent_.data() + sent_, unsent_.size() - sent_, kFlags);
    if (taken < 0) {
      is_gone_ = !is_not_now();
      return;
    }
    sent_ += static_cast<std::size_t>(taken);
  }
  unsent_ = {};  // gives its memory back: the first message may be large
  sent_ = 0;
}

std::string Peer::receive() {
  std::string text(4096, '\0');
  const auto size = ::recv(socket(), text.data(), text.size(), 0);
  if (size == 0 || (size < 0 && !is_not_now())) is_gone_ = true;
  text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  return text;
}

}  // namespace pulse::console
