#include "pulsebench/profile/sampled_processes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace pulsebench::profile;
using pulsebench::counters::ImageEvent;
using pulsebench::counters::StackSample;

namespace {

constexpr std::uint64_t kCode = 0x400000;

ImageEvent mapped(int process, std::uint64_t time, const std::string& file) {
  return {.kind = ImageEvent::Kind::mapped,
          .time_ns = time,
          .process = process,
          .begin = kCode,
          .size = 0x1000,
          .file = file};
}

ImageEvent executed(int process, std::uint64_t time) {
  return {.kind = ImageEvent::Kind::executed, .time_ns = time, .process = process};
}

ImageEvent started(int process, int parent, std::uint64_t time) {
  return {.time_ns = time, .process = process, .parent = parent};
}

StackSample sample(int process, std::uint64_t time) {
  static const std::string kStack(16, 's');
  StackSample sample{.process = process, .time_ns = time, .stack = kStack};
  sample.registers[kProgramCounter] = kCode + 1;
  return sample;
}

/// The file of each sample, in the order of the recordings.
std::vector<std::string> files_of(SampledProcesses& processes) {
  std::vector<std::string> files;
  for (const Recording& recording : processes.take_recordings()) {
    recording.each([&](const ThreadState& thread) {
      CHECK(thread.stack.size() == 16);
      const Mapping* const mapping = recording.modules().find(thread.registers[kProgramCounter]);
      files.push_back(mapping == nullptr ? "none" : mapping->path);
    });
  }
  return files;
}

}  // namespace

TEST_CASE("a sample is of the program that its process executed at that time") {
  SampledProcesses processes;
  // Another CPU's memory is read later.
  processes.add(sample(1, 15));
  processes.add(sample(1, 35));
  processes.add(mapped(1, 31, "/bin/second"));
  processes.add(executed(1, 30));
  processes.add(mapped(1, 11, "/bin/first"));
  processes.add(executed(1, 10));
  CHECK(files_of(processes) == std::vector<std::string>{"/bin/first", "/bin/second"});
}

TEST_CASE("a process has its parent's code until it executes a program") {
  SampledProcesses processes;
  processes.add(executed(1, 10));
  processes.add(mapped(1, 11, "/bin/parent"));
  processes.add(started(2, 1, 20));
  processes.add(sample(2, 21));
  processes.add(executed(1, 22));  // which does not change what the child has
  processes.add(mapped(1, 23, "/bin/other"));
  processes.add(executed(2, 30));
  processes.add(mapped(2, 31, "/bin/child"));
  processes.add(sample(2, 32));
  CHECK(files_of(processes) == std::vector<std::string>{"/bin/parent", "/bin/child"});
}

TEST_CASE("a process that ran before has the code that it had, and what it maps later") {
  SampledProcesses processes;
  processes.set_modules(1, ModuleMap::parse("400000-401000 r-xp 00000000 08:01 1 /bin/server\n"));
  processes.add(sample(1, 5));
  ImageEvent library = mapped(1, 6, "/lib/late.so");
  library.begin = 0x7f0000000000;
  processes.add(library);
  StackSample in_library = sample(1, 7);
  in_library.registers[kProgramCounter] = library.begin + 1;
  processes.add(in_library);
  CHECK(files_of(processes) == std::vector<std::string>{"/bin/server", "/lib/late.so"});
}

TEST_CASE("memory without a file names no code, and parents in a circle end") {
  SampledProcesses processes;
  processes.add(mapped(1, 1, "//anon"));
  processes.add(sample(1, 2));
  processes.add(started(2, 3, 1));
  processes.add(started(3, 2, 1));
  processes.add(sample(2, 2));
  CHECK(files_of(processes) == std::vector<std::string>{"none", "none"});
}
