using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Billing.Web.Client.Host;
using Billing.Web.Client.Language;
using Billing.Web.Contracts;
using Microsoft.AspNetCore.Components.WebAssembly.Http;

namespace Billing.Web.Client.Importing;

/// <summary>What is done with a dropped file, step by step: read here, compared on the host, stored, taken back.</summary>
public sealed class ImportWork(HostApi api, Browser browser, Words words, PageSettings settings)
{
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(5);

    /// <summary>Raised when a file went on.</summary>
    public event Action? Changed;

    /// <summary>Reads a file in the browser: hash, layout, rows. Nothing is sent.</summary>
    public async Task BeginAsync(ImportFile file)
    {
        LayoutProposal? proposal = await TryInspectAsync(file, SourceLayout.Default);
        if (proposal is null)
        {
            return;
        }

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

        await UseAsync(file, layout);
    }

    /// <summary>Reads a file by a layout, and shows what its rows become.</summary>
    public async Task UseAsync(ImportFile file, SourceLayout layout)
    {
        file.Layout = layout;
        if (await TryInspectAsync(file, layout) is { } proposal)
        {
            file.Layout = proposal.Layout;
            await ReadAsync(file);
        }
    }

    /// <summary>Runs a file through the pipeline in the browser.</summary>
    public async Task ReadAsync(ImportFile file)
    {
        (StatedTotals? expect, IReadOnlyList<string> faults) = file.Expected.Read(words.Culture);
        file.ExpectedFaults = faults;
        if (faults.Count > 0)
        {
            Changed?.Invoke();
            return;
        }

        if (!TryRates(file, out FixedRates? rates))
        {
            Changed?.Invoke();
            return;
        }

        (file.Stage, file.Percent, file.Preview, file.Fault) = (ImportStage.Reading, 0, null, null);
        Changed?.Invoke();
        Progress progress = new(done =>
        {
            file.Percent = (int)(100 * done.BytesRead / Math.Max(1, file.Bytes.Length));
            Changed?.Invoke();
        });
        LocalTerms terms = new()
        {
            Layout = file.Layout,
            ReportingCurrency = Reporting(file),
            Rates = rates,
            Scope = Scope(file),
            Expect = expect,
            Rules = await RulesAsync(),
        };
        file.Local = rates is null && settings.HasHost ? await RunByHostRatesAsync(file, terms, progress) : await LocalPipeline.RunAsync(file.Name, file.Bytes, terms, progress);
        (file.Stage, file.Percent, file.Reads) = (ImportStage.Local, null, file.Reads + 1);
        Changed?.Invoke();
    }

    /// <summary>Sends a file to the host, and compares it with the ledger. Nothing is stored.</summary>
    public async Task CompareAsync(ImportFile file)
    {
        (file.Fault, file.Problem) = (null, null);
        if (file.Upload is not { IsComplete: true } && !await SendAsync(file))
        {
            Changed?.Invoke();
            return;
        }

        Reply<PreviewReply> reply = await api.SendAsync(HttpMethod.Post, $"api/uploads/{file.Upload!.Id}/preview", Terms(file), WebJsonContext.Default.ImportTerms, WebJsonContext.Default.PreviewReply);
        file.Percent = null;
        Take(file, reply);
        if (reply.Value is { } preview)
        {
            (file.Preview, file.Stage) = (preview, ImportStage.Compared);
        }
        else if (reply.Problem?.Status == 404)
        {
            // The host has forgotten the upload: the next try sends it again.
            file.Upload = null;
        }

        Changed?.Invoke();
    }

    /// <summary>Stores a file, and follows it to its statement.</summary>
    public async Task StoreAsync(ImportFile file)
    {
        Reply<ImportReply> reply = await api.SendAsync(HttpMethod.Post, $"api/uploads/{file.Upload!.Id}/import", Terms(file), WebJsonContext.Default.ImportTerms, WebJsonContext.Default.ImportReply);
        Take(file, reply);
        if (reply.Value is { } started)
        {
            (file.Import, file.Stage, file.Percent) = (started, ImportStage.Running, 0);
            Changed?.Invoke();
            await FollowAsync(file);
            if (file.Import is { State: "completed" } && file.Memory is { } memory)
            {
                await browser.WriteAsync(memory, file.Layout.ToJson());
            }
        }

        Changed?.Invoke();
    }

    /// <summary>Stops an import. What was stored stays, and it can be gone on with.</summary>
    public async Task CancelAsync(ImportFile file) =>
        Take(file, await api.SendAsync(HttpMethod.Post, $"api/imports/{file.Import!.Id}/cancel", null, WebJsonContext.Default.ImportReply));

    /// <summary>Takes an import back.</summary>
    public async Task UndoAsync(ImportFile file, string reason)
    {
        Reply<EntryReply> reply = await api.SendAsync(HttpMethod.Post, $"api/runs/{file.Import!.Report!.RunId}/revert", new ReasonRequest { Reason = reason }, WebJsonContext.Default.ReasonRequest, WebJsonContext.Default.EntryReply);
        Take(file, reply);
        file.Undone = reply.Value;
        Changed?.Invoke();
    }

