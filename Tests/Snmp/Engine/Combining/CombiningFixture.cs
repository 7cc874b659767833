using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Engine.Combining;

/// <summary>An engine, and calls that wait behind one that occupies their device.</summary>
public abstract class CombiningFixture
{
    private protected static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly Oid Column = Oid.Parse("1.3.6.1.4.1.99999.3");

    private protected static readonly SnmpOptions Combining = Responder.Patient with { MaxInFlight = 1, MaxCombined = 50 };

    private protected SnmpEngine Engine { get; private set; } = null!;

    [SetUp]
    public void MakeEngine() => Engine = new SnmpEngine();

    [TearDown]
    public async Task DisposeEngineAsync() => await Engine.DisposeAsync();

    private protected static Oid Row(int row) => Column.Append((uint)row);

    // The value of an instance is its row, so that what reaches the wrong caller shows.
    internal static byte[] Answer(Request request) =>
        request.Response([.. request.VarBinds.Select(static varBind => new VarBind(varBind.Oid, (int)varBind.Oid[varBind.Oid.Count - 1]))]);

    /// <summary>Occupies the device with one GET, and has others wait behind it.</summary>
    private protected async Task<List<Task<VarBind>>> QueueAsync(Gate gate, SnmpOptions options, int count, CancellationToken cancellationToken = default)
    {
        var client = Engine.CreateClient(gate.Responder.Target(options));
        var calls = new List<Task<VarBind>> { client.GetAsync(Row(0), CancellationToken.None).AsTask() };
        await gate.Responder.HasReceivedAsync(1).WaitAsync(Limit, CancellationToken.None);
        calls.AddRange(Enumerable.Range(1, count).Select(row => client.GetAsync(Row(row), row == 1 ? cancellationToken : default).AsTask()));
        await Eventually.UntilAsync(() => Engine.Statistics.Waiting == count);
        return calls;
    }

    private protected static async Task AssertAllAnsweredAsync(IEnumerable<Task<VarBind>> calls)
    {
        var answers = await Task.WhenAll(calls).WaitAsync(Limit);
        foreach (var (oid, value) in answers)
        {
            Assert.That(value, Is.EqualTo(SnmpValue.Integer32((int)oid[oid.Count - 1])));
        }
    }
}
