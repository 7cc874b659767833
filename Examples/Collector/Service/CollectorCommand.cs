using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Connections.Collector.Configuration;
using Connections.Collector.Generation;
using Connections.Collector.Monitoring;
using Connections.Collector.Requests;
using Connections.Collector.Results;
using Connections.Snmp.Collection;
using Connections.Snmp.Engine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Connections.Collector.Service;

/// <summary>The command line of the collector.</summary>
internal sealed class CollectorCommand
{
    private const int Failed = 1;
    private const int Usage = 2;
    private const int Interrupted = 130;

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

    internal static async Task<int> RunAsync(string[] arguments)
    {
        var collector = new CollectorCommand();
        var root = new RootCommand(Description) { collector._settings, collector._set, collector._generate };
        foreach (var option in collector._generation.All)
        {
            root.Options.Add(option);
        }

        root.SetAction((parsed, _) => collector.RunAsync(parsed));
        var call = root.Parse(arguments);
        return call.Errors.Count > 0
            ? await RefuseAsync($"{string.Join(' ', call.Errors.Select(static error => error.Message))} See 'collector --help'.", Usage)
            : await call.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whoever started the collector is told in words what ended it.")]
    private async Task<int> RunAsync(ParseResult parsed)
    {
        try
        {
            var generates = parsed.GetValue(_generate);
            if (!generates && _generation.FindGiven(parsed) is { } option)
            {
                throw new ArgumentException($"{option} is for --generate alone.");
            }

            var builder = CreateBuilder(parsed);
            return generates ? await GenerateAsync(parsed, builder) : await ServeAsync(builder);
        }
        catch (OperationCanceledException)
        {
            return await RefuseAsync("interrupted", Interrupted);
        }
        catch (Exception error)
        {
            var isOfUser = error is ArgumentException or InvalidDataException or RequestSourceException or RequestFormatException;
            return await RefuseAsync(error.Message, isOfUser ? Usage : Failed);
        }
    }

    private static async Task<int> RefuseAsync(string message, int exitCode)
    {
        await Console.Error.WriteLineAsync($"collector: {string.Join(' ', message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))}");
        return exitCode;
    }

    private HostApplicationBuilder CreateBuilder(ParseResult parsed)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        if (parsed.GetValue(_settings) is { } path)
        {
            builder.Configuration.AddSettings(path);
            builder.Configuration.AddEnvironmentVariables();
        }

        builder.Configuration.AddInMemoryCollection((parsed.GetValue(_set) ?? []).Select(ConfigurationFiles.ToSetting));

        // Standard output is for results.
        builder.Logging.AddSimpleConsole(static options => options.SingleLine = true);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            static options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        return builder;
    }

    private static CollectorSettings SettingsOf(HostApplicationBuilder builder)
    {
        var settings = new SettingsReader(builder.Configuration).Read<CollectorSettings>("Collector");
        settings.Validate();
        return settings;
    }

    private static async Task<int> ServeAsync(HostApplicationBuilder builder)
    {
        var settings = SettingsOf(builder);
        builder.Services
            .AddSingleton(settings)
            .AddSingleton<CollectorStatistics>()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(static services => new SnmpEngine(new SnmpEngineOptions { Logger = Logger(services) }))
            .AddSingleton(services => Parts.SourceOf(settings, services.GetRequiredService<CollectorStatistics>(), TimeProvider.System, Logger(services)))
            .AddSingleton(services => Parts.SinkOf(settings, services.GetRequiredService<CollectorStatistics>(), Logger(services)))
            .AddSingleton(services => Parts.CollectorOf(settings, services.GetRequiredService<SnmpEngine>()))
            .AddSingleton<CollectorService>()
            .AddHostedService(static services => services.GetRequiredService<CollectorService>())
            .Configure<HostOptions>(options => options.ShutdownTimeout = settings.StopWithin + CollectorService.Grace);
        var host = builder.Build();
        await using var disposal = (IAsyncDisposable)host;

        // Made before anything runs, so that what cannot be is told before anything is begun.
        var service = host.Services.GetRequiredService<CollectorService>();
        await host.RunAsync();
        return service.ExitCode;
    }

    private static ILogger Logger(IServiceProvider services) => services.GetRequiredService<ILogger<CollectorService>>();

    private async Task<int> GenerateAsync(ParseResult parsed, HostApplicationBuilder builder)
    {
        var database = _generation.Apply(parsed, SettingsOf(builder).Database);
        var settings = _generation.Read(parsed);
        using var host = builder.Build();
        using var interruption = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Cancel(context, interruption));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Cancel(context, interruption));
        var statistics = new CollectorStatistics();
        var logger = host.Services.GetRequiredService<ILogger<GenerationRun>>();
        var result = await new GenerationRun(database, settings, statistics, logger).RunAsync(interruption.Token);
        await Console.Out.WriteLineAsync(GenerationReport.Of(database, settings, result, statistics));
        return interruption.IsCancellationRequested ? Interrupted : result.Errors == 0 ? 0 : Failed;
    }

    // A second signal ends the process.
    private static void Cancel(PosixSignalContext context, CancellationTokenSource interruption)
    {
        context.Cancel = !interruption.IsCancellationRequested;
        interruption.Cancel();
    }
}
