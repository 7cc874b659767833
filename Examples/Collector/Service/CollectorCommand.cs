using System.CommandLine;
using Connections.Collector.Generation;
using Connections.Collector.Monitoring;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Connections.Collector.Service;

/// <summary>The command line of the collector.</summary>
internal sealed class CollectorCommand
{
    private const string Description = """
        Carries out SNMP requests that come from a broker, a file or a schedule, and sends their results to a broker, a database or a file.

        Settings are the section Collector of appsettings.json, of the file of --settings, and of environment variables, such as
        Collector__Sink=Database; --set has the last word. Passwords belong into the environment or a file, never on a command line.

          Collector__Database__ConnectionString='Host=db;Username=collector;Password=...' collector --set Source=RabbitMq --set Sink=Database
          collector --generate --threads 4 --workers 4 --batch-size 200 --duration 10
        """;

    private readonly Option<string?> _settings = new("--settings") { Description = "A file of settings, as appsettings.json.", HelpName = "FILE" };
    private readonly Option<string[]> _set = new("--set") { Description = "A setting, such as RabbitMq:Prefetch=100; may be given several times.", HelpName = "KEY=VALUE" };
    private readonly Option<bool> _generate = new("--generate") { Description = "Make records without devices, to measure the database." };
    private readonly GenerationOptions _generation = new();

    internal static Task<int> RunAsync(string[] arguments)
    {
        var collector = new CollectorCommand();
        var root = new RootCommand(Description) { collector._settings, collector._set, collector._generate };
        foreach (var option in collector._generation.All)
        {
            root.Options.Add(option);
        }

        root.SetAction(collector.RunAsync);
        return root.Parse(arguments).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var builder = CreateBuilder(parsed);
            return parsed.GetValue(_generate) ? await GenerateAsync(parsed, builder, cancellationToken) : await ServeAsync(builder, cancellationToken);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or FormatException or FileNotFoundException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync($"collector: {error.Message}");
            return 2;
        }
    }

    private HostApplicationBuilder CreateBuilder(ParseResult parsed)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        if (parsed.GetValue(_settings) is { } path)
        {
            builder.Configuration.AddJsonFile(Path.GetFullPath(path), optional: false, reloadOnChange: false).AddEnvironmentVariables();
        }

        builder.Configuration.AddInMemoryCollection((parsed.GetValue(_set) ?? []).Select(Setting));

        // Standard output is for results.
        builder.Logging.AddSimpleConsole(static options => options.SingleLine = true);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            static options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        return builder;
    }

    private static KeyValuePair<string, string?> Setting(string word) => word.Split('=', 2) is [{ Length: > 0 } key, var value]
        ? new($"Collector:{key}", value)
        : throw new ArgumentException($"'{word}' is not valid for --set; expected KEY=VALUE.");

    private static CollectorSettings SettingsOf(HostApplicationBuilder builder) =>
        builder.Configuration.GetSection("Collector").Get<CollectorSettings>(static options => options.ErrorOnUnknownConfiguration = true) ?? new CollectorSettings();

    private static async Task<int> ServeAsync(HostApplicationBuilder builder, CancellationToken cancellationToken)
    {
        var settings = SettingsOf(builder);
        builder.Services
            .AddSingleton(settings)
            .AddSingleton<CollectorStatistics>()
            .AddSingleton(TimeProvider.System)
            .AddHostedService<CollectorService>()
            .Configure<HostOptions>(options => options.ShutdownTimeout = settings.StopWithin + CollectorService.Grace);
        using var host = builder.Build();
        await host.RunAsync(cancellationToken);
        return Environment.ExitCode;
    }

    private async Task<int> GenerateAsync(ParseResult parsed, HostApplicationBuilder builder, CancellationToken cancellationToken)
    {
        var database = _generation.Apply(parsed, SettingsOf(builder).Database);
        var settings = _generation.Read(parsed);
        using var host = builder.Build();
        var logger = host.Services.GetRequiredService<ILogger<GenerationRun>>();
        var statistics = new CollectorStatistics();
        var result = await new GenerationRun(database, settings, statistics, logger).RunAsync(cancellationToken);
        Console.WriteLine(GenerationReport.Of(database, settings, result, statistics));
        return result.Errors == 0 ? 0 : 1;
    }
}
