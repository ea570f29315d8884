#!/usr/bin/env python3
"""The campaign to break the product: everything that goes on for as long as one lets it.

    torture.py --minutes 20 --release build/release --fuzz build/fuzz [--seed N] [--only WORD]

Shares the minutes over the parts, two at a time or as many as there are processors; prints the seed
first and the figures of each part at the end. Exit status 1 when a part failed; its output and the
line that repeats it are printed.
"""
import argparse
import concurrent.futures
import dataclasses
import os
import pathlib
import random
import re
import shlex
import subprocess
import sys
import tempfile
import time

TESTS = pathlib.Path(__file__).resolve().parent.parent
FIGURES = ["rounds", "inputs", "faults", "kills", "acknowledged", "lost", "crashes"]


@dataclasses.dataclass
class Part:
    """One command, for a share of the time. {seconds}, {seed} and {place} are filled in; one that
    does not know how long it is to run is `again` begun until its time is over."""
    name: str
    weight: int
    command: list
    variables: dict = dataclasses.field(default_factory=dict)
    again: bool = False


def tests_of(name, weight, program, test):
    """A test that goes on for as long as it is told (tests/support/campaign.h)."""
    return Part(name, weight, [str(program), f"--gtest_filter={test}"],
                {"TREDE_TORTURE_SECONDS": "{seconds}", "TREDE_TORTURE_SEED": "{seed}"})


def all_parts(release, fuzz):
    faults = release / "tests/faults/faults_test"
    stores = release / "tests/faults/store_faults_test"
    writers = release / "tests/concurrency/concurrency_test"
    python = [sys.executable, "-B"]
    parts = [
        tests_of("faults: each call, making", 3, faults, "EachFault.Leaves*"),
        tests_of("faults: each call", 10, faults, "EachFault.Loses*"),
        tests_of("faults: after a recovery", 2, faults, "EachFault.OfAFlush*"),
        tests_of("faults: random", 8, faults, "RandomFaults.*"),
        tests_of("faults: the trail", 2, stores, "TrailFaults.Lose*"),
        tests_of("faults: persons", 4, stores, "PersonsFaults.Leave*"),
        tests_of("faults: backup", 5, stores, "BackupFaults.*"),
        tests_of("faults: restore", 3, stores, "RestoreFaults.*"),
        tests_of("writers of the log", 3, writers, "WritersTest.OfTheLog*"),
        tests_of("writers of the recorder", 3, writers, "WritersTest.OfTheRecorder*"),
        # Whoever makes another command that writes adds its kind of round there.
        Part("killed", 6, [*python, str(TESTS / "crash/kill_test.py"),
                           "--trede", str(release / "trede"),
                           "--load", str(release / "tests/crash/mixed_load"),
                           "--rounds", "25", "--pace-s", "0.3", "--seed", "{seed}"], again=True),
        Part("killed: backup and restore", 3, [
            *python, str(TESTS / "crash/backup_kill_test.py"), "--trede", str(release / "trede"),
            "--rounds", "10", "--pace-s", "0.3", "--seed", "{seed}"], again=True),
        Part("killed: erasures", 3, [
            *python, str(TESTS / "crash/erase_kill_test.py"), "--trede", str(release / "trede"),
            "--rounds", "10", "--pace-s", "0.3", "--seed", "{seed}"], again=True),
        Part("second opinion", 4, [*python, str(TESTS / "e2e/second_opinion/compare.py"),
                                   str(release / "trede"), "--queries", "200",
                                   "--seeds", "{seed}..{seed}"], again=True),
    ]
    if (TESTS / "model/model.py").exists():
        parts.append(Part("commands at random", 6, [
            *python, str(TESTS / "model/model.py"), str(release / "trede"),
            "--seconds", "{seconds}", "--seed", "{seed}"]))
    for corpus in sorted((TESTS / "fuzz/corpus").iterdir()):
        parts.append(Part(f"fuzz: {corpus.name}", 2, [
            str(fuzz / f"tests/fuzz/fuzz_{corpus.name}"), "-max_total_time={seconds}",
            "-seed={seed}", "-print_final_stats=1", "-artifact_prefix={place}/",
            "-rss_limit_mb=4096", "{place}", str(corpus)]))
    return parts


