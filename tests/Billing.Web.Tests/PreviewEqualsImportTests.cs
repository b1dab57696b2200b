using System.Globalization;
using System.Text;
using System.Text.Json;
using Billing.Web.Contracts;
using Billing.Web.Uploads;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Web.Tests;

/// <summary>What a preview shows of each row is what the import then makes of it: outcome, key, reason, reporting amount.</summary>
public sealed class PreviewEqualsImportTests
{
    private const int GeneratedFiles = 200;

    [Fact]
    public async Task Every_row_of_every_file_of_the_cases_becomes_what_its_preview_showed()
    {
        string path = Repository.PathTo("..", "shared", "cases", "cases.json");
        Assert.SkipUnless(File.Exists(path), "left out: ../shared/cases is not beside this repository");
        using JsonDocument cases = JsonDocument.Parse(await File.ReadAllBytesAsync(path, WebHost.Cancellation));
        await using WebHost host = new();
        HttpClient page = host.Page();
        int files = 0;
        long rows = 0;
        foreach (JsonElement one in cases.RootElement.EnumerateArray())
        {
            foreach (JsonElement file in one.GetProperty("files").EnumerateArray())
            {
                byte[] bytes = file.TryGetProperty("text", out JsonElement text) ? Encoding.UTF8.GetBytes(text.GetString()!) : file.GetProperty("base64").GetBytesFromBase64();
                if (bytes.Length == 0)
                {
                    continue;
                }

                files++;
                rows += await CompareAsync(host, page, file.GetProperty("name").GetString()!, bytes, await TermsAsync(one, bytes));
            }
        }

        Assert.True(files > 100 && rows > 250, $"Only {files} files with {rows} rows were compared.");
    }

    [Fact]
    public async Task Every_row_of_two_hundred_generated_files_becomes_what_its_preview_showed()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        long rows = 0;
        for (int seed = 0; seed < GeneratedFiles; seed++)
        {
            (string text, ImportTerms terms) = Generated(new Random(seed));
            rows += await CompareAsync(host, page, $"generated-{seed % 150}.csv", Encoding.UTF8.GetBytes(text), terms);
        }

        Dictionary<string, long> met = [];
        foreach (IngestReport run in await host.Ledger.Store.GetAllRunsAsync(WebHost.Cancellation).ToListAsync(WebHost.Cancellation))
        {
            foreach ((string outcome, long count) in (IEnumerable<(string, long)>)[("stored", run.Stored.Rows), ("duplicate", run.Duplicate.Rows), ("conflict", run.Conflict.Rows), ("quarantined", run.Quarantined.Rows)])
            {
                met[outcome] = met.GetValueOrDefault(outcome) + count;
            }
        }

        Assert.All(met, outcome => Assert.True(outcome.Value > 50, $"The files had only {outcome.Value} rows that were {outcome.Key}."));
        Assert.True(rows > 2_000);
    }

    private static (string Text, ImportTerms Terms) Generated(Random random)
    {
        (string text, bool byId) = GeneratedCsv.Of(random);
        return (text, new ImportTerms
        {
            Scope = byId ? "ids " + random.Next(2).ToString(CultureInfo.InvariantCulture) : random.Next(2) == 0 ? null : "content",
            Layout = byId ? new SourceLayout { Identity = RecordIdentity.Columns("id") } : null,
        });
    }

    private static async Task<ImportTerms> TermsAsync(JsonElement one, byte[] bytes)
    {
        JsonElement layout = one.GetProperty("layout");
        SourceLayout? stated = layout.ValueKind == JsonValueKind.Object ? SourceLayout.Parse(layout.GetRawText())
            : layout.ValueKind == JsonValueKind.String ? await InspectedAsync(bytes)
            : null;
        if (one.GetProperty("identity").GetString() is { } identity)
        {
            stated = (stated ?? new SourceLayout()) with { Identity = RecordIdentity.Parse(identity) };
        }

        return new ImportTerms { Layout = stated, Scope = one.GetProperty("scope").ValueKind == JsonValueKind.String ? one.GetProperty("scope").GetString() : "case " + one.GetProperty("id").GetString() };
    }

    private static async Task<SourceLayout?> InspectedAsync(byte[] bytes)
    {
        try
        {
            LayoutProposal proposal = await LayoutInspector.InspectAsync(BillingSource.Bytes("inspected", bytes), WebHost.Cancellation);
            SourceLayout answered = proposal.Questions.Where(question => question.Answers.Count > 0).Aggregate(proposal.Layout, (layout, question) => question.Answers[0].Apply(layout));

            // The first answers may contradict each other.
            return IsSound(answered) ? answered : proposal.Layout;
        }
        catch (Exception e) when (e is SourceFormatException or InvalidDataException or BillingConfigurationException)
        {
            return null;
        }
    }

    private static bool IsSound(SourceLayout layout)
    {
        try
        {
            return JsonSerializer.Deserialize<SourceLayout>(JsonSerializer.Serialize(layout)) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static async Task<long> CompareAsync(WebHost host, HttpClient page, string name, byte[] bytes, ImportTerms terms)
    {
        string upload = await WebHost.UploadAsync(page, name, bytes);
        using HttpResponseMessage answer = await WebHost.AskAsync(page, HttpMethod.Post, $"/api/uploads/{upload}/preview", terms);
        string json = await answer.Content.ReadAsStringAsync(WebHost.Cancellation);
        List<(RowOutcome Outcome, RecordTrace Trace)> rows = [];
        IngestReport? report = null;
        string? failure = null;
        try
        {
            IngestOptions options = Imports.TermsCheck.Options(terms) with { Reread = true, RowTraced = (outcome, trace) => rows.Add((outcome, trace)) };
            report = await host.Ledger.Pipeline().IngestAsync(host.Services.GetRequiredService<UploadStore>().Open(upload).Source, options, WebHost.Cancellation);
        }
        catch (Exception e) when (e is SourceFormatException or InvalidDataException or BillingConfigurationException)
        {
            failure = e.Message;
        }
        catch (IngestFailedException e)
        {
            (report, failure) = (e.Report, e.Message);
        }

        if ((int)answer.StatusCode == 422)
        {
            Assert.Equal(JsonSerializer.Deserialize(json, WebJsonContext.Default.ProblemReply)!.Detail, failure);
            return 0;
        }

        Assert.True((int)answer.StatusCode == 200, $"{name}: {json}");
        PreviewReply preview = JsonSerializer.Deserialize(json, WebJsonContext.Default.PreviewReply)!;
        Assert.Equal(preview.Refusal, failure);
        Assert.Equal(
            (preview.Report.Read, preview.Report.Stored, preview.Report.Duplicate, preview.Report.Conflict, preview.Report.Quarantined, preview.Report.StoredInReportingCurrency, preview.Report.Proof.Outcome),
            (report!.Read, report.Stored, report.Duplicate, report.Conflict, report.Quarantined, report.StoredInReportingCurrency, report.Proof.Outcome));
        PreviewRows shown = await WebHost.GetAsync<PreviewRows>(page, $"/api/uploads/{upload}/preview/{preview.Id}/rows?limit=1000");
        Assert.Equal(rows.Select(row => (row.Outcome.Source, row.Outcome.Kind, row.Outcome.Key, row.Outcome.Reason, row.Trace.Record?.ReportingAmount)), shown.Items.Select(row => (row.Source, row.Outcome, row.Key, row.Reason, row.Record?.ReportingAmount)));
        return rows.Count;
    }
}
