# Sourced by Tests/run: a real snmpd on loopback, as the caller's own process, with everything it writes in one directory.

# start_snmpd DIRECTORY: sets SNMPD_PID, and exports CONNECTIONS_SNMPD (address:port) and, where there is
# IPv6, CONNECTIONS_SNMPD6.
start_snmpd() {
    SNMPD_DIRECTORY=$1
    mkdir -p "$SNMPD_DIRECTORY/state"
    start_on_free_port snmpd_listens_on
}

stop_snmpd() {
    [[ -n ${SNMPD_PID:-} ]] || return 0
    kill "$SNMPD_PID" 2>/dev/null || true
    wait "$SNMPD_PID" 2>/dev/null || true
    SNMPD_PID=
}

snmpd_listens_on() {
    local port=$1
    write_snmpd_configuration "$port" >"$SNMPD_DIRECTORY/snmpd.conf"
    SNMP_PERSISTENT_DIR="$SNMPD_DIRECTORY/state" SNMPCONFPATH="$SNMPD_DIRECTORY" MIBS='' \
        snmpd -f -r -C -c "$SNMPD_DIRECTORY/snmpd.conf" -Lf "$SNMPD_DIRECTORY/log" &
    SNMPD_PID=$!
    if wait_until 60 snmpd_answers_or_died "127.0.0.1:$port" && kill -0 "$SNMPD_PID" 2>/dev/null; then
        export CONNECTIONS_SNMPD="127.0.0.1:$port"
        if has_ipv6_loopback; then
            export CONNECTIONS_SNMPD6="[::1]:$port"
        fi
        return 0
    fi
    cat "$SNMPD_DIRECTORY/log" >&2
    stop_snmpd
    return 1
}

# The values that `private` may write (sysContact, sysName, sysLocation) stay unset here: snmpd makes what its configuration sets read-only.
write_snmpd_configuration() {
    cat <<CONF
agentaddress udp:127.0.0.1:$1,tcp:127.0.0.1:$1$(has_ipv6_loopback && echo ",udp6:[::1]:$1,tcp6:[::1]:$1")
rocommunity public
rwcommunity private
rocommunity6 public
rwcommunity6 private
sysdescr A real snmpd for the tests of Connections
CONF
    write_snmp_users snmpd_user
    cat <<CONF
createUser May-Read SHA maplesyrup AES pancakes-with-syrup
rouser May-Read priv
createUser May-Write SHA maplesyrup AES pancakes-with-syrup
rwuser May-Write priv
CONF
    write_long_tables
}

# Tables of some size, with names and OIDs in their indexes, that grant nobody anything.
write_long_tables() {
    local i
    for ((i = 1; i <= 150; i++)); do
        echo "group readers$i v2c reader$i"
        echo "view view$i included .1.3.6.1.2.1.$i"
        echo "access readers$i \"\" v2c noauth exact view$i none none"
    done
}

# What the configuration says of a user.
snmpd_user() {
    local name=$1 level=$2
    shift 2
    echo "createUser $name $*"
    echo "rwuser $name $level"
}

snmpd_answers_or_died() {
    ! kill -0 "$SNMPD_PID" 2>/dev/null || snmpget -v2c -c public -r0 -t0.5 -On "$1" 1.3.6.1.2.1.1.1.0
}

has_ipv6_loopback() {
    grep -qs '^0\{31\}1 ' /proc/net/if_inet6
}