    // The first run finds out which rates the file needs; the host is asked for these, and for nothing else of the file.
    private async Task<LocalPreview> RunByHostRatesAsync(ImportFile file, LocalTerms terms, Progress progress)
    {
        HostRates rates = file.HostRates ??= new HostRates(api);
        LocalPreview preview = await LocalPipeline.RunAsync(file.Name, file.Bytes, terms with { Rates = rates, Rounding = rates.Rounding ?? terms.Rounding }, progress);
        (bool isNew, file.Problem) = await rates.AskAsync();
        return isNew ? await LocalPipeline.RunAsync(file.Name, file.Bytes, terms with { Rates = rates, Rounding = rates.Rounding ?? terms.Rounding }, progress) : preview;
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

    private static void Take<T>(ImportFile file, Reply<T> reply)
        where T : class
    {
        file.Problem = reply.Problem;
        file.IsOffline = reply.IsOffline;
    }

    private ImportTerms Terms(ImportFile file) => new() { Layout = file.Layout, Scope = Scope(file), Expect = file.Expected.Read(words.Culture).Totals };

    private async Task<LayoutProposal?> TryInspectAsync(ImportFile file, SourceLayout stated)
    {
        try
        {
            file.Proposal = await LocalPipeline.InspectAsync(file.Name, file.Bytes, stated);
            file.Fault = null;
            return file.Proposal;
        }
        catch (Exception unreadable) when (unreadable is SourceFormatException or BillingConfigurationException or InvalidDataException)
        {
            (file.Fault, file.Local, file.Stage, file.Percent, file.Reads) = (unreadable.Message, null, ImportStage.Local, null, file.Reads + 1);
            Changed?.Invoke();
            return null;
        }
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

    private async Task<bool> SendAsync(ImportFile file)
    {
        file.Percent = 0;
        Changed?.Invoke();
        Reply<UploadReply> reply = file.Upload is { } begun
            ? await api.GetAsync($"api/uploads/{begun.Id}", WebJsonContext.Default.UploadReply)
            : new Reply<UploadReply>(null);
        if (!reply.IsOk)
        {
            reply = await api.SendAsync(HttpMethod.Post, "api/uploads", new UploadRequest { Name = file.Name, Size = file.Bytes.Length }, WebJsonContext.Default.UploadRequest, WebJsonContext.Default.UploadReply);
        }

        int piece = api.Session?.PieceBytes is > 0 and int size ? size : 1 << 20;
        while (reply.Value is { IsComplete: false } upload && upload.Offset < file.Bytes.Length)
        {
            file.Upload = upload;
            file.Percent = (int)(100 * upload.Offset / Math.Max(1, file.Bytes.Length));
            Changed?.Invoke();
            ByteArrayContent bytes = new(file.Bytes, (int)upload.Offset, (int)Math.Min(piece, file.Bytes.Length - upload.Offset));
            bytes.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            string offset = FormattableString.Invariant($"{upload.Offset}");
            reply = await api.SendAsync(HttpMethod.Patch, $"api/uploads/{upload.Id}", bytes, WebJsonContext.Default.UploadReply, headers => headers.TryAddWithoutValidation("Upload-Offset", offset));
        }

        if (reply.Value is { IsComplete: false } whole)
        {
            reply = await api.SendAsync(HttpMethod.Post, $"api/uploads/{whole.Id}/complete", new UploadCompletion { Sha256 = file.Sha256 }, WebJsonContext.Default.UploadCompletion, WebJsonContext.Default.UploadReply);
        }

        file.Upload = reply.Value ?? file.Upload;
        file.Percent = null;
        Take(file, reply);
        return reply.Value is { IsComplete: true };
    }

    // A broken stream is taken up again; after that, the state of the import is asked for.
    private async Task FollowAsync(ImportFile file)
    {
        TimeSpan wait = TimeSpan.FromSeconds(1);
        while (file.Import is { State: "running" } running)
        {
            try
            {
                using HttpRequestMessage request = new(HttpMethod.Get, $"api/imports/{running.Id}/events");
                request.SetBrowserResponseStreamingEnabled(true);
                using HttpResponseMessage response = await api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                await using Stream stream = await response.Content.ReadAsStreamAsync();
                await foreach (SseItem<string> item in SseParser.Create(stream).EnumerateAsync())
                {
                    if (item.EventType is "progress" or "ended" && JsonSerializer.Deserialize(item.Data, WebJsonContext.Default.ImportReply) is { } state)
                    {
                        Follow(file, state);
                    }

                    if (item.EventType == "ended")
                    {
                        return;
                    }
                }
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException or JsonException)
            {
                file.IsOffline = true;
                Changed?.Invoke();
                await Task.Delay(wait);
                wait = wait * 2 > s_longestWait ? s_longestWait : wait * 2;
            }

            Reply<ImportReply> reply = await api.GetAsync($"api/imports/{running.Id}", WebJsonContext.Default.ImportReply);
            Take(file, reply);
            if (reply.Problem is not null)
            {
                // The host does not know the import, or no longer shows it: the statement is among the runs.
                (file.Stage, file.Percent) = (ImportStage.Compared, null);
                return;
            }

            if (reply.Value is { } now)
            {
                Follow(file, now);
            }
        }
    }

    private void Follow(ImportFile file, ImportReply state)
    {
        file.Import = state;
        file.Percent = (int)(100 * state.BytesRead / Math.Max(1, state.BytesTotal ?? file.Bytes.Length));
        if (state.State != "running")
        {
            (file.Stage, file.Percent) = (ImportStage.Ended, null);
        }

        Changed?.Invoke();
    }

    // The one of the framework posts to a context: late, and in no order.
    private sealed class Progress(Action<IngestProgress> tell) : IProgress<IngestProgress>
    {
        public void Report(IngestProgress value) => tell(value);
    }
}
