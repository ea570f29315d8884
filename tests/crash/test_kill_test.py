#!/usr/bin/env python3
"""The kill test can say no: each broken promise on a small log of its own."""
import unittest

from kill_test import Broken, check_log, read_diary

DIARY = "try 1 a b\nok 1 1 2\ntry 2 c d\n"


def check(log, diary=DIARY, others=frozenset()):
    check_log(log, *read_diary(diary), others)


class KillTest(unittest.TestCase):
    def test_what_was_acknowledged_is_there(self):
        check(["a", "b"])

    def test_what_was_not_acknowledged_may_be_there_whole(self):
        check(["a", "b", "c", "d"])

    def test_what_came_from_elsewhere_is_known(self):
        check(["a", "b", "x"], others={"x"})

    def test_an_acknowledged_event_is_lost(self):
        with self.assertRaisesRegex(Broken, "acknowledged at 1 to 2"):
            check([])

    def test_an_acknowledged_append_is_there_in_part(self):
        with self.assertRaisesRegex(Broken, "in part"):
            check(["a"])

    def test_an_append_without_acknowledgement_is_there_in_part(self):
        with self.assertRaisesRegex(Broken, "in part"):
            check(["a", "b", "c"])

    def test_an_event_stands_elsewhere_than_acknowledged(self):
        with self.assertRaisesRegex(Broken, "acknowledged at 1 to 2, found at"):
            check(["c", "d", "a", "b"])

    def test_the_events_of_an_append_are_in_another_order(self):
        with self.assertRaisesRegex(Broken, "in part"):
            check(["b", "a"])

    def test_an_event_comes_from_nowhere(self):
        with self.assertRaisesRegex(Broken, "nobody"):
            check(["a", "b", "x"])

    def test_an_event_is_there_twice(self):
        with self.assertRaisesRegex(Broken, "twice"):
            check(["a", "b", "a"])

    def test_the_load_saw_a_broken_promise(self):
        with self.assertRaisesRegex(Broken, "wrong"):
            check(["a", "b"], DIARY + "wrong position 1 was recorded again\n")


if __name__ == "__main__":
    unittest.main()
