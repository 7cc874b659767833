using System.Globalization;
using Connections.Collector.Database;

namespace Connections.Collector.Generation;

/// <summary>Makes records without devices, request after request. For one thread.</summary>
internal sealed class RecordGenerator
{
    private const string Root = "1.3.6.1.2.1.31.1.1.1.6";

    private readonly GenerationSettings _settings;
    private readonly string _name;
    private readonly string _target;
    private readonly byte[] _octets;
    private string _request = "";
    private long _made;

    /// <param name="settings">What is made.</param>
    /// <param name="run">What tells this run from others in the same table.</param>
    /// <param name="thread">Which thread it is for.</param>
    internal RecordGenerator(GenerationSettings settings, string run, int thread)
    {
        _settings = settings;
        _name = string.Create(CultureInfo.InvariantCulture, $"{run}/{thread}");
        _target = string.Create(CultureInfo.InvariantCulture, $"192.0.2.{thread}");
        _octets = new byte[settings.Octets];
        Random.Shared.NextBytes(_octets);
    }

    /// <summary>The next records, whose keys no other has.</summary>
    internal ValueRow[] Next(int count)
    {
        var rows = new ValueRow[count];
        var at = DateTime.UtcNow;
        for (var i = 0; i < count; i++)
        {
            rows[i] = Make(at);
        }

        return rows;
    }

    private ValueRow Make(DateTime at)
    {
        var index = _made % _settings.RecordsPerRequest;
        if (index == 0)
        {
            _request = string.Create(CultureInfo.InvariantCulture, $"{_name}/{_made / _settings.RecordsPerRequest}");
        }

        var row = new ValueRow(_request, _target, Root, (index + 1).ToString(CultureInfo.InvariantCulture), at, TypeOf(_made));
        _made++;
        return row.Type switch
        {
            "octetString" => row with { Octets = _octets },
            "objectIdentifier" => row with { Dotted = Root },
            _ => row with { Number = _made * 1_000_003m },
        };
    }

    private string TypeOf(long number) => (_settings.Shape, number % 3) switch
    {
        (RecordShape.Counter, _) or (RecordShape.Mixed, 0) => "counter64",
        (RecordShape.Octets, _) or (RecordShape.Mixed, 1) => "octetString",
        _ => "objectIdentifier",
    };
}
