namespace Connections.Testbeds;

/// <summary>The named credentials of one level (connection, device or testbed), and the level around it.</summary>
internal sealed class CredentialScope
{
    private readonly Dictionary<string, Credentials> _named = new(StringComparer.Ordinal);
    private readonly CredentialScope? _outer;

    private CredentialScope(CredentialScope? outer) => _outer = outer;

    /// <summary>Reads <c>credentials</c>: names with their values, or the values of <c>default</c> without that name.</summary>
    internal static CredentialScope Read(TestbedMapping owner, CredentialScope? outer)
    {
        const string Expected = "names with their username, password and further values";
        var scope = new CredentialScope(outer);
        var node = owner.Mapping("credentials", Expected);
        var unnamed = new OrderedDictionary<string, TestbedNode>(StringComparer.Ordinal);
        foreach (var (name, value) in node.Entries)
        {
            if (value is TestbedScalar { IsNull: false })
            {
                unnamed.Add(name, value);
            }
            else
            {
                scope._named.Add(name, ReadOne(value.AsMapping(Expected)));
            }
        }

        if (unnamed.Count > 0 && !scope._named.TryAdd("default", ReadOne(new TestbedMapping(unnamed, node.File, node.Line, node.Place))))
        {
            throw TestbedException.At(node, "values stand beside 'default', which they mean; put them under it");
        }

        return scope;
    }

    /// <summary>The first of the names that this level has; else the first that any level around it has.</summary>
    internal Credentials? Find(IEnumerable<string> names) =>
        names.Select(_named.GetValueOrDefault).FirstOrDefault(found => found is not null)
        ?? names.Select(Find).FirstOrDefault(found => found is not null);

    internal Credentials? Find(string name) => _named.GetValueOrDefault(name) ?? _outer?.Find(name);

    /// <summary>Everything that is in sight, the nearest of each name.</summary>
    internal IReadOnlyDictionary<string, Credentials> All()
    {
        var all = new Dictionary<string, Credentials>(_named, StringComparer.Ordinal);
        foreach (var (name, credentials) in _outer?.All() ?? new Dictionary<string, Credentials>())
        {
            all.TryAdd(name, credentials);
        }

        return all;
    }

    private static Credentials ReadOne(TestbedMapping node)
    {
        var values = new Dictionary<string, Secret>(StringComparer.Ordinal);
        foreach (var key in node.Entries.Keys.Where(key => key is not ("username" or "password")))
        {
            if (node.Text(key) is { } value)
            {
                values.Add(key, new Secret(value));
            }
        }

        return new Credentials
        {
            Username = node.Text("username"),
            Password = node.Text("password") is { } password ? new Secret(password) : null,
            Values = values,
        };
    }
}
