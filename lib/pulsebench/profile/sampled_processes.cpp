#include "pulsebench/profile/sampled_processes.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "pulsebench/wire/sample_recording.hpp"

namespace pulsebench::profile {
namespace {

using counters::ImageEvent;

constexpr std::size_t kMostBytes = std::size_t{256} << 20U;
constexpr int kMostParents = 64;
constexpr std::uint64_t kForever = std::numeric_limits<std::uint64_t>::max();

/// Memory without a file is "//anon", among others.
bool is_file(const std::string& name) {
  return (name.starts_with('/') && !name.starts_with("//")) || name == "[vdso]";
}

void apply(const ImageEvent& event, ModuleMap& modules) {
  if (event.kind == ImageEvent::Kind::executed) {
    modules = {};
  } else if (event.kind == ImageEvent::Kind::mapped && event.size > 0 && is_file(event.file)) {
    modules.add({event.begin, event.begin + event.size, event.offset, event.file});
  }
}

}  // namespace

void SampledProcesses::set_modules(int process, ModuleMap modules) {
  processes_[process].first = std::move(modules);
}

void SampledProcesses::add(const counters::StackSample& sample) {
  wire::SampleHead head{.thread = sample.thread, .registers = sample.registers};
  head.stack_bytes = sample.stack.size() & ~std::size_t{7};
  const std::size_t size = sizeof head + head.stack_bytes;
  if (bytes_ + size > kMostBytes) {
    ++dropped_;
    return;
  }
  bytes_ += size;
  OfProcess& of = processes_[sample.process];
  of.samples.append(reinterpret_cast<const char*>(&head), sizeof head);
  of.samples.append(sample.stack.data(), head.stack_bytes);
  of.times.push_back(sample.time_ns);
  of.ends.push_back(of.samples.size());
}

void SampledProcesses::add(ImageEvent event) {
  const int process = event.process;
  processes_[process].events.push_back(std::move(event));
}

void SampledProcesses::sort_events() {
  for (auto& [process, of] : processes_) {
    std::ranges::stable_sort(of.events, {}, &ImageEvent::time_ns);
  }
}

ModuleMap SampledProcesses::modules_at(int process, std::uint64_t time_ns, int most_parents) const {
  const auto found = processes_.find(process);
  if (found == processes_.end()) return {};
  ModuleMap modules = found->second.first;
  for (const ImageEvent& event : found->second.events) {
    if (event.time_ns > time_ns) break;
    if (event.kind == ImageEvent::Kind::started && most_parents > 0) {
      modules = modules_at(event.parent, event.time_ns, most_parents - 1);
    } else {
      apply(event, modules);
    }
  }
  return modules;
}

void SampledProcesses::take(int process, OfProcess& of, std::vector<Recording>& recordings) const {
  std::vector<std::uint64_t> ends;  // of the programs, the last one included
  for (const ImageEvent& event : of.events) {
    if (event.kind == ImageEvent::Kind::executed) ends.push_back(event.time_ns);
  }
  ends.push_back(kForever);
  std::vector<std::string> parts(ends.size());
  std::size_t begin = 0;
  for (std::size_t i = 0; i < of.times.size(); ++i) {
    const auto part = std::ranges::upper_bound(ends, of.times[i]) - ends.begin();
    const auto number = std::min(static_cast<std::size_t>(part), ends.size() - 1);
    parts[number].append(of.samples, begin, of.ends[i] - begin);
    begin = of.ends[i];
  }
  of.samples = {};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].empty()) continue;
    const std::uint64_t last = ends[i] == kForever ? kForever : ends[i] - 1;
    recordings.push_back(
        Recording::of(std::move(parts[i]), modules_at(process, last, kMostParents)));
  }
}

std::vector<Recording> SampledProcesses::take_recordings() {
  sort_events();
  std::vector<Recording> recordings;
  for (auto& [process, of] : processes_) take(process, of, recordings);
  return recordings;
}

}  // namespace pulsebench::profile
