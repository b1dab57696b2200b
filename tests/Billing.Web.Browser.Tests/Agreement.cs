using System.Text;
using System.Text.RegularExpressions;
using Billing.Web.Client.Importing;
using Billing.Web.Contracts;
using Microsoft.Playwright;

namespace Billing.Web.Browser.Tests;

/// <summary>Runs files through the page and through the import of its host, and notes where they differ.</summary>
internal sealed partial class Agreement : IAsyncDisposable
{
    private readonly List<string> _differences = [];
    private readonly Dictionary<string, int> _met = [];
    private RunningHost? _host;
    private WatchedPage? _watched;
    private Books? _books;

    /// <summary>The files so far.</summary>
    public int Files { get; private set; }

    /// <summary>How often a file could be read.</summary>
    public int Read { get; private set; }

    /// <summary>The records that were converted.</summary>
    public int Converted { get; private set; }

    private IPage Page => _watched!.Page;

    /// <summary>How many rows had an outcome, or a reason.</summary>
    public int Met(string word) => _met.GetValueOrDefault(word);

    /// <summary>Opens the page of a host of its own.</summary>
    public async Task OpenAsync(Chromium chromium, params (string Name, string Value)[] settings)
    {
        _host = await RunningHost.StartAsync(settings);
        _books = new Books(_host.Address);
        _watched = await chromium.OpenAsync(_host.Address);
        await _watched.GoAsync("/app/import");
    }

    public async Task CloseAsync()
    {
        _watched!.AssertQuiet();
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _books?.Dispose();
        await (_watched?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_host?.DisposeAsync() ?? ValueTask.CompletedTask);
        (_books, _watched, _host) = (null, null, null);
    }

    public void AssertHeld() => Assert.True(_differences.Count == 0, $"{_differences.Count} differences:\n{string.Join("\n\n", _differences)}");

    /// <summary>Compares a file, once for each scope; null for none.</summary>
    public async Task CompareAsync(string name, byte[] bytes, SourceLayout? stated, params string?[] scopes)
    {
        Files++;
        (SourceLayout? layout, string? unreadable) = await InspectAsync(name, bytes, stated);
        int reads = await DropAsync(name, bytes, stated);
        foreach (string? scope in scopes)
        {
            if (scope is not null && await Page.Locator("#l-scope").CountAsync() > 0)
            {
                await Page.Locator("#l-scope").FillAsync(scope);
                await Page.Locator("#l-scope").BlurAsync();
                await ReadAsync(++reads);
            }

            string there = unreadable is null ? await StoreAsync(name, bytes, new ImportTerms { Layout = layout, Scope = scope }) : "refused: " + unreadable;
            string here = await ShownAsync();
            Read += here.StartsWith("refused", StringComparison.Ordinal) ? 0 : 1;
            if (here != there)
            {
                _differences.Add($"{name}, scope {scope}:\nhost:\n{there}\npage:\n{here}");
            }
        }
    }

    // What the page proposes, by the same code: the host is given it, as the page would.
    private static async Task<(SourceLayout? Layout, string? Unreadable)> InspectAsync(string name, byte[] bytes, SourceLayout? stated)
    {
        try
        {
            SourceLayout layout = (await LocalPipeline.InspectAsync(name, bytes, SourceLayout.Default)).Layout;
            return (stated is null ? layout : (await LocalPipeline.InspectAsync(name, bytes, SourceLayout.Parse(stated.ToJson()))).Layout, null);
        }
        catch (Exception unreadable) when (unreadable is SourceFormatException or BillingConfigurationException or InvalidDataException)
        {
            return (null, unreadable.Message);
        }
    }

