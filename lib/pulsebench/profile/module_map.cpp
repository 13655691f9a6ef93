#include "pulsebench/profile/module_map.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace pulsebench::profile {
namespace {

std::optional<std::uint64_t> take_hex(std::string_view& text, char end) {
  std::uint64_t number = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number, 16);
  const auto digits = static_cast<std::size_t>(stop - text.data());
  if (error != std::errc{} || digits >= text.size() || *stop != end) return std::nullopt;
  text.remove_prefix(digits + 1);
  return number;
}

std::string_view take_field(std::string_view& text) {
  const std::size_t end = std::min(text.find(' '), text.size());
  const std::string_view field = text.substr(0, end);
  text.remove_prefix(std::min(text.find_first_not_of(' ', end), text.size()));
  return field;
}

/// One line: `begin-end permissions offset device inode path`, numbers in hexadecimal.
std::optional<Mapping> parse_mapping(std::string_view line) {
  const auto begin = take_hex(line, '-');
  const auto end = begin ? take_hex(line, ' ') : std::nullopt;
  if (!end) return std::nullopt;
  const std::string_view permissions = take_field(line);
  const auto offset = take_hex(line, ' ');
  if (!offset || permissions.size() < 3 || permissions[2] != 'x') return std::nullopt;
  take_field(line);
  take_field(line);
  const bool named = line.starts_with('/') || line == "[vdso]";
  if (!named || *begin >= *end) return std::nullopt;
  return Mapping{*begin, *end, *offset, std::string{line}};
}

}  // namespace

ModuleMap ModuleMap::parse(std::string_view maps) {
  ModuleMap map;
  while (!maps.empty()) {
    const std::size_t end = std::min(maps.find('\n'), maps.size());
    if (auto mapping = parse_mapping(maps.substr(0, end))) map.add(std::move(*mapping));
    maps.remove_prefix(std::min(end + 1, maps.size()));
  }
  return map;
}

void ModuleMap::add(Mapping mapping) {
  std::erase_if(mappings_, [&](const Mapping& old) {
    return old.begin < mapping.end && mapping.begin < old.end;
  });
  const auto place = std::upper_bound(
      mappings_.begin(), mappings_.end(), mapping.begin,
      [](std::uint64_t begin, const Mapping& other) { return begin < other.begin; });
  mappings_.insert(place, std::move(mapping));
}

const Mapping* ModuleMap::find(std::uint64_t address) const {
  const auto next = std::upper_bound(
      mappings_.begin(), mappings_.end(), address,
      [](std::uint64_t wanted, const Mapping& mapping) { return wanted < mapping.begin; });
  if (next == mappings_.begin()) return nullptr;
  const Mapping& mapping = *std::prev(next);
  return address < mapping.end ? &mapping : nullptr;
}

}  // namespace pulsebench::profile
