# Sourced by ./demo and ./verify: what both need before Maven can start.

fail() {
  echo "$0: $*" >&2
  exit 1
}

# ensure_packages PACKAGE... — installs the Debian packages that are missing, or says which are.
ensure_packages() {
  local missing=()
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  command -v apt-get >/dev/null || fail "needs these Debian packages, or what your system calls them: ${missing[*]}"
  [ "$(id -u)" -eq 0 ] || fail "needs Debian packages; run as root once, or: sudo apt-get install ${missing[*]}"
  echo "installing ${missing[*]}"
  # Another installation may hold the lock, as on a machine that has just started.
  apt-get -o DPkg::Lock::Timeout=300 update -qq
  DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# ensure_java — a JDK of 17 or newer, and Maven.
ensure_java() {
  command -v javac >/dev/null || ensure_packages openjdk-17-jdk-headless
  command -v mvn >/dev/null || ensure_packages maven
  local major
  major=$(javac -version 2>&1 | sed -E 's/^javac ([0-9]+).*/\1/')
  [ "$major" -ge 17 ] || fail "needs JDK 17 or newer, but javac is $major; set PATH or JAVA_HOME to a newer one"
}

# ensure_classes MODULE — compiles a module and what it runs on, without tests, checks and archives, unless nothing has
# changed since the last build. Sets classpath. Needs root, the project's folder. A build that runs a sample itself sets
# LLMOPS_BUILT, so that no second one starts within it.
ensure_classes() {
  local target=$root/$1/target
  local list=$target/run.classpath
  if [ -z "${LLMOPS_BUILT:-}" ] && { [ ! -f "$list" ] || [ -n "$(newer_sources "$list")" ] || ! all_exist "$list"; }; then
    build "$1" -Dmdep.outputFile="$list.new" -Dmdep.includeScope=runtime \
      compile org.apache.maven.plugins:maven-dependency-plugin:build-classpath
    mv "$list.new" "$list"
  fi
  classpath=$target/classes:$(cat "$list")
}

# ensure_archive MODULE FILE — the same for a module that runs from an archive. Sets archive.
ensure_archive() {
  archive=$root/$1/$2
  if [ -z "${LLMOPS_BUILT:-}" ] && { [ ! -f "$archive" ] || [ -n "$(newer_sources "$archive")" ]; }; then
    build "$1" -Dquarkus.build.skip=false -Dmaven.test.skip -Dmaven.javadoc.skip -Dmaven.source.skip -Dcyclonedx.skip package
  fi
}

# build MODULE ARGUMENT... — runs Maven on a module and what it needs, and names the modules as they are built.
build() {
  local target=$root/$1/target
  local log=$target/run-build.log
  mkdir -p "$target"
  mvn -B -Dstyle.color=never -f "$root/pom.xml" -pl "$1" -am -Pdemo -Dllmops.demo -DskipTests -Dspotless.check.skip \
    "${@:2}" >"$log" 2>&1 &
  local build=$!
  tail -n +1 --pid=$build -F -s 0.2 "$log" 2>/dev/null \
    | sed -un 's/^\[INFO\] Building \(.*\) [0-9][^ ]* *\(\[.*\]\)$/building \1 \2/p' >&2 || true
  wait $build || {
    tail -n 30 "$log" >&2
    fail "the build failed; all of it is in $log"
  }
}

newer_sources() {
  find "$root" -name target -prune -o -type f \( -path '*/src/main/*' -o -name pom.xml \) -newer "$1" -print -quit
}

# Archives of an earlier build may have been cleaned away.
all_exist() {
  local entry
  tr : '\n' <"$1" | while read -r entry || [ -n "$entry" ]; do
    [[ $entry != *.jar || -e $entry ]] || return 1
  done
}

# unstable DIRECTORY — opens Debian's unstable suite on the machine's own mirror, with lists and packages of its own: what
# is installed stays as it is. Sets get and cache, the commands to call.
unstable() {
  local home=$1 mirror
  mirror=$(apt-get indextargets --format '$(REPO_URI)' | grep -m1 '/debian/*$') || fail "needs Debian's package mirror"
  mkdir -p "$home/lists/partial" "$home/cache/archives/partial"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror unstable main" >"$home/sources.list"
  local options=(-o "Dir::Etc::sourcelist=$home/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$home/lists"
    -o "Dir::Cache=$home/cache" -o APT::Sandbox::User=root)
  get=(apt-get -qq "${options[@]}")
  cache=(apt-cache "${options[@]}")
  "${get[@]}" update
}

# unpack DIRECTORY PACKAGE... — unpacks packages of that suite below DIRECTORY/root.
unpack() {
  local home=$1
  shift
  mkdir -p "$home/packages"
  (cd "$home/packages" && "${get[@]}" download "$@")
  local package
  for package in "$home"/packages/*.deb; do
    dpkg -x "$package" "$home/root"
  done
}
