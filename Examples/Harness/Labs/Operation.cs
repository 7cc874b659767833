using Connections.Snmp;
using Connections.Snmp.Mibs;
using Connections.Snmp.Mibs.Values;
using Connections.Snmp.Protocol;

namespace Connections.Harness.Labs;

/// <summary>An SNMP operation in words, such as <c>get 1.3.6.1.2.1.1.5.0</c>.</summary>
internal sealed record Operation
{
    private const string Get = "get";
    private const string Walk = "walk";
    private const string Set = "set";
    private const string SetExample = $"'{Set} sysLocation.0 = Berlin'";
    internal const string TypeOfMib = "=";

    private readonly IReadOnlyList<VarBind> _varBinds;

    private Operation(string verb, IReadOnlyList<VarBind> varBinds)
    {
        Verb = verb;
        _varBinds = varBinds;
        Oids = [.. varBinds.Select(varBind => varBind.Oid)];
    }

    internal string Verb { get; }

    internal IReadOnlyList<Oid> Oids { get; }

    internal bool IsWalk => Verb == Walk;

    internal static Operation GetOf(IEnumerable<string> oids) => Create(Get, oids);

    internal static Operation WalkOf(IEnumerable<string> oids) => Create(Walk, oids);

    /// <summary>Reads what to set: an OID, a type letter and a value for each instance, with an equals sign for the type that the MIB has.</summary>
    /// <exception cref="UsageException">A word is missing, is no OID or no type, or the value is none of its type.</exception>
    internal static Operation SetOf(IEnumerable<string> words)
    {
        var assignments = words.Chunk(3).Select(ParseAssignment).ToList();
        return assignments.Count > 0
            ? new Operation(Set, assignments)
            : throw new UsageException($"'{Set}' needs an OID, a type and a value, such as {SetExample}.");
    }

    /// <summary>Reads operations from the words of a command line, quoted together or not: each begins with its verb. A value to set may hold anything where it is an argument of its own.</summary>
    /// <exception cref="UsageException">A word is neither a verb nor an OID, a verb stands alone, or what is to be set makes no sense.</exception>
    internal static IReadOnlyList<Operation> ParseAll(IEnumerable<string> arguments)
    {
        var groups = new List<List<string>>();
        foreach (var argument in arguments)
        {
            foreach (var word in groups is [.., var last] && IsWithinAssignment(last) ? [argument] : argument.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                Add(groups, word);
            }
        }

        return [.. groups.Select(words => words[0] == Set ? SetOf(words.Skip(1)) : Create(words[0], words.Skip(1)))];
    }

    /// <summary>Carries the operation out, and hands over each varbind as it comes.</summary>
    internal async IAsyncEnumerable<VarBind> RunAsync(
        ISnmpClient client, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!IsWalk)
        {
            var call = Verb == Set ? client.SetAsync(_varBinds, cancellationToken) : client.GetAsync(Oids, cancellationToken);
            foreach (var varBind in await call)
            {
                yield return varBind;
            }

            yield break;
        }

        foreach (var root in Oids)
        {
            await foreach (var varBind in client.BulkWalkAsync(root, cancellationToken: cancellationToken))
            {
                yield return varBind;
            }
        }
    }

    public override string ToString() => $"{Verb} {string.Join(' ', Oids)}";

    private static void Add(List<List<string>> groups, string word)
    {
        if (IsVerb(word) && !(groups is [.., var last] && IsWithinAssignment(last)))
        {
            groups.Add([]);
        }
        else if (groups.Count == 0)
        {
            throw new UsageException(
                $"'{word}' is no command; a command is '{Get} OID...', '{Walk} OID...' or '{Set} OID TYPE VALUE...', such as '{Get} 1.3.6.1.2.1.1.5.0'.");
        }

        groups[^1].Add(word);
    }

    /// <summary>Whether a word begins an operation.</summary>
    internal static bool IsVerb(string word) => word is Get or Walk or Set;

    /// <summary>Whether a type or a value comes next in an operation, whatever it looks like.</summary>
    internal static bool IsWithinAssignment(IReadOnlyList<string> words) => words is [Set, ..] && (words.Count - 1) % 3 != 0;

    private static Operation Create(string verb, IEnumerable<string> words)
    {
        var oids = words.Select(word => new VarBind(ParseOid(word), SnmpValue.Null)).ToList();
        return oids.Count > 0
            ? new Operation(verb, oids)
            : throw new UsageException($"'{verb}' needs at least one OID, such as '{verb} 1.3.6.1.2.1.1'.");
    }

    internal static VarBind ParseAssignment(string[] words)
    {
        if (words.Length < 3)
        {
            throw new UsageException($"'{string.Join(' ', words)}' is no assignment; each instance needs an OID, a type and a value, such as {SetExample}.");
        }

        if (words[1].Length != 1)
        {
            throw new UsageException($"'{words[1]}' is no type; a type is a letter, or = for the one that the MIB has, such as {SetExample}.");
        }

        try
        {
            var oid = ParseOid(words[0]);
            return new VarBind(oid, words[1] == TypeOfMib ? MibValueText.Parse(words[2], oid) : SnmpValueText.Parse(words[1][0], words[2]));
        }
        catch (SnmpParseException error)
        {
            throw new UsageException($"The value of {words[0]}: {error.Message}", error);
        }
    }

    /// <summary>Reads an OID, in numbers or by a name of the modules that are loaded.</summary>
    /// <exception cref="UsageException">The word is neither; the message names what comes near.</exception>
    internal static Oid ParseOid(string word)
    {
        try
        {
            return Oid.TryParse(word, out var oid) ? oid : MibTree.Current.Resolve(word);
        }
        catch (SnmpParseException error)
        {
            throw new UsageException(error.Message, error);
        }
    }
}
