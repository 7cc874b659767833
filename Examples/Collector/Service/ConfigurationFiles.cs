using Microsoft.Extensions.Configuration;

namespace Connections.Collector.Service;

/// <summary>Adds what a person gives to the configuration.</summary>
internal static class ConfigurationFiles
{
    /// <summary>Adds a file of settings.</summary>
    /// <exception cref="ArgumentException">It cannot be read, or is no JSON.</exception>
    internal static void AddSettings(this IConfigurationBuilder configuration, string path)
    {
        var whole = Path.GetFullPath(path);
        try
        {
            configuration.AddJsonFile(whole, optional: false, reloadOnChange: false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            var reason = File.Exists(whole) ? error.GetBaseException().Message : "there is no such file.";
            throw new ArgumentException($"The settings '{whole}' cannot be read: {reason}", error);
        }
    }

    /// <summary>Adds a setting of the command line.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    internal static KeyValuePair<string, string?> ToSetting(string word) => word.Split('=', 2) is [{ Length: > 0 } key, var value]
        ? new($"Collector:{key}", value)
        : throw new ArgumentException($"'{word}' is not valid for --set; expected KEY=VALUE.");
}
