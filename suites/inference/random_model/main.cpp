// random_model VOCABULARY LAYERS PREFIX: writes PREFIX-f16.gguf, a model of the architecture llama
// with a real vocabulary and random weights of a fixed seed, and its quantizations PREFIX-q8_0.gguf
// and PREFIX-q4_k_m.gguf. Its speed, memory and time to load are those of a real model of its shape
// and type. Its words mean nothing, which its name says.
#include <ggml.h>
#include <gguf.h>
#include <llama.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>

#include "../llama_library.hpp"
#include "../report.hpp"

namespace {

using inference::stop;

// With 8 layers and the vocabulary of GPT-2: 52 million weights.
constexpr int kWidth = 512, kForward = 1536, kHead = 64;
constexpr int kHeads = kWidth / kHead, kKeyHeads = kHeads / 2;

struct Freed {
  void operator()(gguf_context* file) const { gguf_free(file); }
  void operator()(ggml_context* tensors) const { ggml_free(tensors); }
};
using File = std::unique_ptr<gguf_context, Freed>;

File read_vocabulary(const char* path) {
  File file{gguf_init_from_file(path, {.no_alloc = true, .ctx = nullptr})};
  if (!file || gguf_find_key(file.get(), "tokenizer.ggml.tokens") < 0) {
    stop(std::string{path} + " has no vocabulary");
  }
  return file;
}

std::int64_t words_of(const gguf_context* file) {
  return static_cast<std::int64_t>(
      gguf_get_arr_n(file, gguf_find_key(file, "tokenizer.ggml.tokens")));
}

/// Writes the shape beside the vocabulary.
void describe(gguf_context* file, std::uint32_t layers, std::int64_t words) {
  gguf_set_val_str(file, "general.architecture", "llama");
  gguf_set_val_str(file, "general.name", "random weights, vocabulary of GPT-2");
  gguf_set_val_u32(file, "general.file_type", LLAMA_FTYPE_MOSTLY_F16);
  gguf_set_val_u32(file, "llama.vocab_size", static_cast<std::uint32_t>(words));
  gguf_set_val_u32(file, "llama.context_length", 2048);
  gguf_set_val_u32(file, "llama.embedding_length", kWidth);
  gguf_set_val_u32(file, "llama.block_count", layers);
  gguf_set_val_u32(file, "llama.feed_forward_length", kForward);
  gguf_set_val_u32(file, "llama.attention.head_count", kHeads);
  gguf_set_val_u32(file, "llama.attention.head_count_kv", kKeyHeads);
  gguf_set_val_u32(file, "llama.rope.dimension_count", kHead);
  gguf_set_val_f32(file, "llama.attention.layer_norm_rms_epsilon", 1e-5F);
  gguf_set_val_f32(file, "llama.rope.freq_base", 10000.0F);
}

/// Makes the tensors of a model, and adds them to its file.
class Weights {
 public:
  Weights(gguf_context* file, std::size_t bytes)
      : file_(file),
        tensors_(ggml_init({.mem_size = bytes, .mem_buffer = nullptr, .no_alloc = false})) {
    if (!tensors_) stop("out of memory");
  }

  /// Uniform values whose variance keeps that of the activations.
  void add_matrix(const std::string& name, std::int64_t columns, std::int64_t rows) {
    ggml_tensor* const tensor = ggml_new_tensor_2d(tensors_.get(), GGML_TYPE_F16, columns, rows);
    const float scale = std::sqrt(3.0F / static_cast<float>(columns));
    auto* const values = static_cast<ggml_fp16_t*>(tensor->data);
    for (std::int64_t i = 0; i < columns * rows; ++i) {
      values[i] = ggml_fp32_to_fp16(scale * next_value());
    }
    add(tensor, name);
  }

  void add_ones(const std::string& name) {
    ggml_tensor* const tensor = ggml_new_tensor_1d(tensors_.get(), GGML_TYPE_F32, kWidth);
    std::fill_n(static_cast<float*>(tensor->data), kWidth, 1.0F);
    add(tensor, name);
  }

  void add_layer(int number) {
    const std::string layer = "blk." + std::to_string(number) + ".";
    add_ones(layer + "attn_norm.weight");
    add_ones(layer + "ffn_norm.weight");
    add_matrix(layer + "attn_q.weight", kWidth, kWidth);
    add_matrix(layer + "attn_k.weight", kWidth, kHead * kKeyHeads);
    add_matrix(layer + "attn_v.weight", kWidth, kHead * kKeyHeads);
    add_matrix(layer + "attn_output.weight", kWidth, kWidth);
    add_matrix(layer + "ffn_gate.weight", kWidth, kForward);
    add_matrix(layer + "ffn_up.weight", kWidth, kForward);
    add_matrix(layer + "ffn_down.weight", kForward, kWidth);
  }

 private:
  void add(ggml_tensor* tensor, const std::string& name) {
    ggml_set_name(tensor, name.c_str());
    gguf_add_tensor(file_, tensor);
  }

  /// From -1 to 1. The distributions of the standard library differ between implementations.
  float next_value() { return static_cast<float>(random_()) * 0x1p-31F - 1.0F; }

  gguf_context* file_;
  std::unique_ptr<ggml_context, Freed> tensors_;
  std::mt19937 random_{12345};
};

void write_model(const char* vocabulary, int layers, const std::string& path) {
  const File source = read_vocabulary(vocabulary);
  const File file{gguf_init_empty()};
  const std::int64_t words = words_of(source.get());
  gguf_set_kv(file.get(), source.get());
  describe(file.get(), static_cast<std::uint32_t>(layers), words);
  const auto rows =
      static_cast<std::size_t>(words + layers * (2 * kForward + 4 * kWidth + kForward));
  Weights weights{file.get(), rows * kWidth * sizeof(ggml_fp16_t) + (std::size_t{16} << 20U)};
  weights.add_matrix("token_embd.weight", kWidth, words);
  weights.add_ones("output_norm.weight");
  for (int layer = 0; layer < layers; ++layer) weights.add_layer(layer);
  if (!gguf_write_to_file(file.get(), path.c_str(), false)) stop("cannot write " + path);
}

void quantize(const std::string& from, const std::string& to, llama_ftype type) {
  llama_model_quantize_params parameters = llama_model_quantize_default_params();
  parameters.ftype = type;
  if (llama_model_quantize(from.c_str(), to.c_str(), &parameters) != 0) stop("cannot write " + to);
}

}  // namespace

int main(int argc, char** argv) {
  const int layers = argc == 4 ? std::atoi(argv[2]) : 0;
  if (layers < 1 || layers > 100) stop("usage: random_model VOCABULARY LAYERS PREFIX");
  const std::string prefix = argv[3];
  inference::start_llama();
  write_model(argv[1], layers, prefix + "-f16.gguf");
  quantize(prefix + "-f16.gguf", prefix + "-q8_0.gguf", LLAMA_FTYPE_MOSTLY_Q8_0);
  quantize(prefix + "-f16.gguf", prefix + "-q4_k_m.gguf", LLAMA_FTYPE_MOSTLY_Q4_K_M);
  return 0;
}
