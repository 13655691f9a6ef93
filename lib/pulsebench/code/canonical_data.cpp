#include "pulsebench/code/canonical_data.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pulsebench::code {
namespace {

constexpr std::uint64_t kPointer = 8;             // bytes
constexpr std::uint64_t kMostNameless = 1 << 16;  // bytes behind an address of unknown extent
constexpr int kDeepest = 4;                       // pointers to data without a name

bool is_printable(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 || c == '\n' || c == '\t' || c == '\r' || c == '\x1b';
}

/// The text that begins a piece of data, with its end; empty where it begins with none.
std::string_view text_at(std::string_view bytes) {
  const std::size_t end = bytes.find('\0');
  if (end == 0 || end == std::string_view::npos) return {};
  const std::string_view text = bytes.substr(0, end);
  return std::ranges::all_of(text, is_printable) ? bytes.substr(0, end + 1) : std::string_view{};
}

/// Binary, with its length before it, so that no two sequences of pieces read alike.
void add_bytes(std::string_view bytes, Canonical& to) {
  to.text += fmt::format("{}:", bytes.size());
  to.text += bytes;
}

}  // namespace

std::string CanonicalData::without_own_words(std::string text) const {
  for (const std::string& word : names_.own_words) {
    if (word.empty()) continue;
    for (std::size_t at = 0; (at = text.find(word, at)) != std::string::npos;) {
      text.erase(at, word.size());
    }
  }
  return text;
}

std::uint64_t References::next(const std::vector<std::uint64_t>& among, std::uint64_t address) {
  const auto found = std::ranges::upper_bound(among, address);
  return found == among.end() ? ~std::uint64_t{0} : *found;
}

std::string CommonNames::place(const ProgramImage& image, int symbol, std::uint64_t address) const {
  const auto index = static_cast<std::size_t>(symbol);
  return fmt::format("<{}+{}>", symbols[index], address - image.symbols()[index].address);
}

const ImageSection* CanonicalData::add_known(std::uint64_t address, Canonical& to) const {
  if (const int symbol = image_.symbol_at(address); symbol >= 0) {
    to.text += names_.place(image_, symbol, address);
    if (!image_.symbols()[static_cast<std::size_t>(symbol)].function) to.objects.insert(symbol);
    return nullptr;
  }
  const ImageSection* const section = image_.section_at(address);
  if (section == nullptr || section->executable) {
    to.unknown = true;
    return nullptr;
  }
  if (!section->content.empty()) return section;
  to.text += fmt::format("zeros {}+{}", section->name, address - section->address);
  return nullptr;
}

void CanonicalData::add_address(std::uint64_t address, Canonical& to, int depth) const {
  if (depth > kDeepest && image_.symbol_at(address) < 0) {
    to.unknown = true;
  } else if (const ImageSection* const section = add_known(address, to)) {
    add_nameless(address, *section, to, depth);
  }
}

void CanonicalData::add_nameless(std::uint64_t address, const ImageSection& section, Canonical& to,
                                 int depth) const {
  const std::uint64_t most =
      std::min(image_.next_symbol(address, section), address + kMostNameless);
  const std::string_view bytes = image_.bytes(address, most - address);
  const std::string_view text = text_at(bytes);
  const auto next = [&](const auto& among) {
    return std::min(References::next(among, address), most);
  };
  // Two literals may have their ends in common, and one may have zeros inside.
  const std::uint64_t end = std::max(next(references_.all), address + text.size());
  if (text.empty() || image_.next_relocation(address, end) < end) {
    add_range(address, next(references_.taken), to, depth + 1);
    return;
  }
  const std::string said = without_own_words(std::string{bytes.substr(0, end - address)});
  add_bytes(std::string_view{said}.substr(0, said.find_last_not_of('\0') + 1), to);
}

void CanonicalData::add_pointer(const ImageRelocation& relocation, Canonical& to, int depth) const {
  to.text += fmt::format("pointer {} ", relocation.type);
  if (relocation.relative) {
    add_address(static_cast<std::uint64_t>(relocation.addend), to, depth);
  } else {
    to.text += fmt::format("{}+{}", relocation.symbol, relocation.addend);
  }
}

void CanonicalData::add_range(std::uint64_t begin, std::uint64_t end, Canonical& to,
                              int depth) const {
  while (begin < end) {
    const std::uint64_t pointer = image_.next_relocation(begin, end);
    add_bytes(image_.bytes(begin, pointer - begin), to);
    if (pointer >= end) return;
    add_pointer(*image_.relocation_at(pointer), to, depth);
    begin = pointer + kPointer;
  }
}

void CanonicalData::add_access(std::uint64_t address, std::uint64_t size, Canonical& to) const {
  if (add_known(address, to) != nullptr) add_range(address, address + size, to);
}

Canonical CanonicalData::object(int symbol) const {
  const ImageSymbol& object = image_.symbols()[static_cast<std::size_t>(symbol)];
  Canonical canonical{.text = fmt::format("{} bytes ", object.size)};
  add_range(object.address, object.end(), canonical);
  return canonical;
}

}  // namespace pulsebench::code
