// SPDX-License-Identifier: BSL-1.0
//
// Runs a fuzz target over a folder of inputs without a fuzzer, so that every compiler and sanitizer replays the corpus:
//
//     replay_gpx fuzz/corpus/gpx      ->  "replayed 41 inputs"
//
// An empty or missing folder fails: a corpus that got lost must not look like one that passed.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
        return 2;
    }
    std::size_t inputs = 0;
    std::error_code error;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[1], error)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream file{entry.path(), std::ios::binary};
        const std::vector<char> bytes{std::istreambuf_iterator<char>{file}, {}};
        LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
        ++inputs;
    }
    std::printf("replayed %zu inputs\n", inputs);
    return inputs == 0 || error ? 1 : 0;
}
