#!/usr/bin/env bash
# Everything that is checked before a change lands. Installs what is missing, needs no arguments:
#
#   ./tests/run.sh             all steps
#   ./tests/run.sh STEP ...    some of them: sources release asan tidy
#   ./tests/run.sh tsan fuzz   what takes longer, by hand: threads under ThreadSanitizer, every fuzz target for a minute
#
# Every step runs even when one before it failed; the exit status is 1 when any did.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2

jobs=$(nproc)
failed=()

# step NAME COMMAND...: runs it under a heading and remembers a failure.
step() {
  local name=$1 start=$SECONDS
  shift
  printf '\n==> %s\n' "$name"
  if "$@"; then
    printf '==> %s: passed (%d s)\n' "$name" $((SECONDS - start))
  else
    printf '==> %s: FAILED (%d s)\n' "$name" $((SECONDS - start))
    failed+=("$name")
  fi
}

# The C++ files of the project, NUL-ended.
cpp_files() {
  find include src tools tests -name .peers -prune -o \( -name '*.h' -o -name '*.cpp' \) -print0
}

check_format() {
  cpp_files | xargs -0 -n 40 clang-format-14 --dry-run -Werror
}

check_spelling() {
  codespell --skip '*/.peers,*.gz,*.html,*.rules,*.jsonl,src/data,tests/fuzz/seeds,tests/data,tests/unit,build,.git,*.inc' \
    --ignore-words tests/checks/spelling.txt README.md docs include src tools tests samples
}

check_shell() {
  find . \( -path ./build -o -name .peers \) -prune -o \( -name '*.sh' -o -path './.ci/run' \) -print0 |
    xargs -0 shellcheck --external-sources
}

# build PRESET [OPTION...]: configures and builds it, warnings are errors. The log is shown when it fails.
build() {
  local preset=$1
  shift
  mkdir -p build
  if ! { cmake --preset "$preset" -DCOPYDESK_WERROR=ON "$@" &&
    cmake --build --preset "$preset" -j "$jobs"; } > "build/$preset.log" 2>&1; then
    grep -E 'error|FAILED|warning' "build/$preset.log" | head -n 40
    tail -n 20 "build/$preset.log"
    return 1
  fi
}

run_tests() {
  ctest --test-dir "build/$1" --no-tests=error -j "$jobs" --output-on-failure > "build/$1-test.log" 2>&1
  local status=$?
  if [ $status -ne 0 ]; then
    # From the first failure on; the passes before it tell nothing.
    grep -nE -m1 '\*\*\*' "build/$1-test.log"
    tail -n 150 "build/$1-test.log"
  else
    tail -n 12 "build/$1-test.log"
  fi
  return $status
}

build_and_test() {
  local preset=$1
  build "$@" && run_tests "$preset"
}

# Every fuzz target for a minute, from its seeds on; what it finds is left in build/fuzz/found.
build_and_fuzz() {
  build fuzz || return 1
  local target name status=0
  for target in build/fuzz/fuzz/*_fuzz; do
    name=$(basename "$target")
    mkdir -p "build/fuzz/corpus/$name" build/fuzz/found
    if ! "$target" -max_total_time=60 -max_len=20000 -rss_limit_mb=4096 -print_final_stats=1 \
      -artifact_prefix="build/fuzz/found/$name-" "build/fuzz/corpus/$name" tests/fuzz/seeds/* samples/pages \
      > "build/fuzz/$name.log" 2>&1; then
      tail -n 30 "build/fuzz/$name.log"
      status=1
    fi
    printf '%s: %s\n' "$name" "$(grep -E '^(#[0-9]+ *DONE|Done)' "build/fuzz/$name.log" | tail -n 1)"
  done
  return $status
}

check_tidy() {
  # Only our own .cpp files: not the ones that the build writes.
  run-clang-tidy-14 -quiet -p build/asan -j "$jobs" "^$PWD/(src|tools)/" > build/tidy.log 2>&1
  local status=$?
  grep -E '(warning|error):' build/tidy.log | sort -u
  return $status
}

run_step() {
  case $1 in
    sources)
      step "format" check_format
      step "spelling" check_spelling
      step "shell" check_shell
      ;;
    release) step "release: build and test" build_and_test release ;;
    # With a prefix, so that the command-line tests see what a packager gets.
    asan) step "asan (clang): build and test" build_and_test asan -DCOPYDESK_PROGRAM_PREFIX=news- ;;
    tsan)
      export TSAN_OPTIONS="suppressions=$PWD/tests/checks/tsan.supp"
      step "tsan: build and test" build_and_test tsan
      ;;
    fuzz) step "fuzz: a minute a target" build_and_fuzz ;;
    tidy) step "clang-tidy" check_tidy ;;
    *)
      echo "usage: tests/run.sh [sources|release|asan|tidy|tsan|fuzz ...]" >&2
      exit 2
      ;;
  esac
}

step "setup" tools/setup.sh build test
step "witnesses" tests/oracle/install.sh
[ $# -gt 0 ] || set -- sources release asan tidy
for name in "$@"; do
  run_step "$name"
done

echo
if [ ${#failed[@]} -gt 0 ]; then
  printf 'tests/run.sh: failed: %s\n' "${failed[*]}"
  exit 1
fi
echo "tests/run.sh: all passed"
