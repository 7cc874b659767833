# Sourced by Tests/run: a real telnetd on loopback. It is an inetd program, so socat listens for it; a session is a plain
# shell with a fixed prompt instead of a login.

# start_telnetd DIRECTORY: sets TELNETD_PID, and exports CONNECTIONS_TELNETD (address:port).
start_telnetd() {
    TELNETD_DIRECTORY=$1
    mkdir -p "$TELNETD_DIRECTORY"
    cat >"$TELNETD_DIRECTORY/shell" <<'SHELL'
#!/bin/sh
exec env -i PATH=/usr/bin:/bin HOME=/ TERM=dumb PS1='device> ' /bin/sh -i
SHELL
    chmod +x "$TELNETD_DIRECTORY/shell"
    start_on_free_port telnetd_listens_on
}

stop_telnetd() {
    [[ -n ${TELNETD_PID:-} ]] || return 0
    kill "$TELNETD_PID" 2>/dev/null || true
    wait "$TELNETD_PID" 2>/dev/null || true
    TELNETD_PID=
}

telnetd_listens_on() {
    local port=$1
    socat "TCP4-LISTEN:$port,bind=127.0.0.1,reuseaddr,fork" "EXEC:telnetd -h -E $TELNETD_DIRECTORY/shell,nofork" \
        2>>"$TELNETD_DIRECTORY/log" &
    TELNETD_PID=$!
    if wait_until 60 telnetd_accepts_or_died "$port" && kill -0 "$TELNETD_PID" 2>/dev/null; then
        export CONNECTIONS_TELNETD="127.0.0.1:$port"
        return 0
    fi
    cat "$TELNETD_DIRECTORY/log" >&2
    stop_telnetd
    return 1
}

telnetd_accepts_or_died() {
    ! kill -0 "$TELNETD_PID" 2>/dev/null || (exec 3<>"/dev/tcp/127.0.0.1/$1")
}
