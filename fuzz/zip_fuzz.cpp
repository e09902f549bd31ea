// SPDX-License-Identifier: BSL-1.0
//
// Any bytes as an archive: no crash, no id that leads out of it, and never more than the limits.
#include "inputs.hpp"

#include <unistd.h>

#include <cstdlib>
#include <fstream>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto path =
        std::filesystem::temp_directory_path() / ("coincide_zip_fuzz_" + std::to_string(getpid()) + ".zip");
    std::ofstream{path, std::ios::binary}.write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));

    const reconcile::decode_limits limits{.file_bytes = std::size_t{4} << 20};
    const reconcile::input_spec input{path, {}};
    std::vector<reconcile::finding> findings;
    const reconcile::archive_limits of_archive{.members = 1000, .bytes = std::uint64_t{64} << 20};
    for (const auto& file : reconcile::collect_inputs({&input, 1}, {}, findings, of_archive)) {
        if (file.id.starts_with('/') || ("/" + file.id + "/").find("/../") != std::string::npos) std::abort();
        const auto out = load(file, limits);
        if (out && out->bytes.size() > limits.file_bytes) std::abort();
    }
    return 0;
}
