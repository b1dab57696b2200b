using System.Text.Json;
using System.Text.Json.Serialization;

namespace Billing.Serialization;

/// <summary>What failed, as its message.</summary>
internal sealed class FailureJsonConverter : JsonConverter<Exception>
{
    public override Exception Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("A failure is written for people to read; an exception does not come back from it.");

    public override void Write(Utf8JsonWriter writer, Exception value, JsonSerializerOptions options) => writer.WriteStringValue(value.Message);
}
