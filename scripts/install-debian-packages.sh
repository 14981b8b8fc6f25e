#!/usr/bin/env bash
# Usage, as root: install-debian-packages.sh PACKAGE...
# Installs Debian packages and keeps the services that come with them from starting, now and at boot. PostgreSQL gets no cluster.
set -eu -o pipefail

# Maintainer scripts ask policy-rc.d before they start a service; 101 forbids it. One that is here already is put back.
policy=/usr/sbin/policy-rc.d
kept=
restore_policy() {
    rm -f "$policy"
    [ -z "$kept" ] || mv "$kept" "$policy"
}
if [ -e "$policy" ] || [ -L "$policy" ]; then
    kept=$(mktemp "$policy.kept.XXXXXX")
    mv -f "$policy" "$kept"
fi

# PostgreSQL makes a cluster of databases, for a service, when it is installed, unless this file says otherwise.
clusters=/etc/postgresql-common/createcluster.conf
restore_clusters() { [ ! -e "$clusters.kept" ] || mv "$clusters.kept" "$clusters"; }

trap 'restore_policy; restore_clusters' EXIT
trap 'exit 130' INT TERM
printf '#!/bin/sh\n# Temporary, from the ./test of Tokenfall. Delete it if you find it later.\nexit 101\n' >"$policy"
chmod 755 "$policy"

export DEBIAN_FRONTEND=noninteractive
apt-get -o DPkg::Lock::Timeout=120 update
install() { apt-get -o DPkg::Lock::Timeout=120 install --yes --no-install-recommends "$@"; }

if [[ " $* " == *" postgresql "* ]]; then
    # The package that brings the file, and nothing else.
    install postgresql-common
    cp -p "$clusters" "$clusters.kept"
    echo 'create_main_cluster = false' >>"$clusters"
fi
install "$@"

# The policy rules today; this rules the next boot.
for service in "$@"; do
    [ ! -e "/etc/init.d/$service" ] || update-rc.d "$service" disable
    [ ! -e "/lib/systemd/system/$service.service" ] || ! command -v systemctl >/dev/null || systemctl disable "$service.service"
done
