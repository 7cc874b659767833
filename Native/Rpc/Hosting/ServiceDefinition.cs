namespace Connections.Native.Rpc.Hosting;

/// <summary>A service and how it is run: a section of a services file. Immutable.</summary>
/// <param name="Name">The name of the section; clients call <c>shm://NAME</c>.</param>
public sealed record ServiceDefinition(string Name)
{
    /// <summary>The full path of the assembly.</summary>
    public required string Assembly { get; init; }

    /// <summary>The full name of the <see cref="IServiceModule"/> in it.</summary>
    public required string Type { get; init; }

    /// <summary>The full path of the directory in which each process has a log file of its own.</summary>
    public required string LogDirectory { get; init; }

    /// <summary>How many processes are kept, at least 1.</summary>
    public int MinProcesses { get; init; } = 1;

    /// <summary>How many processes there are at most, while callers queue.</summary>
    public int MaxProcesses { get; init; } = 1;

    /// <summary>The resident memory in bytes above which a process is replaced, once its call has ended; <see langword="null"/> for no limit.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary><c>tcp://host:port</c> where clients may call it too, with port 0 for any free one; <see langword="null"/> for shared memory alone.</summary>
    public string? TcpAddress { get; init; }

    /// <summary>Certificates for <see cref="TcpAddress"/>; needed where other machines can connect.</summary>
    public RpcTls? Tls { get; init; }

    /// <summary>Where clients call it.</summary>
    public string Address => $"shm://{Name}";
}
