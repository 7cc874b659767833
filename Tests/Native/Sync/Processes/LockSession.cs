using System.Globalization;
using Connections.Native.Sync;

namespace Connections.Native.Tests.Sync.Processes;

/// <summary>What a process of the tests does with its lock, and how it tells the outcome in a line.</summary>
internal sealed class LockSession : IDisposable
{
    private HybridLock? _lock;

    /// <summary>Does what a line says.</summary>
    public string Answer(string[] words)
    {
        try
        {
            return words switch
            {
                ["open", var name, var mode, .. var directory] => Open(name, Enum.Parse<HybridLockMode>(mode), directory.FirstOrDefault()),
                ["lock", var milliseconds] => Enter(_lock!.Lock(TimeSpan.FromMilliseconds(int.Parse(milliseconds, CultureInfo.InvariantCulture)))),
                ["try"] => _lock!.TryLock(out var hold) ? Enter(hold) : "busy",
                ["unlock"] => Do(_lock!.Unlock),
                ["leave"] => Do(_lock!.Dispose),
                ["held"] => _lock!.IsHeld.ToString(),
                ["fight", var times, var file] => Fight(int.Parse(times, CultureInfo.InvariantCulture), file),
                _ => $"unknown: {string.Join(' ', words)}",
            };
        }
        catch (Exception error)
        {
            return $"{error.GetType().Name}: {error.Message}";
        }
    }

    public void Dispose() => _lock?.Dispose();

    private string Open(string name, HybridLockMode mode, string? directory)
    {
        _lock = new HybridLock(name, mode, new HybridLockOptions { Directory = directory });
        return _lock.WasCreated ? "made" : "found";
    }

    private static string Enter(HybridLockHold hold) => hold.PreviousOwnerDied ? "locked after a death" : "locked";

    private static string Do(Action action)
    {
        action();
        return "done";
    }

    private string Fight(int times, string path)
    {
        using var arena = new Arena(path);
        for (var i = 0; i < times; i++)
        {
            using var hold = _lock!.Lock();
            arena.Enter(hold.PreviousOwnerDied);
        }

        return $"{arena.Overlaps} overlaps";
    }
}
