using System.Text;
using System.Text.RegularExpressions;

namespace Connections.Testbeds;

/// <summary>Replaces the markup in the values of a testbed: <c>%ENV{NAME}</c>, <c>%ENV{NAME, default}</c>, <c>%{a.b.c}</c>,
/// <c>%{self}</c>. A value that is one reference and nothing else becomes whatever the reference names, a mapping too.</summary>
internal sealed partial class Markup
{
    // A chain of references is followed by recursion, so its length is bounded.
    private const int MaxReferences = 32;

    private readonly TestbedMapping _root;
    private readonly TestbedNode? _devices;
    private readonly Func<string, string?> _environment;
    private readonly NodeBudget _budget;
    private readonly HashSet<TestbedNode> _following = [];

    private Markup(TestbedMapping root, Func<string, string?> environment, NodeBudget budget)
    {
        _root = root;
        _devices = root.TryGet("devices", out var devices) ? devices : null;
        _environment = environment;
        _budget = budget;
    }

    internal static TestbedMapping Resolve(TestbedMapping root, Func<string, string?> environment, NodeBudget budget) =>
        (TestbedMapping)new Markup(root, environment, budget).Resolve(root, device: null);

    private TestbedNode Resolve(TestbedNode node, string? device) => node switch
    {
        TestbedScalar { IsNull: false } scalar => ResolveScalar(scalar, device),
        TestbedSequence list =>
            new TestbedSequence([.. list.Items.Select(item => Resolve(item, device))], list.File, list.Line, list.Place),
        TestbedMapping mapping => ResolveMapping(mapping, device),
        _ => node,
    };

    private TestbedMapping ResolveMapping(TestbedMapping mapping, string? device)
    {
        var entries = new OrderedDictionary<string, TestbedNode>(mapping.Entries.Count, StringComparer.Ordinal);
        foreach (var (key, value) in mapping.Entries)
        {
            entries.Add(key, Resolve(value, ReferenceEquals(mapping, _devices) ? key : device));
        }

        return new TestbedMapping(entries, mapping.File, mapping.Line, mapping.Place);
    }

    private TestbedNode ResolveScalar(TestbedScalar scalar, string? device)
    {
        var text = scalar.Value;
        var match = Pattern().Match(text);
        if (!match.Success)
        {
            return scalar;
        }

        if (match.Length == text.Length && match.Groups["name"].Length == 0)
        {
            RequireClosed(match, scalar);
            return Follow(scalar, match.Groups["body"].Value.Trim(), device).MoveTo(scalar.Place, _budget);
        }

        var result = new StringBuilder();
        var done = 0;
        for (; match.Success; match = match.NextMatch())
        {
            result.Append(text, done, match.Index - done).Append(ValueOf(match, scalar, device));
            done = match.Index + match.Length;
        }

        return scalar.WithValue(result.Append(text, done, text.Length - done).ToString());
    }

    private string ValueOf(Match match, TestbedScalar scalar, string? device)
    {
        var name = match.Groups["name"].Value;
        var body = match.Groups["body"].Value.Trim();
        RequireClosed(match, scalar);
        return name switch
        {
            "" => TextOf(Follow(scalar, body, device), scalar, body),
            "ENV" => Environment(scalar, body),
            _ => throw TestbedException.At(scalar, RefusedMarkup.Explain(name)),
        };
    }

    private static void RequireClosed(Match match, TestbedScalar scalar)
    {
        if (!match.Value.EndsWith('}'))
        {
            throw TestbedException.At(scalar, $"the markup %{match.Groups["name"].Value}{{ has no closing brace");
        }
    }

    private string Environment(TestbedScalar scalar, string body)
    {
        var comma = body.IndexOf(',', StringComparison.Ordinal);
        var name = comma < 0 ? body : body[..comma].TrimEnd();
        if (name.Length == 0)
        {
            throw TestbedException.At(scalar, "%ENV{} names no variable; write %ENV{NAME} or %ENV{NAME, default}");
        }

        return _environment(name) ?? (comma >= 0
            ? body[(comma + 1)..].Trim()
            : throw TestbedException.At(
                scalar,
                $"the environment variable {name} is not set; set it, or give a default: %ENV{{{name}, default}}"));
    }

    private static string TextOf(TestbedNode target, TestbedScalar scalar, string reference) => target is TestbedScalar found
        ? found.Value
        : throw TestbedException.At(scalar, $"%{{{reference}}} is {target.Kind}; within a text it must be a single value");

    /// <summary>Finds what a reference names, with its own markup resolved.</summary>
    private TestbedNode Follow(TestbedScalar scalar, string reference, string? device)
    {
        if (reference == "self" && device is not null)
        {
            return scalar.WithValue(device);
        }

        var (target, owner) = Find(scalar, reference, device);
        if (_following.Count >= MaxReferences || !_following.Add(target))
        {
            throw TestbedException.At(scalar, $"%{{{reference}}} leads back to itself, or through more than {MaxReferences} other references");
        }

        var resolved = Resolve(target, owner);
        _following.Remove(target);
        return resolved;
    }

    private (TestbedNode Target, string? Device) Find(TestbedScalar scalar, string reference, string? device)
    {
        TestbedNode node = _root;
        var rest = reference;
        if (rest.StartsWith("self.", StringComparison.Ordinal))
        {
            rest = device is null ? throw NoSuch(scalar, reference) : $"devices.{device}.{rest["self.".Length..]}";
        }

        if (rest.Length == 0)
        {
            throw NoSuch(scalar, reference);
        }

        string? owner = null;
        while (rest.Length > 0)
        {
            // Keys may hold dots themselves, as host names do: the longest one that fits is meant.
            var key = (node as TestbedMapping)?.Entries.Keys.Where(key => Starts(rest, key)).MaxBy(key => key.Length)
                ?? throw NoSuch(scalar, reference);
            owner = ReferenceEquals(node, _devices) ? key : owner;
            node = ((TestbedMapping)node).Entries[key];
            rest = rest.Length == key.Length ? "" : rest[(key.Length + 1)..];
        }

        return (node, owner);
    }

    private static bool Starts(string path, string key) =>
        path.StartsWith(key, StringComparison.Ordinal) && (path.Length == key.Length || path[key.Length] == '.');

    private static TestbedException NoSuch(TestbedScalar scalar, string reference) =>
        TestbedException.At(scalar, $"%{{{reference}}} refers to nothing in this testbed; a reference is the path of keys from the top, "
            + "or starts with 'self' inside a device");

    [GeneratedRegex(@"%(?<name>[A-Z_]*)\{(?<body>[^{}]*)\}?", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
