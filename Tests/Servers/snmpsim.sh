# Sourced by Tests/run: a real snmpsim on loopback, which plays Tests/Servers/snmpsim/*.snmprec: public.snmprec is what the community `public` sees, and the
# context `public` of SNMPv3.

# start_snmpsim DIRECTORY: sets SNMPSIM_PID, and exports CONNECTIONS_SNMPSIM (address:port) and CONNECTIONS_SNMPSIM_RECORDINGS (a folder).
start_snmpsim() {
    SNMPSIM_DIRECTORY=$1
    mkdir -p "$SNMPSIM_DIRECTORY/cache" "$SNMPSIM_DIRECTORY/recordings"
    cp Tests/Servers/snmpsim/*.snmprec "$SNMPSIM_DIRECTORY/recordings/"
    start_on_free_port snmpsim_listens_on
}

stop_snmpsim() {
    [[ -n ${SNMPSIM_PID:-} ]] || return 0
    kill "$SNMPSIM_PID" 2>/dev/null || true
    wait "$SNMPSIM_PID" 2>/dev/null || true
    SNMPSIM_PID=
}

snmpsim_listens_on() {
    local port=$1 as_root=() users=()
    ((EUID != 0)) || as_root=(--process-user=root --process-group=root)
    mapfile -t users < <(snmpsim_users)
    snmpsimd "${as_root[@]}" --data-dir="$SNMPSIM_DIRECTORY/recordings" --cache-dir="$SNMPSIM_DIRECTORY/cache" \
        --agent-udpv4-endpoint="127.0.0.1:$port" --logging-method=null "${users[@]}" >"$SNMPSIM_DIRECTORY/log" 2>&1 &
    SNMPSIM_PID=$!
    if wait_until 30 snmpsim_answers_or_died "127.0.0.1:$port" && kill -0 "$SNMPSIM_PID" 2>/dev/null; then
        export CONNECTIONS_SNMPSIM="127.0.0.1:$port" CONNECTIONS_SNMPSIM_RECORDINGS="$SNMPSIM_DIRECTORY/recordings"
        return 0
    fi
    cat "$SNMPSIM_DIRECTORY/log" >&2
    stop_snmpsim
    return 1
}

# The same users as those of snmpd, for each pair of authentication and privacy. What snmpsim calls AES192 and AES256 are the kinds that Connections calls
# Aes192C and Aes256C.
snmpsim_users() {
    local authentication privacy
    local -A privacies=([Des]=DES [Aes128]=AES [Aes192]=AES192BLMT [Aes256]=AES256BLMT [Aes192C]=AES192 [Aes256C]=AES256)
    local -A authentications=([Md5]=MD5 [Sha1]=SHA [Sha224]=SHA224 [Sha256]=SHA256 [Sha384]=SHA384 [Sha512]=SHA512)
    for authentication in "${!authentications[@]}"; do
        for privacy in "${!privacies[@]}"; do
            printf '%s\n' "--v3-user=$authentication-$privacy" \
                --v3-auth-key=maplesyrup "--v3-auth-proto=${authentications[$authentication]}" \
                --v3-priv-key=pancakes-with-syrup "--v3-priv-proto=${privacies[$privacy]}"
        done
    done
}

snmpsim_answers_or_died() {
    ! kill -0 "$SNMPSIM_PID" 2>/dev/null || snmpget -v2c -c public -r0 -t0.5 -On "$1" 1.3.6.1.2.1.1.1.0
}
