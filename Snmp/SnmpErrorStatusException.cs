using Connections.Snmp.Protocol;

namespace Connections.Snmp;

/// <summary>An agent answered a request with an error status (RFC 3416 section 3).</summary>
public sealed class SnmpErrorStatusException : SnmpException
{
    private SnmpErrorStatusException(string message, SnmpErrorStatus status, int index, Oid? oid)
        : base(message)
    {
        Status = status;
        Index = index;
        Oid = oid;
    }

    /// <summary>What the agent reports.</summary>
    public SnmpErrorStatus Status { get; }

    /// <summary>Which varbind of the request it concerns: the first is 1, 0 is none in particular.</summary>
    public int Index { get; }

    /// <summary>The OID of that varbind; <see langword="null"/> where there is none.</summary>
    public Oid? Oid { get; }

    internal static SnmpErrorStatusException From(
        SnmpTarget? target, SnmpErrorStatus status, int index, IReadOnlyList<VarBind> varBinds)
    {
        Oid? oid = index > 0 && index <= varBinds.Count ? varBinds[index - 1].Oid : null;
        var where = oid is null ? "" : $" for {oid} (varbind {index})";
        return new SnmpErrorStatusException(
            $"{target?.ToString() ?? "The agent"} answered {Name(status)}{where}: {Meaning(status)}.", status, index, oid)
        {
            Device = target?.Device,
            Alias = target?.Alias,
            IsTransient = status is SnmpErrorStatus.ResourceUnavailable,
        };
    }

    private static string Name(SnmpErrorStatus status)
    {
        var name = status.ToString();
        return char.IsAsciiDigit(name[0]) || name[0] == '-' ? $"error status {name}" : char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static string Meaning(SnmpErrorStatus status) => status switch
    {
        SnmpErrorStatus.TooBig => "the response would not fit one message; ask for fewer objects or repetitions at once",
        SnmpErrorStatus.NoSuchName => "there is no such object, or nothing follows it, or it cannot be set with this community",
        SnmpErrorStatus.BadValue => "the value has the wrong type, length or content",
        SnmpErrorStatus.ReadOnly => "the object cannot be set",
        SnmpErrorStatus.GenErr => "the agent failed for a reason of its own",
        SnmpErrorStatus.NoAccess => "this community or user may not see the object",
        SnmpErrorStatus.WrongType => "the value's type is not the object's",
        SnmpErrorStatus.WrongLength => "the value's length is not allowed",
        SnmpErrorStatus.WrongEncoding => "the value is encoded wrongly",
        SnmpErrorStatus.WrongValue => "the object cannot have this value",
        SnmpErrorStatus.NoCreation => "the object does not exist and cannot be created",
        SnmpErrorStatus.InconsistentValue => "the object cannot have this value in its present state",
        SnmpErrorStatus.ResourceUnavailable => "the agent lacks the resources just now; try again",
        SnmpErrorStatus.CommitFailed => "the set failed; nothing was changed",
        SnmpErrorStatus.UndoFailed => "the set failed and could not be undone; some objects may have changed",
        SnmpErrorStatus.AuthorizationError => "this community or user may not do that",
        SnmpErrorStatus.NotWritable => "the object cannot be set",
        SnmpErrorStatus.InconsistentName => "the object cannot be created in the agent's present state",
        _ => "a status that the standard does not define",
    };
}
