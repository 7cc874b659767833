using System.Text;
using Connections.Collector.Requests;
using Connections.Snmp;
using Connections.Snmp.Collection;
using Connections.Snmp.Protocol;

namespace Connections.Collector.Tests.Requests;

/// <summary>Requests as they travel: read in full, or refused with a reason.</summary>
public sealed class RequestReaderTests
{
    [Test]
    public void A_request_says_whom_to_ask_for_what_and_how()
    {
        var request = Read("""
            {"id":"r1","target":"192.0.2.1:1161","credentials":"lab","kind":"walk","roots":["1.3.6.1.2.1.2.2.1.2","1.3.6.1.2.1.2.2.1.10"],
             "ranges":[{"start":"10","stop":"20"},{"start":"30"}],
             "options":{"timeout":0.5,"retries":2,"deadline":60,"maxRepetitions":25,"concurrency":2,"maxRecords":1000,"bulk":false,"toleratesNonIncreasing":true}}
            """);

        Assert.That((request.Id, request.Target, request.Credentials), Is.EqualTo(("r1", "192.0.2.1:1161", "lab")));
        Assert.That(request.Shape.Kind, Is.EqualTo(CollectKind.Walk));
        Assert.That(request.Shape.Roots, Is.EqualTo(new[] { Oid.Parse("1.3.6.1.2.1.2.2.1.2"), Oid.Parse("1.3.6.1.2.1.2.2.1.10") }));
        Assert.That(request.Shape.Ranges, Is.EqualTo(new[] { IndexRange.Parse("10", "20"), IndexRange.Parse("30", null) }));
        Assert.That(request.Options, Is.EqualTo(new CollectRequestOptions
        {
            Attempts = new SnmpAttempts(TimeSpan.FromSeconds(0.5), 2),
            Deadline = TimeSpan.FromMinutes(1),
            MaxRepetitions = 25,
            Concurrency = 2,
            MaxRecords = 1_000,
            UsesBulk = false,
            ToleratesNonIncreasing = true,
        }));
    }

    [Test]
    public void Requests_that_ask_for_the_same_share_a_shape()
    {
        var reader = new RequestReader();
        var first = reader.Read("""{"id":"a","target":"192.0.2.1","roots":["1.3.6.1.2.1.1"]}"""u8);
        var second = reader.Read("""{"id":"b","target":"192.0.2.2","roots":["1.3.6.1.2.1.1"]}"""u8);
        var other = reader.Read("""{"id":"c","target":"192.0.2.2","kind":"get","roots":["1.3.6.1.2.1.1"]}"""u8);

        Assert.That(second.Shape, Is.SameAs(first.Shape));
        Assert.That(other.Shape.Id, Is.Not.EqualTo(first.Shape.Id));
    }

    [TestCase("", "JSON")]
    [TestCase("null", "null")]
    [TestCase("[]", "JSON")]
    [TestCase("{}", "id")]
    [TestCase("""{"id":"a","roots":["1.3.6"]}""", "target")]
    [TestCase("""{"id":"a\u0000b","target":"h","roots":["1.3.6"]}""", "control")]
    [TestCase("""{"id":"a","target":"h"}""", "root")]
    [TestCase("""{"id":"a","target":"h","roots":["ifTable"]}""", "ifTable")]
    [TestCase("""{"id":"a","target":"h","roots":[null]}""", "")]
    [TestCase("""{"id":"a","target":"h","roots":["1.3.6.1","1.3.6.1.2"]}""", "1.3.6.1.2")]
    [TestCase("""{"id":"a","target":"h","kind":"set","roots":["1.3.6"]}""", "set")]
    [TestCase("""{"id":"a","target":"h","roots":["1.3.6"],"ranges":[{"start":"5","stop":"5"}]}""", "empty")]
    [TestCase("""{"id":"a","target":"h","roots":["1.3.6"],"options":{"timeout":1}}""", "retries")]
    [TestCase("""{"id":"a","target":"h","roots":["1.3.6"],"options":{"timeout":0,"retries":1}}""", "timeout")]
    [TestCase("""{"id":"a","target":"h","roots":["1.3.6"],"options":{"timeout":1,"retries":101}}""", "retries")]
    [TestCase("""{"id":"a","target":"h","roots":["1.3.6"],"options":{"deadline":1e300}}""", "deadline")]
    [TestCase("""{"id":"a","target":"h","roots":["1.3.6"],"options":{"concurrency":0}}""", "")]
    [TestCase("""{"id":"a","target":"h","roots":["1.3.6"],"root":"1.3"}""", "root")]
    [TestCase("""{"id":"a","target":"h","roots":["1.3.6"]} {}""", "JSON")]
    public void What_is_no_request_is_refused_with_the_reason(string json, string reason) =>
        Assert.That(() => Read(json), Throws.TypeOf<RequestFormatException>().With.Message.Contains(reason));

    [Test]
    public void Names_longer_than_a_block_holds_are_refused() => Assert.That(
        () => Read($$"""{"id":"{{new string('é', 513)}}","target":"h","roots":["1.3.6"]}"""),
        Throws.TypeOf<RequestFormatException>().With.Message.Contains("1024 octets"));

    [Test]
    public void Any_octets_give_a_request_or_a_reason()
    {
        var random = new Random(7);
        var valid = """{"id":"r1","target":"h","kind":"walk","roots":["1.3.6.1.2"],"ranges":[{"start":"1","stop":"2"}],"options":{"deadline":60}}"""u8.ToArray();
        var reader = new RequestReader();
        for (var round = 0; round < Thoroughness.HostileInputs / 10; round++)
        {
            var octets = valid.ToArray();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                octets[random.Next(octets.Length)] = (byte)random.Next(256);
            }

            try
            {
                Assert.That(reader.Read(octets).Id, Is.Not.Empty);
            }
            catch (RequestFormatException error)
            {
                Assert.That(error.Message, Is.Not.Empty);
            }
        }
    }

    private static CollectRequest Read(string json) => new RequestReader().Read(Encoding.UTF8.GetBytes(json));
}
