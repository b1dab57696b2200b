using System.Text;
using System.Text.Json;

namespace Billing.Aws.Secrets;

/// <summary>Reads the answer to <c>GetSecretValue</c>.</summary>
internal static class SecretJson
{
    /// <summary>Returns the text of the secret, or null if the answer has none.</summary>
    /// <exception cref="JsonException">The answer is not JSON.</exception>
    public static string? TextOf(byte[] answer)
    {
        using JsonDocument document = JsonDocument.Parse(answer);
        JsonElement root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (root.TryGetProperty("SecretString", out JsonElement text) && text.ValueKind == JsonValueKind.String)
        {
            return text.GetString();
        }

        return root.TryGetProperty("SecretBinary", out JsonElement binary) && binary.ValueKind == JsonValueKind.String && binary.TryGetBytesFromBase64(out byte[]? bytes)
            ? Encoding.UTF8.GetString(bytes)
            : null;
    }
}
