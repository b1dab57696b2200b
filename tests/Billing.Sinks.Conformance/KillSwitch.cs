namespace Billing.Sinks.Conformance;

/// <summary>Decides when a run is killed: while a sink reads the records, or after a batch is written and before it is acknowledged.</summary>
internal sealed class KillSwitch
{
    private const int MostLooks = 28;
    private const int Batches = 3;

    private int _looks = int.MaxValue;
    private int _batches = int.MaxValue;

    /// <summary>Returns a switch for a point that <paramref name="random"/> chooses.</summary>
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

    /// <summary>Returns a switch that is never pulled.</summary>
    public static KillSwitch Never => new();

    /// <summary>Whether the switch was pulled while a sink wrote.</summary>
    public bool Pulled { get; private set; }

    /// <summary>Reports that a sink reads a record.</summary>
    public void Look()
    {
        if (_looks != int.MaxValue && _looks-- <= 0)
        {
            Pulled = true;
            throw new KilledException();
        }
    }

    /// <summary>Reports that a batch was written.</summary>
    public bool IsPulledBeforeAcknowledging() => _batches != int.MaxValue && --_batches == 0;
}
