"""What every test that kills the program needs: running it, killing it, and the words for a promise
that was not kept."""
import argparse
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time


class Broken(Exception):
    """A promise of the product was not kept."""


class Program:
    """`trede`, and the dice that say when it is killed."""

    def __init__(self, trede, dice):
        self.trede, self.dice = trede, dice

    def run(self, *args):
        return subprocess.run([self.trede, *map(str, args)], capture_output=True, text=True,
                              check=False)

    def good(self, *args):
        """What it printed; a run that fails breaks a promise."""
        return self.good_run(*args).stdout

    def good_run(self, *args):
        done = self.run(*args)
        if done.returncode != 0:
            raise Broken(f"trede {' '.join(map(str, args))}: exit {done.returncode}: "
                         f"{done.stderr.strip()}")
        return done

    def killed(self, most_s, *args):
        """Runs it and kills it after up to `most_s` seconds. Whether it had ended."""
        return killed([self.trede, *map(str, args)], most_s, self.dice)


def killed(command, most_s, dice, meanwhile=lambda: None):
    """Runs `command`, kills it after up to `most_s` seconds. Returns whether it had ended."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                          text=True) as process:
        until = time.monotonic() + dice.uniform(0, most_s)
        meanwhile()
        try:
            process.wait(max(0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        said = process.stderr.read()
    if process.returncode not in (0, -signal.SIGKILL):
        raise Broken(f"{command[0]}: exit {process.returncode}: {said.strip()}")
    return process.returncode == 0


def campaign(rounds, seed, weights, begin):
    """`rounds` rounds of the kinds in `weights`. `begin(place, dice, before)` gives what the next
    round works on: `before`, or something new in the folder `place`; it has a `round_KIND` for each
    kind, which returns a word for what the kill left. Returns how often each was left."""
    dice = random.Random(seed)
    tally, subject = {}, None
    with tempfile.TemporaryDirectory(prefix="trede-kill-") as root:
        for number in range(1, rounds + 1):
            kind = "begin"
            try:
                subject = begin(pathlib.Path(root) / str(number), dice, subject)
                kind = dice.choices(list(weights), list(weights.values()))[0]
                left = getattr(subject, "round_" + kind)(number)
            except Broken as broken:
                raise Broken(f"round {number} ({kind}, seed {seed}): {broken}") from broken
            tally[f"{kind}: {left}"] = tally.get(f"{kind}: {left}", 0) + 1
    return tally


def options(description, rounds):
    parser = argparse.ArgumentParser(description=description,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trede", required=True, help="the program")
    parser.add_argument("--rounds", type=int, default=rounds)
    parser.add_argument("--seed", type=int, default=None, help="left out: another each time")
    parser.add_argument("--pace-s", type=float, default=0.5,
                        help="about how long a command takes on this machine")
    return parser


def main(name, given, run, good):
    """Runs `run(seed)`, prints its tally under the words `good`, which tests/torture reads."""
    seed = given.seed if given.seed is not None else random.randrange(1_000_000)
    try:
        tally = run(seed)
    except Broken as broken:
        sys.exit(f"{name}: {broken}")
    print(f"{given.rounds} rounds (seed {seed}): {good}")
    for what in sorted(tally):
        print(f"  {what}: {tally[what]}")
