# Sourced by Tests/run: a real snmptrapd on loopback, as the caller's own process, with everything it writes in one directory.

# The engine that sends traps of SNMPv3 to it: snmptrapd must know it beforehand.
export CONNECTIONS_SNMPTRAPD_SENDER=80000000056E6F7469667921

# start_snmptrapd DIRECTORY: sets SNMPTRAPD_PID, and exports CONNECTIONS_SNMPTRAPD (address:port), CONNECTIONS_SNMPTRAPD_SENDER and
# CONNECTIONS_SNMPTRAPD_LOG, the file that it writes what it receives to, a line each.
start_snmptrapd() {
    SNMPTRAPD_DIRECTORY=$1
    mkdir -p "$SNMPTRAPD_DIRECTORY/state/cert_indexes"
    export CONNECTIONS_SNMPTRAPD_LOG="$SNMPTRAPD_DIRECTORY/log"
    start_on_free_port snmptrapd_listens_on
}

stop_snmptrapd() {
    [[ -n ${SNMPTRAPD_PID:-} ]] || return 0
    kill "$SNMPTRAPD_PID" 2>/dev/null || true
    wait "$SNMPTRAPD_PID" 2>/dev/null || true
    SNMPTRAPD_PID=
}

snmptrapd_listens_on() {
    local port=$1
    write_snmptrapd_configuration >"$SNMPTRAPD_DIRECTORY/snmptrapd.conf"
    SNMP_PERSISTENT_DIR="$SNMPTRAPD_DIRECTORY/state" SNMPCONFPATH="$SNMPTRAPD_DIRECTORY" MIBS='' \
        snmptrapd -f -C -c "$SNMPTRAPD_DIRECTORY/snmptrapd.conf" -Lf "$CONNECTIONS_SNMPTRAPD_LOG" -Onte "udp:127.0.0.1:$port" &
    SNMPTRAPD_PID=$!
    if wait_until 60 snmptrapd_answers_or_died "127.0.0.1:$port" && kill -0 "$SNMPTRAPD_PID" 2>/dev/null; then
        export CONNECTIONS_SNMPTRAPD="127.0.0.1:$port"
        return 0
    fi
    cat "$CONNECTIONS_SNMPTRAPD_LOG" >&2
    stop_snmptrapd
    return 1
}

# The varbinds last, separated by tabs.
write_snmptrapd_configuration() {
    cat <<CONF
authCommunity log public
format1 v1|%P|%N|%w|%q|%a|%T|%v\n
format2 v2|%P|%v\n
CONF
    write_snmp_users snmptrapd_user
}

# For informs, whose receiver's engine counts, and for traps, whose sender's does.
snmptrapd_user() {
    local name=$1 level=$2
    shift 2
    echo "createUser $name $*"
    echo "createUser -e 0x$CONNECTIONS_SNMPTRAPD_SENDER $name $*"
    echo "authUser log $name $level"
}

snmptrapd_answers_or_died() {
    ! kill -0 "$SNMPTRAPD_PID" 2>/dev/null || snmpinform -v2c -c public -r0 -t0.5 "$1" 0 1.3.6.1.6.3.1.1.5.1
}
