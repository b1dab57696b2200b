using Billing.HttpApi;
using Billing.Lambda.Expenses;
using Billing.Lambda.Runtime;
using Billing.Sinks.Dynamo;

namespace Billing.Lambda.Functions;

/// <summary>System 5: copies the expenses to the table <c>expenses</c> of a MySQL database. An interrupted backup continues where it stopped.</summary>
internal sealed class BackupFunction(DynamoSink ledger, ExpenseBackup backup) : IFunction
{
    public static async Task<IFunction> StartAsync(FunctionServices services, CancellationToken cancellationToken)
    {
        ExpenseBackup backup = Ledgers.Backup(services, services.Database(), services.Settings.Flag("BILLING_CREATE_SCHEMA"));
        DynamoSink ledger = Ledgers.Expenses(services);
        await ledger.GetRunsAsync(new PageRequest { PageSize = 1 }, cancellationToken);
        await backup.PrepareAsync(cancellationToken);
        return new BackupFunction(ledger, backup);
    }

    public async Task<ReadOnlyMemory<byte>> InvokeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        ExpenseBackupReport report = await backup.RunAsync(ledger, cancellationToken);
        return JsonBytes.Of(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("records", report.Records);
            json.WriteNumber("deleted", report.Deleted);
            json.WriteBoolean("resumed", report.Resumed);
            json.WriteEndObject();
        });
    }
}
