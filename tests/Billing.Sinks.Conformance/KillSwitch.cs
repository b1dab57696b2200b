namespace Billing.Sinks.Conformance;

/// <summary>When a run is killed: at one of the looks that a sink takes at the records, or after a batch was written and before that was acknowledged.</summary>
internal sealed class KillSwitch
{
    private const int MostLooks = 28;
    private const int Batches = 3;

    private int _looks = int.MaxValue;
    private int _batches = int.MaxValue;

    /// <summary>A point that <paramref name="random"/> chooses.</summary>
    public KillSwitch(Random random)
    {
        if (random.Next(4) == 0)
        {
            _batches = random.Next(1, Batches + 1);
        }
        else
        {
            _looks = random.Next(MostLooks);
        }
    }

    private KillSwitch()
    {
    }

    /// <summary>One that is never pulled.</summary>
    public static KillSwitch Never => new();

    /// <summary>Whether it was pulled while a sink wrote.</summary>
    public bool Pulled { get; private set; }

    /// <summary>A sink looks at a record.</summary>
    public void Look()
    {
        if (_looks != int.MaxValue && _looks-- <= 0)
        {
            Pulled = true;
            throw new KilledException();
        }
    }

    /// <summary>A batch was written.</summary>
    public bool IsPulledBeforeAcknowledging() => _batches != int.MaxValue && --_batches == 0;
}
