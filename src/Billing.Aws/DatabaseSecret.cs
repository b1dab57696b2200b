using System.Globalization;
using System.Text.Json;

namespace Billing.Aws;

/// <summary>The credentials of a database, as Secrets Manager stores them: JSON with <c>username</c>, <c>password</c>, <c>host</c>, <c>port</c> and <c>dbname</c>.</summary>
public sealed class DatabaseSecret
{
    private DatabaseSecret(string username, string password, string host, int port, string database)
    {
        Username = username;
        Password = password;
        Host = host;
        Port = port;
        Database = database;
    }

    /// <summary>The user.</summary>
    public string Username { get; }

    /// <summary>The password. Never log it.</summary>
    public string Password { get; }

    /// <summary>The host.</summary>
    public string Host { get; }

    /// <summary>The port, 1 to 65,535.</summary>
    public int Port { get; }

    /// <summary>The name of the database.</summary>
    public string Database { get; }

    /// <summary>Reads the text of a secret. Ignores other keys.</summary>
    /// <param name="secretId">The name of the secret in error messages.</param>
    /// <param name="json">The text.</param>
    /// <exception cref="BillingConfigurationException">A key is missing or invalid. The message names the key, never a value.</exception>
    public static DatabaseSecret Parse(string secretId, string json)
    {
        ArgumentNullException.ThrowIfNull(secretId);
        ArgumentNullException.ThrowIfNull(json);
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            // The message of the exception may repeat the secret.
            throw Wrong(secretId, "is not JSON");
        }

        using (document)
        {
            JsonElement root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                ? new DatabaseSecret(Text(root, "username", secretId), Text(root, "password", secretId), Text(root, "host", secretId), PortOf(root, secretId), Text(root, "dbname", secretId))
                : throw Wrong(secretId, "is not a JSON object");
        }
    }

    /// <summary>Returns user, host, port and database, without the password.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Username}@{Host}:{Port}/{Database}");

    private static string Text(JsonElement root, string key, string secretId) =>
        !root.TryGetProperty(key, out JsonElement value) ? throw Wrong(secretId, $"has no key '{key}'")
        : value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text
        : throw Wrong(secretId, $"has a key '{key}' that is not text, or is empty");

    private static int PortOf(JsonElement root, string secretId)
    {
        if (!root.TryGetProperty("port", out JsonElement value))
        {
            throw Wrong(secretId, "has no key 'port'");
        }

        string text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) && port > 0
            ? port
            : throw Wrong(secretId, "has a key 'port' that is not a number from 1 to 65535");
    }

    private static BillingConfigurationException Wrong(string secretId, string what) =>
        new($"The secret '{secretId}' {what}. It must be a JSON object with username, password, host, port and dbname.");
}
