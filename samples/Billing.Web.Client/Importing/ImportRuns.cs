using System.Text.Json;
using Billing.Web.Client.Host;
using Billing.Web.Client.Language;
using Billing.Web.Contracts;

namespace Billing.Web.Client.Importing;

/// <summary>Imports on the host: begun, followed to their statement, stopped, gone on with, taken back, and found again after the page was loaded anew.</summary>
public sealed class ImportRuns(HostApi api, Browser browser, Words words, KeptImports keptImports, ImportTray tray, ImportEvents events, OldEncodings encodings)
{
    private const string Running = "running";
    private const string Lost = "lost";
    private static readonly TimeSpan s_firstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(5);

    /// <summary>Stores a file by the terms that it was compared with.</summary>
    public Task StoreAsync(ImportFile file) => file.Comparison is { Preview.Refusal: null } compared ? StartAsync(file, compared.Terms) : Task.CompletedTask;

    /// <summary>Goes on with an import that did not come to its end, by the terms that it was begun with. What is stored already is not stored again.</summary>
    public async Task GoOnAsync(ImportFile file)
    {
        if (file.Kept is not { } kept)
        {
            return;
        }

        // A layout that names an encoding is checked when it is read.
        file.IsOffline = !await encodings.TryLoadAsync();
        if (file.IsOffline)
        {
            tray.Tell();
            return;
        }

        await StartAsync(file, JsonSerializer.Deserialize(kept.Terms, WebJsonContext.Default.ImportTerms)!);
    }

    /// <summary>Stops an import. What was stored stays, and it can be gone on with.</summary>
    public async Task CancelAsync(ImportFile file)
    {
        if (file.IsStopping || file.Import is not { State: Running } import)
        {
            return;
        }

        file.IsStopping = true;
        tray.Tell();
        Reply<ImportReply> reply = await api.SendAsync(HttpMethod.Post, $"api/imports/{import.Id}/cancel", null, WebJsonContext.Default.ImportReply);
        if (reply.Problem?.Status != 409)
        {
            // 409: it has ended meanwhile, and its statement comes by itself.
            file.Take(reply);
            file.IsStopping = reply.IsOk;
        }

        tray.Tell();
    }

    /// <summary>Takes an import back, with every run that it had: one that was gone on with has several.</summary>
    public async Task UndoAsync(ImportFile file)
    {
        if (file.IsAsking || file.Kept is null)
        {
            return;
        }

        file.IsAsking = true;
        tray.Tell();
        try
        {
            while (file.Kept is { Runs: [.., { } last] } kept)
            {
                Reply<EntryReply> reply = await api.SendAsync(HttpMethod.Post, $"api/runs/{last}/revert", new ReasonRequest { Reason = words["import.undo.reason"] }, WebJsonContext.Default.ReasonRequest, WebJsonContext.Default.EntryReply);
                file.Take(reply);
                if (!reply.IsOk && !await IsGoneAsync(last, reply.Problem))
                {
                    return;
                }

                file.Problem = null;

                file.Kept = kept with { Runs = [.. kept.Runs.SkipLast(1)] };
            }

            file.IsUndone = true;
            await keptImports.ForgetAsync(file.Kept.UploadId);
        }
        finally
        {
            file.IsAsking = false;
            tray.Tell();
        }
    }

    /// <summary>Puts a file away. Its import, if one runs, goes on.</summary>
    public async Task RemoveAsync(ImportFile file)
    {
        tray.Files.Remove(file);
        file.Dispose();
        tray.Shown = tray.Files.LastOrDefault();
        if (file.Kept is { } kept)
        {
            await keptImports.ForgetAsync(kept.UploadId);
        }
    }

    /// <summary>Finds the imports that were begun before the page was loaded, and follows them.</summary>
    public async Task RestoreAsync()
    {
        if (tray.IsRestored)
        {
            return;
        }

        tray.IsRestored = true;
        foreach (KeptImport kept in await keptImports.AllAsync())
        {
            ImportFile file = new(kept.Name, [], "")
            {
                Kept = kept,
                Stage = ImportStage.Running,
                Import = new ImportReply { Id = kept.ImportId ?? "", UploadId = kept.UploadId, Name = kept.Name, State = Running },
                IsUnanswered = kept.ImportId is null,
            };
            tray.Files.Add(file);
            tray.Shown ??= file;
            _ = FollowAsync(file);
        }

        tray.Tell();
    }

