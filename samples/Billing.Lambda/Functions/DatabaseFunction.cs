using Billing.HttpApi;
using Billing.Aws;
using Billing.Lambda.Expenses;
using Billing.Lambda.Runtime;
using Billing.Sinks.Aurora;
using Microsoft.Extensions.Logging;
using MySqlConnector;

namespace Billing.Lambda.Functions;

/// <summary>
/// Runs when the environment is deployed, as the administrator in <c>DB_ADMIN_SECRET_NAME</c>: creates the tables for the invoices and the backup, and the user
/// in <c>DB_SECRET_NAME</c>, which the other functions use, with rights on these tables only. May be run again at any time.
/// </summary>
internal sealed class DatabaseFunction(AuroraSink invoices, ExpenseBackup backup, DatabaseUser user, Func<CancellationToken, Task<DatabaseSecret>> secret, ILogger logger) : IFunction
{
    public static Task<IFunction> StartAsync(FunctionServices services, CancellationToken cancellationToken)
    {
        Func<CancellationToken, ValueTask<MySqlDataSource>> database = services.Database("DB_ADMIN_SECRET_NAME");
        string secretId = services.SecretName("DB_SECRET_NAME");
        return Task.FromResult<IFunction>(new DatabaseFunction(
            Ledgers.Invoices(services, database, createsSchema: true),
            Ledgers.Backup(services, database, createsSchema: true),
            new DatabaseUser(database),
            token => services.Secrets.RefreshDatabaseAsync(secretId, token),
            services.Logger<DatabaseFunction>()));
    }

    public async Task<ReadOnlyMemory<byte>> InvokeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        DatabaseSecret asked = await secret(cancellationToken);
        await invoices.GetRunsAsync(new PageRequest { PageSize = 1 }, cancellationToken);
        await backup.PrepareAsync(cancellationToken);
        IReadOnlyList<string> tables = await user.GrantAsync(asked, cancellationToken);
        Log.DatabaseReady(logger, tables.Count, asked.Username);
        return JsonBytes.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("user", asked.Username);
            json.WriteStartArray("tables");
            foreach (string table in tables)
            {
                json.WriteStringValue(table);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}
