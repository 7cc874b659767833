namespace Connections.Snmp.Collection;

/// <summary>Octets are not a block that this library reads.</summary>
public sealed class ResultBlockException : SnmpException
{
    internal ResultBlockException(ResultBlockError error)
        : base(Describe(error)) => Error = error;

    /// <summary>Why not.</summary>
    public ResultBlockError Error { get; }

    private static string Describe(ResultBlockError error) => "The block of results cannot be read: " + error switch
    {
        ResultBlockError.Truncated => "it ends too early; read as many octets as its header says.",
        ResultBlockError.NotABlock => "it does not begin as a block does.",
        ResultBlockError.UnsupportedVersion => "it is of a later version; use a reader of that version.",
        ResultBlockError.InvalidLength => $"its length is not from {BlockLayout.HeaderLength} to {ResultBlock.MaxLength} octets.",
        ResultBlockError.WrongChecksum => "its checksum is wrong, so that it was changed on its way; ask for it again.",
        ResultBlockError.InvalidCompression => "its compressed content cannot be unpacked.",
        ResultBlockError.InvalidSection => "its sections are malformed.",
        ResultBlockError.InvalidRecord => "its records are malformed.",
        ResultBlockError.InvalidTable => "its shapes, requests or outcomes are malformed.",
        _ => "one of its records has an index or a value that SNMP does not have.",
    };
}
