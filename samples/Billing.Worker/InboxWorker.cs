using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Billing.Worker;

/// <summary>Takes each file of a folder into the ledger, then moves it to <c>done</c>, or to <c>refused</c> where it cannot be read at all.</summary>
internal sealed class InboxWorker(BillingPipeline pipeline, IConfiguration settings) : BackgroundService
{
    private readonly DirectoryInfo _inbox = Directory.CreateDirectory(settings["Inbox"] ?? "inbox");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer pause = new(TimeSpan.FromSeconds(1));
        do
        {
            foreach (FileInfo file in _inbox.EnumerateFiles("*.csv").OrderBy(file => file.Name, StringComparer.Ordinal))
            {
                await TakeAsync(file, stoppingToken);
            }
        }
        while (await pause.WaitForNextTickAsync(stoppingToken));
    }

    // A failed store ends the worker with its error; the file stays, and the next start takes it again: what was stored is a duplicate then.
    private async Task TakeAsync(FileInfo file, CancellationToken stoppingToken)
    {
        string folder = "done";
        try
        {
            Console.WriteLine(await pipeline.IngestAsync(BillingSource.File(file.FullName), stoppingToken));
        }
        catch (SourceFormatException unreadable)
        {
            Console.WriteLine(unreadable.Message);
            folder = "refused";
        }

        // Under a name of its own: a later file of the same name takes no one's place.
        file.MoveTo(Path.Combine(_inbox.CreateSubdirectory(folder).FullName, $"{Guid.CreateVersion7():N} {file.Name}"));
    }
}
