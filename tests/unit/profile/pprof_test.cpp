#include "pulsebench/profile/pprof.hpp"

#include <doctest/doctest.h>
#include <zlib.h>

#include <string>

#include "profile/samples.hpp"

using namespace pulsebench::profile;

namespace {

std::string unpacked(const std::string& packed) {
  std::string text(1 << 16, '\0');
  z_stream stream{};
  REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  REQUIRE(inflate(&stream, Z_FINISH) == Z_STREAM_END);
  text.resize(stream.total_out);
  inflateEnd(&stream);
  return text;
}

}  // namespace

// The bytes follow from profile.proto and from "Encoding" of Protocol Buffers: a key is the number
// of the field times eight, and 2 for what has a length.
TEST_CASE("samples, locations and strings are fields of profile.proto") {
  CpuProfile profile{.benchmark = "b", .period_ns = 200'000.0};
  add_launch(profile, 10.0, {{{"leaf", "run"}, 300}, {{"run"}, 100}});
  const std::string proto = unpacked(pprof_of(profile));
  // Sample: location ids 1 and 2; 300 samples, and 7500 ps of 10 ns, both as varints.
  CHECK(proto.find(std::string("\x12\x0a\x0a\x02\x01\x02\x12\x04\xac\x02\xcc\x3a", 12)) !=
        std::string::npos);
  CHECK(proto.find(std::string("\x32\x04leaf", 6)) != std::string::npos);
  CHECK(proto.find(std::string("\x32\x0d/src/leaf.cpp", 15)) != std::string::npos);
  CHECK(proto.find(std::string("\x60\xc0\x9a\x0c", 4)) != std::string::npos);  // the period
}
