#include "workflow/server.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <csignal>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "workflow/connection.hpp"

namespace workflow {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t kMostConnections = 1000;
constexpr std::chrono::milliseconds kPause{100};  ///< after a failed accept: descriptors are short

class Server {
 public:
  explicit Server(Service& service) : service_(service) {}

  error_code listen(std::uint16_t port) {
    error_code error;
    acceptor_.open(tcp::v4(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address{true}, error);
    if (!error) acceptor_.bind({asio::ip::address_v4::loopback(), port}, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    return error;
  }

  [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

  void run() {
    signals_.async_wait([this](error_code, int) { stop(); });
    accept();
    context_.run();
  }

 private:
  void stop() {
    error_code ignored;
    acceptor_.close(ignored);
    pause_.cancel();
    for (Connection* const connection : connections_) connection->stop();
  }

  void accept() {
    acceptor_.async_accept([this](error_code error, tcp::socket socket) {
      if (!acceptor_.is_open()) return;
      if (error) return accept_later();
      if (connections_.size() < kMostConnections) {
        socket.set_option(tcp::no_delay{true}, error);
        std::make_shared<Connection>(std::move(socket), service_, connections_)->start();
      }
      accept();
    });
  }

  void accept_later() {
    pause_.expires_after(kPause);
    pause_.async_wait([this](error_code error) {
      if (!error) accept();
    });
  }

  Service& service_;
  Connections connections_;  // outlives the context, whose operations own the connections
  asio::io_context context_{1};
  asio::signal_set signals_{context_, SIGTERM, SIGINT};
  tcp::acceptor acceptor_{context_};
  asio::steady_timer pause_{context_};
};

}  // namespace

Result<void> serve(Service& service, std::uint16_t port,
                   const std::function<void(std::uint16_t port)>& ready) {
  Server server{service};
  if (const error_code error = server.listen(port)) {
    return fail(ErrorCode::io,
                fmt::format("cannot listen on port {} of 127.0.0.1: {}", port, error.message()));
  }
  ready(server.port());
  server.run();
  return {};
}

}  // namespace workflow
