#include "pulsebench/os/sha256.hpp"

#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <system_error>

#include <fmt/format.h>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/open_file.hpp"
#include "pulsebench/os/sha256_digest.hpp"

namespace pulsebench::os {
namespace {

std::string hex_of(Sha256Digest& digest) {
  std::string hex;
  for (const unsigned char byte : digest.finish()) hex += fmt::format("{:02x}", byte);
  return hex;
}

Failure cannot_hash(const std::filesystem::path& file, int error) {
  const auto code = error == ENOENT ? ErrorCode::not_found : ErrorCode::io;
  return fail(code, fmt::format("cannot read {} to hash it: {}", file.string(),
                                std::generic_category().message(error)));
}

}  // namespace

std::string sha256_of(std::string_view bytes) {
  Sha256Digest digest;
  digest.add(bytes);
  return hex_of(digest);
}

Result<std::string> sha256_of_file(const std::filesystem::path& file) {
  const Descriptor opened = open_to_read(file);
  if (!opened.open()) return cannot_hash(file, errno);
  struct stat facts {};
  int error = ::fstat(opened.number(), &facts) == 0 ? 0 : errno;
  if (error == 0 && !S_ISREG(facts.st_mode)) error = S_ISDIR(facts.st_mode) ? EISDIR : EINVAL;
  if (error != 0) return cannot_hash(file, error);
  return sha256_of_file(opened, file);
}

Result<std::string> sha256_of_file(const Descriptor& opened, const std::filesystem::path& path) {
  Sha256Digest digest;
  std::array<char, 65536> piece{};
  while (true) {
    const ssize_t got = read_piece(opened, piece);
    if (got == 0) return hex_of(digest);
    if (got < 0) return cannot_hash(path, errno);
    digest.add({piece.data(), static_cast<std::size_t>(got)});
  }
}

}  // namespace pulsebench::os
