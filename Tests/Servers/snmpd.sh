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
    if wait_until 10 snmpd_answers_or_died "127.0.0.1:$port" && kill -0 "$SNMPD_PID" 2>/dev/null; then
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
agentaddress udp:127.0.0.1:$1$(has_ipv6_loopback && echo ",udp6:[::1]:$1")
rocommunity public
rwcommunity private
rocommunity6 public
rwcommunity6 private
sysdescr A real snmpd for the tests of Connections
CONF
    write_snmpd_users
}

# A user of SNMPv3 for each pair of protocols, by the names that Connections has for them, and one who may only read and one
# who may write; every user has the same passwords.
write_snmpd_users() {
    local authentication privacy
    local -A authentications=([Md5]=MD5 [Sha1]=SHA [Sha224]=SHA-224 [Sha256]=SHA-256 [Sha384]=SHA-384 [Sha512]=SHA-512)
    local -A privacies=([Des]=DES [Aes128]=AES [Aes192]=AES-192 [Aes256]=AES-256 [Aes192C]=AES-192-C [Aes256C]=AES-256-C)
    echo "createUser None-None"
    echo "rwuser None-None noauth"
    echo "createUser May-Read SHA maplesyrup AES pancakes-with-syrup"
    echo "rouser May-Read priv"
    echo "createUser May-Write SHA maplesyrup AES pancakes-with-syrup"
    echo "rwuser May-Write priv"
    for authentication in "${!authentications[@]}"; do
        echo "createUser $authentication-None ${authentications[$authentication]} maplesyrup"
        echo "rwuser $authentication-None auth"
        for privacy in "${!privacies[@]}"; do
            echo "createUser $authentication-$privacy ${authentications[$authentication]} maplesyrup ${privacies[$privacy]} pancakes-with-syrup"
            echo "rwuser $authentication-$privacy priv"
        done
    done
}

snmpd_answers_or_died() {
    ! kill -0 "$SNMPD_PID" 2>/dev/null || snmpget -v2c -c public -r0 -t0.5 -On "$1" 1.3.6.1.2.1.1.1.0
}

has_ipv6_loopback() {
    grep -qs '^0\{31\}1 ' /proc/net/if_inet6
}
