using System.Net;
using System.Text;
using System.Text.Json;
using Billing.Web.Client.Importing;
using Billing.Web.Client.Pages;
using Billing.Web.Contracts;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Web.Client.Tests;

/// <summary>The import page with a file, and a host that takes it.</summary>
public abstract class ImportContext : PageContext
{
    protected const string UploadId = "u";
    protected const string NoRules = """{ "text": "", "names": [], "version": "1" }""";
    private const string Csv = "date,amount,currency,description\n2026-01-01,10.00,USD,taxi\n2026-01-02,5.00,USD,hotel\n";

    /// <summary>The page.</summary>
    protected IRenderedComponent<ImportPage> Page { get; private set; } = null!;

    /// <summary>The answer to a comparison.</summary>
    protected string Preview { get; private set; } = "";

    /// <summary>The report of the import.</summary>
    protected IngestReport Report { get; private set; } = null!;

    protected ImportWork Work => Services.GetRequiredService<ImportWork>();

    protected ImportRuns Runs => Services.GetRequiredService<ImportRuns>();

    protected ImportTray Tray => Services.GetRequiredService<ImportTray>();

    /// <summary>A file that was read in the browser.</summary>
    protected async Task<ImportFile> ReadFileAsync()
    {
        await OpenAsync();
        byte[] bytes = Encoding.UTF8.GetBytes(Csv);
        Report = (await LocalPipeline.RunAsync("a.csv", bytes, new LocalTerms())).Report!;
        Preview = JsonSerializer.Serialize(new PreviewReply { Id = "p", Report = Report, Statement = Report.ToString(), Rows = new PreviewRows { Items = [] } }, WebJsonContext.Default.PreviewReply);
        Host.Answer("GET /api/rules", NoRules);
        string upload = JsonSerializer.Serialize(new UploadReply { Id = UploadId, Name = "a.csv", Size = bytes.Length, Offset = bytes.Length, IsComplete = true, ExpiresAt = DateTimeOffset.UnixEpoch }, WebJsonContext.Default.UploadReply);
        Host.Answer("POST /api/uploads", upload, HttpStatusCode.Created);
        Host.Answer($"GET /api/uploads/{UploadId}", upload);
        Host.Answer($"POST /api/uploads/{UploadId}/preview", Preview);
        ImportFile file = new("a.csv", bytes, "00112233445566778899");
        Tray.Files.Add(file);
        Tray.Shown = file;
        Page = Render<ImportPage>();
        await Page.InvokeAsync(() => Work.BeginAsync(file));
        Assert.Equal(ImportStage.Local, file.Stage);
        return file;
    }

    /// <summary>A file that was compared with the ledger.</summary>
    protected async Task<ImportFile> ComparedAsync()
    {
        ImportFile file = await ReadFileAsync();
        await Page.InvokeAsync(() => Work.CompareAsync(file));
        Assert.Equal(ImportStage.Compared, file.Stage);
        return file;
    }

    /// <summary>An import in a state.</summary>
    protected string Import(string state, string id = "1", string? runId = null) => JsonSerializer.Serialize(
        new ImportReply { Id = id, UploadId = UploadId, Name = "a.csv", State = state, Report = runId is null ? null : Report with { RunId = runId } }, WebJsonContext.Default.ImportReply);

    /// <summary>The event of an import in a state.</summary>
    protected string Event(string state, string id = "1", string? runId = null) => $"event: {(state == "running" ? "progress" : "ended")}\ndata: {Import(state, id, runId)}\n\n";
}
