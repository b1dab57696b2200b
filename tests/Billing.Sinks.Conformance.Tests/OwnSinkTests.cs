using Billing.OwnSink;

namespace Billing.Sinks.Conformance.Tests;

/// <summary>What docs/own-sink.md shows passes the suites that it names.</summary>
public sealed class OwnSinkTests
{
    [Fact]
    public async Task The_whole_store_passes_every_suite_of_stores()
    {
        IReadOnlyList<string> failures = await SuiteRunner.FailuresAsync<DictionaryStoreUnderTest>(most: 10);
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    /// <summary>The store of the page.</summary>
    public sealed class DictionaryStoreUnderTest() : StoreUnderTest(new DictionaryStore());
}

/// <summary>The journal of the page holds what every sink must.</summary>
public sealed class JournalTests : SinkSuite<JournalUnderTest>;

/// <summary>The reference, as one that only writes.</summary>
public sealed class MemorySinkOnlyTests : SinkSuite<MemorySinkOnly>;
