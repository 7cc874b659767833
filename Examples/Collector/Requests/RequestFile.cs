using System.Runtime.CompilerServices;
using System.Text;
using Connections.Snmp.Collection;

namespace Connections.Collector.Requests;

/// <summary>A file of requests, one JSON object a line; <c>-</c> is standard input. It is read once, as requests are asked for.</summary>
internal sealed class RequestFile : IDisposable
{
    private const string StandardInput = "-";

    private readonly string _path;
    private readonly TextReader _lines;
    private readonly RequestReader _reader = new();

    /// <exception cref="RequestSourceException">The file cannot be read.</exception>
    internal RequestFile(string path)
    {
        _path = path;
        _lines = Open(path);
    }

    internal bool IsStandardInput => _path == StandardInput;

    /// <summary>Opens a file.</summary>
    /// <exception cref="RequestSourceException">The file cannot be read.</exception>
    internal static TextReader Open(string path)
    {
        try
        {
            return path == StandardInput ? Console.In : new StreamReader(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var reason = Directory.Exists(path) ? "it is a folder." : error is FileNotFoundException ? "there is no such file." : error.Message;
            throw new RequestSourceException($"The requests '{path}' cannot be read: {reason}", error);
        }
    }

    /// <summary>Reads request after request.</summary>
    /// <param name="refuse">Is told the number of each line that is no request, and the reason; the next one follows.</param>
    /// <param name="stop">Ends the reading without an error.</param>
    internal async IAsyncEnumerable<CollectRequest> ReadAsync(Action<int, string> refuse, [EnumeratorCancellation] CancellationToken stop)
    {
        for (var number = 1; await NextAsync(stop) is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line) && TryRead(number, line, refuse) is { } request)
            {
                yield return request;
            }
        }
    }

    public void Dispose()
    {
        if (!IsStandardInput)
        {
            _lines.Dispose();
        }
    }

    private async ValueTask<string?> NextAsync(CancellationToken stop)
    {
        try
        {
            // Nobody can take back a read of a terminal: it is left behind, and ends with the process.
            return IsStandardInput ? await Task.Run(_lines.ReadLine, stop).WaitAsync(stop) : await _lines.ReadLineAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
    }

    private CollectRequest? TryRead(int number, string line, Action<int, string> refuse)
    {
        try
        {
            return _reader.Read(Encoding.UTF8.GetBytes(line));
        }
        catch (RequestFormatException error)
        {
            refuse(number, error.Message);
            return null;
        }
    }
}
