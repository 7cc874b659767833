using System.Collections.Concurrent;

namespace Connections.Snmp.Tests.Engine.Combining;

/// <summary>An agent that keeps its first request until told, so that further ones wait.</summary>
internal sealed class Gate : IAsyncDisposable
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<Request, byte[]?> _answer;

    public Gate(Func<Request, byte[]?>? answer = null)
    {
        _answer = answer ?? CombiningFixture.Answer;
        Responder = new Responder((self, request) =>
        {
            Requests.Enqueue(request);
            if (Requests.Count == 1)
            {
                _open.Task.ContinueWith(_ => self.Reply(request, CombiningFixture.Answer(request)), TaskScheduler.Default);
            }
            else if (_answer(request) is { } answer)
            {
                self.Reply(request, answer);
            }
        });
    }

    public ConcurrentQueue<Request> Requests { get; } = new();

    public Responder Responder { get; }

    public IEnumerable<int> Sizes => Requests.Skip(1).Select(static request => request.VarBinds.Count);

    public void Open() => _open.SetResult();

    public ValueTask DisposeAsync() => Responder.DisposeAsync();
}
