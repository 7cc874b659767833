using Connections.Native.Rpc.Arbitration;
using Connections.Native.SharedMemory;

namespace Connections.Native.Tests.Rpc.Arbitration;

/// <summary>
/// The memory of a registry and the processes that work on it, one step at a time. Before each step the process may die, and others may act; what
/// they do is decided by a seed.
/// </summary>
internal sealed class ModelWorld(int seed)
{
    private readonly ulong[] _words = new ulong[RegistryLayout.Words];
    private readonly HashSet<ulong> _dead = [];
    private ulong _lastIdentity;
    private ulong _owner;

    public Random Random { get; } = new(seed);

    /// <summary>What others may do between two steps; told whether the lock is to be had.</summary>
    public Action<bool>? Between { get; set; }

    /// <summary>How likely a process dies before a step, in thousandths.</summary>
    public int Mortality { get; set; }

    /// <summary>Grants that passed over a ticket drawn earlier.</summary>
    public int Overtakings { get; private set; }

    private bool IsLocked => _owner != 0 && IsAlive(_owner);

    public ulong NewIdentity() => ++_lastIdentity;

    public bool IsAlive(ulong identity) => !_dead.Contains(identity);

    public void Kill(ulong identity) => _dead.Add(identity);

    public ulong Peek(int word) => _words[word];

    /// <summary>The memory as a process sees it.</summary>
    public IRegistryMemory SeenBy(ulong identity) => new View(this, identity);

    private void Step(ulong identity)
    {
        if (Random.Next(1_000) < Mortality)
        {
            Kill(identity);
        }

        ThrowIfDead(identity);
        Between?.Invoke(!IsLocked);
        ThrowIfDead(identity);
    }

    private void ThrowIfDead(ulong identity)
    {
        if (!IsAlive(identity))
        {
            throw new ProcessDiedException();
        }
    }

    private void Set(int word, ulong value)
    {
        _words[word] = value;
        if (word >= RegistryLayout.Ticket(0) && (word - RegistryLayout.Ticket(0)) % 2 == 0 && new TicketWord(value).State == TicketState.Granted)
        {
            CheckOrder(word, new TicketWord(value));
        }
    }

    private void CheckOrder(int word, TicketWord granted)
    {
        for (var number = _words[RegistryLayout.Head]; number < _words[RegistryLayout.Tail]; number++)
        {
            var other = new TicketWord(_words[RegistryLayout.Ticket(number)]);
            if (RegistryLayout.Ticket(number) == word)
            {
                return;
            }

            if (other.IsWaiting(number)
                && IsAlive(_words[RegistryLayout.Client(other.Client)])
                && _words[RegistryLayout.Wanted(number)] == _words[word + 1])
            {
                Overtakings++;
            }
        }
    }

    private sealed class View(ModelWorld world, ulong identity) : IRegistryMemory
    {
        public ulong Read(int word) => world._words[word];

        public void Write(int word, ulong value)
        {
            world.Step(identity);
            world.Set(word, value);
        }

        public bool TryReplace(int word, ulong expected, ulong value)
        {
            world.Step(identity);
            if (world._words[word] != expected)
            {
                return false;
            }

            world.Set(word, value);
            return true;
        }

        public SharedMemoryException Damage(string what) => new(what);

        public bool IsAlive(ulong other) => world.IsAlive(other);

        public void Wake(int bell) => world.Step(identity);

        public void Enter() => Assert.That(TryEnter(), Is.True, "the lock");

        public bool TryEnter()
        {
            world.Step(identity);
            if (world.IsLocked)
            {
                return false;
            }

            world._owner = identity;
            return true;
        }

        // The dead do not do it: the next one sees that they are dead.
        public void Exit()
        {
            if (world.IsAlive(identity))
            {
                world._owner = 0;
            }
        }
    }
}
