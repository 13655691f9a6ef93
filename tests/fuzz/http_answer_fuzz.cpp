#include "claims.hpp"
#include "pulsebench/load/answer_parser.hpp"

namespace fuzz = pulsebench::fuzz;
using pulsebench::load::AnswerParser;

namespace {

/// Feeds `bytes` in pieces whose sizes `size_of` returns. Returns how many were read.
template <class SizeOf>
std::size_t feed(AnswerParser& parser, std::string_view bytes, SizeOf size_of) {
  std::size_t read = 0;
  while (read < bytes.size() && parser.state() == AnswerParser::State::reading) {
    const std::string_view piece = bytes.substr(read, size_of(read));
    const std::size_t taken = parser.feed(piece);
    fuzz::require(taken <= piece.size(), "no byte is read twice");
    fuzz::require(taken == piece.size() || parser.state() != AnswerParser::State::reading,
                  "a parser that reads takes all");
    read += taken;
  }
  return read;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, size);
  AnswerParser whole{true};
  AnswerParser torn{true};
  const std::size_t read = feed(whole, bytes, [&](std::size_t) { return bytes.size(); });
  const std::size_t read_torn = feed(
      torn, bytes, [&](std::size_t at) { return 1 + static_cast<unsigned char>(bytes[at]) % 7U; });
  whole.end();
  torn.end();
  fuzz::require(whole.state() == torn.state(), "pieces mean the same as the whole");
  if (whole.state() == AnswerParser::State::malformed) {
    fuzz::require(!whole.fault().empty(), "a malformed answer has a fault");
    fuzz::require(pulsebench::is_printable(whole.fault()), "which is one line");
    return 0;
  }
  fuzz::require(read == read_torn, "an answer ends in one place");
  fuzz::require(whole.body() == torn.body(), "and has one body");
  fuzz::require(whole.status() == torn.status() && whole.status() >= 200, "and one status");
  fuzz::require(whole.keeps_alive() == torn.keeps_alive(), "and one connection");
  return 0;
}
