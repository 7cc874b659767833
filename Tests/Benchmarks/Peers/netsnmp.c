// Net-SNMP's library as its own documentation uses it for many agents: a session for each, asynchronous requests, and epoll to find the sessions to read.
//
//   netsnmp get PORT HOSTS            GET of sysUpTime.0, one in flight a host
//   netsnmp one PORT                  the same with the synchronous call, one host
//   netsnmp secured PORT IN-FLIGHT    the same with SNMPv3 (SHA, AES-128), one session to 127.0.0.1
//   netsnmp walk PORT HOSTS COLUMNS   GETBULK of 25 repetitions of one column after the other
#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>
#include <net-snmp/library/large_fd_set.h>
#include "peer.h"
#include <sys/epoll.h>

enum { REPETITIONS = 25, EVENTS = 64 };

static const oid sys_up_time[] = { 1, 3, 6, 1, 2, 1, 1, 3, 0 };
static const oid entry[] = { 1, 3, 6, 1, 4, 1, 32473, 2, 1 };
enum { ENTRY = sizeof entry / sizeof *entry, COLUMN = ENTRY + 1 };

struct host {
    void *session;
    netsnmp_transport *transport;
    oid column[COLUMN];
    oid last[MAX_OID_LEN];
    size_t last_length;
};

static struct host *hosts;
static int host_count, columns, epoll;
static long count;
static int is_walk;

static void begin_column(struct host *host, oid number)
{
    memcpy(host->column, entry, sizeof entry);
    host->column[ENTRY] = number;
    memcpy(host->last, host->column, sizeof host->column);
    host->last_length = COLUMN;
}

static void ask(struct host *host)
{
    netsnmp_pdu *pdu = snmp_pdu_create(is_walk ? SNMP_MSG_GETBULK : SNMP_MSG_GET);
    if (is_walk) {
        pdu->non_repeaters = 0;
        pdu->max_repetitions = REPETITIONS;
        snmp_add_null_var(pdu, host->last, host->last_length);
    } else {
        snmp_add_null_var(pdu, sys_up_time, OID_LENGTH(sys_up_time));
    }

    if (!snmp_sess_send(host->session, pdu)) {
        snmp_sess_perror("snmp_sess_send", snmp_sess_session(host->session));
        exit(1);
    }
}

static void take_page(struct host *host, netsnmp_pdu *page)
{
    int has_ended = page->variables == NULL;
    for (netsnmp_variable_list *variable = page->variables; variable != NULL; variable = variable->next_variable) {
        if (variable->type == SNMP_ENDOFMIBVIEW || variable->name_length <= COLUMN || memcmp(variable->name, host->column, sizeof host->column) != 0) {
            has_ended = 1;
            break;
        }

        memcpy(host->last, variable->name, variable->name_length * sizeof(oid));
        host->last_length = variable->name_length;
        count++;
    }

    if (has_ended)
        begin_column(host, host->column[ENTRY] % columns + 1);
}

static int on_reply(int operation, netsnmp_session *session, int id, netsnmp_pdu *pdu, void *magic)
{
    (void)session, (void)id;
    struct host *host = magic;
    if (operation == NETSNMP_CALLBACK_OP_RECEIVED_MESSAGE && pdu->command == SNMP_MSG_RESPONSE) {
        if (is_walk)
            take_page(host, pdu);
        else
            count++;
    } else if (operation != NETSNMP_CALLBACK_OP_TIMED_OUT) {
        return 1;
    }

    ask(host);
    return 1;
}

static void open_host(struct host *host, netsnmp_session *session)
{
    session->retries = 3;
    session->timeout = 1000000;
    session->callback = on_reply;
    session->callback_magic = host;
    host->session = snmp_sess_open(session);
    if (host->session == NULL) {
        snmp_sess_perror("snmp_sess_open", session);
        exit(1);
    }

    host->transport = snmp_sess_transport(host->session);
    begin_column(host, 1);
    struct epoll_event event = { .events = EPOLLIN, .data.ptr = host };
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, host->transport->sock, &event) < 0)
        fail("epoll_ctl");
}

