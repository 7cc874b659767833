using Connections.Native.Rpc;

namespace Connections.Benchmarks.Ipc.Calls;

/// <summary>A client of a service, as its users have it: called and awaited.</summary>
internal sealed class RpcCalls : CallSide
{
    private readonly byte[] _message = new byte[CallCandidate.Length];
    private readonly RpcClient _client;
    private readonly IEchoService _service;

    public RpcCalls(string address)
    {
        _client = new RpcClient(address);
        _service = _client.Get<IEchoService>();
    }

    public override void Call()
    {
        var answer = _service.EchoAsync(_message);
        var bytes = answer.IsCompletedSuccessfully ? answer.Result : answer.AsTask().GetAwaiter().GetResult();
        if (bytes.Length != _message.Length)
        {
            throw new InvalidOperationException("The answer is another.");
        }
    }

    public override void Dispose() => _client.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