    private async Task<int> DropAsync(string name, byte[] bytes, SourceLayout? stated)
    {
        if (await Page.Locator("#file").CountAsync() > 0)
        {
            await Page.Locator("#file button.plain").ClickAsync();
            await Assertions.Expect(Page.Locator("#file")).ToHaveCountAsync(0);
        }

        await Page.Locator("#files").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = bytes });
        int reads = 1;
        await ReadAsync(reads);
        if (stated is not null && await Page.Locator("#l-file").CountAsync() > 0)
        {
            await Page.Locator("#l-file").SetInputFilesAsync(new FilePayload { Name = "case.layout.json", MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes(stated.ToJson()) });
            await ReadAsync(++reads);
        }

        return reads;
    }

    private async Task<string> ShownAsync()
    {
        if (await Page.Locator("#local-title").CountAsync() == 0)
        {
            return $"refused: {await Page.Locator(".note.bad p").First.TextContentAsync()}";
        }

        ILocator fault = Page.Locator("section:has(#local-title) .note.bad p");
        if (await fault.CountAsync() > 0)
        {
            return $"refused: {await fault.First.TextContentAsync()}";
        }

        IDownload download = await Page.RunAndWaitForDownloadAsync(() => Page.Locator("#save-preview").ClickAsync());
        return Refused().Replace(await File.ReadAllTextAsync(await download.PathAsync()), "$1,,,,,,,");
    }

    private Task ReadAsync(int reads) => Assertions.Expect(Page.Locator($"#file[data-reads=\"{reads}\"]")).ToHaveCountAsync(1);

    // Compared with the ledger and stored. What has no scope of its own is taken back, so that the next file meets an empty ledger as it does in the page.
    private async Task<string> StoreAsync(string name, byte[] bytes, ImportTerms terms)
    {
        string upload = await _books!.UploadAsync(name, bytes);
        (PreviewReply? preview, IReadOnlyList<PreviewRow> rows, string? refusal) = await _books.PreviewAsync(upload, terms);
        ImportReply import = await _books.ImportAsync(upload, terms);
        if (refusal is not null)
        {
            Assert.NotEqual("completed", import.State);
            return $"refused: {refusal}";
        }

        Assert.True(import.State == "completed", $"{name}: the import ended as {import.State}.");
        IngestReport report = import.Report!;
        Assert.Equal((preview!.Report.Read, preview.Report.Stored, preview.Report.Duplicate, preview.Report.Conflict, preview.Report.Quarantined), (report.Read, report.Stored, report.Duplicate, report.Conflict, report.Quarantined));
        Assert.Equal(
            rows.Where(row => row.Outcome == RowOutcomeKind.Stored).Select(row => Told(row.Record!)).Order(StringComparer.Ordinal),
            (await _books.OfRunAsync(report.RunId)).Select(Told).Order(StringComparer.Ordinal));
        if (terms.Scope is null)
        {
            await _books.RevertAsync(report.RunId);
        }

        foreach (PreviewRow row in rows)
        {
            Count(row.Outcome.ToString().ToLowerInvariant());
            Count(row.Reason);
            Converted += row.Outcome == RowOutcomeKind.Stored && row.Record!.Amount.Currency != row.Record.ReportingAmount.Currency ? 1 : 0;
        }

        LocalRow[] shown = [.. rows.Select(row => new LocalRow(new RowOutcome(row.Source, row.Outcome, row.Key, row.Reason, row.Detail), row.Outcome == RowOutcomeKind.Quarantined ? null : row.Record, null, null))];
        return Encoding.UTF8.GetString(PreviewCsv.Write(new LocalPreview(report, report.Proof, shown, null)));
    }

    private void Count(string? word)
    {
        if (word is not null)
        {
            _met[word] = _met.GetValueOrDefault(word) + 1;
        }
    }

    private static string Told(BillingRecord record) => $"{record.Source.Line} {record.Key} {record.Amount} {record.ReportingAmount} {record.ExchangeRate?.ValueText} {record.Category}";

    // The amount of a refused row is not among what the host tells of it.
    [GeneratedRegex("""^(\d+,quarantined,[a-z_]*,[0-9a-f]+,),.*,,,,,(?=\r$)""", RegexOptions.Multiline)]
    private static partial Regex Refused();
}
