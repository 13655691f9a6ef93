#include "pulsebench/os/sha256_digest.hpp"

#include <sha2.h>

namespace pulsebench::os {

struct Sha256Digest::State {
  SHA2_CTX context;
};

Sha256Digest::Sha256Digest() : state_(std::make_unique<State>()) { SHA256Init(&state_->context); }

Sha256Digest::~Sha256Digest() = default;

void Sha256Digest::add(std::string_view piece) {
  SHA256Update(&state_->context, reinterpret_cast<const unsigned char*>(piece.data()),
               piece.size());
}

Sha256Digest::Bytes Sha256Digest::finish() {
  Bytes digest{};
  SHA256Final(digest.data(), &state_->context);
  return digest;
}

}  // namespace pulsebench::os
