using Connections.Snmp.Protocol;

namespace Connections.Snmp.Engine;

/// <summary>A GET or GETNEXT that is asked in parts: what is asked now, what is still to be asked, and the results so far, in the order of the request.</summary>
internal sealed class RequestParts
{
    private readonly List<int> _open;
    private int _limit;

    internal RequestParts(in SnmpRequest request)
    {
        Results = request.Many.ToArray();
        _open = [.. Enumerable.Range(0, Results.Length)];
        _limit = Results.Length;
    }

    internal VarBind[] Results { get; }

    /// <summary>The indexes of the varbinds that the present part asks for; none once all is answered.</summary>
    internal ReadOnlySpan<int> Asked => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_open)[..Math.Min(_limit, _open.Count)];

    /// <summary>Halves the part; false if it is one varbind.</summary>
    internal bool TryHalve() => TryLimit((Asked.Length + 1) / 2);

    /// <summary>Makes the part smaller; false if it is no larger than that anyway.</summary>
    internal bool TryLimit(int count)
    {
        if (count < 1 || count >= Asked.Length)
        {
            return false;
        }

        _limit = count;
        return true;
    }

    /// <summary>Leaves out the varbind that an error names, since the agent lacks it; false if the error names none.</summary>
    internal bool TryLeaveOut(int errorIndex)
    {
        if (errorIndex < 1 || errorIndex > Asked.Length)
        {
            return false;
        }

        var index = _open[errorIndex - 1];
        Results[index] = new VarBind(Results[index].Oid, SnmpValue.NoSuchInstance);
        _open.RemoveAt(errorIndex - 1);
        return true;
    }

    /// <summary>Takes the present part's results; false if they are not as many as were asked for.</summary>
    internal bool TryAdd(VarBind[] varBinds)
    {
        var asked = Asked;
        if (varBinds.Length != asked.Length)
        {
            return false;
        }

        for (var i = 0; i < varBinds.Length; i++)
        {
            Results[asked[i]] = varBinds[i];
        }

        _open.RemoveRange(0, varBinds.Length);
        return true;
    }

    /// <summary>Where in the whole request the varbind stands that an error of the present part names; 0 for none.</summary>
    internal int IndexOf(int errorIndex) => errorIndex >= 1 && errorIndex <= Asked.Length ? Asked[errorIndex - 1] + 1 : 0;
}
