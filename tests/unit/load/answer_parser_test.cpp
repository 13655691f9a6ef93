#include "pulsebench/load/answer_parser.hpp"

#include <doctest/doctest.h>

using pulsebench::load::AnswerParser;
using State = AnswerParser::State;

namespace {

constexpr std::string_view kCounted =
    "HTTP/1.1 200 OK\r\nServer: x\r\ncontent-length: 5\r\n\r\nhello";
constexpr std::string_view kChunked =
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n"
    "3\r\nhel\r\n2;name=value\r\nlo\r\n0\r\nTrailer: y\r\n\r\n";
constexpr std::string_view kContinued =
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nhello";

/// Feeds `bytes` in pieces of `size`, as long as the parser reads.
AnswerParser fed(std::string_view bytes, std::size_t size, bool to_head = false) {
  AnswerParser parser{true, to_head};
  while (!bytes.empty() && parser.state() == State::reading) {
    const std::string_view piece = bytes.substr(0, size);
    bytes.remove_prefix(parser.feed(piece));
  }
  return parser;
}

State state_of(std::string_view bytes) { return fed(bytes, bytes.size()).state(); }

std::string with_header(const std::string& header) {
  return "HTTP/1.1 200 OK\r\n" + header + "\r\n\r\n";
}

}  // namespace

TEST_CASE("an answer is the same in pieces of any size") {
  for (const std::string_view answer : {kCounted, kChunked, kContinued}) {
    for (std::size_t size = 1; size <= answer.size(); ++size) {
      CAPTURE(size);
      const AnswerParser parser = fed(answer, size);
      REQUIRE(parser.state() == State::complete);
      CHECK(parser.status() == (answer == kContinued ? 201 : 200));
      CHECK(parser.body() == "hello");
      CHECK(parser.keeps_alive());
    }
  }
}

TEST_CASE("an answer that is cut off anywhere is not complete") {
  for (const std::string_view answer : {kCounted, kChunked, kContinued}) {
    for (std::size_t size = 0; size < answer.size(); ++size) {
      CAPTURE(size);
      AnswerParser parser = fed(answer.substr(0, size), answer.size());
      CHECK(parser.state() == State::reading);
      parser.end();
      CHECK(parser.state() == State::malformed);
    }
  }
}

TEST_CASE("what follows an answer is not part of it") {
  for (const std::string_view answer : {kCounted, kChunked, kContinued}) {
    AnswerParser parser;
    CHECK(parser.feed(std::string{answer} + "HTTP/1.1 500") == answer.size());
    CHECK(parser.state() == State::complete);
  }
}

TEST_CASE("a connection has one answer after the other") {
  AnswerParser parser{true};
  CHECK(parser.feed(kChunked) == kChunked.size());
  parser.restart();
  CHECK(parser.at_start());
  CHECK(parser.feed(kCounted) == kCounted.size());
  CHECK(parser.state() == State::complete);
  CHECK(parser.body() == "hello");
}

TEST_CASE("a body without a length ends with the connection") {
  AnswerParser parser = fed("HTTP/1.0 200 OK\r\n\r\nhel", 7);
  CHECK(parser.state() == State::reading);
  CHECK(parser.feed("lo") == 2);
  parser.end();
  CHECK(parser.state() == State::complete);
  CHECK(parser.body() == "hello");
  CHECK_FALSE(parser.keeps_alive());
}

TEST_CASE("answers without a body end with their head") {
  CHECK(state_of("HTTP/1.1 204 No Content\r\n\r\n") == State::complete);
  CHECK(state_of("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n") == State::complete);
  CHECK(fed(kCounted.substr(0, kCounted.size() - 5), 9, true).state() == State::complete);
  CHECK(state_of("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n") == State::complete);
}

TEST_CASE("a server says whether it keeps the connection") {
  const auto keeps = [](const std::string& text) { return fed(text, 4).keeps_alive(); };
  CHECK_FALSE(keeps(with_header("Content-Length: 0\r\nConnection: close")));
  CHECK_FALSE(keeps(with_header("Content-Length: 0\r\nconnection: Upgrade, CLOSE")));
  CHECK_FALSE(keeps("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n"));
  CHECK(keeps("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n"));
}

TEST_CASE("what is no answer is malformed, and the fault says why") {
  const auto fault = [](const std::string& bytes) {
    const AnswerParser parser = fed(bytes, bytes.size());
    CHECK(parser.state() == State::malformed);
    return parser.fault();
  };
  CHECK(fault("HTTP/2 200 OK\r\n\r\n") == "it does not begin with an HTTP/1 status");
  CHECK(fault("220 mail ESMTP\r\n\r\n") == "it does not begin with an HTTP/1 status");
  CHECK(fault("HTTP/1.1 101 Switching Protocols\r\n\r\n") == "its status is not one of an answer");
  CHECK(fault(with_header("Content-Length: -5")) == "its Content-Length is not a number");
  CHECK(fault(with_header("Content-Length: 5\r\nContent-Length: 6")) ==
        "its Content-Length is not a number");
  CHECK(fault(with_header("Content-Length: 99999999999999999999")) ==
        "its Content-Length is not a number");
  CHECK(fault(with_header("Content-Length: 9999999999")) == "its body is too long");
  CHECK(fault(with_header("Transfer-Encoding: gzip, chunked")) ==
        "its transfer coding is not chunked");
  CHECK(fault(with_header(": nameless")) == "it has a header without a name");
  CHECK(fault(with_header("Transfer-Encoding: chunked") + "zz\r\n") ==
        "it has a chunk without a valid size");
  CHECK(fault(with_header("Transfer-Encoding: chunked") + "2\r\nabc\r\n") ==
        "a chunk is longer than its size");
  CHECK(fault("HTTP/1.1 200 OK\r\nX: " + std::string(AnswerParser::kMaxHead, 'x')) ==
        "it has a line or a head that is too long");
  CHECK(fault(with_header("Transfer-Encoding: chunked") + std::string(2000, '1')) ==
        "it has a line or a head that is too long");
}

TEST_CASE("a body that is kept has a limit") {
  AnswerParser parser{true};
  const std::string head = with_header("Content-Length: 33554432");  // 32 MiB
  CHECK(parser.feed(head) == head.size());
  const std::string piece(1U << 20U, 'x');
  for (int i = 0; i < 32 && parser.state() == State::reading; ++i) (void)parser.feed(piece);
  CHECK(parser.state() == State::malformed);
  CHECK(parser.body().size() <= AnswerParser::kMaxKeptBody);
}
