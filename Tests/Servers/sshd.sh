# Sourced by Tests/run: a real sshd on loopback with keys of its own. It lets in one user, who is made for the run and removed after it, by a password
# that nobody knows; a session is a plain shell with a fixed prompt.

# start_sshd: sets SSHD_PID, and exports CONNECTIONS_SSHD (address:port), CONNECTIONS_SSHD_USER, CONNECTIONS_SSHD_PASSWORD and CONNECTIONS_SSHD_FILES, a
# folder with the client's `key`, `known_hosts`, and `changed_hosts`, which has another key for this host.
start_sshd() {
    # The user must come to the authorized keys, so not in the caller's own directory.
    SSHD_DIRECTORY=$(mktemp -d "${TMPDIR:-/tmp}/connections-sshd.XXXXXX")
    chmod 755 "$SSHD_DIRECTORY"
    export CONNECTIONS_SSHD_FILES="$SSHD_DIRECTORY"
    export CONNECTIONS_SSHD_USER="connections-$$"
    CONNECTIONS_SSHD_PASSWORD=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    export CONNECTIONS_SSHD_PASSWORD
    local name
    for name in key host_key other_key; do
        ssh-keygen -q -t ed25519 -N '' -C "$name" -f "$SSHD_DIRECTORY/$name"
    done
    cp "$SSHD_DIRECTORY/key.pub" "$SSHD_DIRECTORY/authorized_keys"
    as_root useradd --no-create-home --home-dir / --shell /bin/sh "$CONNECTIONS_SSHD_USER"
    as_root chpasswd -c SHA512 <<<"$CONNECTIONS_SSHD_USER:$CONNECTIONS_SSHD_PASSWORD"
    as_root mkdir -p /run/sshd
    start_on_free_port sshd_listens_on
}

stop_sshd() {
    [[ -n ${SSHD_DIRECTORY:-} ]] || return 0
    stop_sshd_process
    as_root userdel "$CONNECTIONS_SSHD_USER" 2>/dev/null || true
    rm -rf "$SSHD_DIRECTORY"
    SSHD_DIRECTORY=
}

stop_sshd_process() {
    [[ -n ${SSHD_PID:-} ]] || return 0
    as_root kill "$SSHD_PID" 2>/dev/null || true
    wait "$SSHD_PID" 2>/dev/null || true
    SSHD_PID=
}

sshd_listens_on() {
    local port=$1 host="[127.0.0.1]:$1"
    write_sshd_configuration "$port" >"$SSHD_DIRECTORY/sshd_config"
    # Later versions shut out who fails to log in, as tests do; earlier ones do not know the word.
    echo 'PerSourcePenalties no' | cat "$SSHD_DIRECTORY/sshd_config" - >"$SSHD_DIRECTORY/lenient_config"
    if as_root "$(command -v sshd)" -t -f "$SSHD_DIRECTORY/lenient_config" 2>/dev/null; then
        mv "$SSHD_DIRECTORY/lenient_config" "$SSHD_DIRECTORY/sshd_config"
    fi
    echo "$host $(cat "$SSHD_DIRECTORY/host_key.pub")" >"$SSHD_DIRECTORY/known_hosts"
    echo "$host $(cat "$SSHD_DIRECTORY/other_key.pub")" >"$SSHD_DIRECTORY/changed_hosts"
    # sshd starts itself anew for each session, by its full path. Not by way of a function, whose process would be a shell's.
    local as_root=()
    ((EUID == 0)) || as_root=(sudo)
    "${as_root[@]}" "$(command -v sshd)" -D -e -f "$SSHD_DIRECTORY/sshd_config" 2>>"$SSHD_DIRECTORY/log" &
    SSHD_PID=$!
    if wait_until 10 sshd_accepts_or_died "$port" && is_alive "$SSHD_PID"; then
        export CONNECTIONS_SSHD="127.0.0.1:$port"
        return 0
    fi
    cat "$SSHD_DIRECTORY/log" >&2
    stop_sshd_process
    return 1
}

write_sshd_configuration() {
    cat <<CONF
Port $1
ListenAddress 127.0.0.1
HostKey $SSHD_DIRECTORY/host_key
PidFile none
AuthorizedKeysFile $SSHD_DIRECTORY/authorized_keys
AllowUsers $CONNECTIONS_SSHD_USER
StrictModes no
UsePAM no
UseDNS no
PasswordAuthentication yes
KbdInteractiveAuthentication no
PrintMotd no
PrintLastLog no
MaxStartups 100
MaxSessions 100
ForceCommand exec env -i PATH=/usr/bin:/bin HOME=/ TERM=dumb PS1='device> ' /bin/sh -i
CONF
}

sshd_accepts_or_died() {
    ! is_alive "$SSHD_PID" || (exec 3<>"/dev/tcp/127.0.0.1/$1")
}
