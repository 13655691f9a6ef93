#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

/// ONNX Runtime's C API, as far as it is used here. Its npm package has no headers. The API is a
/// table of functions to which each version only appends, so that a position never changes.
namespace onnx {

struct Status;
struct Environment;
struct Session;
struct Options;
struct RunOptions;
struct Value;
struct Memory;
struct Allocator;
using Unused = const void*;

// A name of ours; the one in the documentation of `OrtApi`, and its position.
struct Api {
  Unused from_0[2];
  const char* (*message)(const Status*);                                      // GetErrorMessage, 2
  Status* (*create_environment)(int level, const char* name, Environment**);  // CreateEnv, 3
  Unused from_4[3];
  Status* (*create_session)(const Environment*, const char* model, const Options*,
                            Session**);  // CreateSession, 7
  Unused from_8[1];
  Status* (*run)(Session*, const RunOptions*, const char* const* input_names,
                 const Value* const* inputs, std::size_t input_count,
                 const char* const* output_names, std::size_t output_count,
                 Value** outputs);       // Run, 9
  Status* (*create_options)(Options**);  // CreateSessionOptions, 10
  Unused from_11[12];
  Status* (*set_optimization)(Options*, int level);  // SetSessionGraphOptimizationLevel, 23
  Status* (*set_threads)(Options*, int threads);     // SetIntraOpNumThreads, 24
  Unused from_25[11];
  Status* (*input_name)(const Session*, std::size_t, Allocator*,
                        char**);  // SessionGetInputName, 36
  Status* (*output_name)(const Session*, std::size_t, Allocator*, char**);  // SessionGetOutputName
  Unused from_38[11];
  Status* (*create_tensor)(const Memory*, void* data, std::size_t bytes, const std::int64_t* shape,
                           std::size_t dimensions, int type,
                           Value**);  // CreateTensorWithDataAsOrtValue, 49
  Unused from_50[19];
  Status* (*create_memory)(int allocator, int type, Memory**);  // CreateCpuMemoryInfo, 69
  Unused from_70[8];
  Status* (*default_allocator)(Allocator**);  // GetAllocatorWithDefaultOptions, 78
  Unused from_79[17];
  void (*release_value)(Value*);  // ReleaseValue, 96
};
static_assert(offsetof(Api, run) == 9 * sizeof(Unused));
static_assert(offsetof(Api, set_threads) == 24 * sizeof(Unused));
static_assert(offsetof(Api, output_name) == 37 * sizeof(Unused));
static_assert(offsetof(Api, create_tensor) == 49 * sizeof(Unused));
static_assert(offsetof(Api, release_value) == 96 * sizeof(Unused));

/// The version of the library: "1.30.0".
[[nodiscard]] std::string version();

/// A loaded model of one input and one output. It lives until the process ends. Errors end the
/// program.
class Model {
 public:
  Model(const char* file, int threads);

  /// Runs it once with `values` of this shape.
  void run(std::vector<float>& values, const std::vector<std::int64_t>& shape);

 private:
  Session* session_ = nullptr;
  Memory* memory_ = nullptr;
  char* input_ = nullptr;
  char* output_ = nullptr;
};

}  // namespace onnx
