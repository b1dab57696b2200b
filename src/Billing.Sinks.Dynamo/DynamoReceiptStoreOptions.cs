namespace Billing.Sinks.Dynamo;

/// <summary>Options of <see cref="DynamoReceiptStore"/>.</summary>
public sealed class DynamoReceiptStoreOptions
{
    /// <summary>The name of the table. Default <c>BillE_Expenses</c>.</summary>
    public string TableName { get; set; } = "BillE_Expenses";

    /// <summary>Whether a missing table is created, with on-demand billing. Default false: an error shows what to create.</summary>
    public bool CreateTables { get; set; }

    /// <summary>How many times a request is tried when it fails with a transient error, such as throttling, 1 to 100. Default 12.</summary>
    public int MaxAttempts { get; set; } = 12;

    /// <summary>The longest wait between two attempts, 1 millisecond to 5 minutes. Default 5 seconds.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(5);

    internal DynamoSinkOptions Checked() =>
        new DynamoSinkOptions { TableName = TableName, CreateTables = CreateTables, MaxAttempts = MaxAttempts, MaxRetryDelay = MaxRetryDelay }.Checked();
}
