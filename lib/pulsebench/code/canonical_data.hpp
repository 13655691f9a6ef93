#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pulsebench/code/program_image.hpp"

namespace pulsebench::code {

/// What code or data says, without addresses: equal in two builds if both do the same, as far as
/// the objects are the same that it refers to.
struct Canonical {
  std::string text;
  std::set<int> objects = {};  ///< symbols
  bool unknown = false;        ///< what it refers to is unknown
};

/// The names that two builds have in common.
struct CommonNames {
  std::vector<std::string> symbols;    ///< of each symbol of the image
  std::vector<std::string> own_words;  ///< of this build alone, as its folder: left out of texts

  /// A place in what a symbol of `image` covers, by its name.
  [[nodiscard]] std::string place(const ProgramImage& image, int symbol,
                                  std::uint64_t address) const;
};

/// The addresses of data that code and data refer to, in order.
struct References {
  std::vector<std::uint64_t> all;
  /// Those whose extent is not known. An access of a known size may lie within one of them.
  std::vector<std::uint64_t> taken;

  /// The first one behind an address.
  static std::uint64_t next(const std::vector<std::uint64_t>& among, std::uint64_t address);
};

/// The data of a program without its addresses.
class CanonicalData {
 public:
  /// The image and the names outlive this object.
  CanonicalData(const ProgramImage& image, const CommonNames& names, References references)
      : image_(image), names_(names), references_(std::move(references)) {}

  /// Adds what stands at an address whose extent is not known: the name of a symbol, or all up to
  /// where something else begins.
  void add_address(std::uint64_t address, Canonical& to) const { add_address(address, to, 0); }
  /// Adds what stands at an address in `size` bytes.
  void add_access(std::uint64_t address, std::uint64_t size, Canonical& to) const;
  /// Adds the bytes of a range, and what its pointers point to.
  void add_range(std::uint64_t begin, std::uint64_t end, Canonical& to) const {
    add_range(begin, end, to, 0);
  }
  [[nodiscard]] Canonical object(int symbol) const;
  /// The next address behind this one that anything takes.
  [[nodiscard]] std::uint64_t next_taken(std::uint64_t address) const {
    return References::next(references_.taken, address);
  }

 private:
  /// The section of data without a symbol; null where all is said of the address.
  const ImageSection* add_known(std::uint64_t address, Canonical& to) const;
  void add_address(std::uint64_t address, Canonical& to, int depth) const;
  void add_nameless(std::uint64_t address, const ImageSection& section, Canonical& to,
                    int depth) const;
  void add_range(std::uint64_t begin, std::uint64_t end, Canonical& to, int depth) const;
  void add_pointer(const ImageRelocation& relocation, Canonical& to, int depth) const;
  [[nodiscard]] std::string without_own_words(std::string text) const;

  const ProgramImage& image_;
  const CommonNames& names_;
  References references_;
};

}  // namespace pulsebench::code
