#include "pulsebench/profile/sampled_stacks.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <string_view>

namespace pulsebench::profile {

std::uint32_t FrameTable::number_of(const Frame& frame) {
  const std::string key = fmt::format("{}\n{}\n{}\n{}", frame.function, frame.file, frame.line,
                                      frame.inlined ? "inlined" : "");
  const auto [found, fresh] = numbers_.try_emplace(key, static_cast<std::uint32_t>(frames_.size()));
  if (fresh) frames_.push_back(frame);
  return found->second;
}

void LaunchSamples::add(const LaunchSamples& more) {
  for (const auto& [stack, count] : more.stacks) stacks[stack] += count;
  for (const auto& [address, count] : more.addresses) addresses[address] += count;
  samples += more.samples;
  outside += more.outside;
  truncated += more.truncated;
}

std::string spot_of(const Frame& frame, SpotsBy by) {
  switch (by) {
    case SpotsBy::function:
      return frame.inlined ? std::string{} : frame.function;
    case SpotsBy::inlined:
      return frame.function;
    case SpotsBy::line:
      break;
  }
  return frame.file.empty() ? frame.function : fmt::format("{}:{}", frame.file, frame.line);
}

StackTree tree_of(const FrameTable& frames, const std::vector<LaunchSamples>& launches,
                  bool inlined) {
  StackTree tree;
  std::vector<std::string_view> names;
  for (const LaunchSamples& launch : launches) {
    for (const auto& [stack, samples] : launch.stacks) {
      names.clear();
      for (const auto number : stack) {
        const Frame& frame = frames[number];
        if (inlined || !frame.inlined) names.push_back(frame.function);
      }
      std::reverse(names.begin(), names.end());  // a tree grows from the outermost frame
      tree.add(names, static_cast<double>(samples));
    }
  }
  return tree;
}

}  // namespace pulsebench::profile
