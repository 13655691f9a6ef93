// inference_onnx MODEL [THREADS]: recognizes the text of images of noise by ONNX Runtime, with a
// model of PP-OCR: its input is images of 3 colours and 48 lines, of any width. It is a report
// program of pulsebench: one process is one replicate, and it prints one line of metrics.
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "../report.hpp"
#include "runtime.hpp"

namespace {

constexpr int kColours = 3, kLines = 48;

/// So many images of the width, with values from -1 to 1.
class Images {
 public:
  Images(int count, int width)
      : shape_{count, kColours, kLines, width},
        values_(static_cast<std::size_t>(count) * kColours * kLines *
                static_cast<std::size_t>(width)) {
    std::mt19937 random{1};
    for (float& value : values_) value = static_cast<float>(random()) * 0x1p-31F - 1.0F;
  }

  void recognize(onnx::Model& model) { model.run(values_, shape_); }

 private:
  std::vector<std::int64_t> shape_;
  std::vector<float> values_;
};

void measure(const char* file, int threads) {
  inference::Report report;
  std::unique_ptr<onnx::Model> model;
  report.add("load",
             inference::time_ms([&] { model = std::make_unique<onnx::Model>(file, threads); }));
  Images small{1, 80}, middle{1, 320}, large{1, 640}, four{4, 320};
  report.add("first_run", inference::time_ms([&] { small.recognize(*model); }));
  report.add("width/80", inference::time_each_ms(8, [&] { small.recognize(*model); }));
  report.add("width/320", inference::time_each_ms(6, [&] { middle.recognize(*model); }));
  report.add("width/640", inference::time_each_ms(4, [&] { large.recognize(*model); }));
  report.add("batch/4", inference::time_each_ms(3, [&] { four.recognize(*model); }));
  report.add_memory();
  report.print("real weights: " + std::filesystem::path{file}.filename().string() +
               "; ONNX Runtime " + onnx::version());
}

}  // namespace

int main(int argc, char** argv) {
  const int threads = argc == 3 ? std::atoi(argv[2]) : 1;
  if (argc < 2 || argc > 3 || threads < 1) {
    inference::stop("usage: inference_onnx MODEL [THREADS]");
  }
  measure(argv[1], threads);
  return 0;
}
