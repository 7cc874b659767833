using System.Runtime.CompilerServices;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Engine;

// What a page holds, varbind by varbind.
internal sealed partial class CollectOperation
{
    private int _lastRoot = -1;

    private Page ReadReply(ReadOnlySpan<byte> list)
    {
        var page = Page.Unparsable;
        _sink?.BeginPage();
        try
        {
            page = _type == PduType.Get ? ReadInstances(list) : ReadPage(list);
        }
        finally
        {
            _sink?.EndPage(isKept: page != Page.Unparsable);
        }

        return page;
    }

    /// <summary>What a page made of its walk.</summary>
    private enum Page
    {
        Whole,
        Failed,
        Unparsable,
    }

    /// <summary>
    /// Takes a page in, varbind by varbind: the agent may cut it anywhere, also in the middle of a row, and what it sends of a column after
    /// that column's end is of no use.
    /// </summary>
    private Page ReadPage(ReadOnlySpan<byte> list)
    {
        var reader = new VarBindReader(list);
        var (count, next) = (0, 0);
        for (; _rows < _request.MaxRows && reader.TryRead(out var slice); count++)
        {
            var root = _asked[next];
            next = next + 1 < _askedCount ? next + 1 : 0;
            if (_columns[root].HasEnded)
            {
                continue;
            }

            var page = EncodedOid.IsCanonical(slice.Name) ? Take(root, slice, list) : TakePadded(root, slice, list);
            if (page != Page.Whole)
            {
                return page;
            }
        }

        if (reader.Error != SnmpParseError.None)
        {
            return Page.Unparsable;
        }

        if (count == 0)
        {
            EndAsked();
        }

        SettleLast(list);
        _replies++;
        LearnSize(list.Length, count);
        return Page.Whole;
    }

    private Page Take(int root, in VarBindSlice slice, ReadOnlySpan<byte> list)
    {
        ref var column = ref _columns[root];
        if (slice.Type == SnmpType.EndOfMibView || !column.Contains(slice.Name))
        {
            column.HasEnded = true;
            return Page.Whole;
        }

        var follows = column.LastLength > 0
            ? EncodedOid.Compare(slice.Name, list.Slice(column.LastAt, column.LastLength)) > 0
            : column.Last.IsBefore(slice.Name);
        if (!follows && !TryStepBack(ref column, slice.Name, list))
        {
            return Page.Failed;
        }

        return TryKeep(root, slice, list) ? Page.Whole : Page.Unparsable;
    }

    /// <summary>Takes a name that does not follow the one before, where that is tolerated; else fails.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryStepBack(ref WalkColumn column, ReadOnlySpan<byte> name, ReadOnlySpan<byte> list)
    {
        var received = Oid.FromCanonical(name);
        if (_toleratesNonIncreasing && column.TryStepBack(received))
        {
            return true;
        }

        SettleLast(list);
        Fail(new SnmpWalkException(Target, column.Root, column.Last, received, _toleratesNonIncreasing));
        return false;
    }

    // Some agents pad sub-identifiers; their names are made canonical first.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Page TakePadded(int root, in VarBindSlice slice, ReadOnlySpan<byte> list) =>
        Oid.TryFromEncoded(slice.Name, out var name) ? Take(root, new VarBindSlice(name.Octets, slice.Type, slice.Value), list) : Page.Unparsable;

    /// <summary>Keeps a varbind: in the block, or as a value. False if its value is none.</summary>
    private bool TryKeep(int root, in VarBindSlice slice, ReadOnlySpan<byte> list)
    {
        ref var column = ref _columns[root];
        if (_sink is null)
        {
            if (SnmpValue.TryDecode(slice.Type, slice.Value, out var value) != SnmpParseError.None)
            {
                return false;
            }

            column.Last = Oid.FromCanonical(slice.Name);
            _varBinds.Add(new VarBind(column.Last, value));
        }
        else if (_sink.TryAdd(root, column.Root.Octets.Length, slice) != SnmpParseError.None)
        {
            return false;
        }
        else if (list.Overlaps(slice.Name, out var at))
        {
            // The next page is asked for after the last name only, so that only that one becomes an OID.
            (column.LastAt, column.LastLength) = (at, slice.Name.Length);
        }
        else
        {
            column.Last = Oid.FromCanonical(slice.Name);
            column.LastLength = 0;
        }

        _lastRoot = root;
        column.Rows++;
        _rows++;
        return true;
    }

    /// <summary>Makes OIDs of the last names that stand in the page only.</summary>
    private void SettleLast(ReadOnlySpan<byte> list)
    {
        for (var i = 0; i < _askedCount; i++)
        {
            ref var column = ref _columns[_asked[i]];
            if (column.LastLength > 0)
            {
                column.Last = Oid.FromCanonical(list.Slice(column.LastAt, column.LastLength));
                column.LastLength = 0;
            }
        }

        if (_lastRoot >= 0)
        {
            _last = _columns[_lastRoot].Last;
        }
    }

    /// <summary>Keeps those of the instances asked for that there are: starts of ranges, or roots that are instances themselves.</summary>
    private Page ReadInstances(ReadOnlySpan<byte> list)
    {
        var reader = new VarBindReader(list);
        for (var i = 0; i < _askedCount && _rows < _request.MaxRows && reader.TryRead(out var slice); i++)
        {
            if (!Oid.TryFromEncoded(slice.Name, out var name))
            {
                return Page.Unparsable;
            }

            var isThere = slice.Type is not (SnmpType.NoSuchObject or SnmpType.NoSuchInstance or SnmpType.EndOfMibView)
                && name == _columns[_asked[i]].Instance;
            if (isThere && !TryKeep(_asked[i], new VarBindSlice(name.Octets, slice.Type, slice.Value), list))
            {
                return Page.Unparsable;
            }
        }

        SettleLast(list);
        Probed(0);
        return reader.Error == SnmpParseError.None ? Page.Whole : Page.Unparsable;
    }
}
