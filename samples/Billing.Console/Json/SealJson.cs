using System.Text.Json;

namespace Billing.Console.Json;

/// <summary>The document of <c>seal</c>.</summary>
internal static class SealJson
{
    public static void Write(Utf8JsonWriter json, string store, int made, LedgerHead? head)
    {
        json.WriteStartObject();
        json.WriteString("store", store);
        json.WriteNumber("sealed", made);
        Write(json, "head", head);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, string name, LedgerHead? head)
    {
        if (head is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("number", head.Number);
        json.WriteString("hash", head.Hash);
        json.WriteString("sealedAt", head.SealedAt.UtcDateTime);
        json.WriteString("signature", head.Signature);
        json.WriteString("line", head.ToString());
        json.WriteEndObject();
    }
}
