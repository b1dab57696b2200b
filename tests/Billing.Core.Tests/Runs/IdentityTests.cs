using System.Text;

namespace Billing.Core.Tests.Runs;

/// <summary>Which deliveries add what: file A holds c, c, d.</summary>
public sealed class IdentityTests
{
    private const string Header = "date,company,amount,currency";
    private const string C = "2025-06-01,Acme,10.00,USD";
    private const string D = "2025-06-02,Beta,20.00,USD";
    private const string E = "2025-06-03,Gamma,30.00,USD";

    private static string File(params string[] rows) => Header + "\n" + string.Join("\n", rows) + "\n";

    private static string A => File(C, C, D);

    [Fact]
    public async Task Equal_rows_of_one_file_are_kept()
    {
        Ingest ingest = new();
        IngestReport report = await ingest.Text(A);
        Assert.Equal(3, report.Stored.Rows);
        Assert.Equal([1, 2, 1], (await ingest.Records()).OrderBy(record => record.Source.Line).Select(record => record.Occurrence));
    }

    public static TheoryData<string, string, string> SecondDeliveries => new()
    {
        { "again", "june.csv", A },
        { "shuffled", "june.csv", File(D, C, C) },
        { "renamed", "july.csv", A },
        { "with CRLF", "june.csv", A.Replace("\n", "\r\n", StringComparison.Ordinal) },
        { "with a byte order mark", "june.csv", "\uFEFF" + A },
        { "with blank lines", "june.csv", File(C, "", C, "", D) + "\n" },
        { "without a final newline", "june.csv", A.TrimEnd('\n') },
        { "with other column order", "june.csv", "currency,amount,company,date\nUSD,10.00,Acme,2025-06-01\nUSD,10.00,Acme,2025-06-01\nUSD,20.00,Beta,2025-06-02\n" },
        { "with amounts written otherwise", "june.csv", A.Replace("10.00", "10.0", StringComparison.Ordinal).Replace("20.00", "20", StringComparison.Ordinal) },
    };

    [Theory]
    [MemberData(nameof(SecondDeliveries))]
    public async Task A_second_delivery_adds_nothing(string how, string name, string text)
    {
        Ingest ingest = new();
        await ingest.Text(A);
        string before = await ingest.Keys();
        IngestReport again = await ingest.Text(text, name);
        Assert.True(again.Stored.Rows == 0, $"{how}: stored {again.Stored.Rows}");
        Assert.Equal(3, again.Duplicate.Rows);
        Assert.Equal(before, await ingest.Keys());
    }

    [Fact]
    public async Task In_UTF16_a_second_delivery_adds_nothing()
    {
        Ingest ingest = new();
        await ingest.Text(A);
        IngestReport again = await ingest.Bytes([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(A)]);
        Assert.Equal(3, again.Duplicate.Rows);
    }

    [Fact]
    public async Task An_overlapping_file_adds_what_is_new()
    {
        Ingest ingest = new();
        await ingest.Text(A);
        IngestReport overlapping = await ingest.Text(File(C, D, E), "b.csv");
        Assert.Equal(1, overlapping.Stored.Rows);
        Assert.Equal("30", overlapping.Stored["USD"].ToString());
        Assert.Equal(2, overlapping.Duplicate.Rows);
    }

    [Fact]
    public async Task A_file_with_one_more_of_an_equal_row_adds_one()
    {
        Ingest ingest = new();
        await ingest.Text(A);
        IngestReport more = await ingest.Text(File(C, C, C), "c.csv");
        Assert.Equal(1, more.Stored.Rows);
        Assert.Equal(2, more.Duplicate.Rows);
    }

    [Fact]
    public async Task Under_another_scope_all_are_new()
    {
        Ingest ingest = new();
        await ingest.Text(A, options: new IngestOptions { Scope = "account 1" });
        IngestReport other = await ingest.Text(A, options: new IngestOptions { Scope = "account 2" });
        IngestReport same = await ingest.Text(A, "renamed.csv", new IngestOptions { Scope = "account 1" });
        Assert.Equal(3, other.Stored.Rows);
        Assert.Equal(3, same.Duplicate.Rows);
    }

