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
    /// <param name="rootLength">How many octets of its name are the root; its index follows them.</param>
    /// <param name="varBind">The varbind: its name is canonical, its value as the agent sent it.</param>
    /// <returns>Why it has no value.</returns>
    SnmpParseError TryAdd(int root, int rootLength, in VarBindSlice varBind);

    /// <summary>Ends the page.</summary>
    /// <param name="isKept">Whether its varbinds stand, or are taken back.</param>
    void EndPage(bool isKept);
}
