#!/usr/bin/env bash
# Usage, as root: install-debian-packages.sh PACKAGE...
# Installs Debian packages and keeps the services that come with them from starting, now and at boot.
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
trap restore_policy EXIT
trap 'exit 130' INT TERM
printf '#!/bin/sh\n# Temporary, from the ./test of Tokenfall. Delete it if you find it later.\nexit 101\n' >"$policy"
chmod 755 "$policy"

export DEBIAN_FRONTEND=noninteractive
apt-get -o DPkg::Lock::Timeout=120 update
apt-get -o DPkg::Lock::Timeout=120 install --yes --no-install-recommends "$@"

# The policy rules today; this rules the next boot.
for service in "$@"; do
    [ ! -e "/etc/init.d/$service" ] || update-rc.d "$service" disable
    [ ! -e "/lib/systemd/system/$service.service" ] || ! command -v systemctl >/dev/null || systemctl disable "$service.service"
done
