using System.Security.Cryptography;
using System.Text;
using Billing.Web.Client.Host;
using Billing.Web.Client.Language;
using Billing.Web.Contracts;

namespace Billing.Web.Client.Importing;

/// <summary>What is done with a dropped file before it is stored: read here, and compared on the host. Whatever takes long is dropped when a term changes meanwhile.</summary>
public sealed class ImportWork(HostApi api, Browser browser, Words words, PageSettings settings, ImportTray tray, ImportUpload upload, OldEncodings encodings)
{
    /// <summary>Reads a file in the browser: hash, layout, rows. Nothing is sent.</summary>
    public async Task BeginAsync(ImportFile file)
    {
        int turn = file.Begin().Number;
        if (!await encodings.TryLoadAsync())
        {
            (file.Fault, file.Stage, file.Reads) = (words["fault.offline"], ImportStage.Local, file.Reads + 1);
            tray.Tell();
            return;
        }

        if (!await TryInspectAsync(file, SourceLayout.Default, turn))
        {
            return;
        }

        LayoutProposal proposal = file.Proposal!;
        file.Memory = "layout." + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', proposal.Columns.Select(column => column.Name)))))[..16];
        SourceLayout layout = proposal.Layout;
        if (await browser.ReadAsync(file.Memory) is { } kept)
        {
            try
            {
                layout = SourceLayout.Parse(kept);
                file.IsRemembered = true;
            }
            catch (BillingConfigurationException)
            {
                // It was kept by an earlier version: the proposal is used.
                await browser.WriteAsync(file.Memory, null);
            }
        }

        if (file.Turn == turn)
        {
            await UseAsync(file, layout);
        }
    }

    /// <summary>Reads a file by a layout, and shows what its rows become.</summary>
    public Task UseAsync(ImportFile file, SourceLayout layout)
    {
        (file.Layout, file.Inspected) = (layout, null);
        return ReadAsync(file);
    }

