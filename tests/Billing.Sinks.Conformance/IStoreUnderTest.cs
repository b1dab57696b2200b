namespace Billing.Sinks.Conformance;

/// <summary>A new, empty store that the suites are run against.</summary>
public interface IStoreUnderTest : IAsyncDisposable
{
    /// <summary>A connection to that store. Every call gives another where the kind of store has several.</summary>
    IBillingStore Connect();

    /// <summary>Whether a batch is stored whole or not at all. Default true. If false, a batch that fails is stored in part, and writing it again completes it.</summary>
    bool StoresBatchesWhole => true;

    /// <summary>Whether the store can tell what it holds of a run (<see cref="IBillingSink.TotalsOfRunAsync"/>). Default true; without it a run is compared with the store's outcomes only.</summary>
    bool TellsTotalsOfRuns => true;

    /// <summary>The length of the longest text that the store must accept in one record, in characters of two bytes. Default 1,000,000.</summary>
    int LongestText => 1_000_000;

    /// <summary>Removes a record as another program would: by SQL, or by a tool of the database. Returns false, the default, if nobody else can write to the store.</summary>
    ValueTask<bool> RemoveAsync(RecordKey key) => ValueTask.FromResult(false);
}
