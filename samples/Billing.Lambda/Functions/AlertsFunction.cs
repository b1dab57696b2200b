using Billing.HttpApi;
using Billing.Lambda.Runtime;
using Billing.Sinks.Aurora;
using Billing.Sinks.Dynamo;
using Microsoft.Extensions.Logging;

namespace Billing.Lambda.Functions;

/// <summary>Sends the alerts that are still unsent: those of the expenses, of the receipts if <c>RECEIPTS_TABLE</c> is set, and of the invoices if <c>DB_SECRET_NAME</c> is set.</summary>
internal sealed class AlertsFunction(IReadOnlyList<AlertSender> senders, ILogger logger) : IFunction
{
    private const int MaxAlerts = 1_000;

    public static async Task<IFunction> StartAsync(FunctionServices services, CancellationToken cancellationToken)
    {
        DynamoSink expenses = Ledgers.Expenses(services);
        List<AlertSender> senders = [Ledgers.Sender(services, expenses, MaxAlerts)];
        await expenses.GetRunsAsync(new PageRequest { PageSize = 1 }, cancellationToken);
        if (services.Settings.Optional("RECEIPTS_TABLE") is not null)
        {
            DynamoReceiptStore receipts = Ledgers.Receipts(services);
            senders.Add(Ledgers.Sender(services, receipts, MaxAlerts));
            await receipts.GetReceiptsAsync(new PageRequest { PageSize = 1 }, cancellationToken);
        }

        if (services.Settings.Optional("DB_SECRET_NAME") is not null)
        {
            AuroraSink invoices = Ledgers.Invoices(services, services.Database(), services.Settings.Flag("BILLING_CREATE_SCHEMA"));
            senders.Add(Ledgers.Sender(services, invoices, MaxAlerts));
            await invoices.GetRunsAsync(new PageRequest { PageSize = 1 }, cancellationToken);
        }

        return new AlertsFunction(senders, services.Logger<AlertsFunction>());
    }

    public async Task<ReadOnlyMemory<byte>> InvokeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        int sent = 0;
        int failed = 0;
        foreach (AlertSender sender in senders)
        {
            AlertSendReport report = await sender.SendAsync(cancellationToken);
            sent += report.Sent;
            failed += report.Failed;
        }

        Log.AlertsSent(logger, sent, failed);
        if (failed > 0)
        {
            // Thrown as an error, so that an alarm sees it. The alerts become due again by themselves.
            throw new BillingException(FormattableString.Invariant($"{failed} alerts could not be sent, {sent} were sent. The unsent alerts are due again later. See the log for the reasons."));
        }

        return JsonBytes.Of(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("sent", sent);
            json.WriteEndObject();
        });
    }
}
