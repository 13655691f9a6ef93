#include "pulsebench/counters/perf_record.hpp"

#include <doctest/doctest.h>
#include <linux/perf_event.h>

#include <cstring>
#include <string>

using namespace pulsebench::counters;

namespace {

/// The content of a record, in the layouts of perf_event_open(2).
struct Content {
  std::string bytes;

  template <class T>
  Content& add(T value) {
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
    return *this;
  }
  /// A name is padded to a multiple of 8 bytes.
  Content& add_name(const std::string& name) {
    bytes += name;
    bytes.append(8 - name.size() % 8, '\0');
    return *this;
  }
  Content& end(std::uint64_t time) { return add(std::uint32_t{7}).add(std::uint32_t{8}).add(time); }
};

}  // namespace

TEST_CASE("a file that a process maps has its place in the process and in the file") {
  Content mapped;
  mapped.add(std::uint32_t{7}).add(std::uint32_t{8}).add(std::uint64_t{0x1000});
  mapped.add(std::uint64_t{0x300}).add(std::uint64_t{0x2000});
  for (int i = 0; i < 4; ++i) mapped.add(std::uint64_t{99});  // device, inode, modes
  mapped.add_name("/bin/a").end(55);
  const auto event = read_image(PERF_RECORD_MMAP2, 0, mapped.bytes);
  REQUIRE(event.has_value());
  CHECK(event->kind == ImageEvent::Kind::mapped);
  CHECK(event->time_ns == 55);
  CHECK(event->process == 7);
  CHECK(event->begin == 0x1000);
  CHECK(event->size == 0x300);
  CHECK(event->offset == 0x2000);
  CHECK(event->file == "/bin/a");
}

TEST_CASE("a new name is another program only if exec gave it") {
  Content named;
  named.add(std::uint32_t{7}).add(std::uint32_t{8}).add_name("a").end(56);
  const auto event = read_image(PERF_RECORD_COMM, PERF_RECORD_MISC_COMM_EXEC, named.bytes);
  REQUIRE(event.has_value());
  CHECK(event->kind == ImageEvent::Kind::executed);
  CHECK(event->time_ns == 56);
  CHECK_FALSE(read_image(PERF_RECORD_COMM, 0, named.bytes).has_value());
}

TEST_CASE("a process that starts has a parent, and a thread that starts is no process") {
  const auto started = [](std::uint32_t process, std::uint32_t parent) {
    Content content;
    content.add(process).add(parent).add(std::uint32_t{9}).add(std::uint32_t{5});
    content.add(std::uint64_t{57}).end(57);
    return read_image(PERF_RECORD_FORK, 0, content.bytes);
  };
  const auto event = started(9, 7);
  REQUIRE(event.has_value());
  CHECK(event->kind == ImageEvent::Kind::started);
  CHECK(event->process == 9);
  CHECK(event->parent == 7);
  CHECK_FALSE(started(7, 7).has_value());
}

TEST_CASE("records that end early, and others, are passed over") {
  const std::string zeros(64, '\0');
  for (std::size_t size = 0; size <= zeros.size(); ++size) {
    CAPTURE(size);
    const auto content = std::span{zeros}.first(size);
    const auto mapped = read_image(PERF_RECORD_MMAP2, 0, content);
    CHECK((!mapped || mapped->file.empty()));
    CHECK_FALSE(read_image(PERF_RECORD_EXIT, 0, content).has_value());
    StackSample sample;
    CHECK_FALSE(read_sample(content, /*with_time=*/true, sample));
  }
}
