using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Billing.Emulators;
using Billing.Testing.Servers;
using Microsoft.Data.Sqlite;

namespace Billing.Console.Tests;

/// <summary>Changes a store as another program would, behind the ledger's back.</summary>
internal static class Planted
{
    public static Task ChangeAmountAsync(string store, string key, string amount) => store.Split(':')[0] switch
    {
        StoreKinds.Sqlite => SqliteAsync(store, $"UPDATE records SET amount = '{amount}' WHERE key = X'{key}'"),
        StoreKinds.MySql => MySqlAsync(store, $"UPDATE billing_records SET amount = {amount} WHERE key_hash = X'{key}'"),
        StoreKinds.Postgres => PostgresAsync(store, $"UPDATE billing_records SET amount = {amount} WHERE key_hash = '\\x{key}'"),
        _ => DynamoAsync(store, (client, table) => client.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = table,
            Key = new() { ["key"] = new AttributeValue(key) },
            UpdateExpression = "SET amount = :amount REMOVE amount_scale",
            ConditionExpression = "attribute_exists(amount)",
            ExpressionAttributeValues = new() { [":amount"] = new AttributeValue { N = amount } },
        })),
    };

    public static Task DeleteAsync(string store, string key) => store.Split(':')[0] switch
    {
        StoreKinds.Sqlite => SqliteAsync(store, $"DELETE FROM records WHERE key = X'{key}'"),
        StoreKinds.MySql => MySqlAsync(store, $"DELETE FROM billing_records WHERE key_hash = X'{key}'"),
        StoreKinds.Postgres => PostgresAsync(store, $"DELETE FROM billing_records WHERE key_hash = '\\x{key}'"),
        _ => DynamoAsync(store, (client, table) => client.DeleteItemAsync(table, new() { ["key"] = new AttributeValue(key) })),
    };

    private static async Task SqliteAsync(string store, string sql)
    {
        await using SqliteConnection connection = new($"Data Source={store["sqlite:".Length..]};Pooling=False");
        await connection.OpenAsync();
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    private static Task MySqlAsync(string store, string sql)
    {
        SharedMySql.Instance.Execute(sql, new Uri(store).AbsolutePath.TrimStart('/'));
        return Task.CompletedTask;
    }

    private static Task PostgresAsync(string store, string sql)
    {
        SharedPostgres.Instance.Execute(sql, new Uri(store).AbsolutePath.TrimStart('/'));
        return Task.CompletedTask;
    }

    private static async Task DynamoAsync(string store, Func<AmazonDynamoDBClient, string, Task> change)
    {
        using AmazonDynamoDBClient client = DynamoDbServer.Shared.NewClient();
        await change(client, store["dynamodb:".Length..].Split('?')[0]);
    }
}
