#include "pulsebench/profile/stack_reader.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include "pulsebench/profile/elf_file.hpp"
#include "pulsebench/profile/unwinder.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::profile {
namespace {

constexpr const char* kHarness = "pulsebench::harness::";
constexpr const char* kBatch = "pulsebench::harness::run_batch<";

bool runs_operations(const Frame& frame) {
  return frame.function.find("benchmark::State&") != std::string::npos &&
         !frame.function.starts_with("benchmark::");
}

}  // namespace

class StackReader::Parts {
 public:
  static Result<std::unique_ptr<Parts>> make() {
    auto files = std::make_unique<ElfFiles>();
    PB_TRY(auto unwinder, Unwinder::make(*files));
    return std::unique_ptr<Parts>{new Parts{std::move(files), std::move(unwinder)}};
  }

  LaunchSamples read(const Recording& recording, FrameTable& frames, StackPart part) {
    LaunchSamples launch;
    const bool by_address = recording.batch() != 0;
    const Extent batch = extent_of(recording.modules(), recording.batch());
    recording.each([&](const ThreadState& thread) {
      unwinder_.unwind(recording.modules(), thread, stack_);
      const bool is_whole = stack_.end == StackEnd::root;
      const bool kept = part == StackPart::whole ? keep_all(recording, frames)
                        : by_address             ? cut_at(recording, batch, frames)
                                                 : cut_by_name(recording, frames);
      if (kept) {
        ++launch.stacks[numbers_];
        ++launch.samples;
        if (const auto address = counted_address(recording)) ++launch.addresses[*address];
      } else {
        ++launch.outside;
      }
      if (!is_whole && (!kept || part == StackPart::whole)) ++launch.truncated;
    });
    return launch;
  }

  Symbolizer symbolizer;
  std::string counted_file;  ///< empty: none

 private:
  /// Addresses of one function in a process.
  struct Extent {
    std::uint64_t begin = 0, end = 0;

    [[nodiscard]] bool holds(std::uint64_t pc) const { return pc >= begin && pc < end; }
  };

  Parts(std::unique_ptr<ElfFiles> files, Unwinder unwinder)
      : symbolizer(*files), files_(std::move(files)), unwinder_(std::move(unwinder)) {}

  Extent extent_of(const ModuleMap& modules, std::uint64_t address) {
    const Mapping* const mapping = modules.find(address);
    if (mapping == nullptr) return {};
    const ElfFile& file = files_->open(mapping->path);
    const auto link = file.link_address(address - mapping->begin + mapping->offset);
    const Symbol* const symbol = link ? file.symbol_at(*link) : nullptr;
    if (symbol == nullptr) return {};
    return {address, address + symbol->size - (*link - symbol->address)};
  }

  /// The address in the counted file that was executed.
  std::optional<std::uint64_t> counted_address(const Recording& recording) {
    if (counted_file.empty()) return std::nullopt;
    const std::uint64_t pc = stack_.addresses.front();
    const Mapping* const mapping = recording.modules().find(pc);
    if (mapping == nullptr || mapping->path != counted_file) return std::nullopt;
    return files_->open(mapping->path).link_address(pc - mapping->begin + mapping->offset);
  }

  /// Adds the frames at an address of the stack to `numbers_`.
  const std::vector<Frame>& add(const Recording& recording, std::size_t at, FrameTable& frames) {
    const auto& named = symbolizer.frames(recording.modules(), stack_.addresses[at], at > 0);
    auto& numbers = numbers_of_[&frames][&named];
    if (numbers.empty()) {
      for (const Frame& frame : named) numbers.push_back(frames.number_of(frame));
    }
    numbers_.insert(numbers_.end(), numbers.begin(), numbers.end());
    return named;
  }

  /// What is missing of a stack has a frame of its own, so that it is seen.
  bool keep_all(const Recording& recording, FrameTable& frames) {
    numbers_.clear();
    for (std::size_t i = 0; i < stack_.addresses.size(); ++i) add(recording, i, frames);
    if (stack_.end != StackEnd::root) numbers_.push_back(frames.number_of({"[callers unknown]"}));
    return true;
  }

  /// True if the stack has the batch. A suite without symbols has stacks that are not cut.
  bool cut_at(const Recording& recording, const Extent& batch, FrameTable& frames) {
    numbers_.clear();
    for (std::size_t i = 0; i < stack_.addresses.size(); ++i) {
      add(recording, i, frames);
      if (batch.holds(stack_.addresses[i] - (i > 0 ? 1 : 0))) return true;
    }
    return batch.end == 0;
  }

  /// Without the batch, what the harness itself does is outside.
  bool cut_by_name(const Recording& recording, FrameTable& frames) {
    numbers_.clear();
    std::size_t end = 0;
    bool in_harness = false;
    for (std::size_t i = 0; i < stack_.addresses.size(); ++i) {
      const auto& named = add(recording, i, frames);
      for (std::size_t k = 0; k < named.size(); ++k) {
        if (named[k].function.find(kBatch) != std::string::npos) return true;
        in_harness = in_harness || named[k].function.find(kHarness) != std::string::npos;
        if (runs_operations(named[k])) end = numbers_.size() - named.size() + k + 1;
      }
    }
    numbers_.resize(end);
    return end > 0 && !in_harness;
  }

  std::unique_ptr<ElfFiles> files_;
  Unwinder unwinder_;
  Stack stack_;
  FrameNumbers numbers_;
  using NumbersOf = std::unordered_map<const std::vector<Frame>*, FrameNumbers>;
  std::unordered_map<const FrameTable*, NumbersOf> numbers_of_;  // each side has its own table
};

StackReader::StackReader(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
StackReader::StackReader(StackReader&&) noexcept = default;
StackReader& StackReader::operator=(StackReader&&) noexcept = default;
StackReader::~StackReader() = default;

Result<StackReader> StackReader::make() {
  PB_TRY(auto parts, Parts::make());
  return StackReader{std::move(parts)};
}

LaunchSamples StackReader::read(const Recording& recording, FrameTable& frames, StackPart part) {
  return parts_->read(recording, frames, part);
}

void StackReader::count_addresses_in(const std::string& file) { parts_->counted_file = file; }

const std::vector<UnnamedFile>& StackReader::unnamed_files() const {
  return parts_->symbolizer.unnamed_files();
}

}  // namespace pulsebench::profile
