using System.Globalization;
using Connections.Collector.Database;

namespace Connections.Collector.Tests.Database;

/// <summary>Rows as a real PostgreSQL reads them when they are copied.</summary>
public sealed class CopyBufferTests : DatabaseFixture
{
    private static readonly decimal[] Numbers =
    [
        0, 1, -1, 9_999, 10_000, 10_001, -10_000, 99_999_999, 100_000_000, 123_400_005_678, 1_000_000_000_000, int.MinValue, uint.MaxValue, long.MaxValue, ulong.MaxValue, -(decimal)ulong.MaxValue,
        .. Enumerable.Range(1, 19).Select(static digits => decimal.Parse(new string('7', digits), CultureInfo.InvariantCulture)),
    ];

    [Test]
    public async Task Whole_numbers_of_every_length_arrive()
    {
        await InsertAsync([.. Numbers.Select(static (number, place) => Row("n", place) with { Number = number })]);

        for (var place = 0; place < Numbers.Length; place++)
        {
            Assert.That(await TextOf("number", place), Is.EqualTo(Numbers[place].ToString("0", CultureInfo.InvariantCulture)));
        }
    }

    [Test]
    public void A_number_of_more_than_64_bits_is_refused()
    {
        var buffer = new CopyBuffer();
        buffer.Begin();

        Assert.That(() => buffer.Write(ulong.MaxValue + 1m), Throws.TypeOf<OverflowException>());
    }

    [Test]
    public async Task Texts_octets_times_rates_and_nothing_arrive()
    {
        var at = new DateTime(1969, 12, 31, 23, 59, 59, DateTimeKind.Utc).AddTicks(9_999_990);
        await InsertAsync(
        [
            new ValueRow("Grüße, 世界 🌍", "", "1.3", "0", at, "octetString") { Octets = [], Rate = -0.5 },
            new ValueRow("Grüße, 世界 🌍", "t", "1.3", "1", at, "octetString") { Octets = [.. Enumerable.Range(0, 70_000).Select(static octet => (byte)octet)], Rate = double.MaxValue },
            new ValueRow(new string('é', 500), "t", "1.3", "2", at, "null"),
        ]);

        Assert.That(await TextOf("request_id", 0), Is.EqualTo("Grüße, 世界 🌍"));
        Assert.That((await TextOf("target", 0), await TextOf("octets", 0), await TextOf("rate", 0)), Is.EqualTo(("", "\\x", "-0.5")));
        Assert.That(await QueryAsync<DateTime>($"SELECT at FROM {Settings.Values} WHERE idx = '0'"), Is.EqualTo(at));
        Assert.That(await QueryAsync<byte[]>($"SELECT octets FROM {Settings.Values} WHERE idx = '1'"), Is.EqualTo(Enumerable.Range(0, 70_000).Select(static octet => (byte)octet)));
        Assert.That(await QueryAsync<double>($"SELECT rate FROM {Settings.Values} WHERE idx = '1'"), Is.EqualTo(double.MaxValue));
        Assert.That(await TextOf("request_id", 2), Is.EqualTo(new string('é', 500)));
        Assert.That(await QueryAsync<bool>($"SELECT number IS NULL AND octets IS NULL AND dotted IS NULL AND rate IS NULL FROM {Settings.Values} WHERE idx = '2'"), Is.True);
    }

    private async Task InsertAsync(ValueRow[] rows)
    {
        await using var store = new TableStore(Settings.ConnectionString, new PostgresDialect());
        await using var session = await store.OpenAsync(Tables.Values(Settings.Values), CancellationToken.None).BoundedAsync();
        Assert.That(await session.InsertAsync(rows, CancellationToken.None).BoundedAsync(), Is.EqualTo(rows.Length));
    }

    private Task<string> TextOf(string column, int index) => QueryAsync<string>($"SELECT {column}::text FROM {Settings.Values} WHERE idx = '{index}'");
}
