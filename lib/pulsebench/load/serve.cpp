#include "pulsebench/load/serve.hpp"

#include <sys/prctl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "pulsebench/load/burst.hpp"
#include "pulsebench/load/http_client.hpp"
#include "pulsebench/load/messages.hpp"
#include "pulsebench/wire/line_buffer.hpp"
#include "pulsebench/wire/line_channel.hpp"

namespace pulsebench::load {
namespace {

/// The generator's state between requests.
class Generator {
 public:
  Event answer(const Request& request) {
    const auto* open = std::get_if<Open>(&request);
    return open != nullptr ? connect(*open) : take(std::get<TakeBurst>(request));
  }

 private:
  Event connect(const Open& open) {
    clients_.clear();  // first, so that a server with few connections has them free
    for (const Target& target : open.targets) {
      auto client = HttpClient::open(target);
      if (!client) {
        clients_.clear();
        return Refused{client.error().message};
      }
      clients_.push_back(*std::move(client));
    }
    return Opened{};
  }

  Event take(const TakeBurst& request) {
    if (request.target >= clients_.size()) {
      return Refused{fmt::format("no target {} is open", request.target)};
    }
    return summarize(take_burst(clients_[request.target], request.plan));
  }

  std::vector<HttpClient> clients_;
};

}  // namespace

int serve(int requests, int events) {
  ::prctl(PR_SET_TIMERSLACK, 1UL);  // else the kernel may end each wait 50 us too late
  if (!wire::write_line(events, encode(Event{Ready{}}))) return 0;
  Generator generator;
  wire::LineBuffer lines;
  std::array<char, 4096> bytes{};
  for (;;) {
    const ssize_t count = ::read(requests, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return 0;
    lines.append({bytes.data(), static_cast<std::size_t>(count)});
    while (const auto line = lines.next()) {
      const auto request = decode_request(*line);
      if (!request) {
        std::fprintf(stderr, "%s\n", request.error().message.c_str());
        return 2;
      }
      if (std::holds_alternative<Quit>(*request)) return 0;
      if (!wire::write_line(events, encode(generator.answer(*request)))) return 0;
    }
  }
}

}  // namespace pulsebench::load
