# Builds what the scripts beside this one run, unless it is there and current. Wants $benchmarks, the folder of this file;
# sets $java and $classpath.
root=$(dirname "$benchmarks")
out=$benchmarks/out
stamp=$out/built
classpath_file=$out/classpath

fail() {
  printf 'benchmarks: %s\n' "$*" >&2
  exit 70
}

java=$(command -v "${JAVA_HOME:+$JAVA_HOME/bin/}java") || fail "no Java found: install a JDK 17 or newer, or set JAVA_HOME"
command -v mvn >/dev/null || fail "no Maven found: install Maven 3.8.7 or newer"

is_current() {
  [ -e "$stamp" ] && [ -e "$classpath_file" ] || return 1
  local changed
  changed=$(find "$root/pom.xml" "$benchmarks/pom.xml" "$benchmarks/src" "$root"/lightstream-*/ \
    \( -name target -o -path '*/src/test' \) -prune -o -type f -newer "$stamp" -print 2>/dev/null | head -n 1)
  [ -z "$changed" ]
}

mkdir -p "$out"
if ! is_current; then
  echo "building Lightstream" >&2
  touch "$out/begun"
  (cd "$root" && mvn -B -q -Dquick -Dmaven.test.skip=true -pl benchmarks -am package \
    dependency:build-classpath -Dmdep.outputFile="$classpath_file" -Dmdep.includeScope=runtime) >&2 ||
    fail "the build failed"
  # Dated from before the build, so that what is changed during it counts as changed.
  mv "$out/begun" "$stamp"
fi

classpath=$benchmarks/target/quick/lightstream-benchmarks.jar:$(cat "$classpath_file")
