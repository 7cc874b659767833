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

# write_snmp_users WRITE: calls WRITE NAME LEVEL [PROTOCOL PASSWORD [PROTOCOL PASSWORD]] with a user of SNMPv3 for each pair of protocols, by the names
# that Connections has for them; every user has the same passwords.
write_snmp_users() {
    local write=$1 authentication privacy
    local -A authentications=([Md5]=MD5 [Sha1]=SHA [Sha224]=SHA-224 [Sha256]=SHA-256 [Sha384]=SHA-384 [Sha512]=SHA-512)
    local -A privacies=([Des]=DES [Aes128]=AES [Aes192]=AES-192 [Aes256]=AES-256 [Aes192C]=AES-192-C [Aes256C]=AES-256-C)
    "$write" None-None noauth
    for authentication in "${!authentications[@]}"; do
        "$write" "$authentication-None" auth "${authentications[$authentication]}" maplesyrup
        for privacy in "${!privacies[@]}"; do
            "$write" "$authentication-$privacy" priv "${authentications[$authentication]}" maplesyrup "${privacies[$privacy]}" pancakes-with-syrup
        done
    done
}

# as_root COMMAND...: for what only the machine's administrator may do.
as_root() {
    if ((EUID == 0)); then "$@"; else sudo "$@"; fi
}

# Whether a process runs, be it another user's.
is_alive() {
    [[ -d /proc/$1 ]]
}
