// What ThreadSanitizer must not report: Debian's RocksDB is built without it, so it sees what that
// library copies and compares, but not the atomics that order it.
extern "C" const char* __tsan_default_suppressions();
extern "C" const char* __tsan_default_suppressions() { return "race:librocksdb.so\n"; }
