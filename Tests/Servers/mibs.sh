# Sourced by Tests/run: real MIB modules to test with, which are not this project's to pass on: Net-SNMP's own and Erlang's, from their packages, and those of the
# IETF that the npm package `net-snmp` brings along.

readonly MIBS_PACKAGE=net-snmp MIBS_VERSION=3.29.2 MIBS_SHA256=a89a7a7e29638b5353aa246563821172754ff1980bfc4b5dbd09dc1b217c6f04

# fetch_mibs DIRECTORY: exports CONNECTIONS_MIB_FOLDERS, folders with colons between them.
fetch_mibs() {
    local directory=$1 erlang archive
    archive="$directory/$MIBS_PACKAGE-$MIBS_VERSION.tgz"
    mkdir -p "$directory"
    (cd "$directory" && npm pack --silent "$MIBS_PACKAGE@$MIBS_VERSION" >npm.log 2>&1) || { cat "$directory/npm.log" >&2; return 1; }
    sha256sum --check --quiet - <<<"$MIBS_SHA256  $archive" >&2 || return 1
    tar -xzf "$archive" -C "$directory" package/lib/mibs
    erlang=$(dirname "$(dpkg -L erlang-snmp | grep '/mibs/SNMPv2-SMI\.mib$')")
    export CONNECTIONS_MIB_FOLDERS="/usr/share/snmp/mibs:$erlang:$directory/package/lib/mibs"
}