static void read_ready(netsnmp_large_fd_set *ready)
{
    struct epoll_event events[EVENTS];
    int arrived = epoll_wait(epoll, events, EVENTS, 100);
    for (int i = 0; i < arrived; i++) {
        struct host *host = events[i].data.ptr;
        NETSNMP_LARGE_FD_SET(host->transport->sock, ready);
        snmp_sess_read2(host->session, ready);
        NETSNMP_LARGE_FD_CLR(host->transport->sock, ready);
    }
}

static long run_until(double end)
{
    static double timeouts_at;
    netsnmp_large_fd_set ready;
    netsnmp_large_fd_set_init(&ready, 65536);
    NETSNMP_LARGE_FD_ZERO(&ready);
    while (seconds() < end) {
        read_ready(&ready);
        if (seconds() > timeouts_at) {
            timeouts_at = seconds() + 0.5;
            for (int i = 0; i < host_count; i++)
                snmp_sess_timeout(hosts[i].session);
        }
    }

    netsnmp_large_fd_set_cleanup(&ready);
    return count;
}

static long run_synchronously_until(double end)
{
    while (seconds() < end) {
        netsnmp_pdu *pdu = snmp_pdu_create(SNMP_MSG_GET), *response = NULL;
        snmp_add_null_var(pdu, sys_up_time, OID_LENGTH(sys_up_time));
        if (snmp_sess_synch_response(hosts->session, pdu, &response) != STAT_SUCCESS)
            fail("snmp_sess_synch_response");
        count += response->variables != NULL;
        snmp_free_pdu(response);
    }

    return count;
}

static netsnmp_session community_session(int host, int port)
{
    static char peer[64];
    struct sockaddr_in address = address_of(host, port);
    snprintf(peer, sizeof peer, "udp:%s:%d", inet_ntoa(address.sin_addr), port);
    netsnmp_session session;
    snmp_sess_init(&session);
    session.version = SNMP_VERSION_2c;
    session.peername = peer;
    session.community = (u_char *)"public";
    session.community_len = strlen("public");
    return session;
}

static void localize(u_char *key, size_t *length, const char *password)
{
    *length = USM_PRIV_KU_LEN;
    if (generate_Ku(usmHMACSHA1AuthProtocol, USM_AUTH_PROTO_SHA_LEN, (const u_char *)password, strlen(password), key, length) != SNMPERR_SUCCESS)
        fail("generate_Ku");
}

static netsnmp_session secured_session(int port)
{
    static char peer[64];
    snprintf(peer, sizeof peer, "udp:127.0.0.1:%d", port);
    netsnmp_session session;
    snmp_sess_init(&session);
    session.version = SNMP_VERSION_3;
    session.peername = peer;
    session.securityName = "Sha1-Aes128";
    session.securityNameLen = strlen(session.securityName);
    session.securityLevel = SNMP_SEC_LEVEL_AUTHPRIV;
    session.securityAuthProto = usmHMACSHA1AuthProtocol;
    session.securityAuthProtoLen = USM_AUTH_PROTO_SHA_LEN;
    session.securityPrivProto = usmAESPrivProtocol;
    session.securityPrivProtoLen = USM_PRIV_PROTO_AES_LEN;
    localize(session.securityAuthKey, &session.securityAuthKeyLen, "maplesyrup");
    localize(session.securityPrivKey, &session.securityPrivKeyLen, "pancakes-with-syrup");
    return session;
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    const char *load = argv[1];
    int port = atoi(argv[2]), number = argc > 3 ? atoi(argv[3]) : 1;
    int is_secured = strcmp(load, "secured") == 0;
    is_walk = strcmp(load, "walk") == 0;
    columns = argc > 4 ? atoi(argv[4]) : 1;
    setenv("MIBS", "", 1);
    netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_DONT_READ_CONFIGS, 1);
    netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_DONT_PERSIST_STATE, 1);
    init_snmp("peer");

    epoll = epoll_create1(0);
    host_count = is_secured ? 1 : number;
    hosts = calloc(host_count, sizeof *hosts);
    for (int i = 0; i < host_count; i++) {
        netsnmp_session session = is_secured ? secured_session(port) : community_session(i, port);
        open_host(&hosts[i], &session);
    }

    if (strcmp(load, "one") == 0) {
        serve(run_synchronously_until);
        return 0;
    }

    for (int i = 0; i < host_count; i++)
        for (int request = is_secured ? number : 1; request > 0; request--)
            ask(&hosts[i]);
    serve(run_until);
    return 0;
}
