using System.Text.Json;
using System.Text.Json.Serialization;

namespace Billing.Console.Json;

/// <summary>Values whose JSON is that of the SDK (docs/json.md).</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(RecordSource))]
internal sealed partial class ValueJsonContext : JsonSerializerContext;
