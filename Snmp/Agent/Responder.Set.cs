using System.Runtime.InteropServices;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Agent;

internal sealed partial class Responder
{
    private readonly List<KeyValuePair<int, SnmpValue>> _changes = [];

    /// <summary>RFC 3416 section 4.2.5: every varbind is validated before any is assigned, so either all change or none.</summary>
    private Outcome Set(ref Exchange exchange, RequestAccess access)
    {
        _changes.Clear();
        for (var i = 0; i < exchange.Asked.Length; i++)
        {
            ref readonly var change = ref exchange.Asked[i];
            var index = exchange.Data.IndexOf(change.Oid);
            var status = Validate(exchange.Data, access, change, index);
            status = status == SnmpErrorStatus.NoError && Contradicts(index, change.Value) ? SnmpErrorStatus.InconsistentValue : status;
            if (status != SnmpErrorStatus.NoError)
            {
                return Failure(exchange, status, i + 1);
            }

            _changes.Add(new(index, change.Value));
        }

        if (!exchange.TryEcho())
        {
            return Outcome.TooBig;
        }

        return Commit(ref exchange);
    }

    private Outcome Commit(ref Exchange exchange)
    {
        var changes = CollectionsMarshal.AsSpan(_changes);
        var dice = exchange.Device.Dice;
        if (!changes.IsEmpty && dice.Happens(FaultKind.CommitFailure, exchange.Faults.CommitFailure))
        {
            return Failure(exchange, SnmpErrorStatus.CommitFailed, 1 + dice.Next(FaultKind.CommitFailure, changes.Length));
        }

        if (!changes.IsEmpty && dice.Happens(FaultKind.UndoFailure, exchange.Faults.UndoFailure))
        {
            exchange.Context.Commit(changes[..dice.Next(FaultKind.UndoFailure, changes.Length)]);
            return Failure(exchange, SnmpErrorStatus.UndoFailed, 0);
        }

        exchange.Context.Commit(changes);
        return Outcome.Success;
    }

    private static Outcome Failure(in Exchange exchange, SnmpErrorStatus status, int index) =>
        new(exchange.IsV1 ? ToV1(status) : status, index);

    private static SnmpErrorStatus Validate(MibData data, RequestAccess access, in VarBind change, int index)
    {
        if (access != RequestAccess.ReadWrite)
        {
            return SnmpErrorStatus.NoAccess;
        }

        if (index < 0)
        {
            return data.HasObjectOf(change.Oid, ~index) ? SnmpErrorStatus.NoCreation : SnmpErrorStatus.NotWritable;
        }

        ref readonly var variable = ref data.At(index);
        if (!variable.IsWritable)
        {
            return SnmpErrorStatus.NotWritable;
        }

        if (change.Value.Type != variable.Value.Type)
        {
            return SnmpErrorStatus.WrongType;
        }

        var status = variable.Range is { } range ? range.Validate(change.Value) : SnmpErrorStatus.NoError;
        return status == SnmpErrorStatus.NoError && variable.Check is { } check ? check(change.Value) : status;
    }

    // RFC 3416 leaves open what a request means that gives one variable two values; "all at once" can only mean neither.
    private bool Contradicts(int index, in SnmpValue value)
    {
        foreach (var (earlier, earlierValue) in _changes)
        {
            if (earlier == index && earlierValue != value)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>RFC 3584 section 4.4.</summary>
    private static SnmpErrorStatus ToV1(SnmpErrorStatus status) => status switch
    {
        SnmpErrorStatus.WrongType or SnmpErrorStatus.WrongLength or SnmpErrorStatus.WrongEncoding or SnmpErrorStatus.WrongValue
            or SnmpErrorStatus.InconsistentValue => SnmpErrorStatus.BadValue,
        SnmpErrorStatus.NoAccess or SnmpErrorStatus.NotWritable or SnmpErrorStatus.NoCreation
            or SnmpErrorStatus.InconsistentName or SnmpErrorStatus.AuthorizationError => SnmpErrorStatus.NoSuchName,
        SnmpErrorStatus.ResourceUnavailable or SnmpErrorStatus.CommitFailed or SnmpErrorStatus.UndoFailed => SnmpErrorStatus.GenErr,
        _ => status,
    };
}