    [Fact]
    public async Task Duplicates_from_another_source_are_counted_apart_and_warned_of_without_a_scope()
    {
        Ingest ingest = new();
        await ingest.Text(A);
        IngestReport same = await ingest.Text(A);
        IngestReport renamed = await ingest.Text(A, "july.csv");
        Assert.Empty(same.DuplicatesFromOtherSources);
        Assert.Equal([new DuplicateOrigin("june.csv", 3)], renamed.DuplicatesFromOtherSources);
        Assert.Contains(renamed.Warnings, warning => warning.Contains("june.csv 3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task By_columns_other_content_under_the_same_id_is_a_conflict_and_both_are_kept()
    {
        Ingest ingest = new(billing => billing.UseIdentity(RecordIdentity.Columns("transaction_id")));
        await ingest.Text("transaction_id,date,amount,currency\nt1,2025-06-01,10,USD\n");
        IngestReport report = await ingest.Text("transaction_id,date,amount,currency\nt1,2025-06-01,10.0,USD\nt1,2025-06-01,11,USD\n", "again.csv");
        Assert.Equal(1, report.Duplicate.Rows);
        Assert.Equal(1, report.Conflict.Rows);
        Assert.Equal("11", report.Conflict["USD"].ToString());
        Assert.Equal(10m, Assert.Single(await ingest.Records()).Amount.Amount);
        QuarantinedRecord kept = Assert.Single(await ingest.Quarantine());
        Assert.Equal(QuarantineReason.Conflict, kept.Reason);
        Assert.Equal("t1,2025-06-01,11,USD", kept.RawText);
    }

    [Fact]
    public async Task By_position_equal_rows_are_told_apart_by_where_they_stand()
    {
        Ingest ingest = new(billing => billing.UseIdentity(RecordIdentity.Position));
        await ingest.Text(A);
        Assert.Equal(3, (await ingest.Text(A)).Duplicate.Rows);
        Assert.Equal(3, (await ingest.Text(A, "other.csv")).Stored.Rows);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task The_batch_size_changes_nothing(int batchSize)
    {
        Ingest whole = new();
        Ingest batched = new(billing => billing.UseBatchSize(batchSize));
        string text = File(C, "bad", D, C, "2025-06-31,Acme,1,USD", E, C);
        await whole.Text(text);
        IngestReport report = await batched.Text(text);
        Assert.Equal(await whole.Keys(), await batched.Keys());
        Assert.Equal(2, report.Quarantined.Rows);
        Assert.Equal(
            (await whole.Quarantine()).Select(row => (row.Key, row.Reason, row.RawText)),
            (await batched.Quarantine()).Select(row => (row.Key, row.Reason, row.RawText)));
    }

    [Fact]
    public async Task Columns_that_are_no_id_keep_lawful_repeats_and_a_second_delivery_adds_nothing()
    {
        Ingest ingest = new();
        IngestOptions options = new() { Identity = RecordIdentity.Parse("columns+occurrence:date,company,amount") };
        string file = Header + ",note\n" + C + ",x\n" + C + ",x\n" + C + ",y\n" + D + ",z\n";
        IngestReport report = await ingest.Text(file, options: options);
        Assert.Equal(4, report.Stored.Rows);
        Assert.Equal(4, (await ingest.Text(file, "july.csv", options)).Duplicate.Rows);

        // Other content under the same values and place is a conflict, never overwritten.
        IngestReport changed = await ingest.Text(file.Replace(",z", ",w", StringComparison.Ordinal), "july.csv", options);
        Assert.Equal((3, 1), (changed.Duplicate.Rows, changed.Conflict.Rows));
    }

    [Fact]
    public async Task An_equal_row_with_the_id_of_an_earlier_one_is_told_of()
    {
        Ingest ingest = new();
        IngestReport report = await ingest.Text(A, options: new IngestOptions { Identity = RecordIdentity.Columns("date", "company") });
        Assert.Equal((2, 1), (report.Stored.Rows, report.Duplicate.Rows));
        string warning = Assert.Single(report.Warnings);
        Assert.StartsWith("1 row equals an earlier row of the source and has its id, on line 3: it was not stored again.", warning, StringComparison.Ordinal);
        Assert.Contains("columns+occurrence:", warning, StringComparison.Ordinal);

        // A conflict is told of by itself, and a second delivery repeats nothing within its source.
        IngestReport other = await ingest.Text(File(D.Replace("20.00", "21.00", StringComparison.Ordinal), D), options: new IngestOptions { Identity = RecordIdentity.Columns("date", "company") });
        Assert.Equal((1, 1), (other.Conflict.Rows, other.Duplicate.Rows));
        Assert.Empty(other.Warnings);
    }

    [Theory]
    [InlineData("columns+occurrence:a,b", "columns+occurrence:a,b")]
    [InlineData("columns:a, b", "columns:a,b")]
    [InlineData("content", "content")]
    [InlineData("position", "position")]
    public void An_identity_is_read_as_it_is_written(string text, string expected)
    {
        Assert.Equal(expected, RecordIdentity.Parse(text).ToString());
        SourceLayout layout = new() { Identity = RecordIdentity.Parse(text) };
        Assert.Equal(expected, SourceLayout.Parse(layout.ToJson()).Identity!.ToString());
    }

    [Theory]
    [InlineData("columns+occurrence:")]
    [InlineData("columns+occurrence")]
    [InlineData("columns")]
    [InlineData("columns:a,,b")]
    [InlineData("Columns:a")]
    [InlineData("")]
    [InlineData(":a")]
    public void What_is_no_identity_is_refused_with_the_ways_to_write_one(string text) =>
        Assert.Contains("columns+occurrence:", Assert.Throws<FormatException>(() => RecordIdentity.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Names_with_commas_stay_whole_in_a_layout_file()
    {
        SourceLayout layout = new() { Identity = RecordIdentity.CountedColumns("a,b", "c") };
        RecordIdentity read = SourceLayout.Parse(layout.ToJson()).Identity!;
        Assert.Equal((RecordIdentityKind.CountedColumns, "a,b|c"), (read.Kind, string.Join('|', read.ColumnNames)));
    }
}
