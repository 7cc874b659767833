using System.Globalization;
using Connections.Snmp.Protocol;
using Connections.Tests;

namespace Connections.Harness.Tests;

/// <summary>First come first served among eight processes: calls are numbered as they come, and the agent tells in which order they were served.</summary>
[Platform("Linux")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ServeOrderTests : ServeFixture
{
    internal static readonly Oid Root = Oid.Parse("1.3.6.1.4.1.32473.8");

    private readonly string _numbers = Path.GetTempFileName();

    public ServeOrderTests() => File.WriteAllText(_numbers, "0");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        File.Delete(_numbers);
        GC.SuppressFinalize(this);
    }

    [Test]
    public async Task Tickets_equal_grants()
    {
        const int calls = 40;
        await ServeAsync();
        var busy = await FillAsync();
        var clients = await StartClientsAsync();
        await Task.WhenAll(clients.Select(client => client.AskAsync($"call {calls} {_numbers}")));
        await UntilAsync(static pool => pool.Waiting == Processes * calls);

        // The others stay where they are, so that one worker serves all who wait.
        Device.Loss = 0;
        await busy[1].KillAsync();

        Assert.That(await Task.WhenAll(clients.Select(static client => client.AskAsync("wait"))), Is.All.EqualTo($"{calls} answered"));
        Assert.That(Numbers(), Is.EqualTo(Enumerable.Range(1, Processes * calls)));
    }

    [Test]
    public async Task Nobody_is_overtaken_while_all_workers_serve()
    {
        const int calls = 100;
        var rounds = Thoroughness.Choose(quick: 1, thorough: 50);
        await ServeAsync();
        var clients = await StartClientsAsync();

        for (var round = 0; round < rounds; round++)
        {
            await Task.WhenAll(clients.Select(client => client.AskAsync($"call {calls} {_numbers}")));
            Assert.That(await Task.WhenAll(clients.Select(static client => client.AskAsync("wait"))), Is.All.EqualTo($"{calls} answered"));
        }

        var numbers = Numbers();
        Assert.That(numbers, Is.EquivalentTo(Enumerable.Range(1, Processes * calls * rounds)));
        Assert.That(MostOvertaken(numbers), Is.LessThan(Workers), "who has a worker may take a moment to use it; nobody else may be passed");
        Assert.That(Device.MaxInFlight, Is.LessThanOrEqualTo(Workers));
    }

    // How many who came earlier had not reached the agent when somebody did.
    private static int MostOvertaken(IReadOnlyList<int> numbers)
    {
        var (arrived, next, most) = (new HashSet<int>(), 1, 0);
        foreach (var number in numbers)
        {
            arrived.Add(number);
            while (arrived.Remove(next))
            {
                next++;
            }

            // All before the next one have arrived; of those between it and this one, the others are on their way.
            most = Math.Max(most, number < next ? 0 : number - next - arrived.Count(other => other < number));
        }

        return most;
    }

    private async Task<ToldProcess[]> StartClientsAsync() => await Task.WhenAll(Enumerable.Range(0, Processes).Select(_ => ToldProcess.StartAsync(OwnLab.Path)));

    private int[] Numbers() => [.. Arrived.Select(static name => int.Parse(name[(name.LastIndexOf('.') + 1)..], CultureInfo.InvariantCulture))];
}
