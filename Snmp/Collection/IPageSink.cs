using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection;

/// <summary>
/// Takes the varbinds of a reply where they stand in it, instead of a list of values. The engine's thread calls it, so it must be quick: between the beginning of a page and
/// its end, nobody else may write.
/// </summary>
internal interface IPageSink
{
    /// <summary>Whether a walk is to ask for its next page at once; if not, its burst ends after this one.</summary>
    bool WantsMore { get; }

    /// <summary>Whether what awaits the result may go on on the engine's own thread: the library's code alone, and briefly.</summary>
    bool ContinuesInline { get; }

    /// <summary>Begins a page.</summary>
    void BeginPage();

    /// <summary>Takes a varbind of the page.</summary>
    /// <param name="root">Which of the request's roots it belongs to.</param>
    /// <param name="index">What follows the root in its name.</param>
    /// <param name="type">The value's tag.</param>
    /// <param name="content">The value's content octets, as the agent sent them.</param>
    /// <returns>Why they are no value.</returns>
    SnmpParseError TryAdd(int root, ReadOnlySpan<byte> index, SnmpType type, ReadOnlySpan<byte> content);

    /// <summary>Ends the page.</summary>
    /// <param name="isKept">Whether its varbinds stand, or are taken back.</param>
    void EndPage(bool isKept);
}
