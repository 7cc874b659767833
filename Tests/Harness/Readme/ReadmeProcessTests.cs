using Connections.Native.Rpc;

namespace Connections.Harness.Tests.Readme;

/// <summary>What the README shows of calls between processes.</summary>
[Platform("Linux")]
public sealed class ReadmeProcessTests
{
    [Test]
    public async Task A_service_is_called_in_shared_memory_and_over_TCP()
    {
        Assert.That(await MeasureAsync($"shm://bench-{Guid.NewGuid():n}").WaitAsync(TimeSpan.FromSeconds(30)), Is.EqualTo(3 + 1.2));
        Assert.That(await MeasureAsync("tcp://127.0.0.1:0").WaitAsync(TimeSpan.FromSeconds(30)), Is.EqualTo(3 + 1.2));
    }

    [TestCase("ReadmeProcessTests.cs", "RpcServer.StartAsync")]
    [TestCase("IPowerSupply.cs", "[RpcService]")]
    public void The_code_in_the_README_is_the_code_that_was_tested(string fileName, string mark) => Assert.That(
        ReadmeText.Source(fileName),
        Does.Contain(ReadmeText.WithoutIndentation(ReadmeText.Blocks("csharp").Single(block => block.Contains(mark, StringComparison.Ordinal))).Trim()));

    private static async Task<double> MeasureAsync(string address)
    {
        await using var server = await RpcServer.StartAsync(address, new RpcServices().Add<IPowerSupply>(new Bench()));

        await using var client = new RpcClient(server.Address.ToString());
        var volts = await client.Get<IPowerSupply>().MeasureAsync(channel: 3);
        return volts;
    }

    private sealed class Bench : IPowerSupply
    {
        public Task<double> MeasureAsync(int channel, CancellationToken cancellationToken) => Task.FromResult(channel + 1.2);
    }
}
