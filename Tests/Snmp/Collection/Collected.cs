using Connections.Snmp.Agent;
using Connections.Snmp.Collection;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Collection;

/// <summary>What a collection brought, request by request.</summary>
public sealed class Collected
{
    private readonly Dictionary<string, List<ResultRow>> _rows = [];

    /// <summary>How each request ended.</summary>
    public Dictionary<string, RequestResult> Results { get; } = [];

    /// <summary>How many blocks there were.</summary>
    public int Blocks { get; private set; }

    /// <summary>Takes a block in; a request that ends twice, or has records after its end, fails the test.</summary>
    public void Add(ResultBlock block)
    {
        Assert.That(block.Sequence, Is.EqualTo(Blocks++));
        foreach (var row in block.Rows())
        {
            Assert.That(Results, Does.Not.ContainKey(row.Request.Id), "a record after the end of its request");
            RowsOf(row.Request.Id).Add(row);
        }

        foreach (var request in block.Requests)
        {
            if (request.Result is { } result)
            {
                Results.Add(request.Id, result);
                Assert.That(result.Records, Is.EqualTo(RowsOf(request.Id).Count));
            }
        }
    }

    public List<ResultRow> RowsOf(string id) => _rows.TryGetValue(id, out var rows) ? rows : _rows[id] = [];

    public VarBindChecksum ChecksumOf(string id) => VarBindChecksum.Of(RowsOf(id).Select(static row => row.VarBind));

    public IEnumerable<VarBind> VarBindsOf(string id) => RowsOf(id).Select(static row => row.VarBind);
}
