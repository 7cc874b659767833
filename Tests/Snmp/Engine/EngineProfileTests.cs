using System.Net;
using System.Net.Sockets;
using Connections.Pooling;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Engine;

/// <summary>Devices that depart from the standards, and where requests leave from.</summary>
public sealed class EngineProfileTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private SnmpEngine _engine = null!;

    [SetUp]
    public void MakeEngine() => _engine = new SnmpEngine();

    [TearDown]
    public async Task DisposeEngineAsync() => await _engine.DisposeAsync();

    private static SnmpOptions With(DeviceProfile profile) => Responder.Patient with { Profile = profile };

    private static ConnectionSettings Settings(Responder responder, params (string Key, string Value)[] arguments) => new()
    {
        DeviceName = "lab-1",
        Alias = "snmp",
        Host = responder.EndPoint.Address.ToString(),
        Port = responder.EndPoint.Port,
        Arguments = arguments.ToDictionary(argument => argument.Key, argument => argument.Value),
    };

    [Test]
    public async Task A_device_that_keeps_16_bits_of_a_request_id_is_given_no_larger_one()
    {
        await using var responder = new Responder((responder, request) => responder.Reply(
            request, request.Response([new VarBind(request.Oid, SnmpValue.Integer32(1))], id: (short)request.Id)));
        var client = _engine.CreateClient(responder.Target(With(new DeviceProfile { Uses16BitRequestIds = true })));

        for (var i = 0; i < 10; i++)
        {
            await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => client.GetAsync(Responder.Instance).AsTask())).WaitAsync(Limit);
        }

        Assert.That(_engine.Statistics.Responses, Is.EqualTo(10_000));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task An_answer_from_another_address_counts_only_where_the_profile_says_so(bool isTrusted)
    {
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        other.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.9"), 0));
        await using var responder = new Responder((_, request) => other.SendTo(request.Answer(1), request.From));
        var options = new SnmpOptions { Timeout = isTrusted ? Limit : TimeSpan.FromMilliseconds(30), Retries = 0 };
        var client = _engine.CreateClient(responder.Target(options with { Profile = new DeviceProfile { AnswersFromOtherAddress = isTrusted } }));
        var get = client.GetAsync(Responder.Instance).AsTask().WaitAsync(Limit);

        if (isTrusted)
        {
            Assert.That((await get).Value, Is.EqualTo(SnmpValue.Integer32(1)));
        }
        else
        {
            var error = Assert.ThrowsAsync<SnmpTimeoutException>(() => get);
            Assert.That(error!.Hint, Does.Contain("127.0.0.9"));
        }
    }

    [Test]
    public async Task A_device_without_getbulk_is_walked_by_getnext()
    {
        var types = new HashSet<PduType>();
        await using var responder = TableResponder.Start(10, true, request => types.Add(request.Type));
        var client = _engine.CreateClient(responder.Target(With(new DeviceProfile { LacksGetBulk = true })));
        var count = 0;

        await foreach (var _ in client.BulkWalkAsync(TableResponder.Root))
        {
            count++;
        }

        Assert.That(count, Is.EqualTo(10));
        Assert.That(types, Is.EqualTo(new[] { PduType.GetNext }));
        Assert.ThrowsAsync<SnmpException>(() => client.GetBulkAsync(0, 5, [TableResponder.Root]).AsTask().WaitAsync(Limit));
    }

    [Test]
    public async Task A_get_larger_than_the_device_takes_is_sent_in_parts()
    {
        var sizes = new List<int>();
        Oid[] rows = [.. TableResponder.Rows(200)];
        var tree = new TreeResponder(rows);
        await using var responder = new Responder((responder, request) =>
        {
            sizes.Add(request.VarBinds.Count);
            responder.Reply(request, tree.Answer(request));
        });
        var client = _engine.CreateClient(responder.Target(With(new DeviceProfile { MaxMessageSize = 484 })));

        var varBinds = await client.GetAsync(rows).AsTask().WaitAsync(Limit);

        Assert.That(varBinds.Select(static varBind => varBind.Oid), Is.EqualTo(rows));
        Assert.That(sizes, Has.Count.GreaterThan(5).And.All.LessThanOrEqualTo(30));
    }

    [Test]
    public async Task A_profile_is_found_by_the_devices_own_kind_and_the_nearest_one_counts()
    {
        DeviceProfiles.Register(Oid.Parse("1.3.6.1.4.1.99998"), new DeviceProfile { ToleratesNonIncreasing = true });
        DeviceProfiles.Register(Oid.Parse("1.3.6.1.4.1.99998.4"), new DeviceProfile { LacksGetBulk = true });
        var types = new List<PduType>();
        await using var responder = new Responder((responder, request) =>
        {
            types.Add(request.Type);
            responder.Reply(request, request.Type == PduType.Get && request.Oid == DeviceProfiles.SysObjectId
                ? request.Response([new VarBind(request.Oid, SnmpValue.ObjectIdentifier(Oid.Parse("1.3.6.1.4.1.99998.4.1")))])
                : TableResponder.PageOf(request, 3, true));
        });
        await using var connection = new SnmpConnection(Settings(responder, ("profile", "auto")), _engine);
        await connection.ConnectAsync().WaitAsync(Limit);

        await foreach (var _ in connection.BulkWalkAsync(TableResponder.Root))
        {
        }

        Assert.That(types, Is.EqualTo(new[] { PduType.Get, PduType.GetNext, PduType.GetNext, PduType.GetNext, PduType.GetNext }));
        Assert.That(DeviceProfiles.Find(Oid.Parse("1.3.6.1.4.1.99998.5")).ToleratesNonIncreasing, Is.True);
        Assert.That(DeviceProfiles.Find(Oid.Parse("1.3.6.1.4.1.99997")), Is.EqualTo(DeviceProfile.Standard));
    }

    [Test]
    public async Task Requests_leave_from_the_address_that_the_target_names()
    {
        var sources = new List<string>();
        await using var responder = new Responder((responder, request) =>
        {
            sources.Add(request.From.Address.ToString());
            responder.Reply(request, request.Answer(1));
        });
        foreach (var source in new[] { "127.0.0.7", "127.0.0.8", "127.0.0.7" })
        {
            var target = responder.Target(Responder.Patient with { Source = IPAddress.Parse(source) });
            await _engine.CreateClient(target).GetAsync(Responder.Instance).AsTask().WaitAsync(Limit);
        }

        await using var connection = new SnmpConnection(Settings(responder, ("source", "lo")), _engine);
        await connection.ConnectAsync().WaitAsync(Limit);

        Assert.That(sources, Is.EqualTo(new[] { "127.0.0.7", "127.0.0.8", "127.0.0.7", "127.0.0.1" }));
    }

    [Test]
    public async Task A_source_that_is_not_there_fails_the_request_and_no_other()
    {
        await using var responder = Responder.Answering();
        var nowhere = responder.Target(Responder.Patient with { Source = IPAddress.Parse("192.0.2.1") });

        var error = Assert.ThrowsAsync<SnmpException>(() => _engine.CreateClient(nowhere).GetAsync(Responder.Instance).AsTask().WaitAsync(Limit));

        Assert.That(error!.Message, Does.Contain("192.0.2.1").And.Contain("lab-1"));
        await _engine.CreateClient(responder.Target()).GetAsync(Responder.Instance).AsTask().WaitAsync(Limit);
    }

    [TestCase("retrys", "retries")]
    [TestCase("max_repetition", "max_repetitions")]
    public async Task An_unknown_argument_is_refused_and_the_near_one_named(string written, string meant)
    {
        await using var responder = Responder.Answering();

        var error = Assert.Throws<ConnectionException>(() => _ = new SnmpConnection(Settings(responder, (written, "3")), _engine));

        Assert.That(error!.Message, Does.Contain(written).And.Contain($"did you mean '{meant}'?").And.Contain("lab-1"));
    }
}