    /// <summary>Runs a file through the pipeline in the browser.</summary>
    public async Task ReadAsync(ImportFile file)
    {
        (int turn, CancellationToken ended) = file.Begin();
        (StatedTotals? expect, file.ExpectedFaults) = file.Expected.Read(words.Culture);
        if (!TryRates(file, out FixedRates? rates) || file.ExpectedFaults.Count > 0)
        {
            // What was read before was read by other terms than those that are typed now.
            (file.Stage, file.Percent, file.Local) = (ImportStage.Local, null, null);
            tray.Tell();
            return;
        }

        (file.Stage, file.Percent, file.Fault) = (ImportStage.Reading, 0, null);
        tray.Tell();
        if (!ReferenceEquals(file.Layout, file.Inspected))
        {
            if (!await TryInspectAsync(file, file.Layout, turn))
            {
                return;
            }

            file.Layout = file.Inspected = file.Proposal!.Layout;
        }

        Progress progress = new(done =>
        {
            if (file.Turn == turn)
            {
                file.Percent = (int)(100 * done.BytesRead / Math.Max(1, file.Bytes.Length));
                tray.Tell();
            }
        });
        LocalTerms terms = new() { Layout = file.Layout, ReportingCurrency = Reporting(file), Rates = rates, Scope = Scope(file), Expect = expect, Rules = await RulesAsync() };
        LocalPreview local;
        try
        {
            local = rates is null && settings.HasHost ? await RunByHostRatesAsync(file, terms, progress, ended) : await LocalPipeline.RunAsync(file.Name, file.Bytes, terms, progress, ended);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        if (file.Turn == turn)
        {
            (file.Local, file.Stage, file.Percent, file.Reads) = (local, ImportStage.Local, null, file.Reads + 1);
            tray.Tell();
        }
    }

    /// <summary>Sends a file to the host, and compares it with the ledger by the terms that are shown. Nothing is stored.</summary>
    public async Task CompareAsync(ImportFile file)
    {
        if (file.IsSending || !file.IsFresh)
        {
            return;
        }

        int turn = file.Turn;
        ImportTerms terms = new() { Layout = file.Layout, Scope = Scope(file), Expect = file.Expected.Read(words.Culture).Totals };
        (file.Fault, file.Problem, file.IsOffline, file.IsSending) = (null, null, false, true);
        try
        {
            if (await upload.SendAsync(file, turn) && file.Turn == turn)
            {
                Reply<PreviewReply> reply = await api.SendAsync(HttpMethod.Post, $"api/uploads/{file.Upload!.Id}/preview", terms, WebJsonContext.Default.ImportTerms, WebJsonContext.Default.PreviewReply);
                file.Take(reply);
                if (reply.Value is { } preview)
                {
                    file.Show(new LedgerComparison(preview, terms), turn);
                }
                else if (reply.Problem?.Status == 404)
                {
                    // The host has forgotten the upload: the next try sends it again.
                    file.Upload = null;
                }
            }
        }
        finally
        {
            file.IsSending = false;
            if (file.Turn == turn)
            {
                file.Percent = null;
            }

            tray.Tell();
        }
    }

    // The first run finds out which rates the file needs; the host is asked for these, and for nothing else of the file.
    private async Task<LocalPreview> RunByHostRatesAsync(ImportFile file, LocalTerms terms, Progress progress, CancellationToken ended)
    {
        HostRates rates = file.HostRates ??= new HostRates(api);
        LocalPreview preview = await LocalPipeline.RunAsync(file.Name, file.Bytes, terms with { Rates = rates, Rounding = rates.Rounding ?? terms.Rounding }, progress, ended);
        (bool isNew, ProblemReply? problem) = await rates.AskAsync();
        ended.ThrowIfCancellationRequested();
        file.Problem = problem;
        return isNew ? await LocalPipeline.RunAsync(file.Name, file.Bytes, terms with { Rates = rates, Rounding = rates.Rounding ?? terms.Rounding }, progress, ended) : preview;
    }

    private string Reporting(ImportFile file) => api.Session?.ReportingCurrency ?? (settings.HasHost ? file.Layout.DefaultCurrency ?? "USD" : settings.ReportingCurrency);

    private bool TryRates(ImportFile file, out FixedRates? rates)
    {
        (rates, file.RatesFault) = (null, null);
        try
        {
            rates = string.IsNullOrWhiteSpace(file.Rates) ? null : FixedRates.Parse(file.Rates, Reporting(file));
            return true;
        }
        catch (Exception wrong) when (wrong is FormatException or BillingConfigurationException or ArgumentException)
        {
            file.RatesFault = wrong.Message;
            return false;
        }
    }

    private static string? Scope(ImportFile file) => file.Scope.Trim() is { Length: > 0 } scope ? scope : null;

    private async Task<bool> TryInspectAsync(ImportFile file, SourceLayout stated, int turn)
    {
        try
        {
            LayoutProposal proposal = await LocalPipeline.InspectAsync(file.Name, file.Bytes, stated);
            if (file.Turn == turn)
            {
                (file.Proposal, file.Fault) = (proposal, null);
            }
        }
        catch (Exception unreadable) when (unreadable is SourceFormatException or BillingConfigurationException or InvalidDataException)
        {
            if (file.Turn == turn)
            {
                (file.Fault, file.Local, file.Stage, file.Percent, file.Reads) = (unreadable.Message, null, ImportStage.Local, null, file.Reads + 1);
                tray.Tell();
            }

            return false;
        }

        return file.Turn == turn;
    }

    // Where there is no host, or it cannot be reached, the rows are read without categories.
    private async Task<CategoryRules?> RulesAsync()
    {
        if (!settings.HasHost)
        {
            return null;
        }

        Reply<RulesReply> reply = await api.GetAsync("api/rules", WebJsonContext.Default.RulesReply);
        return reply.Value is { Text.Length: > 0 } rules ? CategoryRules.Parse(rules.Text) : null;
    }

    // The one of the framework posts to a context: late, and in no order.
    private sealed class Progress(Action<IngestProgress> tell) : IProgress<IngestProgress>
    {
        public void Report(IngestProgress value) => tell(value);
    }
}
