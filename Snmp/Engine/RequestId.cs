namespace Connections.Snmp.Engine;

/// <summary>
/// The layout of a request-id: a set bit that keeps it positive and four octets long, 27 bits of sequence, whose lower part is the
/// slot in the request table and whose upper part the slot's generation, and 3 bits of attempt. What a packet's request-id says
/// without the attempt is its request's key: any attempt's reply counts, and one to a former user of the slot does not. Devices that keep 16 bits
/// of a request-id are given short ones: 12 bits of sequence, all of them slot, and 3 of attempt, which are positive in 16 bits too. The attempts of a
/// key are numbered from where its generation says, so that an id comes round eight times as late as its key.
/// </summary>
internal static class RequestId
{
    private const int AttemptBits = 3;
    private const int AttemptMask = (1 << AttemptBits) - 1;
    private const int SequenceBits = 27;
    private const int ShortSequenceBits = 12;
    private const int SequenceMask = (1 << SequenceBits) - 1;
    private const int FourOctetMark = 1 << 30;

    /// <summary>What a packet holds until it is stamped.</summary>
    internal const int Placeholder = FourOctetMark;

    /// <summary>How many short ones there are.</summary>
    internal const int ShortSequences = 1 << ShortSequenceBits;

    /// <summary>How many ids there are of one key.</summary>
    internal const int Attempts = 1 << AttemptBits;

    internal static bool IsShort(int requestId) => (requestId & FourOctetMark) == 0;

    internal static int ShortKey(int sequence) => (sequence & (ShortSequences - 1)) << AttemptBits;

    internal static int Key(int sequence) => FourOctetMark | ((sequence & SequenceMask) << AttemptBits);

    /// <summary>How often the keys have come round before this one.</summary>
    internal static int GenerationOf(int sequence, bool isShort) => sequence >>> (isShort ? ShortSequenceBits : SequenceBits);

    /// <summary>An id of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="attempt">The generation of the key, and the number of attempts before this one.</param>
    internal static int WithAttempt(int key, int attempt) => key | (attempt & AttemptMask);

    /// <summary>How many attempts came before the one with this id.</summary>
    internal static int AttemptOf(int requestId, int generation) => (requestId - generation) & AttemptMask;

    internal static int KeyOf(int requestId) => requestId & ~AttemptMask;

    internal static int SequenceOf(int requestId) => (requestId >> AttemptBits) & SequenceMask;
}
