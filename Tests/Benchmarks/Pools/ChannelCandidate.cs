using System.Threading.Channels;

namespace Connections.Benchmarks.Pools;

/// <summary>A bounded channel full of workers: read one, write it back.</summary>
internal sealed class ChannelCandidate : Candidate
{
    private readonly Channel<object> _workers = Channel.CreateBounded<object>(Workers);

    public ChannelCandidate()
    {
        for (var i = 0; i < Workers; i++)
        {
            _workers.Writer.TryWrite(new object());
        }
    }

    public override string Name => "Channel";

    public override async Task UseAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            var worker = await _workers.Reader.ReadAsync().ConfigureAwait(false);
            _workers.Writer.TryWrite(worker);
        }
    }

    public override async Task HoldAsync(int times, WaitLog waits)
    {
        for (var i = 0; i < times; i++)
        {
            var asked = waits.Ask();
            var worker = await _workers.Reader.ReadAsync().ConfigureAwait(false);
            waits.Grant(asked);
            await Task.Yield();
            _workers.Writer.TryWrite(worker);
        }
    }
}
