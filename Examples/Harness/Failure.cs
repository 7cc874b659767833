using Connections.Pooling;
using Connections.Testbeds;

namespace Connections.Harness;

/// <summary>The one place where an exception becomes an exit code and a paragraph for a person.</summary>
internal static class Failure
{
    internal static int ExitCodeOf(Exception error) =>
        error is UsageException or TestbedException or UnknownAliasException or UnknownDeviceException
            ? ExitCode.Usage
            : ExitCode.DeviceFailed;

    internal static string Explain(Exception error) => error switch
    {
        UsageException or IConnectionError or TimeoutException or OperationCanceledException => OneParagraph(error.Message),
        AggregateException several => string.Join(" ", several.InnerExceptions.Select(Explain).Distinct()),
        _ => OneParagraph($"an unexpected error, {error.GetType().Name}: {error.Message} Please report it."),
    };

    /// <summary>The name of the class that tells most of an error: of a failure to connect, what it failed with.</summary>
    internal static string TypeOf(Exception error) => error is ConnectFailedException { InnerException: { } cause and IConnectionError } ? TypeOf(cause) : error.GetType().Name;

    private static string OneParagraph(string text) =>
        string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
