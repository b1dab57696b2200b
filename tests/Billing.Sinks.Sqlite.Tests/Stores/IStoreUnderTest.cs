namespace Billing.Sinks.Sqlite.Tests.Stores;

/// <summary>A new, empty store that a suite is run against.</summary>
public interface IStoreUnderTest : IAsyncDisposable
{
    /// <summary>A sink of that store, which is also an <see cref="IBillingStore"/>. Every call gives another where the kind of store has several.</summary>
    IBillingSink Connect();
}
