using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Engine;

/// <summary>A responder that serves a table of one column, as an agent would.</summary>
internal static class TableResponder
{
    internal static readonly Oid Root = Oid.Parse("1.3.6.1.4.1.99999.1");

    /// <summary>An agent with instances Root.1 to Root.<paramref name="rows"/>, and one object outside.</summary>
    internal static Responder Start(int rows, bool hasSuccessor = true, Action<Request>? onRequest = null) => new((responder, request) =>
    {
        onRequest?.Invoke(request);
        responder.Reply(request, PageOf(request, rows, hasSuccessor));
    });

    internal static byte[] PageOf(Request request, int rows, bool hasSuccessor)
    {
        var outside = Oid.Parse("1.3.6.1.4.1.99999.2.0");
        var all = Rows(rows).Concat(hasSuccessor ? [outside] : Array.Empty<Oid>()).ToArray();
        if (request.Type == PduType.Get)
        {
            var value = all.Contains(request.Oid) ? SnmpValue.Integer32(1) : SnmpValue.NoSuchInstance;
            return request.Response([new VarBind(request.Oid, value)]);
        }

        var following = all.Where(oid => oid > request.Oid).ToArray();
        if (following.Length == 0 && request.Version == SnmpVersion.V1)
        {
            return request.Error(SnmpErrorStatus.NoSuchName);
        }

        var page = following.Take(request.Type == PduType.GetBulk ? request.MaxRepetitions : 1)
            .Select(oid => new VarBind(oid, SnmpValue.Integer32((int)oid[oid.Count - 1])))
            .ToList();
        if (following.Length < (request.Type == PduType.GetBulk ? request.MaxRepetitions : 1))
        {
            page.Add(new VarBind(following.LastOrDefault(request.Oid), SnmpValue.EndOfMibView));
        }

        return request.Response([.. page]);
    }

    internal static IEnumerable<Oid> Rows(int count) => Enumerable.Range(1, count).Select(row => Root.Append((uint)row));
}
