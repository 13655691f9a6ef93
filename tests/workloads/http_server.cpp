// A server with one thread whose cost is known: the subject of figures.py and of unit tests.
//   http_server ADDRESS [work=NS] [tail_every=N tail=NS] [fail_every=N]
// ADDRESS is 127.0.0.1:PORT or unix:PATH. Each request takes `work` of CPU time; each Nth one takes
// `tail` more, or is answered with status 500. GET /health costs nothing and never fails.
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::nanoseconds;

struct Options {
  std::string address;
  unsigned long work_ns = 0, tail_every = 0, tail_ns = 0, fail_every = 0;
};

bool read_options(int count, char** words, Options& options) {
  const std::map<std::string, unsigned long*> numbers{{"work", &options.work_ns},
                                                      {"tail_every", &options.tail_every},
                                                      {"tail", &options.tail_ns},
                                                      {"fail_every", &options.fail_every}};
  if (count < 2) return false;
  options.address = words[1];
  for (int i = 2; i < count; ++i) {
    const std::string word = words[i];
    const auto named = numbers.find(word.substr(0, word.find('=')));
    if (named == numbers.end()) return false;
    *named->second = std::strtoul(word.c_str() + named->first.size() + 1, nullptr, 10);
  }
  return true;
}

int listen_at(const std::string& address) {
  constexpr std::string_view kUnix = "unix:";
  const bool by_path = address.compare(0, kUnix.size(), kUnix) == 0;
  sockaddr_storage name{};
  if (by_path) {
    auto& path = reinterpret_cast<sockaddr_un&>(name);
    path.sun_family = AF_UNIX;
    std::strncpy(path.sun_path, address.c_str() + kUnix.size(), sizeof path.sun_path - 1);
  } else {
    auto& port = reinterpret_cast<sockaddr_in&>(name);
    port.sin_family = AF_INET;
    port.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const auto number = std::strtoul(address.c_str() + address.find(':') + 1, nullptr, 10);
    port.sin_port = htons(static_cast<std::uint16_t>(number));
  }
  const int on = 1;
  const int listener = socket(by_path ? AF_UNIX : AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  const auto size = static_cast<socklen_t>(by_path ? sizeof(sockaddr_un) : sizeof(sockaddr_in));
  if (bind(listener, reinterpret_cast<sockaddr*>(&name), size) != 0 || listen(listener, 512) != 0) {
    std::perror("bind");
    std::exit(1);
  }
  return listener;
}

/// Length of the first request in `text`, or 0 if it is not whole.
std::size_t request_size(const std::string& text) {
  constexpr std::string_view kLength = "Content-Length: ";
  const auto head = text.find("\r\n\r\n");
  if (head == std::string::npos) return 0;
  const auto at = text.find(kLength);
  const auto body = at < head ? std::strtoul(text.c_str() + at + kLength.size(), nullptr, 10) : 0UL;
  return text.size() < head + 4 + body ? 0 : head + 4 + body;
}

std::string answer_with(const char* status) {
  return std::string{"HTTP/1.1 "} + status +
         "\r\nContent-Type: application/json\r\nContent-Length: 64\r\n\r\n{\"id\": 1}" +
         std::string(55, ' ');
}

class Server {
 public:
  explicit Server(const Options& options) : options_(options) { watch(listener_); }

  [[noreturn]] void run() {
    for (std::array<epoll_event, 256> events{};;) {
      const int ready = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), -1);
      for (int i = 0; i < ready; ++i) {
        const int source = events[static_cast<std::size_t>(i)].data.fd;
        source == listener_ ? accept_all() : read_from(source);
      }
    }
  }

 private:
  void watch(int descriptor) const {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = descriptor;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event);
  }

  void accept_all() const {
    for (int one = 0; (one = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK)) >= 0;) {
      const int on = 1;
      setsockopt(one, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      watch(one);
    }
  }

  void read_from(int connection) {
    std::array<char, 4096> bytes{};
    const ssize_t size = read(connection, bytes.data(), bytes.size());
    std::string& text = texts_[connection];
    if (size > 0) text.append(bytes.data(), static_cast<std::size_t>(size));
    std::size_t taken = 0;
    bool open = size > 0;
    for (; open && (taken = request_size(text)) > 0; text.erase(0, taken)) {
      const std::string& answer = respond(text);
      open = send(connection, answer.data(), answer.size(), MSG_NOSIGNAL) > 0;
    }
    if (open) return;
    texts_.erase(connection);
    close(connection);
  }

  const std::string& respond(const std::string& request) {
    static const std::string kRight = answer_with("200 OK");
    static const std::string kWrong = answer_with("500 Internal Server Error");
    if (request.compare(0, 11, "GET /health") == 0) return kRight;
    ++served_;
    const bool tail = options_.tail_every > 0 && served_ % options_.tail_every == 0;
    const auto until = Clock::now() + nanoseconds{options_.work_ns + (tail ? options_.tail_ns : 0)};
    while (Clock::now() < until) {
    }
    return options_.fail_every > 0 && served_ % options_.fail_every == 0 ? kWrong : kRight;
  }

  Options options_;
  int listener_ = listen_at(options_.address);
  int epoll_ = epoll_create1(0);
  std::unordered_map<int, std::string> texts_;
  unsigned long served_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  Options options;
  if (!read_options(argc, argv, options)) {
    std::fputs("usage: http_server ADDRESS [NAME=NUMBER]...\n", stderr);
    return 2;
  }
  Server{options}.run();
}
