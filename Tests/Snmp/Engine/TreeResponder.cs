using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Engine;

/// <summary>A responder that serves any instances, as an agent with several columns would: GETBULK row by row, cut where the test says.</summary>
internal sealed class TreeResponder(IEnumerable<Oid> instances)
{
    private readonly Oid[] _instances = [.. instances.Order()];

    /// <summary>How many varbinds a reply holds at most.</summary>
    internal int PageLimit { get; init; } = int.MaxValue;

    /// <summary>How many varbinds a request may have, or a GETBULK may ask for, before the answer is tooBig.</summary>
    internal int TooBigAbove { get; init; } = int.MaxValue;

    /// <summary>What the instances are worth.</summary>
    internal Func<Oid, SnmpValue> Value { get; init; } = static oid => SnmpValue.Integer32((int)oid[oid.Count - 1]);

    internal List<Request> Requests { get; } = [];

    internal Responder Start() => new((responder, request) =>
    {
        Requests.Add(request);
        responder.Reply(request, Answer(request));
    });

    internal byte[] Answer(Request request)
    {
        var rows = request.Type == PduType.GetBulk ? request.MaxRepetitions : 1;
        if (request.VarBinds.Count * rows > TooBigAbove)
        {
            return request.Error(SnmpErrorStatus.TooBig, 0);
        }

        if (request.Type == PduType.Get)
        {
            return Finish(request, [.. request.VarBinds.Select(varBind => Of(varBind.Oid))], SnmpType.NoSuchInstance);
        }

        var page = new List<VarBind>();
        var last = request.VarBinds.Select(static varBind => varBind.Oid).ToArray();
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < last.Length; i++)
            {
                page.Add(After(last[i]));
                last[i] = page[^1].Oid;
            }
        }

        return Finish(request, [.. page.Take(PageLimit)], SnmpType.EndOfMibView);
    }

    private static byte[] Finish(Request request, VarBind[] varBinds, SnmpType missing)
    {
        var first = Array.FindIndex(varBinds, varBind => varBind.Value.Type == missing);
        return request.Version == SnmpVersion.V1 && first >= 0
            ? request.Error(SnmpErrorStatus.NoSuchName, first + 1)
            : request.Response(varBinds);
    }

    private VarBind Of(Oid oid) => new(oid, Array.BinarySearch(_instances, oid) >= 0 ? Value(oid) : SnmpValue.NoSuchInstance);

    private VarBind After(Oid oid)
    {
        var index = Array.BinarySearch(_instances, oid);
        index = index < 0 ? ~index : index + 1;
        return index < _instances.Length ? new VarBind(_instances[index], Value(_instances[index])) : new VarBind(oid, SnmpValue.EndOfMibView);
    }
}
