namespace Connections.Snmp.Engine;

/// <summary>
/// The layout of a request-id: a set bit that keeps it positive and four octets long, 27 bits of sequence, whose lower part is the
/// slot in the request table and whose upper part the slot's generation, and 3 bits of attempt. What a packet's request-id says
/// without the attempt is its request's key: any attempt's reply counts, and one to a former user of the slot does not. Devices that keep 16 bits
/// of a request-id are given short ones: 12 bits of sequence, all of them slot, and 3 of attempt, which are positive in 16 bits too.
/// </summary>
internal static class RequestId
{
    private const int AttemptBits = 3;
    private const int AttemptMask = (1 << AttemptBits) - 1;
    private const int SequenceMask = (1 << 27) - 1;
    private const int FourOctetMark = 1 << 30;

    /// <summary>What a packet holds until it is stamped.</summary>
    internal const int Placeholder = FourOctetMark;

    /// <summary>How many short ones there are.</summary>
    internal const int ShortSequences = 1 << 12;

    /// <summary>How many ids there are of one key.</summary>
    internal const int Attempts = 1 << AttemptBits;

    internal static bool IsShort(int requestId) => (requestId & FourOctetMark) == 0;

    internal static int ShortKey(int sequence) => (sequence & (ShortSequences - 1)) << AttemptBits;

    internal static int Key(int sequence) => FourOctetMark | ((sequence & SequenceMask) << AttemptBits);

    internal static int WithAttempt(int key, int attempt) => key | (attempt & AttemptMask);

    internal static int AttemptOf(int requestId) => requestId & AttemptMask;

    internal static int KeyOf(int requestId) => requestId & ~AttemptMask;

    internal static int SequenceOf(int requestId) => (requestId >> AttemptBits) & SequenceMask;
}
