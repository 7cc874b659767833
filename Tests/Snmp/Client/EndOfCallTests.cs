using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Engine;

namespace Connections.Snmp.Tests.Client;

/// <summary>Each operation ends when its token is cancelled, when its deadline has come, and when the agent refuses; what it throws is what is documented.</summary>
public sealed class EndOfCallTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly Oid Instance = Responder.Instance;
    private static readonly string Text = Responder.Instance.ToString();

    private SnmpEngine _engine = null!;

    [SetUp]
    public void MakeEngine() => _engine = new SnmpEngine();

    [TearDown]
    public async Task DisposeEngineAsync() => await _engine.DisposeAsync();

    private static readonly Dictionary<string, Func<ISnmpClient, CancellationToken, Task>> Operations = new()
    {
        ["get"] = static (client, token) => client.GetAsync(Instance, token).AsTask(),
        ["get text"] = static (client, token) => client.GetAsync(Text, token).AsTask(),
        ["get several"] = static (client, token) => client.GetAsync([Instance, Instance.Parent.Append(1)], token).AsTask(),
        ["get several texts"] = static (client, token) => client.GetAsync([Text, "1.3"], token).AsTask(),
        ["getnext"] = static (client, token) => client.GetNextAsync(Instance, token).AsTask(),
        ["getnext text"] = static (client, token) => client.GetNextAsync(Text, token).AsTask(),
        ["getnext several"] = static (client, token) => client.GetNextAsync([Instance, Instance.Parent.Append(1)], token).AsTask(),
        ["getnext several texts"] = static (client, token) => client.GetNextAsync([Text, "1.3"], token).AsTask(),
        ["getbulk"] = static (client, token) => client.GetBulkAsync(1, 3, [Instance, Instance.Parent], token).AsTask(),
        ["getbulk texts"] = static (client, token) => client.GetBulkAsync(0, 3, [Text], token).AsTask(),
        ["set"] = static (client, token) => client.SetAsync(Instance, 1, token).AsTask(),
        ["set text"] = static (client, token) => client.SetAsync(Text, SnmpType.Integer32, "1", token).AsTask(),
        ["set several"] = static (client, token) => client.SetAsync([new VarBind(Instance, 1)], token).AsTask(),
        ["walk"] = static (client, token) => DrainAsync(client.WalkAsync(Instance.Parent, token)),
        ["walk several"] = static (client, token) => DrainAsync(client.WalkAsync([Instance.Parent, Oid.Parse("1.3.6.1.4")], token)),
        ["walk several texts"] = static (client, token) => DrainAsync(client.WalkAsync([Text, "1.3.6.1.4"], token)),
        ["bulk walk"] = static (client, token) => DrainAsync(client.BulkWalkAsync(Instance.Parent, cancellationToken: token)),
        ["table"] = static (client, token) => DrainAsync(client.TableAsync(Instance.Parent, token)),
        ["table of columns"] = static (client, token) => DrainAsync(client.TableAsync(Instance.Parent, [1, 2], token)),
    };

    private static IEnumerable<string> Names => Operations.Keys;

    private static Task<List<T>> DrainAsync<T>(IAsyncEnumerable<T> items) => items.ToListAsync().AsTask();

    [TestCaseSource(nameof(Names))]
    public async Task A_call_that_is_cancelled_while_the_agent_is_silent_ends_at_once_with_its_token(string name)
    {
        await using var silent = new Responder(static (_, _) => { });
        using var cancellation = new CancellationTokenSource();
        var call = Operations[name](_engine.CreateClient(silent.Target()), cancellation.Token);
        await silent.HasReceivedAsync(1).WaitAsync(Limit);

        await cancellation.CancelAsync();

        Assert.That(
            async () => await call.WaitAsync(Limit),
            Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(cancellation.Token));
    }

    [TestCaseSource(nameof(Names))]
    public async Task A_call_whose_token_is_cancelled_already_sends_nothing(string name)
    {
        await using var responder = Responder.Answering();

        Assert.That(
            async () => await Operations[name](_engine.CreateClient(responder.Target()), new CancellationToken(canceled: true)).WaitAsync(Limit),
            Throws.InstanceOf<OperationCanceledException>());

        Assert.That(_engine.Statistics.Requests, Is.Zero);
    }

    [TestCaseSource(nameof(Names))]
    public async Task A_call_ends_with_its_deadline_whatever_attempts_are_left(string name)
    {
        await using var silent = new Responder(static (_, _) => { });
        var target = silent.Target(Responder.Patient with { Retries = 100, Deadline = TimeSpan.FromMilliseconds(50) });

        Assert.That(
            async () => await Operations[name](_engine.CreateClient(target), CancellationToken.None).WaitAsync(Limit),
            Throws.TypeOf<SnmpTimeoutException>().With.Property("Attempts").EqualTo(1).And.Property("Device").EqualTo("lab-1"));
    }

    [TestCaseSource(nameof(Names))]
    public async Task What_the_agent_refuses_is_an_error_that_names_status_and_OID(string name)
    {
        await using var responder = new Responder((self, request) => self.Reply(request, request.Error(SnmpErrorStatus.AuthorizationError)));

        Assert.That(
            async () => await Operations[name](_engine.CreateClient(responder.Target()), CancellationToken.None).WaitAsync(Limit),
            Throws.TypeOf<SnmpErrorStatusException>().With.Property("Status").EqualTo(SnmpErrorStatus.AuthorizationError)
                .And.Property("Oid").Not.Null.And.Property("Alias").EqualTo("snmp"));
    }

    [Test]
    public async Task What_breaks_out_of_a_table_leaves_nothing_in_flight()
    {
        var tree = new TreeResponder(Enumerable.Range(1, 5_000).Select(static row => Instance.Append((uint)row)));
        await using var responder = tree.Start();

        await foreach (var row in _engine.CreateClient(responder.Target()).TableAsync([Instance]))
        {
            Assert.That(row.Index.ToString(), Is.EqualTo("1"));
            break;
        }

        Assert.That(_engine.Statistics.InFlight, Is.Zero);
    }
}
