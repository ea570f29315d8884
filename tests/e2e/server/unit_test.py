#!/usr/bin/env python3
"""The unit for systemd, as systemd itself sees it. `unit_test.py UNIT TREDE`"""

import pathlib
import subprocess
import sys
import tempfile
import unittest

UNIT = None
TREDE = None
# What is open: the network (it serves it), the root of the host, no list of addresses.
MOST_EXPOSED = "15"  # tenths


class UnitTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.unit = pathlib.Path(self.folder.name) / "trede.service"
        said = pathlib.Path(UNIT).read_text()
        self.assertIn("/usr/local/bin/trede", said)
        # Where the program stands here.
        self.unit.write_text(said.replace("/usr/local/bin/trede", TREDE))

    def analyze(self, *words):
        return subprocess.run(["systemd-analyze", *words, self.unit], capture_output=True,
                              text=True, check=False)

    def test_every_line_is_understood(self):
        done = self.analyze("verify", "--man=no")
        said = [line for line in done.stderr.splitlines() if "trede.service" in line]
        self.assertEqual((done.returncode, said), (0, []))

    def test_it_may_do_little(self):
        done = self.analyze("security", "--offline=true", "--no-pager",
                            "--threshold=" + MOST_EXPOSED)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("Overall exposure level", done.stdout)

    def test_a_line_that_systemd_does_not_know_is_found(self):
        self.unit.write_text(self.unit.read_text().replace("ProtectSystem=strict",
                                                           "ProtectSystm=strict"))
        self.assertIn("ProtectSystm", self.analyze("verify", "--man=no").stderr)
        self.assertNotEqual(self.analyze("security", "--offline=true", "--no-pager",
                                         "--threshold=10").returncode, 0)


if __name__ == "__main__":
    TREDE = sys.argv.pop()
    UNIT = sys.argv.pop()
    unittest.main()
