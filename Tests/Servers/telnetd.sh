# Sourced by Tests/run: a real telnetd on loopback. It is an inetd program, so socat listens for it.

TELNETD_PIDS=()

# start_telnetd DIRECTORY: exports CONNECTIONS_TELNETD (address:port), where a session is a plain shell with a fixed prompt, and CONNECTIONS_TELNETD_LOGIN, where
# it begins with the system's login.
start_telnetd() {
    TELNETD_DIRECTORY=$1
    mkdir -p "$TELNETD_DIRECTORY"
    cat >"$TELNETD_DIRECTORY/shell" <<'SHELL'
#!/bin/sh
exec env -i PATH=/usr/bin:/bin HOME=/ TERM=dumb PS1='device> ' /bin/sh -i
SHELL
    chmod +x "$TELNETD_DIRECTORY/shell"
    start_on_free_port telnetd_listens_on
    start_on_free_port telnetd_logs_in_on
}

stop_telnetd() {
    local pid
    for pid in "${TELNETD_PIDS[@]}"; do
        as_root kill "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    TELNETD_PIDS=()
}

telnetd_listens_on() {
    telnetd_serves "$1" "telnetd -h -E $TELNETD_DIRECTORY/shell" && export CONNECTIONS_TELNETD="127.0.0.1:$1"
}

# Only root may log others in.
telnetd_logs_in_on() {
    local as_root=()
    ((EUID == 0)) || as_root=(sudo)
    telnetd_serves "$1" "telnetd -h" "${as_root[@]}" && export CONNECTIONS_TELNETD_LOGIN="127.0.0.1:$1"
}

# telnetd_serves PORT COMMAND [PREFIX...]
telnetd_serves() {
    local port=$1 command=$2 pid
    shift 2
    "$@" socat "TCP4-LISTEN:$port,bind=127.0.0.1,reuseaddr,fork" "EXEC:$command,nofork" 2>>"$TELNETD_DIRECTORY/log" &
    pid=$!
    if wait_until 60 telnetd_accepts_or_died $pid "$port" && is_alive $pid; then
        TELNETD_PIDS+=($pid)
        return 0
    fi
    cat "$TELNETD_DIRECTORY/log" >&2
    as_root kill $pid 2>/dev/null || true
    wait $pid 2>/dev/null || true
    return 1
}

telnetd_accepts_or_died() {
    ! is_alive "$1" || (exec 3<>"/dev/tcp/127.0.0.1/$2")
}
