#pragma once

#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "pulsebench/exchange/importers.hpp"
#include "pulsebench/os/file_io.hpp"

namespace pulsebench::exchange {

inline SourceFile sample_file(const std::string& name) {
  const std::string path = std::string{PULSEBENCH_FORMATS} + "/" + name;
  auto text = os::read_file(path);
  REQUIRE(text.has_value());
  return {path, *std::move(text)};
}

/// A file of `tests/formats`.
inline Source sample(const std::string& name) {
  SourceFile file = sample_file(name);
  const std::string path = file.path;
  return {.name = path, .files = {std::move(file)}};
}

/// The folder of Criterion.rs in `tests/formats`.
inline Source criterion_folder() {
  const std::string folder = "criterion/codec/encode/new/";
  return {.name = "criterion",
          .files = {sample_file(folder + "benchmark.json"), sample_file(folder + "sample.json")},
          .is_folder = true};
}

inline Source text_source(std::string text) {
  return {.name = "f", .files = {{"f", std::move(text)}}};
}

/// The source, by the format that its content says.
inline Result<baseline::Document> imported(const Source& source) {
  const auto importer = recognise(source);
  if (!importer) return Failure{importer.error()};
  return import_source(source, **importer);
}

inline std::string why_not(const Source& source) {
  const auto document = imported(source);
  REQUIRE_FALSE(document.has_value());
  CHECK(document.error().code == ErrorCode::bad_input);
  return document.error().message;
}

inline bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace pulsebench::exchange
