namespace Connections.Terminal.Simulation;

/// <summary>Counts what simulated terminals are doing: one has its own, or several share one, so that a test sees what was in progress at once. Thread-safe.</summary>
public sealed class TerminalActivity
{
    private readonly Lock _gate = new();
    private readonly Count _sessions = new();
    private readonly Count _commands = new();

    /// <summary>How many sessions are open.</summary>
    public int Sessions => Read(_sessions).Now;

    /// <summary>The most sessions that were open at once.</summary>
    public int MostSessions => Read(_sessions).Most;

    /// <summary>How many sessions were opened in all.</summary>
    public int SessionsInAll => Read(_sessions).InAll;

    /// <summary>How many commands are in progress: their line has come, their output has not all gone.</summary>
    public int Commands => Read(_commands).Now;

    /// <summary>The most commands that were in progress at once.</summary>
    public int MostCommands => Read(_commands).Most;

    /// <summary>How many commands came in all; empty lines are none.</summary>
    public int CommandsInAll => Read(_commands).InAll;

    internal Running BeginSession() => new(this, _sessions);

    internal Running BeginCommand() => new(this, _commands);

    private (int Now, int Most, int InAll) Read(Count count)
    {
        lock (_gate)
        {
            return (count.Now, count.Most, count.InAll);
        }
    }

    internal readonly struct Running : IDisposable
    {
        private readonly TerminalActivity _activity;
        private readonly Count _count;

        internal Running(TerminalActivity activity, Count count)
        {
            (_activity, _count) = (activity, count);
            lock (activity._gate)
            {
                count.InAll++;
                count.Now++;
                count.Most = Math.Max(count.Most, count.Now);
            }
        }

        public void Dispose()
        {
            lock (_activity._gate)
            {
                _count.Now--;
            }
        }
    }

    internal sealed class Count
    {
        public int Now { get; set; }

        public int Most { get; set; }

        public int InAll { get; set; }
    }
}
