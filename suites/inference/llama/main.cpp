// inference_llama MODEL [THREADS]: loads a model of llama.cpp and lets it read and write tokens. It
// is a report program of pulsebench: one process is one replicate, and it prints one line of
// metrics. The tokens are the same in each process. What they mean is no part of it, so that a
// model of random weights costs what a real one of its shape costs.
#include <ggml-backend.h>
#include <link.h>
#include <llama.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "../llama_library.hpp"
#include "../report.hpp"

namespace {

using inference::stop;

constexpr int kLongestPrompt = 256;
constexpr int kWritten = 32;  // tokens, after a prompt of 16
constexpr int kSequences = 4, kSteps = 8;

struct Freed {
  void operator()(llama_model* model) const { llama_model_free(model); }
  void operator()(llama_context* context) const { llama_free(context); }
};

/// A loaded model, and what it has read.
class Reader {
 public:
  Reader(const char* file, int threads) {
    llama_model_params model = llama_model_default_params();
    model.n_gpu_layers = 0;
    model.load_mode = LLAMA_LOAD_MODE_MMAP;
    model_.reset(llama_model_load_from_file(file, model));
    if (!model_) stop(std::string{"cannot load the model "} + file);
    llama_context_params context = llama_context_default_params();
    context.n_ctx = 2 * kLongestPrompt;
    context.n_batch = context.n_ubatch = kLongestPrompt;
    context.n_threads = context.n_threads_batch = threads;
    context.n_seq_max = kSequences;
    context.kv_unified = true;
    context_.reset(llama_init_from_model(model_.get(), context));
    if (!context_) stop("cannot make a context of the model");
    words_ = llama_vocab_n_tokens(llama_model_get_vocab(model_.get()));
    if (words_ < 1000) stop("the vocabulary of the model is too small");
  }

  void forget() { llama_memory_clear(llama_get_memory(context_.get()), true); }

  /// Forgets all, and reads a prompt of so many tokens.
  void read(int tokens) {
    forget();
    std::vector<llama_token> prompt;
    for (int i = 0; i < tokens; ++i) prompt.push_back(token(i));
    decode(llama_batch_get_one(prompt.data(), tokens));
  }

  /// Takes one more token, as if it had been written. Choosing it is no part of the cost.
  void write(int number) {
    llama_token one = token(number);
    decode(llama_batch_get_one(&one, 1));
  }

  /// Takes the token of one step of each sequence.
  void write_each(int step) {
    llama_batch batch = llama_batch_init(kSequences, 0, 1);
    batch.n_tokens = kSequences;
    for (int i = 0; i < kSequences; ++i) {
      batch.token[i] = token(step * kSequences + i);
      batch.pos[i] = step;
      batch.n_seq_id[i] = 1;
      batch.seq_id[i][0] = i;
      batch.logits[i] = 1;
    }
    decode(batch);
    llama_batch_free(batch);
  }

  std::string name() const {
    std::array<char, 200> text{};
    llama_model_meta_val_str(model_.get(), "general.name", text.data(), text.size());
    return text.data();
  }

 private:
  void decode(llama_batch batch) {
    if (llama_decode(context_.get(), batch) != 0) stop("llama_decode failed");
    llama_synchronize(context_.get());
  }

  /// Tokens from all of the vocabulary, without the first ones, which control the model.
  llama_token token(int number) const { return (number * 7919 + 13) % (words_ - 300) + 100; }

  std::unique_ptr<llama_model, Freed> model_;
  std::unique_ptr<llama_context, Freed> context_;
  int words_ = 0;
};

/// The library that llama.cpp chose for this processor: "libggml-cpu-zen4.so".
std::string processor_library() {
  std::string found = "unknown library of the processor";
  dl_iterate_phdr(
      [](dl_phdr_info* info, std::size_t, void* into) {
        const std::string path = info->dlpi_name;
        const auto at = path.rfind("libggml-cpu-");
        if (at != std::string::npos) *static_cast<std::string*>(into) = path.substr(at);
        return 0;
      },
      &found);
  return found;
}

void measure(const char* file, int threads) {
  inference::Report report;
  inference::start_llama();
  std::unique_ptr<Reader> reader;
  report.add("load", inference::time_ms([&] { reader = std::make_unique<Reader>(file, threads); }));
  report.add("first_token", inference::time_ms([&] { reader->read(1); }));
  report.add("prompt/16", inference::time_each_ms(4, [&] { reader->read(16); }));
  report.add("prompt/64", inference::time_each_ms(3, [&] { reader->read(64); }));
  report.add("prompt/256", inference::time_each_ms(1, [&] { reader->read(kLongestPrompt); }));
  reader->read(16);
  int number = 1000;
  report.add("generate", inference::rate_per_second(1, inference::time_each_ms(kWritten, [&] {
                                                      reader->write(++number);
                                                    })));
  reader->forget();
  int step = 0;
  report.add("batch/4", inference::rate_per_second(kSequences, inference::time_each_ms(kSteps, [&] {
                                                     reader->write_each(step++);
                                                   })));
  report.add_memory();
  report.print(reader->name() + "; llama.cpp " + llama_version() + ", " + processor_library());
}

}  // namespace

int main(int argc, char** argv) {
  const int threads = argc == 3 ? std::atoi(argv[2]) : 1;
  if (argc < 2 || argc > 3 || threads < 1) stop("usage: inference_llama MODEL [THREADS]");
  measure(argv[1], threads);
  return 0;
}