    private async Task StartAsync(ImportFile file, ImportTerms terms)
    {
        if (file.IsAsking || file.Import is { State: Running })
        {
            return;
        }

        (file.IsAsking, file.IsStopping) = (true, false);
        tray.Tell();
        try
        {
            string uploadId = file.Kept?.UploadId ?? file.Upload!.Id;
            file.Kept = new KeptImport { UploadId = uploadId, Name = file.Name, Terms = JsonSerializer.Serialize(terms, WebJsonContext.Default.ImportTerms), ImportId = file.Kept?.ImportId, Runs = file.Kept?.Runs ?? [] };
            Reply<ImportReply> reply = file.IsUnanswered ? await BegunAsync(file) : new Reply<ImportReply>(null, new ProblemReply { Status = 404 });
            if (reply.Problem?.Status == 404)
            {
                await keptImports.KeepAsync(file.Kept with { ImportId = null });
                reply = await api.SendAsync(HttpMethod.Post, $"api/uploads/{uploadId}/import", terms, WebJsonContext.Default.ImportTerms, WebJsonContext.Default.ImportReply);
            }

            file.Take(reply);
            // Where no answer came, or the host failed, the import may have begun: the next try looks for it first.
            file.IsUnanswered = reply.IsOffline || reply.Problem is { Status: 0 or >= 500 };
            if (reply.Value is not { } started)
            {
                await RefusedAsync(file, reply);
                return;
            }

            (file.Import, file.Stage, file.Percent, file.Kept) = (started, ImportStage.Running, 0, file.Kept with { ImportId = started.Id });
            await keptImports.KeepAsync(file.Kept);
        }
        finally
        {
            file.IsAsking = false;
            tray.Tell();
        }

        await FollowAsync(file);
        if (file.Import is { State: "completed" } && file.Memory is { } memory && terms.Layout is { } layout)
        {
            await browser.WriteAsync(memory, layout.ToJson());
        }
    }

    // Taken back by an earlier request whose answer was lost, or never written.
    private async Task<bool> IsGoneAsync(string runId, ProblemReply? problem) =>
        problem?.Status == 404
        || (problem?.Status == 409 && (await api.GetAsync($"api/runs/{runId}", WebJsonContext.Default.RunItem)).Value is { Report.RevertedBy: not null });

    private async Task RefusedAsync(ImportFile file, Reply<ImportReply> reply)
    {
        if (file.IsUnanswered)
        {
            return;
        }

        // Nothing began. What an earlier import of the same upload left stays.
        if (file.Kept is { ImportId: not null } earlier)
        {
            await keptImports.KeepAsync(earlier);
        }
        else
        {
            await keptImports.ForgetAsync(file.Kept!.UploadId);
            file.Kept = null;
        }

        if (reply.Problem?.Status == 404 && file.Bytes.Length > 0 && tray.Files.Contains(file))
        {
            // The host has forgotten the upload: it is sent and compared again.
            (file.Upload, file.Kept, file.Stage) = (null, null, ImportStage.Local);
            file.Begin();
        }
    }

    // The import that an unanswered request began; 404 if it began none.
    private async Task<Reply<ImportReply>> BegunAsync(ImportFile file)
    {
        Reply<ImportList> reply = await api.GetAsync("api/imports", WebJsonContext.Default.ImportList);
        return reply.Value is not { } list
            ? new Reply<ImportReply>(null, reply.Problem)
            : list.Items.FirstOrDefault(one => one.UploadId == file.Kept!.UploadId && string.CompareOrdinal(one.Id, file.Kept.ImportId) > 0) is { } begun
                ? new Reply<ImportReply>(begun)
                : new Reply<ImportReply>(null, new ProblemReply { Status = 404 });
    }

    // A stream that breaks off is taken up again. Only the host says that an import has ended.
    private async Task FollowAsync(ImportFile file)
    {
        TimeSpan wait = s_firstWait;
        while (file.Import is { State: Running } import)
        {
            if (!file.IsUnanswered && await events.ReadAsync(import.Id, now => FollowAsync(file, now)))
            {
                wait = s_firstWait;
            }

            if (file.Import is not { State: Running })
            {
                return;
            }

            Reply<ImportReply> reply = file.IsUnanswered ? await BegunAsync(file) : await api.GetAsync($"api/imports/{import.Id}", WebJsonContext.Default.ImportReply);
            file.Take(reply);
            if (reply.Value is { } state)
            {
                file.IsUnanswered = false;
                await FollowAsync(file, state);
            }
            else if (reply.Problem?.Status == 404)
            {
                file.Problem = null;
                await FollowAsync(file, import with { State = Lost });
            }

            if (file.Import is { State: Running })
            {
                file.IsCutOff = true;
                tray.Tell();
                await Task.Delay(wait);
                wait = wait * 2 > s_longestWait ? s_longestWait : wait * 2;
            }
        }
    }

    private async Task FollowAsync(ImportFile file, ImportReply state)
    {
        file.Import = state;
        (file.IsCutOff, file.IsOffline) = (false, false);
        file.Percent = (int)(100 * state.BytesRead / Math.Max(1, state.BytesTotal ?? file.Bytes.Length));
        KeptImport before = file.Kept!;
        KeptImport kept = before with { ImportId = state.Id, Runs = state.Report is { } report && !before.Runs.Contains(report.RunId) ? [.. before.Runs, report.RunId] : before.Runs };
        file.Kept = kept;
        if (state.State != Running)
        {
            (file.Stage, file.Percent, file.IsStopping) = (ImportStage.Ended, null, false);
        }

        tray.Tell();
        if (state.State is "completed" or Lost)
        {
            await keptImports.ForgetAsync(kept.UploadId);
        }
        else if (kept.ImportId != before.ImportId || kept.Runs.Count != before.Runs.Count)
        {
            await keptImports.KeepAsync(kept);
        }
    }
}
