#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string_view>

namespace pulsebench::os {

/// SHA-256 (FIPS 180-4) of what is added piece by piece, by a library of the system.
class Sha256Digest {
 public:
  using Bytes = std::array<unsigned char, 32>;

  Sha256Digest();
  ~Sha256Digest();
  Sha256Digest(const Sha256Digest&) = delete;
  Sha256Digest& operator=(const Sha256Digest&) = delete;

  void add(std::string_view piece);
  /// Call once, after the last piece.
  [[nodiscard]] Bytes finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace pulsebench::os