def figures_of(text):
    """What the output of any of the parts says of itself, added up."""
    figures = {}
    for line in text.splitlines():
        if line.startswith("figures:"):
            for name, value in re.findall(r"(\w+)=(\d+)", line):
                figures[name] = figures.get(name, 0) + int(value)
        elif line.startswith("stat::number_of_executed_units:"):
            figures["inputs"] = figures.get("inputs", 0) + int(line.split()[1])
            figures.setdefault("crashes", 0)
        elif match := re.match(r"(\d+) rounds \(seed \d+\): no(thing| backup) lost", line):
            figures["kills"] = figures.get("kills", 0) + int(match[1])
            figures.setdefault("lost", 0)
        elif re.match(r"seeds .*, \d+ events", line):
            figures["rounds"] = figures.get("rounds", 0) + 1
    return figures


@dataclasses.dataclass
class Done:
    part: Part
    seconds: float
    figures: dict
    failure: str = ""  # what it said
    line: str = ""     # that repeats it


def run(part, seconds, seed):
    began, figures = time.monotonic(), {}
    place = tempfile.mkdtemp(prefix="trede-torture-")
    while True:
        filled = {"seconds": str(int(seconds)), "seed": str(seed), "place": place}
        command = [word.format(**filled) for word in part.command]
        variables = {name: value.format(**filled) for name, value in part.variables.items()}
        done = subprocess.run(command, env={**os.environ, **variables}, capture_output=True,
                              check=False)
        text = (done.stdout + done.stderr).decode(errors="replace")
        for name, value in figures_of(text).items():
            figures[name] = figures.get(name, 0) + value
        elapsed = time.monotonic() - began
        if done.returncode != 0:
            words = [f"{name}={value}" for name, value in variables.items()] + command
            return Done(part, elapsed, figures, text, shlex.join(words))
        if not part.again or elapsed >= seconds:
            return Done(part, elapsed, figures)
        seed += 1


def table(all_done):
    names = [name for name in FIGURES if any(name in done.figures for done in all_done)]
    rows = [["part", "seconds", *names, ""]]
    for done in all_done:
        cells = [f"{done.figures[name]:,}" if name in done.figures else "" for name in names]
        rows.append([done.part.name, f"{done.seconds:.0f}", *cells,
                     "FAILED" if done.failure else ""])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("  ".join([row[0].ljust(widths[0])] + [cell.rjust(width) for cell, width
                                                            in zip(row[1:], widths[1:])]).rstrip()
                     for row in rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--release", type=pathlib.Path, required=True, help="a build without them")
    parser.add_argument("--fuzz", type=pathlib.Path, required=True, help="a build with libFuzzer")
    parser.add_argument("--seed", type=int, default=None, help="left out: another each time")
    parser.add_argument("--only", default="",
                        help="parts with one of these words in their name: `fuzz,killed`")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.randrange(1, 1_000_000)
    lanes = os.cpu_count() or 1
    parts = [part for part in all_parts(options.release.resolve(), options.fuzz.resolve())
             if any(word in part.name for word in options.only.split(","))]
    if not parts:
        sys.exit(f"torture: no part has `{options.only}` in its name")
    whole = sum(part.weight for part in parts)
    shares = {part.name: max(1.0, 60 * options.minutes * lanes * part.weight / whole)
              for part in parts}
    print(f"torture: seed {seed}, {options.minutes:g} minutes, {len(parts)} parts, "
          f"{lanes} at a time", flush=True)
    parts.sort(key=lambda part: -part.weight)  # the long ones first: then the ends meet
    with concurrent.futures.ThreadPoolExecutor(lanes) as pool:
        all_done = list(pool.map(lambda part: run(part, shares[part.name], seed), parts))
    print(table(all_done))
    failed = [done for done in all_done if done.failure]
    for done in failed:
        print(f"\n{done.part.name} failed; what it said last:\n{done.failure[-3000:]}\n"
              f"to repeat it: {done.line}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
