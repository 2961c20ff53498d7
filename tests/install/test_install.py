#!/usr/bin/env python3
"""Installs the build into an empty place and uses it from there as a stranger would.

    test_install.py BUILD_DIR SOURCE_DIR
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

BUILD, SOURCE = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
CONSUMER = SOURCE / "tests" / "install" / "consumer"


def run(*command, **more):
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False, **more)
    if done.returncode != 0:
        raise AssertionError(f"{command}: status {done.returncode}\n{done.stdout}")
    return done.stdout


class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="copydesk-install-")
        cls.addClassCleanup(cls.folder.cleanup)
        cls.work = pathlib.Path(cls.folder.name)
        cls.prefix = cls.work / "usr"
        run("cmake", "--install", BUILD, "--prefix", cls.prefix)
        (cls.work / "in.jsonl").write_text('{"text":"one"}\n{"text":"two"}\n')

    def assert_counts(self, program):
        self.assertEqual(run(program, self.work / "in.jsonl"), "2 documents\n")

    def test_a_cmake_project_finds_and_uses_the_package(self):
        build = self.work / "cmake"
        run("cmake", "-S", CONSUMER, "-B", build, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={self.prefix}")
        run("cmake", "--build", build)
        self.assert_counts(build / "consumer")

    def test_the_program_in_the_readme_does_what_extract_does(self):
        readme = (SOURCE / "README.md").read_text()
        [program] = re.findall(r"^```cpp\n(.*?)^```$", readme, flags=re.S | re.M)
        [lines] = re.findall(r"^```cmake\n(.*?)^```$", readme, flags=re.S | re.M)
        source = self.work / "readme"
        source.mkdir()
        (source / "program.cpp").write_text(program)
        # The README shows the two lines that matter; a project has these around them.
        find, link = lines.splitlines()
        (source / "CMakeLists.txt").write_text("cmake_minimum_required(VERSION 3.25)\nproject(readme LANGUAGES C CXX)\n"
                                               f"{find}\nadd_executable(program program.cpp)\n{link}\n")
        run("cmake", "-S", source, "-B", source / "build", "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={self.prefix}")
        run("cmake", "--build", source / "build")
        [extract] = (self.prefix / "bin").glob("*extract")
        for page in sorted((SOURCE / "samples" / "pages").glob("*.html")):
            self.assertEqual(run(source / "build" / "program", page), run(extract, page), page.name)

    def test_pkg_config_tells_how_to_use_it(self):
        [pc] = self.prefix.rglob("copydesk.pc")
        env = {**os.environ, "PKG_CONFIG_PATH": str(pc.parent)}
        flags = run("pkg-config", "--cflags", "--libs", "copydesk", env=env).split()
        run("g++", "-std=c++20", CONSUMER / "consumer.cpp", "-o", self.work / "consumer", *flags)
        self.assert_counts(self.work / "consumer")

    def test_nothing_of_the_build_tree_is_left_in_what_is_installed(self):
        for path in self.prefix.rglob("*"):
            if path.suffix in (".cmake", ".pc", ".h", ".1"):
                text = path.read_text()
                self.assertNotIn(str(BUILD), text, path)
                self.assertNotIn(str(SOURCE), text, path)

    def test_each_public_header_compiles_alone(self):
        for header in sorted((self.prefix / "include" / "copydesk").glob("*.h")):
            run("g++", "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", f"-I{self.prefix / 'include'}",
                "-x", "c++", "-", input=f"#include <copydesk/{header.name}>\n")

    def test_every_program_has_its_manual_page_and_completion(self):
        for program in (self.prefix / "bin").glob("*"):
            self.assertTrue((self.prefix / "share" / "man" / "man1" / f"{program.name}.1").exists(), program.name)
            self.assertTrue((self.prefix / "share" / "bash-completion" / "completions" / program.name).exists(), program.name)

    def test_the_programs_run_from_there(self):
        for program in (self.prefix / "bin").glob("*"):
            self.assertIn(program.name, run(program, "--version"))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
