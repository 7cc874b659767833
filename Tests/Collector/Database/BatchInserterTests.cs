using Connections.Collector.Database;
using Connections.Collector.Tests.Processes;
using Connections.Tests.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connections.Collector.Tests.Database;

/// <summary>Workers that insert into a real PostgreSQL.</summary>
public sealed class BatchInserterTests : DatabaseFixture
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    [TestCase(true)]
    [TestCase(false)]
    public async Task Rows_arrive_once_for_each_key_however_often_they_are_inserted(bool isCrate)
    {
        await using var store = new TableStore(Settings.ConnectionString, isCrate ? new CrateDialect() : null);
        await using var inserter = Inserter(store, Settings with { Workers = 4, BatchSize = 100 });
        var rows = Enumerable.Range(1, 5_000).Select(static index => Row($"r{index % 10}", index)).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => inserter.InsertAsync(rows, CancellationToken.None))).WaitAsync(Limit);

        Assert.That(await QueryAsync<long>($"SELECT count(*) FROM {Settings.Values}"), Is.EqualTo(5_000));
        Assert.That(await QueryAsync<decimal>($"SELECT sum(number) FROM {Settings.Values}"), Is.EqualTo(5_000 * 5_001 / 2));
        Assert.That((Statistics.Rows, Statistics.Duplicates), Is.EqualTo((5_000, 10_000)));
    }

    [Test]
    public async Task Rows_that_are_known_already_are_passed_over_without_a_new_attempt()
    {
        await using var store = new TableStore(Settings.ConnectionString);
        await using var inserter = Inserter(store, Settings with { Workers = 1, BatchSize = 100 });

        await inserter.InsertAsync([.. Enumerable.Range(1, 100).Select(static index => Row("a", index))], CancellationToken.None).WaitAsync(Limit);
        await inserter.InsertAsync([.. Enumerable.Range(51, 100).Select(static index => Row("a", index))], CancellationToken.None).WaitAsync(Limit);
        await inserter.InsertAsync([Row("b", 1), Row("b", 1), Row("b", 2)], CancellationToken.None).WaitAsync(Limit);
        await inserter.InsertAsync([.. Enumerable.Range(1, 100).Select(static index => Row("c", index))], CancellationToken.None).WaitAsync(Limit);

        Assert.That(await QueryAsync<long>($"SELECT count(*) FROM {Settings.Values}"), Is.EqualTo(150 + 2 + 100));
        Assert.That((Statistics.Rows, Statistics.Duplicates, Statistics.Retries), Is.EqualTo((252, 51, 0)));
    }

    [Test]
    public async Task Rows_that_are_given_together_and_alone_fill_batches_to_their_last_row()
    {
        await using var store = new TableStore(Settings.ConnectionString);
        await using var inserter = Inserter(store, Settings with { Workers = 1, BatchSize = 7, BatchInterval = TimeSpan.FromSeconds(20) });

        await Task.WhenAll(Enumerable.Range(1, 28).Chunk(4).Select(
            indexes => inserter.InsertAsync([.. indexes.Select(static index => Row("a", index))], CancellationToken.None))).WaitAsync(Limit);

        Assert.That((Statistics.Rows, Statistics.Batches), Is.EqualTo((28, 4)));
    }

    [Test]
    public async Task Rows_that_do_not_fill_a_batch_go_out_once_their_interval_has_passed()
    {
        await using var store = new TableStore(Settings.ConnectionString);
        await using var inserter = Inserter(store, Settings with { Workers = 1, BatchSize = 1_000, BatchInterval = TimeSpan.FromMilliseconds(200) });

        var first = inserter.InsertAsync([Row("a", 1)], CancellationToken.None);
        var second = inserter.InsertAsync([Row("a", 2)], CancellationToken.None);
        await Task.WhenAll(first, second).WaitAsync(Limit);

        Assert.That(Statistics.Batches, Is.EqualTo(1), "both wait for each other");
    }

    [Test]
    public async Task A_row_that_is_refused_takes_no_other_with_it()
    {
        await using var store = new TableStore(Settings.ConnectionString);
        await using var inserter = Inserter(store, Settings with { Workers = 2, BatchSize = 64 });
        var good = Enumerable.Range(1, 200).Select(static index => Row("good", index)).ToArray();
        var bad = Row("bad\0", 1);

        var inserting = good.Chunk(20).Select(rows => inserter.InsertAsync(rows, CancellationToken.None)).ToList();
        var refused = inserter.InsertAsync([bad], CancellationToken.None);

        await Task.WhenAll(inserting).WaitAsync(Limit);
        Assert.That(async () => await refused.WaitAsync(Limit), Throws.TypeOf<DatabaseException>().With.Message.Contains(Settings.Values).And.InnerException.TypeOf<Npgsql.PostgresException>());
        Assert.That(await QueryAsync<long>($"SELECT count(*) FROM {Settings.Values}"), Is.EqualTo(good.Length));
    }

    [Test]
    public async Task Several_collectors_make_the_tables_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async collector =>
        {
            await using var store = new TableStore(Settings.ConnectionString);
            await using var inserter = Inserter(store, Settings with { Workers = 1 });
            await inserter.InsertAsync([Row("a", collector)], CancellationToken.None);
        })).WaitAsync(Limit);

        Assert.That(await QueryAsync<long>($"SELECT count(*) FROM {Settings.Values}"), Is.EqualTo(8));
        Assert.That(Statistics.Retries, Is.Zero);
    }

    [TestCase("fast")]
    [TestCase("immediate")]
    public async Task A_server_that_restarts_in_mid_run_loses_nothing_that_was_acknowledged(string mode)
    {
        await using var store = new TableStore(Settings.ConnectionString);
        await using var inserter = Inserter(store, Settings with { Workers = 4, BatchSize = 50, Queue = 500 });
        var acknowledged = 0;
        var isRestarted = new TaskCompletionSource();
        var inserting = Task.WhenAll(Enumerable.Range(0, 8).Select(async thread =>
        {
            for (var turn = 0; turn < 40 || !isRestarted.Task.IsCompleted; turn++)
            {
                await inserter.InsertAsync([.. Enumerable.Range(0, 50).Select(index => Row($"{thread}/{turn}", index))], CancellationToken.None);
                Interlocked.Increment(ref acknowledged);
            }
        }));
        await Eventually.UntilAsync(() => Volatile.Read(ref acknowledged) > 20);
        var before = Volatile.Read(ref acknowledged);

        await ServerControl.RestartAsync(TestServer.PostgresControl, mode);
        isRestarted.SetResult();
        await inserting.WaitAsync(Limit);

        Assert.That(acknowledged, Is.GreaterThan(before));
        Assert.That(Statistics.Retries, Is.GreaterThan(0), "the restart was felt");
        Assert.That(await QueryAsync<long>($"SELECT count(*) FROM {Settings.Values}"), Is.EqualTo(acknowledged * 50L));
        Assert.That(await QueryAsync<long>($"SELECT count(DISTINCT request_id) FROM {Settings.Values}"), Is.EqualTo(acknowledged));
    }

    [Test]
    public async Task A_database_that_stays_away_fails_the_rows_after_a_time()
    {
        await using var store = new TableStore("Host=127.0.0.1;Port=1;Username=nobody;Timeout=1");
        await using var inserter = Inserter(store, Settings with { RetryFor = TimeSpan.FromSeconds(1) });

        Assert.That(
            async () => await inserter.InsertAsync([Row("a", 1)], CancellationToken.None).WaitAsync(Limit),
            Throws.TypeOf<DatabaseException>().With.Message.Contains("127.0.0.1:1").And.Message.Contains("00:00:01"));
        Assert.That(Statistics.Retries, Is.GreaterThan(0));
    }

    [Test]
    public void Settings_that_make_no_sense_are_refused()
    {
        foreach (var settings in (DatabaseSettings[])
        [
            Settings with { Workers = 0 }, Settings with { Workers = 65 }, Settings with { BatchSize = 0 }, Settings with { Queue = 0 },
            Settings with { RetryFor = TimeSpan.Zero }, Settings with { Values = "values; DROP TABLE x" }, Settings with { Requests = "" },
            Settings with { BatchInterval = TimeSpan.FromSeconds(-1) }, Settings with { ConnectionString = "nonsense" }, Settings with { ConnectionString = "" },
        ])
        {
            Assert.That(settings.Validate, Throws.ArgumentException);
        }
    }

    private BatchInserter<ValueRow> Inserter(TableStore store, DatabaseSettings settings) =>
        new(Tables.Values(settings.Values), store, settings, Statistics, NullLogger.Instance);
}
