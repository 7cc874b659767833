using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Engine;

namespace Connections.Snmp.Tests.Client;

/// <summary>Tables without a MIB: which columns there are, and rows joined by index.</summary>
public sealed class TableTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly Oid Entry = Oid.Parse("1.3.6.1.4.1.99999.7.1");
    private static readonly Oid Beyond = Oid.Parse("1.3.6.1.4.1.99999.8.1.1.1");

    private SnmpEngine _engine = null!;

    [SetUp]
    public void MakeEngine() => _engine = new SnmpEngine();

    [TearDown]
    public async Task DisposeEngineAsync() => await _engine.DisposeAsync();

    // Columns 1, 2, 5 and 40 of different lengths, 2 with gaps, 40 with rows that no other column has.
    private static readonly (uint Column, uint[] Rows)[] Columns =
    [
        (1, [.. Enumerable.Range(1, 60).Select(static row => (uint)row)]),
        (2, [.. Enumerable.Range(1, 60).Where(static row => row % 7 == 0).Select(static row => (uint)row)]),
        (5, [1, 2, 3]),
        (40, [5, 59, 4_000_000_000]),
    ];

    private static IEnumerable<Oid> Instances => Columns.SelectMany(static column => column.Rows.Select(row => Entry.Append(column.Column, row)));

    // What a cell holds says where it belongs, so that a value in the wrong row or column shows.
    private static SnmpValue ValueOf(Oid oid) => SnmpValue.OctetString(oid.ToString());

    private static TreeResponder Table(params Oid[] more) => new(Instances.Concat(more)) { Value = ValueOf };

    private Task<List<SnmpTableRow>> ListAsync(Responder responder, SnmpOptions? options, Func<ISnmpClient, IAsyncEnumerable<SnmpTableRow>> ask) =>
        ask(_engine.CreateClient(responder.Target(options))).ToListAsync().AsTask().WaitAsync(Limit);

    private static void AssertIsWhole(List<SnmpTableRow> rows, params uint[] columns)
    {
        var wanted = Columns.Where(column => columns.Contains(column.Column)).ToArray();
        var indexes = wanted.SelectMany(static column => column.Rows).Distinct().Order().ToArray();
        Assert.That(rows.Select(static row => row.Index), Is.EqualTo(indexes.Select(static index => new OidIndex(index))));
        foreach (var row in rows)
        {
            Assert.That(row.Columns, Is.EqualTo(columns.Select(static column => Entry.Append(column))));
            for (var i = 0; i < columns.Length; i++)
            {
                var instance = Entry.Append(columns[i], row.Index[0]);
                var expected = Instances.Contains(instance) ? ValueOf(instance) : (SnmpValue?)null;
                Assert.That((row[i], row[Entry.Append(columns[i])]), Is.EqualTo((expected, expected)));
            }
        }
    }

    [TestCase(int.MaxValue)]
    [TestCase(1)]
    [TestCase(3)]
    [TestCase(17)]
    public async Task All_columns_are_found_and_their_values_joined_by_index_wherever_pages_are_cut(int pageLimit)
    {
        var tree = new TreeResponder(Instances.Append(Beyond)) { Value = ValueOf, PageLimit = pageLimit };
        await using var responder = tree.Start();

        AssertIsWhole(await ListAsync(responder, null, client => client.TableAsync(Entry)), 1, 2, 5, 40);
    }

    [TestCase(SnmpVersion.V1, true)]
    [TestCase(SnmpVersion.V1, false)]
    [TestCase(SnmpVersion.V2c, false)]
    public async Task A_table_at_the_end_of_the_MIB_is_whole_too(SnmpVersion version, bool hasSuccessor)
    {
        await using var responder = (hasSuccessor ? Table(Beyond) : Table()).Start();

        var rows = await ListAsync(responder, Responder.Patient with { Version = version }, client => client.TableAsync(Entry.ToString()));

        AssertIsWhole(rows, 1, 2, 5, 40);
    }

    [Test]
    public async Task Chosen_columns_come_in_the_order_of_the_choice()
    {
        await using var responder = Table(Beyond).Start();

        AssertIsWhole(await ListAsync(responder, null, client => client.TableAsync(Entry, [1, 5])), 1, 5);
        var rows = await ListAsync(responder, null, client => client.TableAsync(Entry.ToString(), [40, 2]));
        Assert.That(rows[0].Columns, Is.EqualTo(new[] { Entry.Append(40), Entry.Append(2) }));
        Assert.That(rows.Select(static row => row.Index.ToString()), Is.EqualTo(new[] { "5", "7", "14", "21", "28", "35", "42", "49", "56", "59", "4000000000" }));
    }

    [Test]
    public async Task Columns_of_two_tables_are_joined()
    {
        var other = Oid.Parse("1.3.6.1.4.1.99999.9.1.3");
        await using var responder = Table(other.Append(2), other.Append(77)).Start();

        var rows = await ListAsync(responder, null, client => client.TableAsync([Entry.Append(5).ToString(), other.ToString()]));

        Assert.That(rows.Select(static row => (row.Index.ToString(), row[0] is not null, row[1] is not null)), Is.EqualTo(new[]
        {
            ("1", true, false), ("2", true, true), ("3", true, false), ("77", false, true),
        }));
    }

    [Test]
    public async Task Indexes_of_many_arcs_are_told_apart_and_ordered()
    {
        Oid[] instances =
        [
            Entry.Append(1, 10, 9), Entry.Append(1, 10, 10), Entry.Append(1, 9, 300, 1), Entry.Append(2, 10, 9), Entry.Append(2, 192, 168, 0, 1),
        ];
        await using var responder = new TreeResponder(instances) { Value = ValueOf }.Start();

        var rows = await ListAsync(responder, null, client => client.TableAsync(Entry));

        Assert.That(rows.Select(static row => row.Index.ToString()), Is.EqualTo(new[] { "9.300.1", "10.9", "10.10", "192.168.0.1" }));
        Assert.That(rows[1][1], Is.EqualTo(ValueOf(Entry.Append(2, 10, 9))));
    }

    [Test]
    public async Task Rows_come_while_the_walk_goes_on()
    {
        var answered = 0;
        var release = new TaskCompletionSource();
        var tree = new TreeResponder(Enumerable.Range(1, 2_000).SelectMany(static row => new[] { Entry.Append(1, (uint)row), Entry.Append(2, (uint)row) }));
        await using var responder = new Responder((self, request) =>
        {
            // Four replies at most come before the first row is seen.
            if (Interlocked.Increment(ref answered) > 4)
            {
                release.Task.WaitAsync(Limit).GetAwaiter().GetResult();
            }

            self.Reply(request, tree.Answer(request));
        });
        var count = 0;

        await foreach (var row in _engine.CreateClient(responder.Target()).TableAsync(Entry, [1, 2]))
        {
            release.TrySetResult();
            Assert.That(row.Index[0], Is.EqualTo(++count));
        }

        Assert.That(count, Is.EqualTo(2_000));
    }

    [Test]
    public async Task A_table_without_rows_is_empty()
    {
        await using var responder = new TreeResponder([Beyond]).Start();

        Assert.That(await ListAsync(responder, null, client => client.TableAsync(Entry)), Is.Empty);
        Assert.That(await ListAsync(responder, null, client => client.TableAsync(Entry, [1, 2])), Is.Empty);
    }

    [Test]
    public async Task Three_requests_find_sixty_columns()
    {
        await using var responder = new TreeResponder(Enumerable.Range(1, 60).Select(static column => Entry.Append((uint)column, 1)).Append(Beyond)).Start();

        var rows = await ListAsync(responder, null, client => client.TableAsync(Entry));

        Assert.That(rows.Single().Columns, Has.Count.EqualTo(60));
        Assert.That(_engine.Statistics.Requests, Is.LessThanOrEqualTo(2 + 4));
    }

    [Test]
    public async Task An_agent_that_makes_columns_up_for_ever_is_given_up()
    {
        await using var responder = new Responder((self, request) => self.Reply(request, request.Response(
            [.. request.VarBinds.Select(static varBind => new VarBind(varBind.Oid.Append(1), SnmpValue.Null))])));

        Assert.That(
            async () => await ListAsync(responder, null, client => client.TableAsync(Entry)),
            Throws.TypeOf<SnmpException>().With.Message.Contains(Entry.ToString()));
    }

    [Test]
    public async Task Columns_that_are_none_or_contain_each_other_are_refused_at_once()
    {
        await using var responder = Table().Start();
        var client = _engine.CreateClient(responder.Target());

        Assert.Throws<ArgumentException>(() => _ = client.TableAsync([Entry, Entry.Append(1)]));
        Assert.Throws<ArgumentException>(() => _ = client.TableAsync(Entry, [3, 3]));
        Assert.Throws<ArgumentException>(() => _ = client.TableAsync(Array.Empty<Oid>()));
        Assert.Throws<ArgumentException>(() => _ = client.TableAsync(["1"]));
        Assert.Throws<SnmpParseException>(() => _ = client.TableAsync("noSuchTable"));
    }
}
