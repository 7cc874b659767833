using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Connections.Testbeds;

/// <summary>Connections as services of a host.</summary>
public static class LabServices
{
    /// <summary>
    /// Adds a <see cref="Lab"/>, which the container makes once and disposes at its end, and its <see cref="Testbed"/>. The testbed is read
    /// when either is first asked for.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Names the testbed, and adds the connection classes.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddConnections(this IServiceCollection services, Action<LabOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<LabOptions>()
            .Configure(configure)
            .Validate(static options => options.TestbedPath.Length > 0, "No testbed is named: set TestbedPath where AddConnections is called.");
        services.TryAddSingleton(static provider => LoadTestbed(provider.GetRequiredService<IOptions<LabOptions>>().Value));
        services.TryAddSingleton(static provider => NewLab(provider, provider.GetRequiredService<IOptions<LabOptions>>().Value));
        return services;
    }

    private static Testbed LoadTestbed(LabOptions options) => TestbedReader.Load(options.TestbedPath, options.Testbed, CancellationToken.None);

    private static Lab NewLab(IServiceProvider provider, LabOptions options)
    {
        var devices = options.Devices;
        if (ReferenceEquals(devices.LoggerFactory, NullLoggerFactory.Instance) && provider.GetService<ILoggerFactory>() is { } host)
        {
            devices = devices with { LoggerFactory = host };
        }

        return new Lab(provider.GetRequiredService<Testbed>(), options.Classes, devices, [.. options.Simulators]);
    }
}
