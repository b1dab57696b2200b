using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Billing.Hosting.Inboxes;

/// <summary>Looks for files in an inbox at an interval, while the host runs.</summary>
internal sealed class InboxService(BillingPipeline pipeline, InboxOptions options, TimeProvider time, ILogger<InboxService> logger) : BackgroundService
{
    private readonly Inbox _inbox = new(pipeline, options, time, logger);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _inbox.Open();
        Log.Watching(logger, options.Folder, options.Pattern);
        using PeriodicTimer pause = new(options.Interval, time);
        do
        {
            try
            {
                await _inbox.LookAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                Log.FolderUnreadable(logger, unreadable, options.Folder, options.Interval);
            }
        }
        while (await pause.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }
}
