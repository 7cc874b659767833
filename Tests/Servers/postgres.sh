# Sourced by Tests/run: a real PostgreSQL on loopback, with everything it writes in one directory. It keeps what it acknowledges on disk (fsync is on), and refuses
# to run as root: for root, it is nobody's process.

# start_postgres DIRECTORY: exports CONNECTIONS_POSTGRES (Npgsql's connection string; it asks members of the role guarded alone for a password) and CONNECTIONS_POSTGRES_CONTROL, a program that tests restart it with:
# restart, or restart immediate, which is as if it had crashed.
start_postgres() {
    POSTGRES_DIRECTORY=$1
    mkdir -p "$POSTGRES_DIRECTORY"
    if ((EUID == 0)); then
        chown nobody: "$POSTGRES_DIRECTORY"
        chmod a+x "$(dirname "$POSTGRES_DIRECTORY")"
    fi
    write_postgres_control >"$POSTGRES_DIRECTORY/control"
    chmod a+rx "$POSTGRES_DIRECTORY/control"
    as_postgres initdb --pgdata=data --username=collector --auth=trust --encoding=UTF8 --locale=C --no-sync >"$POSTGRES_DIRECTORY/initdb.log" 2>&1 ||
        { cat "$POSTGRES_DIRECTORY/initdb.log" >&2; return 1; }
    as_postgres sed -i '1i host all +guarded 127.0.0.1/32 scram-sha-256' data/pg_hba.conf
    start_on_free_port postgres_listens_on
    export CONNECTIONS_POSTGRES_CONTROL="$POSTGRES_DIRECTORY/control"
}

stop_postgres() {
    [[ -n ${POSTGRES_DIRECTORY:-} && -e $POSTGRES_DIRECTORY/data/postmaster.pid ]] || return 0
    "$POSTGRES_DIRECTORY/control" stop immediate >/dev/null 2>&1 || true
}

postgres_listens_on() {
    local port=$1
    as_postgres sh -c "cat >data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = ''
max_connections = 100
shared_buffers = 256MB
max_wal_size = 4GB
CONF
    "$POSTGRES_DIRECTORY/control" start >"$POSTGRES_DIRECTORY/start.log" 2>&1 || { cat "$POSTGRES_DIRECTORY/log" >&2; return 1; }
    as_postgres createdb --host=127.0.0.1 --port="$port" --username=collector collector 2>/dev/null || return 1
    as_postgres psql --host=127.0.0.1 --port="$port" --username=collector --quiet --command='CREATE ROLE guarded' collector || return 1
    export CONNECTIONS_POSTGRES="Host=127.0.0.1;Port=$port;Username=collector;Database=collector"
}

# The folder of the server's programs, which Debian keeps off the path.
postgres_programs() {
    local folders=(/usr/lib/postgresql/*/bin)
    [[ -x ${folders[-1]}/postgres ]] && echo "${folders[-1]}"
}

as_postgres() {
    local user=()
    ((EUID != 0)) || user=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
    (cd "$POSTGRES_DIRECTORY" && PATH="$(postgres_programs):$PATH" HOME="$POSTGRES_DIRECTORY" "${user[@]}" "$@")
}

write_postgres_control() {
    local user=''
    ((EUID != 0)) || user='setpriv --reuid=nobody --regid=nogroup --clear-groups'
    cat <<CONTROL
#!/bin/sh
# control start|stop|restart [fast|immediate]
cd '$POSTGRES_DIRECTORY' && exec $user '$(postgres_programs)/pg_ctl' --pgdata=data --log=log --wait --timeout=60 --mode="\${2:-fast}" "\$1" </dev/null
CONTROL
}
