#include "pulsebench/profile/source_frames.hpp"

#include <dwarf.h>

#include <algorithm>

#include "pulsebench/profile/demangle.hpp"

namespace pulsebench::profile {
namespace {

std::string text_or_empty(const char* text) { return text == nullptr ? "" : text; }

std::string name_of(const Libdw& libdw, Dwarf_Die& entry) {
  for (const unsigned attribute : {DW_AT_linkage_name, DW_AT_MIPS_linkage_name}) {
    Dwarf_Attribute found;
    if (libdw.attribute_anywhere(&entry, attribute, &found) == nullptr) continue;
    if (const char* const name = libdw.text_of(&found)) return demangle(name);
  }
  const char* const name = libdw.name(&entry);
  return name == nullptr ? "[unnamed]" : name;
}

struct SourceLine {
  std::string file = {};
  int line = 0;
};

SourceLine line_at(const Libdw& libdw, Dwarf_Die& unit, std::uint64_t address) {
  SourceLine found;
  Dwarf_Line* const line = libdw.line_at(&unit, address);
  if (line == nullptr) return found;
  found.file = text_or_empty(libdw.line_file(line, nullptr, nullptr));
  libdw.line_number(line, &found.line);
  return found;
}

std::uint64_t number_of(const Libdw& libdw, Dwarf_Die& entry, unsigned attribute) {
  Dwarf_Attribute found;
  Dwarf_Word number = 0;
  if (libdw.attribute(&entry, attribute, &found) == nullptr) return 0;
  return libdw.number_of(&found, &number) == 0 ? number : 0;
}

/// Where an inlined function was called.
SourceLine call_site(const Libdw& libdw, Dwarf_Die& unit, Dwarf_Die& inlined) {
  SourceLine site;
  Dwarf_Files* files = nullptr;
  std::size_t count = 0;
  const std::uint64_t index = number_of(libdw, inlined, DW_AT_call_file);
  if (libdw.source_files(&unit, &files, &count) == 0 && index < count) {
    site.file = text_or_empty(libdw.source_file(files, index, nullptr, nullptr));
  }
  site.line = static_cast<int>(number_of(libdw, inlined, DW_AT_call_line));
  return site;
}

/// The child that contains an address and may contain inlined code: a block or an inlined function.
bool find_inner(const Libdw& libdw, Dwarf_Die& parent, std::uint64_t address, Dwarf_Die& inner) {
  Dwarf_Die entry;
  if (libdw.child(&parent, &entry) != 0) return false;
  do {
    const int tag = libdw.tag(&entry);
    const bool code = tag == DW_TAG_inlined_subroutine || tag == DW_TAG_lexical_block;
    if (code && libdw.contains(&entry, address) > 0) {
      inner = entry;
      return true;
    }
  } while (libdw.sibling(&entry, &entry) == 0);
  return false;
}

template <class Range>
void sort_by_address(std::vector<Range>& ranges) {
  std::sort(ranges.begin(), ranges.end(),
            [](const Range& left, const Range& right) { return left.begin < right.begin; });
}

}  // namespace

SourceFrames::SourceFrames(Dwarf* dwarf) : libdw_(*libdw()), dwarf_(dwarf) {
  Dwarf_Off offset = 0, next = 0;
  std::size_t header = 0;
  while (libdw_.next_unit(dwarf_, offset, &next, &header, nullptr, nullptr, nullptr) == 0) {
    Dwarf_Die unit;
    if (libdw_.entry_at(dwarf_, offset + header, &unit) != nullptr) add_ranges(unit, units_);
    offset = next;
  }
  sort_by_address(units_);
}

void SourceFrames::add_ranges(Dwarf_Die& entry, Ranges& ranges) const {
  Dwarf_Addr base = 0, begin = 0, end = 0;
  for (ptrdiff_t at = 0; (at = libdw_.ranges(&entry, at, &base, &begin, &end)) > 0;) {
    // What the linker dropped is left at the address 0.
    if (begin < end && begin != 0) ranges.push_back({begin, end, libdw_.offset_of(&entry)});
  }
}

void SourceFrames::add_functions(Dwarf_Die& parent, Ranges& ranges) const {
  Dwarf_Die entry;
  if (libdw_.child(&parent, &entry) != 0) return;
  do {
    switch (libdw_.tag(&entry)) {
      case DW_TAG_subprogram:
        add_ranges(entry, ranges);
        break;
      case DW_TAG_namespace:
      case DW_TAG_class_type:
      case DW_TAG_structure_type:
        add_functions(entry, ranges);
        break;
      default:
        break;
    }
  } while (libdw_.sibling(&entry, &entry) == 0);
}

const SourceFrames::Ranges& SourceFrames::functions_of(Dwarf_Die& unit) {
  const auto [found, fresh] = functions_.try_emplace(libdw_.offset_of(&unit));
  if (fresh) {
    add_functions(unit, found->second);
    sort_by_address(found->second);
  }
  return found->second;
}

const SourceFrames::Range* SourceFrames::find(const Ranges& ranges, std::uint64_t address) {
  const auto next = std::upper_bound(
      ranges.begin(), ranges.end(), address,
      [](std::uint64_t wanted, const Range& range) { return wanted < range.begin; });
  if (next == ranges.begin()) return nullptr;
  const Range& range = *std::prev(next);
  return address < range.end ? &range : nullptr;
}

std::vector<Frame> SourceFrames::at(std::uint64_t address) {
  std::vector<Frame> outermost_first;
  const Range* const in_unit = find(units_, address);
  Dwarf_Die unit, function;
  if (in_unit == nullptr || libdw_.entry_at(dwarf_, in_unit->entry, &unit) == nullptr) return {};
  const Range* const in_function = find(functions_of(unit), address);
  if (in_function == nullptr) return {};
  if (libdw_.entry_at(dwarf_, in_function->entry, &function) == nullptr) return {};
  outermost_first.push_back({name_of(libdw_, function)});
  for (Dwarf_Die inner; find_inner(libdw_, function, address, inner); function = inner) {
    if (libdw_.tag(&inner) != DW_TAG_inlined_subroutine) continue;
    const SourceLine site = call_site(libdw_, unit, inner);
    outermost_first.back().file = site.file;
    outermost_first.back().line = site.line;
    outermost_first.push_back({name_of(libdw_, inner), "", 0, true});
  }
  const SourceLine here = line_at(libdw_, unit, address);
  outermost_first.back().file = here.file;
  outermost_first.back().line = here.line;
  std::reverse(outermost_first.begin(), outermost_first.end());
  return outermost_first;
}

}  // namespace pulsebench::profile
