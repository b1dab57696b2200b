using Billing.Lambda.Runtime;
using Billing.Sinks.Aurora;
using Billing.Sinks.Dynamo;
using MySqlConnector;

namespace Billing.Lambda.Functions;

/// <summary>System 5: the expenses to the table <c>expenses</c> of a MySQL database. One that was interrupted goes on where it stopped.</summary>
internal sealed class BackupFunction(DynamoSink ledger, ExpenseBackup backup) : IFunction
{
    public static async Task<IFunction> StartAsync(FunctionServices services, CancellationToken cancellationToken)
    {
        Func<CancellationToken, ValueTask<MySqlDataSource>> database = services.Database();
        ExpenseBackupOptions options = new() { AllowEmptySource = services.Settings.Flag("BACKUP_ALLOW_EMPTY") };
        options.Database.CreateSchema = services.Settings.Flag("BILLING_CREATE_SCHEMA");
        DynamoSink ledger = Ledgers.Expenses(services);
        await ledger.GetRunsAsync(new PageRequest { PageSize = 1 }, cancellationToken);
        return new BackupFunction(ledger, new ExpenseBackup(database, options, services.Time, services.Logger<ExpenseBackup>()));
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
