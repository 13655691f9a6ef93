// Prints the document of the baseline tests as it is stored, or says whether a document on standard
// input is one:
//
//   schema_documents write
//   schema_documents check        exit 0 or 1; the reason on standard error
//   schema_documents config       the same of a configuration

#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <iostream>
#include <iterator>
#include <string>

#include "documents.hpp"
#include "pulsebench/baseline/codec.hpp"
#include "pulsebench/config/load.hpp"

using namespace pulsebench::baseline;

int main(int argc, char** argv) {
  const std::string verb = argc == 2 ? argv[1] : "";
  if (verb == "write") {
    std::cout << encode(sample_document());
    return 0;
  }
  if (verb == "check") {
    const std::string text(std::istreambuf_iterator<char>(std::cin), {});
    const auto document = decode(text, "standard input");
    if (!document) std::cerr << document.error().message << '\n';
    return document ? 0 : 1;
  }
  if (verb == "config") {
    const std::string text(std::istreambuf_iterator<char>(std::cin), {});
    const auto config = pulsebench::config::parse_config(text, "standard input");
    if (!config) std::cerr << config.error().message << '\n';
    return config ? 0 : 1;
  }
  std::cerr << "usage: schema_documents write|check|config\n";
  return 2;
}
