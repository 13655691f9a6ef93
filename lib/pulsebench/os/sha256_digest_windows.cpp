#include <windows.h>
// After windows.h, whose types it uses.
#include <bcrypt.h>

#include <cstdlib>

#include "pulsebench/os/sha256_digest.hpp"

namespace pulsebench::os {

/// Calls of this algorithm fail only where there is no memory, or Windows itself is broken.
struct Sha256Digest::State {
  BCRYPT_HASH_HANDLE hash = nullptr;
  bool well = false;
};

namespace {

/// Opened once, since that loads a library.
BCRYPT_ALG_HANDLE algorithm() {
  static const BCRYPT_ALG_HANDLE kAlgorithm = [] {
    BCRYPT_ALG_HANDLE opened = nullptr;
    ::BCryptOpenAlgorithmProvider(&opened, BCRYPT_SHA256_ALGORITHM, nullptr, 0);
    return opened;
  }();
  return kAlgorithm;
}

}  // namespace

Sha256Digest::Sha256Digest() : state_(std::make_unique<State>()) {
  state_->well = ::BCryptCreateHash(algorithm(), &state_->hash, nullptr, 0, nullptr, 0, 0) >= 0;
}

Sha256Digest::~Sha256Digest() { ::BCryptDestroyHash(state_->hash); }

void Sha256Digest::add(std::string_view piece) {
  auto* const bytes = reinterpret_cast<PUCHAR>(const_cast<char*>(piece.data()));  // it only reads
  state_->well = state_->well &&
                 ::BCryptHashData(state_->hash, bytes, static_cast<ULONG>(piece.size()), 0) >= 0;
}

Sha256Digest::Bytes Sha256Digest::finish() {
  Bytes digest{};
  state_->well = state_->well && ::BCryptFinishHash(state_->hash, digest.data(),
                                                    static_cast<ULONG>(digest.size()), 0) >= 0;
  if (!state_->well) std::abort();  // no digest is better than a wrong one
  return digest;
}

}  // namespace pulsebench::os
