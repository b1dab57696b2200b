using System.Collections.Concurrent;
using System.Text.Json;
using Billing.Web.Contracts;
using Billing.Web.Ledger;
using Billing.Web.Problems;
using Billing.Web.Settings;
using Billing.Web.Uploads;

namespace Billing.Web.Imports;

/// <summary>The imports of this host. Each is noted in a file, so that a host that was killed shows, when it runs again, which ones were interrupted.</summary>
internal sealed class ImportJobs : IHostedService, IDisposable
{
    private const int MostKept = 500;

    private readonly WebLedger _ledger;
    private readonly UploadStore _uploads;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILogger _logger;
    private readonly string _folder;
    private readonly ConcurrentDictionary<string, ImportJob> _jobs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> _running = new(StringComparer.Ordinal);
    private volatile bool _isStopping;

    public ImportJobs(WebSettings settings, WebLedger ledger, UploadStore uploads, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ImportJobs> logger)
    {
        (_ledger, _uploads, _lifetime, _logger, Started) = (ledger, uploads, lifetime, logger, time.GetUtcNow());
        _folder = Path.Combine(settings.Folder, "imports");
        Directory.CreateDirectory(_folder);
    }

    /// <summary>When the host began.</summary>
    public DateTimeOffset Started { get; }

    public ImportList All => new() { Items = [.. _jobs.Values.Select(job => job.Now).OrderByDescending(job => job.Id, StringComparer.Ordinal)] };

    /// <summary>Whether a run is listed as running, but ended with a host before this one.</summary>
    public bool IsInterrupted(IngestReport run) => run.Status == RunStatus.Running && run.StartedAt < Started;

    /// <exception cref="RefusedException">There is none.</exception>
    public ImportJob Find(string id) => _jobs.TryGetValue(id, out ImportJob? job) ? job : throw new RefusedException(StatusCodes.Status404NotFound, "There is no such import.");

    public ImportReply Begin(string uploadId, ImportTerms terms)
    {
        IngestOptions options = TermsCheck.Options(terms);
        (UploadReply upload, IBillingSource source) = _uploads.Open(uploadId);
        IDisposable claim = _uploads.Claim(uploadId);
        ImportJob job = new(new ImportReply { Id = Guid.CreateVersion7().ToString("N"), UploadId = uploadId, Name = upload.Name, State = ImportState.Running, BytesTotal = upload.Size });
        _jobs[job.Now.Id] = job;
        if (_isStopping)
        {
            job.Cancel();
        }

        Write(job.Now);
        Log.ImportBegan(_logger, job.Now.Id);
        ImportReply begun = job.Now;
        _running[begun.Id] = Task.Run(() => RunAsync(job, claim, source, options), CancellationToken.None);
        return begun;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (string path in Directory.EnumerateFiles(_folder, "*.json").OrderDescending(StringComparer.Ordinal).Skip(MostKept).ToArray())
        {
            File.Delete(path);
        }

        foreach (string path in Directory.EnumerateFiles(_folder, "*.json"))
        {
            if (Read(path) is not { } kept)
            {
                continue;
            }

            ImportReply now = kept.State == ImportState.Running ? kept with { State = ImportState.Interrupted } : kept;
            _jobs[now.Id] = new ImportJob(now);
            if (now != kept)
            {
                Write(now);
            }
        }

        // As soon as the host is told to end, and not when the last connection to it has ended.
        _lifetime.ApplicationStopping.Register(Interrupt);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Interrupt();
        return Task.WhenAll(_running.Values).WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        foreach (ImportJob job in _jobs.Values)
        {
            job.Dispose();
        }
    }

    private void Interrupt()
    {
        _isStopping = true;
        foreach (ImportJob job in _jobs.Values.Where(job => !job.HasEnded))
        {
            job.Cancel();
        }
    }

    private async Task RunAsync(ImportJob job, IDisposable claim, IBillingSource source, IngestOptions options)
    {
        try
        {
            ImportProgress progress = new(job);
            IngestReport report = await _ledger.Pipeline().IngestAsync(source, options with { Progress = progress }, job.Stopped);
            End(job, ImportState.Completed, report, null);
        }
        catch (IngestCanceledException e)
        {
            End(job, _isStopping ? ImportState.Interrupted : ImportState.Cancelled, e.Report, null);
        }
        catch (OperationCanceledException)
        {
            End(job, _isStopping ? ImportState.Interrupted : ImportState.Cancelled, null, null);
        }
        catch (Exception e) when (e is SourceFormatException or InvalidDataException or BillingConfigurationException || (e is IngestFailedException && e.InnerException is null))
        {
            // What the ledger says of the file is for the person who imports it.
            End(job, ImportState.Failed, (e as IngestFailedException)?.Report, e.Message);
        }
#pragma warning disable CA1031 // It is logged, and the import says under which id.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.ImportFailed(_logger, e, job.Now.Id);
            End(job, ImportState.Failed, (e as IngestFailedException)?.Report, $"The host or its store failed; the log of the host has it under import {job.Now.Id}. What was stored stays stored. Import the upload again: nothing is doubled.");
        }
        finally
        {
            claim.Dispose();
            _running.TryRemove(job.Now.Id, out _);
        }
    }

    private void End(ImportJob job, string state, IngestReport? report, string? error)
    {
        ImportReply ended = job.Now with { State = state, Report = report ?? job.Now.Report, Statement = report?.ToString(), Error = error };
        Write(ended);
        job.Become(_ => ended);
        Log.ImportEnded(_logger, ended.Id, state);
    }

    private void Write(ImportReply import) => WholeFile.Write(Path.Combine(_folder, import.Id + ".json"), JsonSerializer.Serialize(import, WebJsonContext.Default.ImportReply));

    // What the import did is in the ledger. A note of it that is damaged must not keep the host from starting.
    private ImportReply? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), WebJsonContext.Default.ImportReply);
        }
        catch (JsonException e)
        {
            Log.ImportNotRead(_logger, e, Path.GetFileNameWithoutExtension(path));
            return null;
        }
    }
}
