namespace Connections.Tests.Locking;

/// <summary>Loops over locked streams whose bodies make locked calls themselves.</summary>
public sealed class StreamTests
{
    [Test]
    [Breaking]
    public async Task The_body_of_await_foreach_over_a_locked_stream_makes_locked_calls_beside_other_loops()
    {
        await using var connection = new PagedConnection();

        var sums = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(SumAsync))).Within();

        Assert.That(sums, Has.All.EqualTo(2 * 5050));
        Assert.That(connection.Most, Is.EqualTo(1));

        async Task<int> SumAsync()
        {
            var sum = 0;
            await foreach (var number in connection.WalkAsync(100))
            {
                sum += number + await connection.ReadAsync(number);
            }

            return sum;
        }
    }

    [Test]
    [Breaking]
    public async Task A_caller_who_holds_the_lock_has_the_whole_loop_to_himself()
    {
        await using var connection = new PagedConnection();
        var entered = await connection.LockAsync();
        var outsider = Flows.Outside(() => connection.ReadAsync(7));

        await foreach (var number in connection.WalkAsync(20))
        {
            Assert.That(await connection.ReadAsync(number).Within(), Is.EqualTo(number));
        }

        Assert.That(outsider.IsCompleted, Is.False, "an outsider came in between");
        entered.Dispose();
        Assert.That(await outsider.Within(), Is.EqualTo(7));
        Assert.That(connection.Most, Is.EqualTo(1));
    }
}
