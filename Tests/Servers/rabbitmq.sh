# Sourced by Tests/run: a real RabbitMQ on loopback, with a node name, a name service (epmd), ports and a directory of its own.

# start_rabbitmq DIRECTORY: exports CONNECTIONS_RABBITMQ (its URI) and CONNECTIONS_RABBITMQ_CONTROL, a program that tests restart it with.
start_rabbitmq() {
    RABBITMQ_DIRECTORY=$1
    mkdir -p "$RABBITMQ_DIRECTORY/log"
    : >"$RABBITMQ_DIRECTORY/plugins"
    # Two of the server's programs would make it at once, and find each other's half done.
    (umask 077 && head -c 30 /dev/urandom | base64 | tr -dc A-Za-z0-9 >"$RABBITMQ_DIRECTORY/.erlang.cookie")
    start_on_free_port rabbitmq_listens_on
    export CONNECTIONS_RABBITMQ_CONTROL="$RABBITMQ_DIRECTORY/control"
}

stop_rabbitmq() {
    [[ -n ${RABBITMQ_DIRECTORY:-} ]] || return 0
    "$RABBITMQ_DIRECTORY/control" stop >/dev/null 2>&1 || true
    kill "${RABBITMQ_EPMD_PID:-0}" 2>/dev/null || true
    wait "${RABBITMQ_EPMD_PID:-0}" 2>/dev/null || true
    RABBITMQ_EPMD_PID=
}

rabbitmq_listens_on() {
    local port=$1
    write_rabbitmq_configuration "$port" >"$RABBITMQ_DIRECTORY/rabbitmq.conf"
    write_rabbitmq_control "$port" >"$RABBITMQ_DIRECTORY/control"
    chmod +x "$RABBITMQ_DIRECTORY/control"
    epmd -address 127.0.0.1 -port $((port + 2)) >"$RABBITMQ_DIRECTORY/log/epmd" 2>&1 &
    RABBITMQ_EPMD_PID=$!
    if "$RABBITMQ_DIRECTORY/control" start; then
        export CONNECTIONS_RABBITMQ="amqp://guest:guest@127.0.0.1:$port/"
        return 0
    fi
    cat "$RABBITMQ_DIRECTORY/log/output" >&2
    stop_rabbitmq
    return 1
}

write_rabbitmq_configuration() {
    cat <<CONF
listeners.tcp.default = 127.0.0.1:$1
distribution.listener.interface = 127.0.0.1
log.console = false
log.file.level = warning
disk_free_limit.absolute = 50MB
vm_memory_high_watermark.absolute = 1GB
CONF
}

# The server's own scripts keep their state where these variables say, and read no configuration of this machine.
write_rabbitmq_control() {
    cat <<CONTROL
#!/usr/bin/env bash
# control start|stop|kill|restart: returns once it is done.
set -euo pipefail
directory='$RABBITMQ_DIRECTORY' port=$1
export HOME=\$directory RABBITMQ_NODENAME=connections-$1@localhost RABBITMQ_DIST_PORT=$(($1 + 1)) ERL_EPMD_PORT=$(($1 + 2)) ERL_EPMD_ADDRESS=127.0.0.1
export RABBITMQ_MNESIA_BASE=\$directory/data RABBITMQ_LOG_BASE=\$directory/log RABBITMQ_CONFIG_FILE=\$directory/rabbitmq.conf RABBITMQ_CONF_ENV_FILE=\$directory/none
export RABBITMQ_ENABLED_PLUGINS_FILE=\$directory/plugins RABBITMQ_GENERATED_CONFIG_DIR=\$directory/generated RABBITMQ_PID_FILE=\$directory/beam.pid LANG=C.UTF-8
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1} +S 2:2 +sbwt none'

server_pid() { [[ -s \$directory/pid ]] && cat "\$directory/pid"; }
is_running() { local pid; pid=\$(server_pid) && kill -0 "\$pid" 2>/dev/null; }

start() {
    setsid /usr/lib/rabbitmq/bin/rabbitmq-server </dev/null >>"\$directory/log/output" 2>&1 &
    local started=\$! deadline=\$((SECONDS + 180))
    until (exec 3<>"/dev/tcp/127.0.0.1/\$port") 2>/dev/null; do
        kill -0 \$started 2>/dev/null && ((SECONDS < deadline)) || { kill -- -\$started 2>/dev/null || true; return 1; }
        sleep 0.1
    done
    echo \$started >"\$directory/pid"
}

# The whole group: a script, the virtual machine, and what that starts.
stop() {
    local pid deadline=\$((SECONDS + 30))
    pid=\$(server_pid) || return 0
    kill "-\$1" -- "-\$pid" 2>/dev/null || true
    while kill -0 -- "-\$pid" 2>/dev/null; do
        ((SECONDS < deadline)) || { kill -KILL -- "-\$pid" 2>/dev/null || true; }
        sleep 0.1
    done
    rm -f "\$directory/pid"
}

case \$1 in
    start) start ;;
    stop) stop TERM ;;
    kill) stop KILL ;;
    restart) stop TERM; start ;;
esac
CONTROL
}
