namespace Billing.Sinks.Conformance;

/// <summary>A new, empty sink that <see cref="SinkSuite{TSink}"/> is run against.</summary>
public interface ISinkUnderTest : IAsyncDisposable
{
    /// <summary>A sink. Every call gives another, on the same rows, where the kind of sink has several.</summary>
    IBillingSink Connect();

    /// <summary>The sink as the next process finds it, after one that was killed: what that one had in memory is gone. Default: another connection.</summary>
    IBillingSink Reopen() => Connect();

    /// <summary>Whether the sink can report what it holds of a run (<see cref="IBillingSink.TotalsOfRunAsync"/>). Default true. If false, a run is compared with the outcomes of the sink only.</summary>
    bool TellsTotalsOfRuns => true;

    /// <summary>
    /// The keys of the rows that are kept, read without the sink, each as often as it is there. Null, the default, if they cannot be read: then what a sink says
    /// that it stored is believed, unless its totals show otherwise.
    /// </summary>
    ValueTask<IReadOnlyList<RecordKey>?> ReadKeysAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<RecordKey>?>(null);
}
