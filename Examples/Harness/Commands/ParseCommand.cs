using System.CommandLine;
using Connections.Collector.Bus;
using Connections.Harness.Rendering;
using Connections.Snmp.Collection;

namespace Connections.Harness.Commands;

/// <summary><c>connections parse</c>: makes rows of blocks, on whatever machine.</summary>
internal sealed class ParseCommand
{
    private const string BrokerVariable = "CONNECTIONS_BROKER";

    private const string Description = """
        Makes rows of blocks that were collected, here or elsewhere: of a file, or of the queue of a broker, which it empties. A block leaves the queue once its
        rows are written.

          connections parse interfaces.blocks --csv
          CONNECTIONS_BROKER=amqp://... CONNECTIONS_DATABASE=... connections parse --queue collect --database
          CONNECTIONS_BROKER=amqp://... connections parse --queue collect --follow --json
        """;

    private readonly Argument<string?> _file = new("FILE") { Description = "A file of blocks; - is standard input.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _queue = new("--queue")
    {
        Description = $"Read the results of the collectors whose queues begin so, from the broker whose URI stands in the environment variable {BrokerVariable}.",
        HelpName = "PREFIX",
    };

    private readonly Option<bool> _follow = new("--follow") { Description = "Go on once the queue is empty, with what comes, until Ctrl-C." };
    private readonly Option<double?> _idle = Options.Seconds("--idle", "With --follow: end once nothing has come for so long.");
    private readonly Option<int?> _count = Options.Number("--count", "With --queue: end after so many blocks.", 1, int.MaxValue - 1);
    private readonly CollectionOutput _output = new();

    internal static Command Create()
    {
        var parse = new ParseCommand();
        var command = new Command("parse", Description) { parse._file, parse._queue, parse._follow, parse._idle, parse._count };
        foreach (var option in parse._output.All)
        {
            command.Options.Add(option);
        }

        command.SetAction(parse.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = parsed.GetValue(_file);
        var queue = parsed.GetValue(_queue);
        Refuse(file is null == queue is null, "'parse' needs either a file of blocks, or --queue.");
        Refuse(queue is null && (parsed.GetValue(_follow) || parsed.GetValue(_count) is not null), "--follow and --count are for --queue.");
        Refuse(parsed.GetValue(_idle) is not null && !parsed.GetValue(_follow), "--idle is for --follow.");

        // Before the sink, which may make a file.
        await using var reader = queue is null ? null : await OpenQueueAsync(queue, cancellationToken);
        await using var sink = await _output.OpenAsync(parsed, cancellationToken);
        var run = new CollectionRun(sink);
        await (reader is null ? ReadFileAsync(run, file!, cancellationToken) : ReadQueueAsync(run, reader, parsed, cancellationToken));
        var exitCode = run.End(_output.IsElsewhere(parsed), _output.IsJson(parsed), refused: 0);
        return cancellationToken.IsCancellationRequested && !Interruption.IsTermination ? throw new OperationCanceledException(cancellationToken) : exitCode;
    }

    private static void Refuse(bool isWrong, string message)
    {
        if (isWrong)
        {
            throw new UsageException(message);
        }
    }

    private static async Task ReadFileAsync(CollectionRun run, string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
            await run.WriteAsync(BlockReader.ReadAsync(stream, cancellationToken), cancellationToken);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new UsageException($"The blocks '{path}' cannot be read: {error.Message}", error);
        }
        catch (ResultBlockException error)
        {
            throw new UsageException($"'{path}' holds something that is no block: {error.Message}", error);
        }
    }

    private static async Task<RabbitBlockReader> OpenQueueAsync(string prefix, CancellationToken cancellationToken)
    {
        var uri = Environment.GetEnvironmentVariable(BrokerVariable) is { Length: > 0 } found
            ? found
            : throw new UsageException($"--queue needs the environment variable {BrokerVariable}, such as amqp://user:password@host:5672/.");
        RabbitBlockReader reader;
        try
        {
            reader = new RabbitBlockReader(new RabbitSettings { Uri = uri, Prefix = prefix }, RemarkLogger.Instance);
        }
        catch (ArgumentException error)
        {
            throw new UsageException($"{BrokerVariable} or --queue is wrong: {error.Message}", error);
        }

        try
        {
            await reader.CheckAsync(cancellationToken);
            return reader;
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    // Ctrl-C ends it after the block at hand, whose rows are written and which leaves the queue.
    private async Task ReadQueueAsync(CollectionRun run, RabbitBlockReader reader, ParseResult parsed, CancellationToken cancellationToken)
    {
        var most = parsed.GetValue(_count) ?? int.MaxValue;
        TimeSpan? idle = parsed.GetValue(_idle) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        if (parsed.GetValue(_follow))
        {
            await run.WriteAsync(reader.FollowAsync(most, idle, cancellationToken), CancellationToken.None);
        }
        else
        {
            await run.WriteAsync(reader.ReadAsync(most, cancellationToken), cancellationToken);
        }
    }
}
