#pragma once

#include <asio/buffer.hpp>
#include <asio/io_context.hpp>
#include <asio/local/connect_pair.hpp>
#include <asio/local/stream_protocol.hpp>
#include <asio/read.hpp>
#include <asio/write.hpp>

#include "channels.hpp"

/// A pair of stream sockets of the local domain, read and written by Asio.
class AsioSocket {
 public:
  AsioSocket() {
    asio::error_code error;
    asio::local::connect_pair(ours_, theirs_, error);
    if (error) give_up("asio::local::connect_pair");
  }

  void call(Message& message) {
    write(ours_, message);
    read(ours_, message);
  }
  void answer() {
    for (Message message{};;) {
      read(theirs_, message);
      write(theirs_, message);
    }
  }
  void put(const Block& block) { write(ours_, block); }
  void take(Block& block) { read(theirs_, block); }

 private:
  using Socket = asio::local::stream_protocol::socket;

  template <class Bytes>
  static void write(Socket& to, const Bytes& message) {
    asio::error_code error;
    asio::write(to, asio::buffer(message), error);
    if (error) give_up("asio::write");
  }
  template <class Bytes>
  static void read(Socket& from, Bytes& message) {
    asio::error_code error;
    asio::read(from, asio::buffer(message), error);
    if (error) give_up("asio::read");
  }

  asio::io_context context_{1};
  Socket ours_{context_}, theirs_{context_};
};
