using Billing.Sinks.Conformance.Broken;

namespace Billing.Sinks.Conformance.Tests;

/// <summary>The suite passes the reference and fails nine sinks that are broken as real ones are.</summary>
public sealed class BrokenSinkTests
{
    [Fact]
    public async Task The_reference_passes()
    {
        IReadOnlyList<string> failures = await SuiteRunner.FailuresAsync<MemoryStore>();
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    [Fact]
    public async Task A_sink_that_claims_keys_before_it_writes_rows_fails() => await FailsAsync<ClaimFirstSink>("Killed_at_200_points");

    [Fact]
    public async Task A_sink_that_coerces_values_fails() => await FailsAsync<CoercingSink>("Amounts_come_back");

    [Fact]
    public async Task A_sink_that_loses_leftovers_fails() => await FailsAsync<LostLeftoversSink>("Batches_of_any_size");

    [Fact]
    public async Task A_sink_that_says_stored_and_loses_a_row_fails() => await FailsAsync<LosingSink>("What_a_run_was_told_is_stored");

    [Fact]
    public async Task A_sink_that_doubles_money_when_it_tries_again_fails() => await FailsAsync<DoublingSink>("Batches_of_any_size");

    [Fact]
    public async Task A_sink_that_swallows_errors_fails() => await FailsAsync<SwallowingSink>("Killed_at_200_points");

    [Fact]
    public async Task A_sink_whose_last_write_wins_fails() => await FailsAsync<LastWriteWinsSink>("Other_content_under_the_same_key");

    [Fact]
    public async Task A_sink_that_writes_alerts_after_their_records_fails() => await FailsAsync<AlertAfterSink>("A_batch_that_is_cut_off_leaves_no_record_without_its_alert");

    [Fact]
    public async Task A_sink_that_alerts_again_on_a_duplicate_fails() => await FailsAsync<AlertAgainSink>("A_duplicate_and_a_conflict_raise_no_alert");

    [Fact]
    public async Task A_write_only_sink_that_claims_keys_before_it_writes_rows_fails() => await FailsAsSinkAsync<ClaimFirstSink>("Killed_at_200_points");

    [Fact]
    public async Task A_write_only_sink_that_loses_leftovers_fails() => await FailsAsSinkAsync<LostLeftoversSink>("Batches_of_any_size");

    [Fact]
    public async Task A_write_only_sink_that_says_stored_and_loses_a_row_fails() => await FailsAsSinkAsync<LosingSink>("What_a_run_was_told_is_stored");

    [Fact]
    public async Task A_write_only_sink_that_swallows_errors_fails() => await FailsAsSinkAsync<SwallowingSink>("Killed_at_200_points");

    [Fact]
    public async Task A_write_only_sink_whose_last_write_wins_fails() => await FailsAsSinkAsync<LastWriteWinsSink>("Other_content_under_a_key");

    private static async Task FailsAsSinkAsync<TSink>(string test)
        where TSink : BrokenSink, new() =>
        Assert.Contains(await SuiteRunner.FailuresOfSinkAsync<BrokenSinkOnly<TSink>>(most: 10), failure => failure.StartsWith(test, StringComparison.Ordinal));

    private static async Task FailsAsync<TSink>(string test)
        where TSink : BrokenSink, new() =>
        Assert.Contains(await SuiteRunner.FailuresAsync<BrokenStore<TSink>>(most: 10), failure => failure.StartsWith(test, StringComparison.Ordinal));
}
