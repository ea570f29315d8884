// A writer that is killed. In a program of its own from the other tests of readers: ThreadSanitizer
// knows no threads in a process that was forked from one with threads.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "engine/log/verify.h"
#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

using KilledWriterTest = LogTest;

TEST_F(KilledWriterTest, LeavesEverythingAcknowledgedToReaders) {
  folder_.reset();
  int acknowledged[2];
  ASSERT_EQ(pipe(acknowledged), 0);
  const pid_t child = fork();
  if (child == 0) {
    reopen();
    for (std::uint64_t i = 0;; ++i) {
      const auto appended = append(log(), {to(dossier(1), i, {i})});
      if (!appended || write(acknowledged[1], &appended->last, sizeof(Position)) < 0) _exit(1);
    }
  }
  close(acknowledged[1]);
  Position last;
  while (last.value < 25) ASSERT_GT(read(acknowledged[0], &last, sizeof last), 0);
  kill(child, SIGKILL);
  while (read(acknowledged[0], &last, sizeof last) > 0) {
  }
  close(acknowledged[0]);
  waitpid(child, nullptr, 0);

  const auto folder = value_of(open(OpenMode::kRead));
  EXPECT_GE(folder->log().last_position(), last);
  EXPECT_EQ(value_of(verify_log(*folder)), std::vector<std::string>());
  const std::vector<std::string> shown = stored_events(folder->log());
  reopen();
  EXPECT_EQ(stored_events(log()), shown);
}

}  // namespace
}  // namespace trede::test
