using System.Collections;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Agent;

/// <summary>
/// The variables of a device in lexicographic order, as a walk meets them. Immutable, so that any number of simulated devices
/// share one: what a SET changes is kept by the device.
/// </summary>
public sealed class MibData : IReadOnlyList<MibVariable>
{
    private readonly MibVariable[] _variables;

    /// <summary>Orders the variables by name.</summary>
    /// <exception cref="ArgumentException">Two variables have the same name.</exception>
    public MibData(IEnumerable<MibVariable> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        _variables = [.. variables];
        Array.Sort(_variables, static (left, right) => left.Oid.CompareTo(right.Oid));
        for (var i = 1; i < _variables.Length; i++)
        {
            if (_variables[i].Oid == _variables[i - 1].Oid)
            {
                throw new ArgumentException($"The variable {_variables[i].Oid} is given twice.", nameof(variables));
            }
        }
    }

    /// <summary>
    /// How long a device of these data had been up when it was added, as computed values see it; none by default. After a restart they count from nothing.
    /// </summary>
    public TimeSpan InitialUpTime { get; init; }

    /// <summary>How many variables there are.</summary>
    public int Count => _variables.Length;

    /// <summary>The variable at a position in lexicographic order, from 0.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such position.</exception>
    public MibVariable this[int index] => _variables[index];

    /// <summary>
    /// The same variables, going on from the moment when they were recorded: sysUpTime runs, and counters grow as fast as they did on average since the recorded device had
    /// started. A restart of the device begins them at zero.
    /// </summary>
    public MibData Moving() => MovingCounters.Of(this);

    /// <summary>The position of a variable; if there is none of that name, the complement of the position where it would stand.</summary>
    public int IndexOf(in Oid oid)
    {
        var low = 0;
        var high = _variables.Length - 1;
        while (low <= high)
        {
            var middle = (int)((uint)(low + high) >> 1);
            var order = _variables[middle].Oid.CompareTo(oid);
            if (order == 0)
            {
                return middle;
            }

            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return ~low;
    }

    /// <summary>The variables in lexicographic order.</summary>
    public IEnumerator<MibVariable> GetEnumerator() => ((IEnumerable<MibVariable>)_variables).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal ref readonly MibVariable At(int index) => ref _variables[index];

    /// <summary>The position of the first variable after a name: what GETNEXT answers; <see cref="Count"/> past the end.</summary>
    internal int IndexAfter(in Oid oid)
    {
        var index = IndexOf(oid);
        return index < 0 ? ~index : index + 1;
    }

    /// <summary>The position of the first variable that has a name or follows it; <see cref="Count"/> past the end.</summary>
    internal int IndexAtOrAfter(in Oid oid)
    {
        var index = IndexOf(oid);
        return index < 0 ? ~index : index;
    }

    /// <summary>
    /// Whether some variable is an instance of the object that a missing name belongs to. A missing name stands beside the instances of its object, so its two
    /// neighbours are enough to look at.
    /// </summary>
    internal bool HasObjectOf(in Oid oid, int insertion) => IsSibling(oid, insertion) || IsSibling(oid, insertion - 1);

    private bool IsSibling(in Oid oid, int index)
    {
        if ((uint)index >= (uint)_variables.Length)
        {
            return false;
        }

        ref readonly var variable = ref _variables[index];
        return oid.StartsWith(ObjectOf(variable));
    }

    private static Oid ObjectOf(in MibVariable variable)
    {
        var oid = variable.Oid;
        for (var i = 0; i < variable.InstanceLength; i++)
        {
            oid = oid.Parent;
        }

        return oid;
    }
}
