namespace Connections.Testbeds;

/// <summary>Finds what <c>%{a.b.c}</c>, <c>%{self}</c> and <c>%{self.b.c}</c> name in a testbed.</summary>
internal sealed class References(TestbedMapping root, Func<TestbedNode, TestbedNode> resolve)
{
    private const string Self = "self";

    // A chain of references is followed by recursion, so its length is bounded.
    private const int MaxFollowed = 32;

    private readonly HashSet<TestbedNode> _following = [];

    /// <summary>Finds what a reference names, with its own markup resolved.</summary>
    /// <param name="path">The path of keys.</param>
    /// <param name="written">The reference as it is written: what its path is made of may be secret.</param>
    /// <param name="scalar">Where it stands.</param>
    internal TestbedNode Follow(string path, string written, TestbedScalar scalar)
    {
        if (scalar.Place.Device is { } device)
        {
            if (path == Self)
            {
                return scalar.WithValue(device);
            }

            path = path.StartsWith($"{Self}.", StringComparison.Ordinal) ? $"devices.{device}{path[Self.Length..]}" : path;
        }

        return Descend(root, path, isResolved: false, written, scalar) ?? throw TestbedException.At(
            scalar,
            $"{written} refers to nothing in this testbed; a reference is the path of keys from the top, or starts with 'self' inside a device");
    }

    /// <summary>Goes the rest of a path down from a node. A value on the way may be markup: the path goes on in what it stands for,
    /// and no markup is looked for in that again.</summary>
    private TestbedNode? Descend(TestbedNode node, string? rest, bool isResolved, string written, TestbedScalar scalar)
    {
        if (!isResolved && (rest is null || node is TestbedScalar))
        {
            return Descend(Resolve(node, written, scalar), rest, isResolved: true, written, scalar);
        }

        return rest is null ? node
            : node is TestbedMapping mapping && Child(mapping, rest) is (var child, var left) ? Descend(child, left, isResolved, written, scalar)
            : null;
    }

    private TestbedNode Resolve(TestbedNode target, string written, TestbedScalar scalar)
    {
        if (_following.Count >= MaxFollowed || !_following.Add(target))
        {
            throw TestbedException.At(scalar, $"{written} leads back to itself, or through more than {MaxFollowed} other references");
        }

        var resolved = resolve(target);
        _following.Remove(target);
        return resolved;
    }

    /// <summary>Keys may hold dots themselves, as host names do: the longest one that fits is meant.</summary>
    private static (TestbedNode Node, string? Left)? Child(TestbedMapping mapping, string path)
    {
        for (var length = path.Length; length > 0; length = path.LastIndexOf('.', length - 1))
        {
            if (mapping.TryGet(path[..length], out var child))
            {
                return (child, length == path.Length ? null : path[(length + 1)..]);
            }
        }

        return null;
    }
}
