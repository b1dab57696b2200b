using Billing.Sinks.Sql.Statements;
using Billing.Sinks.Sqlite.Connections;
using Billing.Sinks.Sqlite.Records;
using Billing.Sinks.Sqlite.Statements;
using Billing.Sinks.Sqlite.Tests.Stores;
using Billing.Storage;

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
        (string sorted, string unsorted) = ArmsOf(plan);
        Assert.Contains("SEARCH d USING PRIMARY KEY ((date,head)>(?,?))", sorted, StringComparison.Ordinal);
        Assert.Contains("USE TEMP B-TREE FOR LAST TERM OF ORDER BY", sorted, StringComparison.Ordinal);
        Assert.Contains("SEARCH records USING INTEGER PRIMARY KEY (rowid>?)", unsorted, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE FOR ORDER BY", sorted, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("run-1")]
    public async Task The_first_page_is_read_in_order_whatever_the_filter(string? run)
    {
        string plan = await PlanAsync(new RecordQuery { RunId = run, Party = run, Text = run }, after: false);
        (string sorted, _) = ArmsOf(plan);
        Assert.StartsWith("SCAN d\n", sorted, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE FOR ORDER BY", sorted, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_of_a_source_is_found_by_its_index()
    {
        string plan = await PlanAsync(new RecordQuery { SourceName = "june.csv", Line = 17 }, after: false);
        Assert.Contains("USING INDEX records_by_origin (origin=? AND line=?)", plan, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_list_by_date_is_read_in_the_order_of_its_index_either_way(bool isDescending)
    {
        string plan = await PlanAsync(RecordStatements.List(new RecordListQuery { IsDescending = isDescending }, null, 101).Single());
        (string sorted, _) = ArmsOf(plan);
        Assert.StartsWith("SCAN d\n", sorted, StringComparison.Ordinal);
        Assert.Contains("USE TEMP B-TREE FOR LAST TERM OF ORDER BY", sorted, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE FOR ORDER BY", sorted, StringComparison.Ordinal);
    }

    // Both are read in order and merged: what is sorted into the tables, and what is newer.
    private static (string Sorted, string Unsorted) ArmsOf(string plan)
    {
        string[] arms = plan.Split("\nMERGE (UNION ALL)\nLEFT\n")[1].Split("\nRIGHT\n");
        return (arms[0], arms[1]);
    }

    private Task<string> PlanAsync(RecordQuery query, bool after) =>
        PlanAsync(RecordStatements.Page(query, after ? new RecordPosition(new DateOnly(2025, 6, 17), Some.Key("1")) : null, 101));

    private async Task<string> PlanAsync(SqlQuery query)
    {
        await _store.Open().WriteAsync([Some.Record()], TestContext.Current.CancellationToken);
        using SqliteSession session = SqliteSession.Open(SqliteLocation.Parse(_store.ConnectionString), create: false, new SqliteSinkOptions());
        using SqliteStatement statement = session.Prepare("EXPLAIN QUERY PLAN " + query.Sql);
        List<string> plan = [];
        while (statement.Step())
        {
            plan.Add(statement.Text(3));
        }

        return string.Join('\n', plan);
    }
}
