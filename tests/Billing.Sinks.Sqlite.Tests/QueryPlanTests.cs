using Billing.Sinks.Sqlite.Tests.Stores;

namespace Billing.Sinks.Sqlite.Tests;

/// <summary>Pages are read from an index, in its order: a page of a large ledger costs what a page of a small one does.</summary>
public sealed class QueryPlanTests : IAsyncDisposable
{
    private readonly SqliteFileStore _store = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_page_is_found_by_its_position_and_only_what_shares_a_key_head_is_sorted()
    {
        string plan = await PlanAsync(new RecordQuery(), after: true);
        Assert.Contains("SEARCH TABLE records AS r USING INDEX records_by_date ((date,key_head)>(?,?))", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE FOR ORDER BY", plan, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("run-1")]
    public async Task The_first_page_is_read_in_order_whatever_the_filter(string? run)
    {
        string plan = await PlanAsync(new RecordQuery { RunId = run, Party = run, Text = run }, after: false);
        Assert.Contains("USING INDEX records_by_date", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE FOR ORDER BY", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_of_a_source_is_found_by_its_index()
    {
        string plan = await PlanAsync(new RecordQuery { SourceName = "june.csv", Line = 17 }, after: false);
        Assert.Contains("USING INDEX records_by_origin (origin=? AND line=?)", plan, StringComparison.Ordinal);
    }

    private async Task<string> PlanAsync(RecordQuery query, bool after)
    {
        await _store.Open().WriteAsync([Some.Record()], TestContext.Current.CancellationToken);
        SqlConditions conditions = SqlConditions.Of(query);
        if (after)
        {
            RecordTable.After(conditions, new RecordPosition(new DateOnly(2025, 6, 17), Some.Key("1")));
        }

        using SqliteSession session = SqliteSession.Open(SqliteLocation.Parse(_store.ConnectionString), create: false, new SqliteSinkOptions());
        using SqliteStatement statement = session.Prepare("EXPLAIN QUERY PLAN " + RecordTable.PageSql(query, conditions, 101));
        List<string> plan = [];
        while (statement.Step())
        {
            plan.Add(statement.Text(3));
        }

        return string.Join('\n', plan);
    }
}
