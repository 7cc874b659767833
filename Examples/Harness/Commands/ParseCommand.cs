using System.CommandLine;
using Connections.Collector.Bus;
using Connections.Harness.Rendering;
using Connections.Snmp.Collection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connections.Harness.Commands;

/// <summary><c>connections parse</c>: makes rows of blocks, on whatever machine.</summary>
internal sealed class ParseCommand
{
    private const string BrokerVariable = "CONNECTIONS_BROKER";

    private const string Description = """
        Makes rows of blocks that were collected, here or elsewhere: of a file, or of the queue of a broker, which it empties.

          connections parse interfaces.blocks --csv
          CONNECTIONS_BROKER=amqp://... CONNECTIONS_DATABASE=... connections parse --queue collect --database
        """;

    private readonly Argument<string?> _file = new("FILE") { Description = "A file of blocks; - is standard input.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _queue = new("--queue")
    {
        Description = $"Read the results of the collectors whose queues begin so, from the broker whose URI stands in the environment variable {BrokerVariable}.",
        HelpName = "PREFIX",
    };

    private readonly CollectionOutput _output = new();

    internal static Command Create()
    {
        var parse = new ParseCommand();
        var command = new Command("parse", Description) { parse._file, parse._queue };
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
        if (file is null == queue is null)
        {
            throw new UsageException("'parse' needs either a file of blocks, or --queue.");
        }

        await using var sink = _output.Open(parsed);
        var run = new CollectionRun(sink);
        await (file is not null ? ReadFileAsync(run, file, cancellationToken) : ReadQueueAsync(run, queue!, cancellationToken));
        return run.End(_output.IsElsewhere(parsed), _output.IsJson(parsed), refused: 0);
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

    private static async Task ReadQueueAsync(CollectionRun run, string prefix, CancellationToken cancellationToken)
    {
        var uri = Environment.GetEnvironmentVariable(BrokerVariable) is { Length: > 0 } found
            ? found
            : throw new UsageException($"--queue needs the environment variable {BrokerVariable}, such as amqp://user:password@host:5672/.");
        await using var reader = new RabbitBlockReader(new RabbitSettings { Uri = uri, Prefix = prefix }, NullLogger.Instance);
        await run.WriteAsync(reader.ReadAsync(cancellationToken), cancellationToken);
    }
}
