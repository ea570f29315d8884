#!/usr/bin/env python3
"""tidy.py shown to fail: every rule on a small tree that breaks it, and on one that does not."""

import pathlib
import tempfile
import unittest

import functions
import tidy

GOOD = {
    "README.md": "# A\n",
    "engine/README.md": "# Engine\n",
    "engine/base/README.md": "# Base\n",
    "engine/base/a.h": "#pragma once\n",
    "engine/log/README.md": "# Log\n",
    "engine/log/b.h": '#pragma once\n#include "engine/base/a.h"\n',
    "engine/ledger/README.md": "# Ledger\n",
    "engine/ledger/c.h": "#pragma once\n",
    "proto/README.md": "# Proto\n",
    "proto/e.proto": 'syntax = "proto3";\n',
}


def long_function(lines):
    return "int f() {\n" + "  g();\n" * (lines - 2) + "}\n"


# What is put in the tree -> the only message, or None where it must be good.
CASES = {
    "nothing": ({}, None),
    "an arrow forward": ({"engine/log/b.cc": '#include "engine/ledger/c.h"\n'}, None),
    "an arrow back": ({"engine/base/b.cc": '#include "engine/log/b.h"\n'},
                      "engine/base may not include engine/log"),
    "the cube on answers": ({"projections/README.md": "# P\n",
                             "projections/answers/README.md": "# A\n",
                             "projections/answers/a.h": "#pragma once\n",
                             "projections/cube/README.md": "# C\n",
                             "projections/cube/c.cc": '#include "projections/answers/a.h"\n'},
                            "projections/cube may not include projections/answers"),
    "the ledger on the log": ({"engine/ledger/c.cc": '#include "engine/log/b.h"\n'},
                              "engine/ledger may not include engine/log"),
    "a generated message": ({"engine/log/b.cc": '#include "proto/e.pb.h"\n'}, None),
    "a message of no schema": ({"engine/log/b.cc": '#include "proto/f.pb.h"\n'},
                               'no file "proto/f.pb.h"'),
    "an include beside": ({"engine/log/b.cc": '#include "b.h"\n'}, 'no file "b.h"'),
    "tools included": ({"projections/README.md": "# P\n", "tools/README.md": "# T\n",
                        "tools/t.h": "#pragma once\n",
                        "projections/p.cc": '#include "tools/t.h"\n'},
                       "projections may not include tools"),
    "RocksDB in a public header": ({"engine/log/x.h": "#pragma once\n#include <rocksdb/db.h>\n"},
                                   "not internal"),
    "RocksDB in an internal header": (
        {"engine/log/rocks_x.h": "#pragma once\n#include <rocksdb/db.h>\n"}, None),
    "RocksDB in base": ({"engine/base/x.cc": "#include <rocksdb/db.h>\n"}, "no RocksDB outside"),
    "an internal header of another room": (
        {"engine/log/rocks_x.h": "#pragma once\n", "engine/dossier/README.md": "# D\n",
         "engine/dossier/d.cc": '#include "engine/log/rocks_x.h"\n'}, "internal to engine/log"),
    "Boost in the engine": ({"engine/log/x.cc": "#include <boost/json.hpp>\n"}, "no Boost"),
    "Boost in tools": ({"tools/README.md": "# T\n", "tools/x.cc": "#include <boost/json.hpp>\n"},
                       None),
    "Boost in a room of tools": ({"tools/README.md": "# T\n", "tools/server/README.md": "# S\n",
                                  "tools/server/http/README.md": "# H\n",
                                  "tools/server/http/x.cc": "#include <boost/asio.hpp>\n"}, None),
    "the wall clock": ({"engine/log/x.cc": "auto a = std::chrono::system_clock::now();\n"},
                       "time and randomness"),
    "the wall clock in its place": (
        {"engine/base/clock.cc": "auto a = std::chrono::system_clock::now();\n"}, None),
    "100 columns": ({"engine/log/x.cc": "//" + "a" * 98 + "\n"}, None),
    "101 columns": ({"engine/log/x.cc": "//" + "a" * 99 + "\n"}, "101 columns"),
    "characters, not bytes": ({"engine/log/x.cc": "//" + "é" * 98 + "\n"}, None),
    "no pragma": ({"engine/log/x.h": "int a();\n"}, "no #pragma once"),
    "a mark left": ({"engine/log/x.cc": "// TO" "DO more\n"}, "banned"),
    "a test switched off": ({"tests/README.md": "# T\n",
                             "tests/unit/x.cc": "TEST(A, DISABLED" "_B) {}\n"}, "banned"),
    "a skip": ({"tests/README.md": "# T\n", "tests/unit/x.cc": "GTEST_" "SKIP();\n"}, "banned"),
    "a path of this machine": ({"proto/README.md": "# P\nsee /ro" "ot/x\n"}, "one machine"),
    "a path in a path": ({"proto/README.md": "# P\nsee tests/wo" "rk/x and a/ro" "ot/x\n"}, None),
    "600 lines": ({"engine/log/x.cc": "// Longer than most: a table.\n" + "\n" * 599}, None),
    "601 lines": ({"engine/log/x.cc": "// Longer than most: a table.\n" + "\n" * 600},
                  "601 lines, at most 600"),
    "401 lines without a reason": ({"engine/log/x.cc": "\n" * 401}, "a comment on top says why"),
    "801 lines of tests": ({"tests/README.md": "# T\n", "tests/unit/x.cc": "\n" * 801},
                           "801 lines, at most 800"),
    "600 lines of tests": ({"tests/README.md": "# T\n", "tests/unit/x.cc": "\n" * 600}, None),
    "70 lines": ({"engine/log/x.cc": long_function(70)}, None),
    "71 lines": ({"engine/log/x.cc": long_function(71)}, "f has 71 lines"),
    "a test with its table": ({"tests/README.md": "# T\n",
                               "tests/unit/x.cc": long_function(120)}, None),
    "a test too long": ({"tests/README.md": "# T\n", "tests/unit/x.cc": long_function(121)},
                        "f has 121 lines, at most 120"),
    "a folder without a manual": ({"engine/vault/x.cc": "int a;\n"}, "no README.md"),
    "a stray entry": ({"docs/README.md": "# D\n"}, "top level"),
    "one name twice": ({"engine/log/x.h": "#pragma once\nnamespace t {\nclass A {\n};\n}\n",
                        "engine/log/y.cc": "namespace t {\nstruct A : B {};\n}\n"},
                       "t::A is defined in engine/log/x.h too"),
    "one name in two places of its own": (
        {"engine/log/x.cc": "namespace t {\nnamespace {\nclass A {};\n}\nstruct B {};\n}\n",
         "engine/log/y.cc": "namespace t {\nnamespace {\nclass A {};\n}\nstruct C::B {};\n}\n",
         "engine/log/z.cc": "namespace u {\nstruct B { enum class A { k }; };\nclass A;\n}\n"},
        None),
    "a good link": ({"engine/README.md": "[b](base/README.md#x) [w](https://a.nl/b)\n"}, None),
    "a dead link": ({"engine/README.md": "[b](base/none.md)\n"}, "a link to base/none.md"),
    "not UTF-8": ({"engine/log/x.cc": b"// \xff\n"}, "not UTF-8"),
}


