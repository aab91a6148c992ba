#!/usr/bin/env bash
# Proves the README's two commands where nothing is installed but Python: in a Debian made with debootstrap, as an
# ordinary user and as root. Exits with 0 (proved), 1 (a command failed) or 77 (could not be tried; says why).
#
# Everything is mounted in a namespace of its own and ends with this script. The bare system is kept as an archive
# in the user's cache folder for two weeks, and so are the packages that pip downloads.
set -euo pipefail

suite=bookworm
here=$(cd "$(dirname "$0")/.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/venice-studio-proof
quick_tests=tests/test_bootstrap_messages.py

could_not() { echo "The bare Debian could not be tried: $*"; exit 77; }

make_base() {
    base=$cache/$suite-$(dpkg --print-architecture).tar
    mkdir -p "$cache/pip"
    [ -n "$(find "$base" -mtime -14 2>/dev/null)" ] && return
    command -v debootstrap >/dev/null \
        || { apt-get update -q && apt-get install -y -q --no-install-recommends debootstrap; } >/dev/null 2>&1 </dev/null \
        || could_not "debootstrap cannot be installed"
    echo "Making a bare Debian $suite with nothing but Python."
    debootstrap --variant=minbase --include=python3 "$suite" "$work/base" \
        "${DEBIAN_MIRROR:-http://deb.debian.org/debian}" >"$work/debootstrap.log" 2>&1 </dev/null \
        || { tail -5 "$work/debootstrap.log"; could_not "debootstrap failed"; }
    rm -f "$work"/base/var/cache/apt/archives/*.deb
    tar -C "$work/base" -cf "$base.part" . && mv "$base.part" "$base"
    rm -rf "$work/base"
}

# This machine's pip settings as environment variables, whichever file they come from, and the network's own.
network_settings() {
    env -0 | while IFS= read -r -d '' entry; do
        case ${entry%%=*} in
            PIP_CACHE_DIR) ;;
            PIP_* | SSL_CERT_FILE | REQUESTS_CA_BUNDLE | *_proxy | *_PROXY) printf '%s\0' "$entry" ;;
        esac
    done
    python3 - <<'PYTHON'
import ast, os, subprocess, sys
listed = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True).stdout
for line in listed.splitlines():
    key, _, value = line.partition("=")
    if key.startswith(("global.", "install.")) and not key.endswith("cache-dir"):
        name = "PIP_" + key.partition(".")[2].upper().replace("-", "_")
        if name not in os.environ:
            print(name + "=" + " ".join(ast.literal_eval(value).split()), end="\0")
PYTHON
}

# Files and folders of this machine that those settings speak of, put where they are looked for.
bring_along() {
    local entry word
    for entry in "${settings[@]}"; do
        for word in ${entry#*=}; do
            # An index in a folder may keep its files beside it.
            case $word in file://*/*) word=$(dirname "${word#file://}") ;; esac
            [ "${word#/}" != "$word" ] && [ -e "$word" ] || continue
            if [ -d "$word" ]; then
                mkdir -p "$root$word" && mount --bind -o ro "$word" "$root$word"
            else
                install -D -m 644 "$word" "$root$word"
            fi
        done
    done
}

prepare_root() {
    root=$work/root
    mkdir "$root" && tar -C "$root" -xf "$base"
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
    apt-config dump | grep -E '^Acquire::(https?|ftp)::' >"$root/etc/apt/apt.conf.d/90network" || true
    mapfile -d '' -t settings < <(network_settings)
    bring_along
    mkdir -p "$root/var/cache/pip" && mount --bind "$cache/pip" "$root/var/cache/pip"
    chroot "$root" useradd --create-home newcomer
    for home in root home/newcomer; do
        mkdir "$root/$home/venice-studio"
        git -C "$here" archive HEAD | tar -C "$root/$home/venice-studio" -x
    done
    chroot "$root" chown -R newcomer: /home/newcomer
}

# as USER COMMAND...: in the bare system, in that user's checkout, with a clean environment; the output goes to $log.
as() {
    local user=$1 home=/root
    shift
    [ "$user" = root ] || home=/home/$user
    chown -R "$(chroot "$root" id -u "$user")" "$cache/pip"  # pip uses only a cache of its user's own
    chroot --userspec="$user" "$root" env -i "${settings[@]}" PIP_CACHE_DIR=/var/cache/pip HOME="$home" LC_ALL=C \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        sh -c "cd $home/venice-studio && exec \"\$@\"" - "$@" >"$log" 2>&1 </dev/null
}

failed() { echo "FAILED: $*"; sed 's/^/    /' "$log" | tail -40; exit 1; }

expect_success() {
    local began=$SECONDS
    as "$@" || failed "$*"
    ! grep -q Traceback "$log" || failed "$* (a traceback)"
    echo "ok: as $* ($((SECONDS - began)) s)"
    sed 's/^/    /' "$log" | tail -12
}

expect_advice() {
    if as "$@"; then failed "$* (succeeded without the system's libraries)"; fi
    grep -q 'sudo apt-get install' "$log" || failed "$* (no advice)"
    ! grep -q Traceback "$log" || failed "$* (a traceback)"
    echo "ok: as $*, without the system's libraries: says what to install"
    sed 's/^/    /' "$log"
}

prove() {
    log=$work/log
    prepare_root
    expect_advice newcomer python3 -m venice_studio
    expect_advice newcomer python3 -m tests -q "$quick_tests"
    expect_success root python3 -m venice_studio
    grep -q 'no screen' "$log" || failed "root: did not say that there is no screen"
    expect_success root python3 -m tests -q "$quick_tests"
    expect_success newcomer python3 -m venice_studio
    expect_success newcomer python3 -m tests -q "$quick_tests"
    chown -R 0 "$cache/pip"
}

if [ "${1:-}" = --inside ]; then
    work=$2
    base=$3
    prove
    exit
fi

[ "$(id -u)" = 0 ] || could_not "that takes root"
command -v apt-get >/dev/null || could_not "that takes a machine with apt-get"
unshare --mount true 2>/dev/null || could_not "this machine allows no mounts"
work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT
make_base
# Mounts and processes in there end with it, so that nothing but plain files is left to remove.
unshare --mount --pid --fork --kill-child bash "$0" --inside "$work" "$base"
