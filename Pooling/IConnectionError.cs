namespace Connections.Pooling;

/// <summary>
/// What every error of these libraries tells, whichever exception class carries it: timeouts derive from
/// <see cref="TimeoutException"/>, all others from <see cref="ConnectionException"/>.
/// </summary>
public interface IConnectionError
{
    /// <summary>The alias of the connection or pool that failed; <see langword="null"/> where none is involved.</summary>
    string? Alias { get; }

    /// <summary>The name of the device that failed; <see langword="null"/> where none is involved.</summary>
    string? Device { get; }

    /// <summary>Whether the same call may succeed later without anyone changing anything.</summary>
    bool IsTransient { get; }
}
