using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace Connections.Collector.Configuration;

/// <summary>Makes settings of a configuration. What is misspelt or has a value that cannot be is refused, with its name, the place where it stands, and what would be right.</summary>
internal sealed class SettingsReader(IConfigurationRoot configuration)
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase;

    /// <summary>Reads a section.</summary>
    /// <exception cref="ArgumentException">A setting does not exist, or its value is none.</exception>
    internal TSettings Read<TSettings>(string name)
        where TSettings : new()
    {
        var section = configuration.GetSection(name);
        Check(section, typeof(TSettings), section.Path.Length + 1);
        return section.Get<TSettings>() ?? new TSettings();
    }

    private void Check(IConfigurationSection section, Type type, int prefix)
    {
        var kind = Nullable.GetUnderlyingType(type) ?? type;
        if (ElementOf(kind) is { } element)
        {
            if (!string.IsNullOrEmpty(section.Value))
            {
                throw Wrong(section, prefix, $"is a list, and has no value itself; give {section.Path[prefix..]}:0 and so on");
            }

            foreach (var child in section.GetChildren())
            {
                Check(child, element, prefix);
            }
        }
        else if (kind.Assembly == typeof(SettingsReader).Assembly && !kind.IsEnum)
        {
            CheckGroup(section, kind, prefix);
        }
        else
        {
            CheckValue(section, kind, prefix);
        }
    }

    private void CheckGroup(IConfigurationSection section, Type group, int prefix)
    {
        if (!string.IsNullOrEmpty(section.Value))
        {
            throw Wrong(section, prefix, $"is a group of settings ({NamesOf(group)}), and has no value itself");
        }

        foreach (var child in section.GetChildren())
        {
            var property = group.GetProperty(child.Key, Public)
                ?? throw new ArgumentException($"There is no setting {child.Path[prefix..]}{PlaceOf(child)}; those of its group are {NamesOf(group)}.");
            Check(child, property.PropertyType, prefix);
        }
    }

    private void CheckValue(IConfigurationSection section, Type type, int prefix)
    {
        if (section.GetChildren().Any())
        {
            throw Wrong(section, prefix, "is a single value, and no group of settings");
        }

        if (type != typeof(string) && section.Value is { } value && !IsValue(type, value))
        {
            throw Wrong(section, prefix, $"is '{value}', but must be {ExpectedOf(type)}");
        }
    }

    private static bool IsValue(Type type, string value)
    {
        try
        {
            var converted = TypeDescriptor.GetConverter(type).ConvertFromInvariantString(value);
            return converted is not null && (!type.IsEnum || Enum.IsDefined(type, converted));
        }
        catch (Exception error) when (error is ArgumentException or FormatException or OverflowException)
        {
            return false;
        }
    }

    private static string ExpectedOf(Type type)
    {
        if (type.IsEnum)
        {
            return $"one of {string.Join(", ", Enum.GetNames(type))}";
        }

        return type == typeof(bool) ? "true or false" : type == typeof(TimeSpan) ? "a time, such as 00:00:10 for ten seconds" : "a whole number that is not too large";
    }

    /// <summary>What a list or a dictionary is made of.</summary>
    private static Type? ElementOf(Type type) => type.IsGenericType ? type.GetGenericArguments()[^1] : null;

    private static string NamesOf(Type group) => string.Join(", ", group.GetProperties(Public).Select(static property => property.Name));

    private ArgumentException Wrong(IConfigurationSection section, int prefix, string what) => new($"The setting {section.Path[prefix..]} {what}{PlaceOf(section)}.");

    // The last one that knows it has the last word.
    private string PlaceOf(IConfigurationSection section)
    {
        var provider = configuration.Providers.LastOrDefault(provider => provider.TryGet(section.Path, out _) || provider.GetChildKeys([], section.Path).Any());
        return provider switch
        {
            JsonConfigurationProvider file => $" (in {file.Source.FileProvider?.GetFileInfo(file.Source.Path ?? "").PhysicalPath ?? file.Source.Path})",
            EnvironmentVariablesConfigurationProvider => $" (the environment variable {section.Path.Replace(":", "__", StringComparison.Ordinal)})",
            null => "",
            _ => " (given by --set)",
        };
    }
}
