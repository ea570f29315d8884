#!/usr/bin/env python3
"""Whether the campaign notices what fails, and adds up what the parts say."""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import torture  # pylint: disable=wrong-import-position


def says(*lines, status=0, again=False):
    code = "".join(f"print({line!r});" for line in lines) + f"raise SystemExit({status})"
    return torture.Part("part", 1, [sys.executable, "-c", code], {"SEED": "{seed}"}, again)


class Campaign(unittest.TestCase):
    def test_figures_of_every_part_add_up(self):
        text = ("figures: rounds=2 acknowledged=10 lost=0\n"
                "noise rounds=7\n"
                "figures: rounds=3 acknowledged=5 lost=1\n"
                "stat::number_of_executed_units: 1200\n"
                "25 rounds (seed 4): nothing lost, nothing half there\n"
                "seeds 4..4, 300 events, 200 queries each: 0 seeds differ\n")
        self.assertEqual(torture.figures_of(text),
                         {"rounds": 6, "acknowledged": 15, "lost": 1, "inputs": 1200, "crashes": 0,
                          "kills": 25})

    def test_a_part_that_fails_is_told_with_the_line_that_repeats_it(self):
        done = torture.run(says("figures: rounds=1", "broken", status=3), 1, 42)
        self.assertIn("broken", done.failure)
        self.assertTrue(done.line.startswith("SEED=42 "))
        self.assertIn("FAILED", torture.table([done]))

    def test_a_part_that_does_not_know_its_time_is_begun_again(self):
        done = torture.run(says("figures: rounds=1", again=True), 0.5, 1)
        self.assertEqual(done.failure, "")
        self.assertGreater(done.figures["rounds"], 1)

    def test_every_corpus_has_its_part(self):
        parts = torture.all_parts(pathlib.Path("release"), pathlib.Path("fuzz"))
        names = [part.name for part in parts]
        self.assertEqual(len(names), len(set(names)))
        self.assertIn("fuzz: event", names)
        self.assertIn("commands at random", names)


if __name__ == "__main__":
    unittest.main()
