// The limit: sends the same GET to every host, and on each reply the next one to its sender; it counts, and does nothing else.
//
//   raw PORT HOSTS
#include "peer.h"
#include <errno.h>
#include <sys/socket.h>

enum { BATCH = 64, LARGEST = 2048 };

// GET of sysUpTime.0, SNMPv2c, community "public".
static const unsigned char request[] = {
    0x30, 0x29, 0x02, 0x01, 0x01, 0x04, 0x06, 'p', 'u', 'b', 'l', 'i', 'c', 0xA0, 0x1C, 0x02, 0x04, 0x40, 0x00, 0x00, 0x01, 0x02, 0x01, 0x00,
    0x02, 0x01, 0x00, 0x30, 0x0E, 0x30, 0x0C, 0x06, 0x08, 0x2B, 0x06, 0x01, 0x02, 0x01, 0x01, 0x03, 0x00, 0x05, 0x00,
};

static int udp, port, hosts;
static long count;
static unsigned char replies[BATCH][LARGEST];
static struct sockaddr_in senders[BATCH];
static struct iovec reply_parts[BATCH], request_parts[BATCH];
static struct mmsghdr received[BATCH], sent[BATCH];

static void prepare(void)
{
    for (int i = 0; i < BATCH; i++) {
        reply_parts[i] = (struct iovec){ replies[i], LARGEST };
        request_parts[i] = (struct iovec){ (void *)request, sizeof request };
        received[i].msg_hdr = (struct msghdr){ .msg_name = &senders[i], .msg_iov = &reply_parts[i], .msg_iovlen = 1 };
        sent[i].msg_hdr = (struct msghdr){ .msg_name = &senders[i], .msg_namelen = sizeof senders[i], .msg_iov = &request_parts[i], .msg_iovlen = 1 };
    }
}

static void ask_everybody(void)
{
    for (int host = 0; host < hosts; host++) {
        struct sockaddr_in address = address_of(host, port);
        sendto(udp, request, sizeof request, 0, (struct sockaddr *)&address, sizeof address);
    }
}

static long run_until(double end)
{
    while (seconds() < end) {
        for (int i = 0; i < BATCH; i++)
            received[i].msg_hdr.msg_namelen = sizeof senders[i];
        int arrived = recvmmsg(udp, received, BATCH, MSG_WAITFORONE, NULL);
        if (arrived < 0 && errno != EAGAIN && errno != EINTR)
            fail("recvmmsg");
        if (arrived <= 0) {
            // All was lost, or nothing was asked yet.
            ask_everybody();
            continue;
        }

        count += arrived;
        for (int done = 0; done < arrived;) {
            int some = sendmmsg(udp, sent + done, arrived - done, 0);
            if (some < 0)
                fail("sendmmsg");
            done += some;
        }
    }

    return count;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    port = atoi(argv[1]);
    hosts = atoi(argv[2]);
    prepare();

    udp = socket(AF_INET, SOCK_DGRAM, 0);
    int room = 16 << 20;
    struct timeval patience = { .tv_usec = 200000 };
    if (udp < 0 || setsockopt(udp, SOL_SOCKET, SO_RCVBUF, &room, sizeof room) < 0 ||
        setsockopt(udp, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) < 0)
        fail("socket");
    serve(run_until);
    return 0;
}
