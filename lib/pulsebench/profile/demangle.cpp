#include "pulsebench/profile/demangle.hpp"

#include <cxxabi.h>

#include <cstdlib>

namespace pulsebench::profile {

std::string demangle(const char* symbol) {
  std::string text{symbol};
  if (const auto version = text.find('@', 1); version != std::string::npos) text.resize(version);
  int status = 0;
  char* const name = abi::__cxa_demangle(text.c_str(), nullptr, nullptr, &status);
  if (status == 0 && name != nullptr) text = name;
  std::free(name);  // NOLINT(cppcoreguidelines-no-malloc): the C++ ABI hands it over so
  return text;
}

}  // namespace pulsebench::profile
