#include "pulsebench/profile/symbolizer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <unordered_map>

#include "pulsebench/profile/demangle.hpp"
#include "pulsebench/profile/elf_file.hpp"
#include "pulsebench/profile/source_frames.hpp"

namespace pulsebench::profile {
namespace {

std::string file_name(const std::string& path) {
  if (path.starts_with('[')) return path;
  return fmt::format("[{}]", std::filesystem::path{path}.filename().string());
}

}  // namespace

class Symbolizer::Names {
 public:
  struct OfFile {
    const ElfFile* file = nullptr;
    std::optional<SourceFrames> source;
    std::unordered_map<std::uint64_t, std::vector<Frame>> by_address;
    bool unnamed = false;
  };

  explicit Names(ElfFiles& files) : files_(files) {}

  OfFile& of(const std::string& path) {
    if (last_ != nullptr && last_path_ == path) return *last_;
    OfFile& names = by_path_[path];
    if (names.file == nullptr) {
      names.file = &files_.open(path);
      if (names.file->debug_info() != nullptr) names.source.emplace(names.file->debug_info());
    }
    last_path_ = path;
    last_ = &names;
    return names;
  }

  const std::vector<Frame>& at(OfFile& names, const std::string& path, std::uint64_t address) {
    const auto [found, fresh] = names.by_address.try_emplace(address);
    if (fresh) found->second = look_up(names, path, address);
    return found->second;
  }

  std::vector<Frame> nothing{{"[unknown]"}};
  std::vector<UnnamedFile> unnamed;
  std::unordered_map<std::string, std::vector<Frame>> unloaded;

 private:
  std::vector<Frame> look_up(OfFile& names, const std::string& path, std::uint64_t address) {
    std::vector<Frame> frames;
    if (names.source) frames = names.source->at(address);
    // The symbol tells clones of a function apart (`.constprop.0`), the debugging information not.
    if (const Symbol* const symbol = names.file->symbol_at(address)) {
      if (frames.empty()) frames.emplace_back();
      frames.back().function = demangle(symbol->name);
    }
    if (!frames.empty()) return frames;
    if (!names.unnamed) unnamed.push_back({path, names.file->build_id()});
    names.unnamed = true;
    return {{file_name(path)}};
  }

  ElfFiles& files_;
  std::unordered_map<std::string, OfFile> by_path_;
  std::string last_path_;
  OfFile* last_ = nullptr;
};

Symbolizer::Symbolizer(ElfFiles& files) : names_(std::make_unique<Names>(files)) {}
Symbolizer::Symbolizer(Symbolizer&&) noexcept = default;
Symbolizer& Symbolizer::operator=(Symbolizer&&) noexcept = default;
Symbolizer::~Symbolizer() = default;

const std::vector<Frame>& Symbolizer::frames(const ModuleMap& modules, std::uint64_t pc,
                                             bool is_return_address) {
  const std::uint64_t wanted = is_return_address ? pc - 1 : pc;
  const Mapping* const mapping = modules.find(wanted);
  if (mapping == nullptr) return names_->nothing;
  Names::OfFile& names = names_->of(mapping->path);
  const auto address = names.file->link_address(wanted - mapping->begin + mapping->offset);
  if (address) return names_->at(names, mapping->path, *address);
  const auto [found, fresh] = names_->unloaded.try_emplace(mapping->path);
  if (fresh) found->second = {{file_name(mapping->path)}};
  return found->second;
}

const std::vector<Frame>& Symbolizer::frames_in(const std::string& path,
                                                std::uint64_t link_address) {
  return names_->at(names_->of(path), path, link_address);
}

const std::vector<UnnamedFile>& Symbolizer::unnamed_files() const { return names_->unnamed; }

}  // namespace pulsebench::profile
