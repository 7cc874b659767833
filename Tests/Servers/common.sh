# Sourced by Tests/run: what starting any server takes.

# A port below the ephemeral range, so that no outgoing socket of this machine happens to own it.
random_port() {
    echo $((20000 + RANDOM % 12000))
}

# wait_until SECONDS COMMAND...: asks again and again until COMMAND succeeds; false once the time is over.
wait_until() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < deadline)) || return 1
        sleep 0.05
    done
}

# start_on_free_port START: calls START PORT with one random port after another until a server stays up.
start_on_free_port() {
    local attempt
    for attempt in 1 2 3 4 5; do
        "$1" "$(random_port)" && return 0
    done
    echo "$1: no server came up in $attempt attempts" >&2
    return 1
}
