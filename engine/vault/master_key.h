// The master key: 32 bytes that the organisation keeps apart from the data folder and its backups.
#pragma once

#include <filesystem>

#include "engine/vault/secret.h"

namespace trede {

// Reads 64 hexadecimal digits. Errors: kInvalid; the message does not repeat the text.
Result<SecretKey> parse_master_key(std::string_view digits);

// Reads a file as make_master_key_file writes it: a line `trede master key 1`, a line of 64
// hexadecimal digits.
// Errors: kInvalid  no such file, another form, or others than its owner may read or write it: a
//                   key that others can read protects nothing, and a warning is read by nobody
//                   where it matters, in a timer;  kIo.
Result<SecretKey> load_master_key(const std::filesystem::path& file);

// Makes a file with a new key, which only its owner may read. Durable: on return.
// Errors: kInvalid  there is something already;  kIo.
Status make_master_key_file(const std::filesystem::path& file, RandomSource& random);

}  // namespace trede
