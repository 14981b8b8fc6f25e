# Part of ./test: finds the tools that the tests need, and installs the missing ones.

# The SDKs are the developer's own choice of installation: they are asked for, never installed.
check_sdks() {
    local node_version
    if ! dotnet --version >/dev/null 2>&1; then
        fail ".NET SDK" "The .NET 10 SDK was not found. Install it from https://dot.net/download and try again."
    fi
    node_version=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/')
    if [ "${node_version:-0}" -lt 20 ]; then
        fail "Node.js" "Node.js 20 or newer was not found. Install it from https://nodejs.org/en/download and try again."
    fi
    [ "$failed" -eq 0 ]
}

# The browser that the end-to-end tests drive: TOKENFALL_CHROMIUM, or the first one found.
find_browser() {
    [ -z "${TOKENFALL_CHROMIUM-}" ] || { echo "$TOKENFALL_CHROMIUM"; return; }
    command -v chromium || command -v chromium-browser || command -v google-chrome
}

# find_proxy NAME: proxies live in sbin, which is not on everybody's path.
find_proxy() { command -v "$1" || PATH=/usr/sbin:/usr/local/sbin command -v "$1"; }

# Folders whose npm packages are missing or out of date: npm ci leaves a record, to be newer than the lock file.
npm_folders() {
    local lock
    for lock in client/package-lock.json tests/witnesses/package-lock.json tests/witnesses/*/package-lock.json; do
        grep -qs '"node_modules/' "$lock" || continue
        [ "$(dirname "$lock")/node_modules/.package-lock.json" -nt "$lock" ] || dirname "$lock"
    done
}

# install_missing WITH_END_TO_END: installs what is missing; fails when it cannot or may not.
install_missing() {
    local packages=() folders folder answer
    if [ -n "$1" ]; then
        find_proxy nginx >/dev/null || packages+=(nginx)
        find_proxy haproxy >/dev/null || packages+=(haproxy)
        find_proxy caddy >/dev/null || packages+=(caddy)
        find_proxy apache2 >/dev/null || packages+=(apache2-bin) # the server alone: no site, no service
        find_browser >/dev/null || packages+=(chromium)
        # What turns an application into a native binary, for the check of the packages.
        command -v clang >/dev/null || packages+=(clang)
        [ -e /usr/include/zlib.h ] || packages+=(zlib1g-dev)
    fi
    command -v curl >/dev/null || packages+=(curl)
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || packages+=(postgresql)
    mapfile -t folders < <(npm_folders)

    if [ ${#packages[@]} -gt 0 ] || [ ${#folders[@]} -gt 0 ]; then
        echo "The tests need what is not installed yet:"
        [ ${#packages[@]} -eq 0 ] || echo "  Debian packages (services neither started nor enabled): ${packages[*]}"
        [ ${#folders[@]} -eq 0 ] || echo "  npm packages, with npm ci, in: ${folders[*]}"
        if [ -t 0 ] && [ -z "${CI-}" ]; then
            read -r -p "Install them now? [Y/n] " answer
            case "$answer" in
                "" | [Yy]*) ;;
                *) fail "Missing tools" "Nothing was installed. ./test unit needs no proxy and no browser."; return 1 ;;
            esac
        fi
    fi

    [ ${#packages[@]} -eq 0 ] || install_packages "${packages[@]}" || return 1
    for folder in "${folders[@]}"; do
        stage "npm-ci-${folder//\//-}" npm --prefix "$folder" ci --no-audit --no-fund || return 1
    done
    TOKENFALL_CHROMIUM=$(find_browser) && export TOKENFALL_CHROMIUM
    return 0
}

install_packages() {
    local as_root=()
    if ! command -v apt-get >/dev/null; then
        fail "Missing tools" "There is no apt-get here. Install these yourself, then try again: $*. ./test unit needs neither proxies nor a browser."
        return 1
    fi
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null || ! sudo -v; then
            fail "Missing tools" "Installing needs root or sudo. As root, run: apt-get install --no-install-recommends $*"
            return 1
        fi
        as_root=(sudo)
    fi
    stage install ${as_root[@]+"${as_root[@]}"} bash scripts/install-debian-packages.sh "$@" || return 1
    hash -r
}
