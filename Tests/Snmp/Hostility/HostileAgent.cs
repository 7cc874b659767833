using System.Collections.Concurrent;
using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Engine;
using Connections.Snmp.Tests.Protocol;

namespace Connections.Snmp.Tests.Hostility;

/// <summary>
/// An agent that sends mutated answers before, after and in place of the right one, and messages that nobody asked for. It keeps what its mutated answers say, where they
/// are answers at all: without a signature nobody can tell these from right ones.
/// </summary>
internal sealed class HostileAgent : IAsyncDisposable
{
    private const int MostMutations = 8;
    private const int Silence = 8;

    // More is said than anybody remembers: whoever hears something looks it up long before so much more was said.
    private const int Remembered = 200_000;

    private static readonly byte[][] Corpus = MessageCorpus.Build();

    private readonly Func<Request, byte[]> _answer;
    private readonly Random _random;
    private readonly OctetMutator _mutator;
    private readonly Responder _responder;
    private readonly byte[] _mutated = new byte[MessageCorpus.LargestMessage * 4];
    private volatile ConcurrentDictionary<VarBind, bool> _said = new();
    private volatile ConcurrentDictionary<VarBind, bool> _saidBefore = new();
    private long _mutations;

    /// <param name="seed">Chooses the mutations.</param>
    /// <param name="answer">Gives the right answer to a request.</param>
    public HostileAgent(int seed, Func<Request, byte[]> answer)
    {
        _answer = answer;
        _random = new Random(seed);
        _mutator = new OctetMutator(seed);
        _responder = new Responder((_, request) => Answer(request));
    }

    /// <summary>How many mutated messages were sent.</summary>
    public long Mutations => Volatile.Read(ref _mutations);

    public SnmpTarget Target(SnmpOptions options) => _responder.Target(options);

    /// <summary>Whether a mutated answer said so.</summary>
    public bool HasSaid(in VarBind varBind) => _said.ContainsKey(varBind) || _saidBefore.ContainsKey(varBind);

    /// <summary>Forgets what was said, once nobody can have heard it any more.</summary>
    public void Forget() => _said = _saidBefore = new();

    /// <summary>What a right answer holds: a value that belongs to one OID alone.</summary>
    public static VarBind TrueVarBind(in Oid oid) => new(oid, SnmpValue.OctetString(oid.ToString()));

    public ValueTask DisposeAsync() => _responder.DisposeAsync();

    private void Answer(Request request)
    {
        var right = _answer(request);
        var count = _random.Next(MostMutations + 1);
        var isRightAfter = _random.Next(Silence) == 0 ? -1 : _random.Next(count + 1);
        for (var i = 0; i < count; i++)
        {
            if (i == isRightAfter)
            {
                _responder.Reply(request, right);
            }

            SendMutated(request, _random.Next(4) == 0 ? Corpus[_random.Next(Corpus.Length)] : right);
        }

        if (isRightAfter == count)
        {
            _responder.Reply(request, right);
        }
    }

    private void SendMutated(Request request, byte[] original)
    {
        var length = _mutator.Mutate(original, _mutated);
        var mutated = _mutated.AsSpan(0, length);
        Remember(mutated);
        _responder.Reply(request, mutated);
        Volatile.Write(ref _mutations, _mutations + 1);
    }

    // Before it is sent: whoever hears it must find it here.
    private void Remember(ReadOnlySpan<byte> message)
    {
        if (SnmpMessageReader.TryRead(message, out var header) != SnmpParseError.None)
        {
            return;
        }

        if (_said.Count > Remembered)
        {
            _saidBefore = _said;
            _said = new();
        }

        var reader = new VarBindReader(header.VarBinds);
        while (reader.TryRead(out var slice))
        {
            if (slice.TryToVarBind(out var varBind) == SnmpParseError.None && varBind != TrueVarBind(varBind.Oid))
            {
                _said.TryAdd(varBind, true);
            }
        }
    }
}
