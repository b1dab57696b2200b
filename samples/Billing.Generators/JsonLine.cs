using System.Text;
using System.Text.Json;

namespace Billing.Generators;

/// <summary>Writes one object as JSON on one line.</summary>
internal static class JsonLine
{
    public static string Write(Action<Utf8JsonWriter> members)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
