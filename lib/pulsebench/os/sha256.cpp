#include "pulsebench/os/sha256.hpp"

#include <fcntl.h>
#include <sha2.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include <fmt/format.h>

#include "pulsebench/os/descriptor.hpp"

namespace pulsebench::os {
namespace {

std::string hex_digest(SHA2_CTX& context) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256Final(digest.data(), &context);
  std::string hex;
  for (const unsigned char byte : digest) hex += fmt::format("{:02x}", byte);
  return hex;
}

Failure cannot_hash(const std::filesystem::path& file, int error) {
  const auto code = error == ENOENT ? ErrorCode::not_found : ErrorCode::io;
  return fail(code, fmt::format("cannot read {} to hash it: {}", file.string(),
                                std::generic_category().message(error)));
}

}  // namespace

std::string sha256_of(std::string_view bytes) {
  SHA2_CTX context;
  SHA256Init(&context);
  SHA256Update(&context, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return hex_digest(context);
}

Result<std::string> sha256_of_file(const std::filesystem::path& file) {
  const Descriptor opened{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)};
  if (!opened.open()) return cannot_hash(file, errno);
  struct stat facts {};
  int error = ::fstat(opened.number(), &facts) == 0 ? 0 : errno;
  if (error == 0 && !S_ISREG(facts.st_mode)) error = S_ISDIR(facts.st_mode) ? EISDIR : EINVAL;
  if (error != 0) return cannot_hash(file, error);
  return sha256_of_file(opened, file);
}

Result<std::string> sha256_of_file(const Descriptor& opened, const std::filesystem::path& path) {
  SHA2_CTX context;
  SHA256Init(&context);
  std::array<unsigned char, 65536> piece{};
  while (true) {
    const ssize_t got = ::read(opened.number(), piece.data(), piece.size());
    if (got == 0) return hex_digest(context);
    if (got < 0 && errno != EINTR) return cannot_hash(path, errno);
    if (got > 0) SHA256Update(&context, piece.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace pulsebench::os