def breaches_of(files):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for path, text in {**GOOD, **files}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(text if isinstance(text, bytes) else text.encode())
        return [f"{path}:{line}: {message}" for path, line, message in tidy.check_tree(root)]


class Tidy(unittest.TestCase):
    def test_each_rule_says_no_exactly_where_it_should(self):
        for name, (files, message) in CASES.items():
            with self.subTest(name):
                found = breaches_of(files)
                if message is None:
                    self.assertEqual(found, [])
                else:
                    self.assertEqual(len(found), 1, found)
                    self.assertIn(message, found[0])

    def test_the_line_of_a_breach_is_named(self):
        self.assertEqual(breaches_of({"engine/base/b.cc": '\n\n#include "b.h"\n'}),
                         ['engine/base/b.cc:3: no file "b.h" from the root'])

    def test_functions_are_found_whatever_stands_in_them(self):
        source = ('namespace a {\n'
                  'class B : public C {\n'
                  ' public:\n'
                  '  int one() const { return 1; }\n'
                  '  bool operator==(const B& b) const {\n'
                  '    return x == "}" || c == \'{\' || n == 1\'000;  // }\n'
                  '  }\n'
                  '};\n'
                  'const int kTable[] = {\n'
                  '  f({1}),\n'
                  '};\n'
                  'B::B(int a)\n'
                  '    : a_(a) {\n'
                  '  if (a) {\n'
                  '  }\n'
                  '}\n'
                  '#define M(x) do { \\\n'
                  '  x; } while (false)\n'
                  'Two two() { return R"({{{)"; }\n'
                  '}  // namespace a\n')
        self.assertEqual([(f.name, f.line, f.length) for f in functions.functions_of(source)],
                         [("one", 4, 1), ("operator==", 5, 3), ("B::B", 12, 5), ("two", 19, 1)])


if __name__ == "__main__":
    unittest.main()
