using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Billing.Hosting.Alerts;

/// <summary>Sends the alerts of the ledger at an interval, while the host runs.</summary>
internal sealed class AlertSendingService(AlertSender sender, AlertSendingOptions options, TimeProvider time, ILogger<AlertSendingService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer pause = new(options.Interval, time);
        do
        {
            try
            {
                AlertSendReport report = await sender.SendAsync(stoppingToken).ConfigureAwait(false);
                if (report.Sent + report.Failed > 0)
                {
                    Log.AlertsSent(logger, report.Sent, report.Failed);
                }
            }
            catch (BillingException unreadable)
            {
                // The alerts stay where they are, with their records.
                Log.AlertsUnreadable(logger, unreadable, options.Interval);
            }
        }
        while (await pause.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }
}
