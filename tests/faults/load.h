// A data folder under load on a disk that may fail: each step does one thing and tells the witness
// what was answered.
#pragma once

#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "tests/faults/witness.h"
#include "tests/support/fakes.h"

namespace trede::test {

// Threads: one (steps may have their own).
class Load {
 public:
  explicit Load(std::filesystem::path folder, std::uint64_t seed)
      : folder_path_(std::move(folder)), random_(seed), ids_(seed) {}

  // Each that did not happen for an error leaves it to the witness.
  void create();
  void open();
  void close();
  void append(std::size_t streams, std::size_t events_each);
  void append_from_threads(std::size_t threads, std::size_t each);
  void import(std::size_t events, bool commit);
  void assign(std::size_t count);
  void erase();
  void flush();    // memtables of log and KEYs to table files
  void compact();  // table files of the log written anew
  void resume();   // what RocksDB does by itself some time after its disk was full
  void random_step();

  // The folder goes on at another place.
  void move_to(std::filesystem::path folder);
  // Opens without faults, looks, goes on for a little, closes. Returns: what is not as it should
  // be.
  std::vector<std::string> look();

  bool is_open() const { return folder_ != nullptr; }
  Witness& witness() { return witness_; }
  const std::vector<std::string>& complaints() const { return complaints_; }

 private:
  void note(const Error& error);
  void complain(std::string what) { complaints_.push_back(std::move(what)); }
  Fate fate_of(const Error& error);
  StreamId some_stream();
  std::uint64_t upto(std::uint64_t most) { return random_() % most + 1; }
  std::optional<StreamId> some_with_key();

  std::filesystem::path folder_path_;
  std::mt19937_64 random_;
  SeededRandom ids_;
  FakeClock clock_;
  std::unique_ptr<DataFolder> folder_;
  Witness witness_;
  std::vector<std::string> complaints_;
  std::uint64_t next_event_ = 1;
  std::uint64_t next_key_ = 1;
  std::vector<StreamId> with_key_;
  bool was_made_ = false;
  bool log_broke_ = false;  // a write failed: nothing may be taken until it is opened again
  bool keys_broke_ = false;
};

}  // namespace trede::test
