using Connections.Snmp.Protocol;

namespace Connections.Snmp.Engine;

// What the next request of a walk asks for: which columns, and how many repetitions, so that its reply has a size that arrives.
internal sealed partial class CollectOperation
{
    // What a page asks for while the size of its varbinds is not known.
    private const int FirstPage = 25;
    private const int UsualVarBindOctets = 40;

    private int[] _asked = new int[1];
    private int _askedCount;
    private int _width;
    private int _repetitions;
    private int _repetitionLimit;
    private int _varBindOctets;

    private int ExpectedOctets =>
        Target.EnvelopeOctets + (int)Math.Min((long)_repetitions * _askedCount * (_varBindOctets == 0 ? UsualVarBindOctets : _varBindOctets), 1 << 20);

    internal override bool TryShrink(out bool isNewQuestion)
    {
        // Fewer repetitions ask the same question: a late reply to the longer request is a good answer.
        isNewQuestion = false;
        var expected = ExpectedOctets;
        if (_type == PduType.Get || expected <= Device.Sizing.Proved)
        {
            return false;
        }

        if (_repetitions > 1)
        {
            _repetitions /= 2;
        }
        else if (_askedCount > 1)
        {
            _askedCount = (_askedCount + 1) / 2;
            isNewQuestion = true;
        }
        else
        {
            return false;
        }

        Device.Sizing.NoteLost(expected);
        return true;
    }

    protected override bool TryFit()
    {
        if (_askedCount <= 1)
        {
            return false;
        }

        _width = _askedCount = (_askedCount + 1) / 2;
        return true;
    }

    /// <summary>Halves what the agent called too big; false if it was one varbind.</summary>
    private bool TryHalve()
    {
        if (_repetitions > 1)
        {
            Device.Sizing.NoteTooBig(ExpectedOctets);
            _repetitionLimit = _repetitions / 2;
        }
        else if (_askedCount > 1)
        {
            _width = (_askedCount + 1) / 2;
        }
        else
        {
            return false;
        }

        return true;
    }

    /// <summary>Chooses the columns of the next request; false if none is left. What an error put off comes last.</summary>
    private bool Aim() => Aim(arePutOff: false) || Aim(arePutOff: true);

    private bool Aim(bool arePutOff)
    {
        if (Choose(arePutOff, static (in WalkColumn column) => column.AwaitsStart))
        {
            return AimAtInstances();
        }

        if (Choose(arePutOff, static (in WalkColumn column) => !column.HasEnded))
        {
            _type = _pageType;
            _repetitions = _type == PduType.GetBulk ? ChooseRepetitions() : 1;
            Cost = SendOperation.CostOf((long)_repetitions * _askedCount, Device.Sizing.AimWithin(Target.MaxReplySize));
            return true;
        }

        // Nothing lies under these roots: they may be single instances themselves.
        return _rows < _request.MaxRows && Choose(arePutOff, static (in WalkColumn column) => column.Rows == 0 && !column.IsProbed) && AimAtInstances();
    }

    private bool AimAtInstances()
    {
        _type = PduType.Get;
        _repetitions = 1;
        Cost = SendOperation.CostOf(_askedCount);
        return true;
    }

    private delegate bool ColumnPredicate(in WalkColumn column);

    private bool Choose(bool arePutOff, ColumnPredicate isWanted)
    {
        _askedCount = 0;
        if (_asked.Length < _columns.Length)
        {
            _asked = new int[_columns.Length];
        }

        var width = arePutOff ? 1 : _width;
        for (var i = 0; i < _columns.Length && _askedCount < width; i++)
        {
            if (_columns[i].IsPutOff == arePutOff && isWanted(in _columns[i]))
            {
                _asked[_askedCount++] = i;
            }
        }

        return _askedCount > 0;
    }

    private int ChooseRepetitions()
    {
        var fitting = FirstPage / _askedCount;
        if (_varBindOctets > 0)
        {
            fitting = (Device.Sizing.AimWithin(Target.MaxReplySize) - Target.EnvelopeOctets) / (_varBindOctets * _askedCount);
        }

        var allowed = _request.MaxRepetitions ?? Target.Options.MaxRepetitions ?? ushort.MaxValue;
        var left = (_request.MaxRows - _rows - 1) / _askedCount + 1;
        return (int)Math.Max(1, Math.Min(Math.Min(fitting, Math.Min(allowed, _repetitionLimit)), left));
    }

    private void LearnSize(int listOctets, int varBinds)
    {
        if (varBinds > 0)
        {
            // The larger of the two latest pages: a reply somewhat too small costs less than one that is lost.
            var octets = (listOctets + varBinds - 1) / varBinds;
            _varBindOctets = Math.Max(octets, (_varBindOctets + octets) / 2);
        }
    }
}
